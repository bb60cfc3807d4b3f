"""The closing blocks of text output: controls, waivers, changes, what was read, what to do next, and the verdict."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from muniment.model.assessment import Assessment
from muniment.model.status import Status
from muniment.reports.terminal import GUTTER, INDENT, Colour, Pen, width_of
from muniment.reports.view import Posture, judged, place, postures, totals, worst_first
from muniment.reports.words import (
    ANSWERS,
    MARKS,
    STANDING_MARKS,
    Mark,
    Standing,
    Word,
    count,
    framework_name,
    standing_of,
)

_WAIVERS: Final = 10
_ONE_LINE: Final = 79
"""Width from which on the legend of marks fits in one line."""
_INDENT: Final = 10
_WORDY: Final = 110
"""Width from which on the numbers of controls are told in words instead of marks."""


def controls(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """How many controls of each framework stand where, and which frameworks this run says nothing about."""
    every = postures(assessment.controls)
    found = [one for one in every if pen.style.everything or one.tested]
    if found:
        yield from _table(found, pen)
    others = [one for one in every if not (pen.style.everything or one.tested)]
    names = [f"{framework_name(one.framework)} {one.version} ({one.total})" for one in others]
    said = f"nothing tested of {', '.join(names)}"
    if names and found:
        indent = _indent(pen)
        yield from (f"{' ' * indent}{line}" for line in pen.wrap(said, pen.style.width - indent))
    elif names:
        yield from pen.block("Controls", said)


def _indent(pen: Pen) -> int:
    """The column that the numbers of controls start in: the narrower the terminal, the further to the left."""
    return GUTTER if pen.style.width >= _WORDY else _INDENT if pen.style.width >= _ONE_LINE else 2


def _table(found: Sequence[Posture], pen: Pen) -> Iterator[str]:
    """In words, or where these have no room in marks."""
    label = pen.paint("Controls", Colour.BOLD)
    if pen.style.width >= _WORDY:
        first, *rest = _postures(found, pen, _indent(pen), wordy=True)
        yield f"{label}{' ' * (GUTTER - 8)}{first}"
        yield from (f"{' ' * GUTTER}{line}" for line in rest)
        return
    legend = [f"{_sign(mark, pen)} {standing}" for standing, mark in STANDING_MARKS.items()]
    split = len(legend) if pen.style.width >= _ONE_LINE else 3
    yield f"{label}  {'  '.join(legend[:split])}"
    if legend[split:]:
        yield f"{' ' * _INDENT}{'  '.join(legend[split:])}"
    indent = _indent(pen)
    yield from (f"{' ' * indent}{line}" for line in _postures(found, pen, indent, wordy=False))


def _postures(found: Sequence[Posture], pen: Pen, indent: int, *, wordy: bool) -> Iterator[str]:
    digits = {standing: max(len(str(dict(one.standings)[standing])) for one in found) for standing in Standing}
    used = sum(digits.values()) + sum(len(standing) + 1 if wordy else 2 for standing in Standing) + 2 * len(Standing)
    room = pen.style.width - indent - used - len(f"  of {max(one.total for one in found)}")
    names = [pen.fit(f"{framework_name(one.framework)} {one.version}", room) for one in found]
    widest = max(map(width_of, names))
    for name, one in zip(names, found, strict=True):
        cells = [
            f"{number:>{digits[standing]}} {standing}"
            if wordy
            else f"{_sign(STANDING_MARKS[standing], pen)} {number:<{digits[standing]}}"
            for standing, number in one.standings
        ]
        yield f"{name}{' ' * (widest - width_of(name))}  {'  '.join(cells)}  of {one.total}"


def _sign(mark: Mark, pen: Pen) -> str:
    colours = {"x": Colour.RED, "?": Colour.MAGENTA, "/": Colour.GREEN, "+": Colour.GREEN, "-": Colour.GREY}
    return pen.sign(mark, colours[mark.ascii])


def each_control(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """Every control that is not satisfied or undetermined, with the policies behind it and how often each fails."""
    failing = Counter(result.policy for result in assessment.results if result.status is Status.FAIL)
    open_ones = Counter(
        result.policy for result in assessment.results if result.status in {Status.UNKNOWN, Status.ERROR}
    )
    for posture in postures(assessment.controls):
        chosen = [
            control
            for control in posture.controls
            if standing_of(control) in {Standing.NOT_SATISFIED, Standing.UNDETERMINED}
        ]
        if not chosen:
            continue
        yield pen.paint(f"{framework_name(posture.framework)} {posture.version}", Colour.BOLD)
        width = max(width_of(control.control) for control in chosen)
        for control in chosen:
            sign = _sign(STANDING_MARKS[standing_of(control)], pen)
            title = pen.fit(control.title, pen.style.width - INDENT - width - 2)
            yield f"  {sign} {pen.plain(control.control):<{width}}  {title}"
            yield from pen.row("", control.note)
            for policy in control.policies:
                if failing[policy]:
                    yield from pen.row("", f"{failing[policy]} x fail     {policy}")
                if open_ones[policy]:
                    yield from pen.row("", f"{open_ones[policy]} x unknown  {policy}")
        yield ""


def waivers(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """What became of each waiver and skip comment."""
    uses = assessment.waivers
    limit = len(uses) if pen.style.everything else _WAIVERS
    lines = []
    for use in uses[:limit]:
        until = f" until {use.expires}" if use.expires else ""
        where = f" at {place(use.location.path, use.location.line)}" if use.location else ""
        asked = f", asked for by {use.requester}" if use.requester else ""
        by = f", approved by {', '.join(use.approvers)}" if use.approvers else ""
        note = f" ({use.note})" if use.note else ""
        lines.append(f"{use.state}: {use.id}{where}{until}{asked}{by}, {count(use.matched, 'result')}{note}")
    if len(uses) > limit:
        lines.append(f"and {len(uses) - limit} more: --all")
    yield from _lines("Waivers", lines, pen)


def changes(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """What is new against the base side or baseline, and what is no longer there."""
    states = Counter(ruling.baseline for ruling in assessment.rulings if ruling.baseline)
    states.update(change.state for change in assessment.changes)
    if not states:
        return
    order = ("new", "changed", "fixed", "gone", "undecided", "unchanged", "known")
    yield from pen.block("Changes", ", ".join(f"{states[state]} {state}" for state in order if states[state]))


def gate_changes(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """How the judged change would set the gate that judges it."""
    lines = [f"{one.state} here: {one.what} {place(one.path, one.line)}" for one in assessment.gate_changes]
    yield from _lines("Gate", [f"{line}; the base side rules" for line in lines], pen)


def results(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """The results by word; the numbers add up to all results."""
    found = totals(assessment)
    if not found.results:
        return
    parts = [
        f"{found.failed - found.waived} fail" + (f" ({found.known} of them not new)" if found.known else ""),
        f"{found.waived} waived",
        f"{found.errors} error",
        f"{found.unknown} unknown",
        f"{found.passed} pass",
        f"{found.skipped} not applicable",
    ]
    shown = ", ".join(part for part in parts if not part.startswith("0 "))
    untested = len(assessment.coverage.not_tested)
    policies = count(len(assessment.coverage.policies_selected), "policy", "policies")
    rest = f"{untested} of them not tested" if untested else "all tested"
    yield from pen.block("Judged", f"{count(found.results, 'result')}: {shown}; {policies}, {rest}")


def read(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """What became of the documents."""
    coverage = assessment.coverage
    named = (
        ("read", "judged"),
        ("partly", "partly read"),
        ("unread", "unread"),
        ("excluded", "excluded"),
        ("support", "read for others"),
        ("unrecognised", "not recognised"),
    )
    parts = [f"{coverage.total(state)} {word}" for state, word in named if coverage.total(state)]
    lost = assessment.unread[:1]
    why = f" ({lost[0].location.path}: {lost[0].message})" if lost else ""
    yield from pen.block("Read", f"{count(len(coverage.lines), 'file')}: {', '.join(parts) or 'nothing'}{why}")
    for note in coverage.notes:
        yield from pen.block("", note)


def next_steps(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """Commands to copy, about the worst failure that nobody answered for; else the first remedy."""
    rows = worst_first(row for row in judged(assessment, Status.FAIL) if not row.accepted)
    lines: list[str] = []
    if rows:
        at = rows[0].result.location
        lines.extend(_command(pen, "muniment explain", place(at.path, at.line)))
        waivable = next((row for row in rows if row.policy.waivable and not row.ruling.requested), None)
        if waivable is not None:
            lines.extend(_command(pen, "muniment waiver request", waivable.policy.id, waivable.where))
    elif assessment.unread:
        yield from _lines("Next", [one.hint for one in assessment.unread[:1] if one.hint], pen)
    for number, line in enumerate(lines):
        yield (" " * GUTTER if number else pen.paint("Next", Colour.BOLD) + " " * 10) + line


def _command(pen: Pen, command: str, *arguments: str) -> Iterator[str]:
    """A command that a shell takes as it stands, an argument a line where one line is too short."""
    from shlex import quote  # noqa: PLC0415  only a run that found something needs it

    parts = [command, *(pen.plain(quote(argument)) for argument in arguments)]
    if GUTTER + width_of(" ".join(parts)) <= pen.style.width:
        parts = [" ".join(parts)]
    for number, part in enumerate(parts):
        yield ("  " if number else "") + part + (" \\" if number < len(parts) - 1 else "")


def verdict(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """The gate's answer and its reasons; the last thing on the screen."""
    decision = assessment.decision
    mark, colour = {
        "DENY": (MARKS[Word.FAIL], Colour.BOLD_RED),
        "INCOMPLETE": (MARKS[Word.ERROR], Colour.BOLD_YELLOW),
    }.get(decision.answer, (MARKS[Word.PASS], Colour.BOLD_GREEN))
    answer = ANSWERS.get(decision.answer, decision.answer.lower())
    reasons = f": {'; '.join(decision.reasons)}" if decision.reasons else ""
    first, *rest = pen.wrap(f"{answer}{reasons}", pen.style.width - GUTTER - 2)
    bold = first.replace(answer, pen.paint(answer, colour), 1)
    yield f"{pen.paint('Result', Colour.BOLD)}{' ' * 8}{pen.sign(mark, colour)} {bold}"
    for line in rest:
        yield f"{' ' * (GUTTER + 2)}{line}"


def _lines(label: str, lines: Sequence[str], pen: Pen) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield from pen.block("" if number else label, line)
