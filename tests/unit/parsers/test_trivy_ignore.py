"""Trivy's ignore files: which entries ask for what, and that a wrong one asks for nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.core.ports import Reading
from muniment.model.document import Document
from muniment.parsers.trivy_ignore import TrivyIgnoreParser
from tests.parsers.files import Files


def _read(path: str, text: str | bytes) -> Reading:
    document = Document(path, text if isinstance(text, bytes) else text.encode())
    parser = TrivyIgnoreParser()
    assert parser.claim(document) == "support"
    (unit,) = parser.units((), (document,))
    return parser.resources(unit, Files())


def test_the_plain_form() -> None:
    """An id covers the folder of the file; its reason is the comment there or in the line above."""
    text = "# the public web site\nAVD-AWS-0092\n\nAVD-AWS-0089 exp:2027-01-31 # no readers\r\nCVE-2020-1\n"
    reading = _read("infra/.trivyignore", text)
    assert [(one.ids, one.reason, one.until, one.paths, one.location.line) for one in reading.candidates] == [
        (("AVD-AWS-0092",), "the public web site", "", ("infra/**",), 2),
        (("AVD-AWS-0089",), "no readers", "2027-01-31", ("infra/**",), 4),
        (("CVE-2020-1",), "", "", ("infra/**",), 5),
    ]
    assert reading.unread == reading.resources == ()


def test_the_form_in_yaml() -> None:
    """Paths are relative to the file's folder, braces are spelled out, and sections about other things are named."""
    text = """\
misconfigurations:
  - {id: AVD-AWS-0092, paths: ["./site/*.{tf,tofu}"], statement: the public web site, expired_at: 2027-01-31}
  - id: AVD-AWS-0089
    expired_at: 2027-01-31T12:00:00Z
secrets: [{id: aws-access-key-id}]
vulnerabilities: []
"""
    reading = _read("[a]/.trivyignore.yaml", text)
    assert [(one.ids, one.reason, one.until, one.paths, one.location.line) for one in reading.candidates] == [
        (("AVD-AWS-0092",), "the public web site", "2027-01-31", ("[[]a]/site/*.tf", "[[]a]/site/*.tofu"), 2),
        (("AVD-AWS-0089",), "", "2027-01-31", ("[[]a]/**",), 3),
    ]
    assert reading.notes == ("[a]/.trivyignore.yaml:5: `secrets` has no effect: it is not about configuration",)
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (".trivyignore", "AVD-AWS-0089\nAVD-AWS-0092 exp:soon", 2),
        (".trivyignore", "AVD-AWS-0092 until 2027-01-31", 1),
        (".trivyignore", "AVD-AWS-0092 exp:2027-02-30", 1),
        (".trivyignore", "*", 1),
        (".trivyignore", b"\xff\xfe\xff", 1),
        (".trivyignore.yaml", "misconfigurations: [", 1),
        (".trivyignore.yaml", "- id: AVD-AWS-0092", 1),
        (".trivyignore.yaml", "misconfiguration: []", 1),
        (".trivyignore.yaml", "misconfigurations: {id: AVD-AWS-0092}", 1),
        (".trivyignore.yaml", "misconfigurations:\n- AVD-AWS-0092", 2),
        (".trivyignore.yaml", "misconfigurations:\n- {path: [a]}", 2),
        (".trivyignore.yaml", "misconfigurations:\n- {id: AVD-AWS-0092, path: [a]}", 2),
        (".trivyignore.yaml", "misconfigurations:\n- {id: AVD-AWS-0092, paths: a}", 2),
        (".trivyignore.yaml", "misconfigurations:\n- {id: AVD-AWS-0092, expired_at: 2027}", 2),
        (".trivyignore.yaml", "misconfigurations:\n- {id: AVD-AWS-0092, statement: [a]}", 2),
        (".trivyignore.yaml", f"misconfigurations:\n- {{id: AVD-AWS-0092, paths: ['{'{a,b}' * 7}']}}", 2),
        (".trivyignore.yaml", "misconfigurations: []\n---\nmisconfigurations: []", 1),
    ],
)
def test_a_wrong_entry_is_unread_and_asks_for_nothing(name: str, text: str | bytes, line: int) -> None:
    """What cannot be understood is said with its line, and nothing is accepted by it."""
    reading = _read(name, text)
    assert [(lost.location.path, lost.location.line) for lost in reading.unread] == [(name, line)]
    assert not any("AVD-AWS-0092" in one.ids for one in reading.candidates)


def test_an_empty_file_asks_for_nothing() -> None:
    """A file of comments is no mistake."""
    for name in (".trivyignore", ".trivyignore.yaml"):
        assert _read(name, "# nothing yet\n") == Reading(())


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from((".trivyignore", ".trivyignore.yml")),
    st.one_of(st.binary(max_size=40), st.text(st.sampled_from('misc:- {}[]id,\n"*&!exp#0'), max_size=60)),
)
def test_no_content_makes_it_raise(name: str, content: str | bytes) -> None:
    """Whatever stands in a file, the parser answers, and says where what it cannot read stands."""
    assert all(lost.message and lost.location.path == name for lost in _read(name, content).unread)
