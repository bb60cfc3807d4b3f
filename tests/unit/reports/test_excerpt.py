"""Excerpts show the right line and mark the right characters."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.model.assessment import Sources
from muniment.model.document import Location
from muniment.model.result import Result, Violation
from muniment.model.status import Severity, Status
from muniment.reports.excerpt import Line, excerpt

TEXT = b'resource "aws_s3_bucket" "logs" {\n\tacl\t= "public-read"\n}\n'


def _result(at: Location, address: str = "aws_s3_bucket.logs") -> Result:
    return Result("p", Status.FAIL, Severity.LOW, "k", "r", address, at, Location("a.tf", 1, 1, 3, 2))


def _excerpt(
    at: Location, address: str = "aws_s3_bucket.logs", text: bytes = TEXT, reads: tuple[tuple[str, Any], ...] = ()
) -> tuple[Line, ...]:
    return excerpt(Sources({"a.tf": text}), Violation("main", "", at, reads), _result(at, address))


def test_line_and_head() -> None:
    """The line of the fault is marked after tabs were widened; the resource's first line is shown if it names it."""
    head, line = _excerpt(Location("a.tf", 2, 8, 2, 21))
    assert head == Line(1, 'resource "aws_s3_bucket" "logs" {')
    assert line.text[line.start : line.start + line.length] == '"public-read"'
    assert _excerpt(Location("a.tf", 2, 8, 2, 21), "Deployment/shop/web") == (line,)


def test_places_without_an_end() -> None:
    """A span whose end is not known, or on another line, ends with the line; a guessed place is the whole line."""
    (line,) = _excerpt(Location("a.tf", 1, 10))
    assert line.text[line.start :] == '"aws_s3_bucket" "logs" {'
    (guessed,) = _excerpt(Location("a.tf", 1, 10, exact=False))
    assert guessed.text[guessed.start :] == guessed.text
    assert _excerpt(Location("b.tf", 1)) == ()


def test_secrets_are_not_quoted() -> None:
    """Where a violation read something sensitive, the line ends before it."""
    text = b'password = "hunter2" # also hunter2'
    (line,) = _excerpt(Location("a.tf", 1, 12, 1, 21), text=text, reads=(("password", "sensitive"),))
    assert line.text == "password = (sensitive)"


def test_long_lines_are_cut() -> None:
    """Of a document in one long line the neighbourhood of the fault is shown."""
    text = b"a" * 5_000 + b"FAULT" + b"b" * 5_000
    (line,) = _excerpt(Location("a.tf", 1, 5_001, 1, 5_006), text=text)
    assert line.text[line.start : line.start + line.length] == "FAULT"
    assert len(line.text) < 500


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 5), st.integers(1, 90), st.integers(0, 90))
def test_any_place_in_any_document(text: bytes, line: int, column: int, end: int) -> None:
    """A place that does not fit its document is never an error, and marks lie within the text."""
    for shown in _excerpt(Location("a.tf", line, column, line, end), text=text):
        assert 0 <= shown.start <= shown.start + shown.length <= len(shown.text)
