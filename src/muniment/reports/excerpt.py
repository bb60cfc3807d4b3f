"""The lines of a document that a result is about, with the span that is at fault; never a secret, never too much."""

import re
from typing import Final, NamedTuple

from muniment.model.assessment import Sources
from muniment.model.document import Location
from muniment.model.result import Result, Violation
from muniment.reports.escaping import visible

_TAB: Final = "  "
_INSTANCE: Final = re.compile(r"\[[^\]]*\]")
_AROUND: Final = 200
"""Characters on each side of a fault that are worth showing: some documents are one line of megabytes."""
_SENSITIVE: Final = "sensitive"
"""What stands for the value in a violation that read a secret."""
_NAME: Final = re.compile(r"[\w-]+")


class Line(NamedTuple):
    """A line as it may be shown; `start` and `length` mark the span in characters of `text`, 0 long without one."""

    number: int
    text: str
    start: int = 0
    length: int = 0


def excerpt(sources: Sources | None, violation: Violation, result: Result) -> tuple[Line, ...]:
    """The line of a fault, after the first line of its resource where that names it; empty without the document.

    A value that must not be printed is not quoted either, and nothing that stands behind it.
    """
    at, of = violation.location, result.resource_location
    text = sources.line(at.path, at.line) if sources else None
    if sources is None or text is None:
        return ()
    marked = _marked(text, at, hidden=any(value == _SENSITIVE for _, value in violation.reads))
    head = sources.line(of.path, of.line) if of.path == at.path and of.line < at.line else None
    if head is None or _name(result.address) not in _NAME.findall(head):
        return (marked,)
    return Line(of.line, _shown(head[: 2 * _AROUND])), marked


def _name(address: str) -> str:
    """The last name in an address, without instance keys."""
    names: list[str] = _NAME.findall(_INSTANCE.sub("", address))
    return names[-1] if names else ""


def _marked(text: str, at: Location, *, hidden: bool) -> Line:
    """The span ends with the line where it goes on below it, and is the whole line where no place is known."""
    first = min(at.column - 1, len(text)) if at.exact else 0
    last = at.end_column - 1 if at.end_line == at.line and at.end_column > at.column else len(text.rstrip())
    if not text[first:last].strip():
        first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    before = _shown(text[:first] if first <= _AROUND else f"...{text[first - _AROUND : first]}")
    if hidden:
        return Line(at.line, f"{before}({_SENSITIVE})", len(before), len(_SENSITIVE) + 2)
    span = _shown(text[first:last] if last - first <= 2 * _AROUND else f"{text[first : first + 2 * _AROUND]}...")
    return Line(at.line, before + span + _shown(text[last : last + _AROUND]).rstrip(), len(before), len(span))


def _shown(text: str) -> str:
    return visible(text.replace("\t", _TAB))
