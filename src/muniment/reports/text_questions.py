"""The second part of text output: what could not be evaluated, told or read, with what would change that."""

from collections.abc import Iterator
from typing import Final

from muniment.model.assessment import Assessment
from muniment.model.status import Status
from muniment.reports.terminal import INDENT, Colour, Pen
from muniment.reports.text_failures import COLOURS, heading
from muniment.reports.unknowns import UnknownGroup, unknown_groups
from muniment.reports.view import Judged, brief, judged, place, worst_first
from muniment.reports.words import MARKS, Word, count

_SHOWN: Final = 20
_NAMES: Final = 3


def questions(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """Errors, unknowns and unread documents, in that order."""
    yield from _errors(assessment, pen)
    yield from _unknowns(assessment, pen)
    yield from _unread(assessment, pen)


def _errors(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """One entry for a policy and message, however many resources it stands for."""
    groups: dict[tuple[str, str], list[Judged]] = {}
    for row in worst_first(judged(assessment, Status.ERROR)):
        groups.setdefault((row.result.policy, row.result.error), []).append(row)
    if groups:
        yield pen.paint("Errors", Colour.BOLD)
    limit = len(groups) if pen.style.everything else _SHOWN
    for rows in list(groups.values())[:limit]:
        yield from heading(Word.ERROR, "error", rows[0].policy.title, rows[0].policy, pen)
        yield from pen.row("because", brief(rows[0].result.error))
        yield from pen.row("in", _places(rows))
        yield ""
    yield from _rest(len(groups) - limit, pen)


def _unknowns(assessment: Assessment, pen: Pen) -> Iterator[str]:
    groups = unknown_groups(assessment)
    if groups:
        yield pen.paint("Unknown", Colour.BOLD)
    limit = len(groups) if pen.style.everything else _SHOWN
    for group in groups[:limit]:
        yield from _unknown(group, pen)
        yield ""
    yield from _rest(len(groups) - limit, pen)


def _unknown(group: UnknownGroup, pen: Pen) -> Iterator[str]:
    policies = group.policies
    if len(policies) == 1:
        policy = group.rows[0].policy
        yield from heading(Word.UNKNOWN, group.severity, policy.title, policy, pen)
    else:
        title = f"{len(policies)} policies cannot be told"
        yield from heading(Word.UNKNOWN, group.severity, title, None, pen)
        yield from pen.row("policies", _some(policies))
    yield from pen.row("in", _places(group.rows))
    yield from pen.row("needs", group.because or group.rows[0].result.message)
    if group.remedy:
        yield from pen.row("remedy", group.remedy)


def _unread(assessment: Assessment, pen: Pen) -> Iterator[str]:
    unread = assessment.unread
    if unread:
        yield pen.paint("Unread", Colour.BOLD)
    limit = len(unread) if pen.style.everything else _SHOWN
    for one in unread[:limit]:
        where = pen.fit(place(one.location.path, one.location.line), pen.style.width - INDENT)
        yield f"  {pen.sign(MARKS[Word.ERROR], COLOURS[Word.ERROR])} {where}"
        yield from pen.row("because", f"{one.reason}: {brief(one.message)}")
        if one.hint:
            yield from pen.row("remedy", one.hint)
        yield ""
    yield from _rest(len(unread) - limit, pen)


def _rest(number: int, _pen: Pen) -> Iterator[str]:
    if number > 0:
        yield f"  and {number} more: --all, or -o json"
        yield ""


def _places(rows: list[Judged] | tuple[Judged, ...]) -> str:
    """`3 resources: a.tf:1, b.tf:2 ...`."""
    places = sorted({(row.result.location.path, row.result.location.line) for row in rows})
    resources = {row.where for row in rows}
    number = f"{count(len(resources), 'resource')}: " if len(resources) > 1 else ""
    return number + _some(tuple(place(*one) for one in places))


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" and {more} more" if more > 0 else "")
