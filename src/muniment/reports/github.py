"""GitHub workflow commands: the worst results of each level become annotations, the rest is counted in one line.

The service shows ten annotations of a level in one step and drops the others without a word.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from muniment.model.assessment import Assessment
from muniment.model.document import Location
from muniment.model.status import RANK, Severity, Status
from muniment.reports.escaping import for_workflow, for_workflow_property
from muniment.reports.view import brief, causes_text, judged, totals, unread_text, worst_first
from muniment.reports.words import ANSWERS, Word, count

_SHOWN: Final = 10


class _Note(NamedTuple):
    level: str
    at: Location
    title: str
    message: str


def render(assessment: Assessment) -> bytes:
    """Unread documents first, then errors, failures and unknowns from the worst; the gate's answer last."""
    return "".join(f"{line}\n" for line in _lines(assessment)).encode("utf-8", "backslashreplace")


def _lines(assessment: Assessment) -> Iterator[str]:
    notes = [*_meddling(assessment), *_unread(assessment), *_results(assessment)]
    for level in ("error", "warning", "notice"):
        of_level = [note for note in notes if note.level == level]
        yield from map(_command, of_level[:_SHOWN])
        more = len(of_level) - _SHOWN
        if more > 0:
            yield f"{count(more, f'more {level}')}: see the full report"
    decision, found = assessment.decision, totals(assessment)
    reasons = f": {'; '.join(decision.reasons)}" if decision.reasons else ""
    answer = ANSWERS.get(decision.answer, decision.answer.lower())
    yield for_workflow(f"{assessment.tool}: {answer}{reasons}")
    yield (
        f"{found.open} fail, {found.waived} waived, {found.known} not new, {found.errors} error, "
        f"{found.unknown} unknown, {found.unread} unread, {found.passed} pass"
    )


def _meddling(assessment: Assessment) -> Iterator[_Note]:
    for one in assessment.gate_changes:
        message = f"{one.what} {one.state} in this change: the base side rules"
        yield _Note("warning", Location(one.path, one.line), "gate changed here", message)


def _unread(assessment: Assessment) -> Iterator[_Note]:
    level = "error" if assessment.decision.answer in {"INCOMPLETE", "DENY"} else "warning"
    for lost in assessment.unread:
        yield _Note(level, lost.location, f"unread: {lost.reason}", unread_text(lost))


def _results(assessment: Assessment) -> Iterator[_Note]:
    rows = worst_first(judged(assessment, Status.ERROR, Status.FAIL, Status.UNKNOWN))
    for row in sorted(rows, key=lambda row: row.word is Word.UNKNOWN):
        result = row.result
        title = f"{result.severity}: {row.policy.title} ({result.policy})"
        if row.accepted:
            yield _Note("notice", result.location, f"{row.word}: {row.policy.title}", row.ruling.reason)
        elif row.word is Word.FAIL:
            yield _Note(_level(result.severity, row.ruling.effect), result.location, title, result.message)
        elif row.word is Word.ERROR:
            yield _Note("error", result.location, f"error: {result.policy}", result.error)
        else:
            level = "warning" if row.ruling.effect == "deny" else "notice"
            yield _Note(level, result.location, f"unknown: {result.policy}", causes_text(result))


def _level(severity: Severity, effect: str) -> str:
    """An error is what denies and is grave; what only warns is never one."""
    if effect == "deny" and RANK[severity] >= RANK[Severity.HIGH]:
        return "error"
    return "warning" if RANK[severity] >= RANK[Severity.LOW] else "notice"


def _command(note: _Note) -> str:
    at = note.at
    where = f"file={for_workflow_property(at.path)},line={max(at.line, 1)}"
    if at.end_line > at.line:
        where += f",endLine={at.end_line}"
    message = for_workflow(brief(note.message or note.title))
    return f"::{note.level} {where},title={for_workflow_property(note.title)}::{message}"
