"""Skip comments: every form of every tool, and what each covers."""

import pytest

from muniment.model.document import Location
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.comments import (
    Comment,
    Stretch,
    annotation_candidates,
    comment_candidates,
    hash_comments,
)

OUTER, INNER, NEXT = Stretch(2, 20, ("outer",)), Stretch(5, 9, ("inner",)), Stretch(12, 14, ("next",))


def _ask(comment: Comment, *stretches: Stretch, widened: frozenset[str] = frozenset()) -> list[WaiverCandidate]:
    return comment_candidates([comment], "r", stretches, lambda line, column: Location("f", line, column), widened)


@pytest.mark.parametrize(
    ("text", "tool", "ids", "reason", "until"),
    [
        (
            'muniment:waive kubernetes/root-container until=2026-06-30 reason="old image" ticket=A-1',
            "muniment",
            ("kubernetes/root-container",),
            "old image",
            "2026-06-30",
        ),
        (
            "checkov:skip=CKV_AWS_20,CKV_AWS_57:a public site",
            "checkov",
            ("CKV_AWS_20", "CKV_AWS_57"),
            "a public site",
            "",
        ),
        ("bridgecrew:skip=BC_AWS_1", "checkov", ("BC_AWS_1",), "", ""),
        ("cortex:skip=CKV_AWS_1: why", "checkov", ("CKV_AWS_1",), "why", ""),
        ("trivy:ignore:AVD-AWS-0086", "trivy", ("AVD-AWS-0086",), "", ""),
        ("trivy:ignore:aws-s3-x:exp:2026-01-02:ws:dev because", "trivy", ("aws-s3-x",), "because", "2026-01-02"),
        ("trivy:ignore:aws-ec2-x[name=lab]", "trivy", ("aws-ec2-x",), "", ""),
        ("tfsec:ignore:*", "tfsec", ("*",), "", ""),
        (
            "kics-scan disable=e38a8e0a-b88b-4902-b3fe-b0fcb17d5c10",
            "kics",
            ("e38a8e0a-b88b-4902-b3fe-b0fcb17d5c10",),
            "",
            "",
        ),
        ("kics-scan ignore", "kics", ("*",), "", ""),
        ("kics-scan ignore-block", "kics", ("*",), "", ""),
        ("hadolint ignore=DL3008, DL3009 # a remark", "hadolint", ("DL3008", "DL3009"), "a remark", ""),
        ("hadolint global ignore=DL3003", "hadolint", ("DL3003",), "", ""),
        ("zizmor: ignore[unpinned-uses] fixed soon", "zizmor", ("unpinned-uses",), "fixed soon", ""),
    ],
)
def test_forms(text: str, tool: str, ids: tuple[str, ...], reason: str, until: str) -> None:
    """Each tool's form gives its ids, reason and expiry."""
    (found,) = _ask(Comment(1, 1, text))
    assert (found.tool, found.ids, found.reason, found.until) == (tool, ids, reason, until)


@pytest.mark.parametrize("text", ["checkov:skip", "skip this", "trivy ignore", "muniment:waive", "hadolint shell=bash"])
def test_other_comments_ask_for_nothing(text: str) -> None:
    """A comment that only looks like a form is none."""
    assert _ask(Comment(1, 1, text)) == []


def test_several_requests_stand_in_one_comment() -> None:
    """Forms that repeat on a line are requests of their own."""
    found = _ask(Comment(1, 1, "tfsec:ignore:a tfsec:ignore:b"))
    assert [one.ids for one in found] == [("a",), ("b",)]


@pytest.mark.parametrize(
    ("text", "line", "alone", "addresses", "lines"),
    [
        ("checkov:skip=X", 6, True, ("inner",), None),
        ("checkov:skip=X", 4, True, ("outer",), None),
        ("checkov:skip=X", 1, True, (), (1, 1)),
        ("muniment:waive p", 4, True, ("inner",), None),
        ("muniment:waive p", 7, True, ("inner",), None),
        ("muniment:waive p", 11, False, ("outer",), None),
        ("trivy:ignore:X", 4, True, ("inner",), None),
        ("trivy:ignore:X", 5, False, ("inner",), None),
        ("trivy:ignore:X", 6, False, (), (6, 6)),
        ("trivy:ignore:X", 6, True, (), (6, 7)),
        ("hadolint ignore=X", 10, True, ("next",), None),
        ("hadolint ignore=X", 15, True, (), (15, 16)),
        ("kics-scan ignore-line", 6, True, (), (7, 7)),
        ("kics-scan ignore-block", 3, True, ("inner",), None),
        ("zizmor: ignore[x]", 6, False, (), (6, 6)),
        ("kics-scan ignore", 6, True, (), None),
    ],
)
def test_reach(text: str, line: int, alone: bool, addresses: tuple[str, ...], lines: tuple[int, int] | None) -> None:  # noqa: FBT001  a table's column
    """Each form reaches what its tool's documentation says: around, below, the line, the next thing, or the file."""
    (found,) = _ask(Comment(line, 1, text, alone), OUTER, INNER, NEXT)
    assert (found.addresses, found.lines) == (addresses, lines)


def test_a_format_may_widen_a_tool() -> None:
    """Where a tool reads its comments anywhere in a file they cover all of it."""
    (found,) = _ask(Comment(6, 1, "checkov:skip=X"), OUTER, widened=frozenset({"checkov"}))
    assert (found.addresses, found.lines, found.path) == ((), None, "f")


def test_comments_are_told_from_text() -> None:
    """A mark in a block scalar, in double quotes or inside a word starts no comment."""
    text = (
        'a: "# checkov:skip=A"\nb: |\n  # checkov:skip=B\nc: x#checkov:skip=C\nd: 1 # checkov:skip=D\n# checkov:skip=E'
    )
    assert [(one.line, one.text, one.alone) for one in hash_comments(text)] == [
        (5, "checkov:skip=D", False),
        (6, "checkov:skip=E", True),
    ]


def test_annotations() -> None:
    """Annotations of known tools are requests for their object; others are none."""
    held = {
        "checkov.io/skip1": "CKV_K8S_1=why",
        "checkov.io/skip2": "CKV_K8S_2",
        "kube-linter.io/ignore-all": "x",
        "team": "a",
    }
    found = annotation_candidates(held, "r", "a", lambda key: Location(key, 1))
    assert [(one.ids, one.reason, one.location.path) for one in found] == [
        (("CKV_K8S_1",), "why", "checkov.io/skip1"),
        (("CKV_K8S_2",), "", "checkov.io/skip2"),
        (("*",), "x", "kube-linter.io/ignore-all"),
    ]


def test_comments_are_found_in_linear_time() -> None:
    """Blanks and colons without end are read once each, not once for each other."""
    line = " " * 200_000 + ": " * 100_000 + "\n# checkov:skip=CKV_AWS_20\n"
    assert [one.line for one in hash_comments(line)] == [2]
