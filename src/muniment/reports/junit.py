"""JUnit XML: a suite for each policy, a test case for each resource, and a suite for what could not be read."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from muniment.model.assessment import Assessment
from muniment.reports.escaping import for_xml
from muniment.reports.view import Judged, causes_text, judged, unread_text
from muniment.reports.words import Word


def render(assessment: Assessment) -> bytes:
    """Suites sorted by policy, cases in the Assessment's order. There are no times: a report is the same every time."""
    return "".join(f"{line}\n" for line in _lines(assessment)).encode("utf-8")


def _lines(assessment: Assessment) -> Iterator[str]:
    rows = sorted(judged(assessment), key=_policy)
    cases = [_case(row) for row in rows]
    unread = list(_unread(assessment))
    failures, errors, skipped = (sum(f"<{kind} " in case for case in [*cases, *unread]) for kind in _KINDS)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<testsuites name="{for_xml(assessment.tool)}" tests="{len(cases) + len(unread)}" '
        f'failures="{failures}" errors="{errors}" skipped="{skipped}">'
    )
    for policy, group in groupby(zip(rows, cases, strict=True), key=lambda pair: _policy(pair[0])):
        yield from _suite(policy, [case for _, case in group])
    yield from _suite("coverage", unread)
    yield "</testsuites>"


_KINDS = ("failure", "error", "skipped")


def _policy(row: Judged) -> str:
    return row.result.policy


def _suite(name: str, cases: Sequence[str]) -> Iterator[str]:
    if cases:
        failures, errors, skipped = (sum(f"<{kind} " in case for case in cases) for kind in _KINDS)
        yield (
            f'  <testsuite name="{for_xml(name)}" tests="{len(cases)}" failures="{failures}" '
            f'errors="{errors}" skipped="{skipped}">'
        )
        yield from cases
        yield "  </testsuite>"


def _case(row: Judged) -> str:
    at = row.result.location
    head = (
        f'    <testcase classname="{for_xml(row.result.policy)}" name="{for_xml(row.where)}" '
        f'file="{for_xml(at.path)}" line="{at.line}"'
    )
    inner = _inner(row)
    return f"{head}>\n      {inner}\n    </testcase>" if inner else f"{head}/>"


def _inner(row: Judged) -> str:
    """The element that says what is not a pass."""
    result = row.result
    if row.word is Word.FAIL:
        body = for_xml(f"{result.location.path}:{result.location.line}\nfix: {row.policy.fix}")
        message = result.message or row.policy.title
        note = f" ({row.ruling.reason})" if row.ruling.effect != "deny" and row.ruling.reason else ""
        return f'<failure type="{result.severity}" message="{for_xml(message + note)}">{body}</failure>'
    if row.word is Word.ERROR:
        return f'<error type="error" message="{for_xml(result.error or result.message)}"/>'
    if row.word is Word.UNKNOWN:
        message = for_xml(f"unknown: {causes_text(result)}")
        if row.ruling.effect == "deny":
            return f'<error type="unknown" message="{message}"/>'
        return f'<skipped message="{message}"/>'
    if row.word is Word.WAIVED:
        return f'<skipped message="{for_xml(row.ruling.reason)}"/>'
    return '<skipped message="not applicable"/>' if row.word is Word.NOT_APPLICABLE else ""


def _unread(assessment: Assessment) -> Iterator[str]:
    for lost in assessment.unread:
        at = lost.location
        yield (
            f'    <testcase classname="coverage" name="{for_xml(at.path)}" file="{for_xml(at.path)}" '
            f'line="{at.line}">\n      <error type="{for_xml(lost.reason)}" message="{for_xml(unread_text(lost))}"/>\n'
            "    </testcase>"
        )
