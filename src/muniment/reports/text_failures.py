"""The first part of text output: failures by file, worst first, each with its lines, its fix and its controls."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from muniment.model.assessment import Assessment
from muniment.model.policy import Policy
from muniment.model.result import Violation
from muniment.model.status import Severity, Status
from muniment.reports.excerpt import Line, excerpt
from muniment.reports.terminal import GUTTER, INDENT, Colour, Pen, cut_middle, take, width_of
from muniment.reports.view import Judged, brief, judged, violations, worst_first
from muniment.reports.words import MARKS, Word, count, framework_name

SHOWN: Final = 50
"""Failures that are told in full; the others are counted by policy."""
_FOLDED: Final = 20
_PLACES: Final = 3
_CONTROLS: Final = 8
_LABELS: Final = 10
"""Columns of a severity, with the space behind it."""
_LONGEST: Final = 30
"""Characters of an id that somebody knows by heart; longer ones, as KICS's, are for programs."""


def failures(assessment: Assessment, pen: Pen) -> Iterator[str]:
    """The worst failures by file, then the number of the others by policy."""
    rows = worst_first(row for row in judged(assessment, Status.FAIL) if pen.style.everything or not row.accepted)
    limit = len(rows) if pen.style.everything else SHOWN
    files: dict[str, list[Judged]] = {}
    for row in rows[:limit]:
        files.setdefault(row.result.location.path, []).append(row)
    for path, group in files.items():
        yield pen.paint(pen.fit(path, pen.style.width), Colour.BOLD)
        yield from _file(group, assessment, pen)
    if len(rows) > limit:
        yield from _folded(rows[limit:], pen)


def _file(rows: Iterable[Judged], assessment: Assessment, pen: Pen) -> Iterator[str]:
    told: set[str] = set()
    for row in rows:
        yield from _failure(row, assessment, pen)
        if row.result.policy not in told:
            told.add(row.result.policy)
            yield from pen.row("fix", row.policy.fix.strip())
            if row.policy.controls:
                yield from pen.row("controls", controls_text(row.policy))
        yield ""


def _failure(row: Judged, assessment: Assessment, pen: Pen) -> Iterator[str]:
    yield from heading(row.word, row.result.severity, row.policy.title, row.policy, pen)
    found = violations(row)
    yield from _places(found[:_PLACES], row, assessment, pen)
    more = len(found) - _PLACES
    if more > 0:
        yield f"{' ' * INDENT}and {count(more, 'more place')}"
    result = row.result
    yield from pen.row("resource", result.address if result.root == result.location.path else row.where)
    if row.ruling.reason and row.ruling.effect != "deny":
        yield from pen.row("gate", row.ruling.reason)
    if row.ruling.requested:
        yield from pen.row("waiver", f"asked for at {row.ruling.waiver}")


def heading(word: Word, label: Severity | str, title: str, policy: Policy | None, pen: Pen) -> Iterator[str]:
    """Mark, severity and title, with the policy's id at the right edge or, where it does not fit, below."""
    width = pen.style.width
    weight = Colour.BOLD if label in {Severity.CRITICAL, Severity.HIGH} else None
    start = f"  {pen.sign(MARKS[word], COLOURS[word])} {pen.paint(label, weight)}{' ' * (_LABELS - len(label))}"
    title = pen.fit(title, width - INDENT - _LABELS)
    if policy is None:
        yield start + title
        return
    known = [alias for alias in policy.all_aliases if len(alias) <= _LONGEST]
    names = "  ".join((policy.id, *known[:1]))
    room = width - INDENT - _LABELS - width_of(title) - 2
    right = next((pen.plain(text) for text in (names, policy.id) if width_of(pen.plain(text)) <= room), "")
    padding = " " * (room + 2 - width_of(right))
    link = pen.link(pen.paint(right, Colour.GREY), policy.references[0] if policy.references else "")
    yield f"{start}{title}{padding}{link}".rstrip()
    if not right:
        yield from pen.row("policy", names)


def _places(found: Sequence[Violation], row: Judged, assessment: Assessment, pen: Pen) -> Iterator[str]:
    """The lines of each place; their bars stand below each other."""
    digits = len(str(max(one.location.line for one in found)))
    for number, one in enumerate(found):
        at, message = one.location, brief(one.message)
        lines = excerpt(assessment.sources, one, row.result)
        if at.path != row.result.location.path:
            yield f"{' ' * INDENT}{pen.fit(at.path, pen.style.width - INDENT)}"
        if lines:
            yield from _place(lines[-1:] if number else lines, message, digits, row.word, pen)
        else:
            yield from pen.row(f"line {at.line}", message or row.policy.title)


def _place(lines: Sequence[Line], message: str, digits: int, word: Word, pen: Pen) -> Iterator[str]:
    """Numbered lines; below the last one its span is marked, with the message behind it or, if it is long, below."""
    bar = pen.paint("|" if pen.style.ascii else "│", Colour.GREY)
    room = pen.style.width - INDENT - digits - 3
    start = length = 0
    for line in lines:
        text, start, length = _cut(line, room, pen)
        yield f"{' ' * INDENT}{line.number:>{digits}} {bar} {text}".rstrip()
    blank = f"{' ' * (INDENT + digits)} {bar} "
    mark = " " * start + pen.paint(("^" if pen.style.ascii else "━") * length, COLOURS[word])
    if start + length + 1 + width_of(pen.plain(message)) <= room:
        yield f"{blank}{mark} {pen.plain(message)}".rstrip()
        return
    yield f"{blank}{mark}"
    for text in pen.wrap(message, room):
        yield f"{blank}{text}".rstrip()


def _cut(line: Line, room: int, pen: Pen) -> tuple[str, int, int]:
    """The part of a line around its span that fits, with the span's first column and its width."""
    before, span = pen.plain(line.text[: line.start]), pen.plain(line.text[line.start : line.start + line.length])
    rest = pen.plain(line.text[line.start + line.length :])
    dots = "..." if pen.style.ascii else "…"
    start, length = width_of(before), width_of(span)
    if start + length > room:
        keep = max(room - min(length, room // 2) - len(dots), 0)
        if start > keep:
            before = dots + take(before[::-1], keep)[::-1]
            start = width_of(before)
        span = cut_middle(span, room - start, dots)
        length = width_of(span)
    text = before + span + rest
    if width_of(text) > room:
        text = take(text, room - len(dots)) + dots if start + length + len(dots) <= room else before + span
    return text, start, length


def controls_text(policy: Policy) -> str:
    """`SOC 2 CC6.1, CC6.6, PCI DSS 1.3.1`: the framework's name before its first control."""
    parts, last = [], ""
    for link in policy.controls[:_CONTROLS]:
        parts.append(link.control if link.framework == last else f"{framework_name(link.framework)} {link.control}")
        last = link.framework
    more = len(policy.controls) - len(parts)
    return ", ".join(parts) + (f" and {more} more" if more else "")


def _folded(rows: Sequence[Judged], pen: Pen) -> Iterator[str]:
    groups: dict[tuple[str, Severity], list[Judged]] = {}
    for row in rows:
        groups.setdefault((row.result.policy, row.result.severity), []).append(row)
    yield pen.paint(f"And {count(len(rows), 'more failure')}: --all, or -o json", Colour.BOLD)
    listed = list(groups.values())
    for group in listed[:_FOLDED]:
        first = group[0]
        title = f"{len(group)} x {first.policy.title}"
        yield from heading(first.word, first.result.severity, title, first.policy, pen)
    rest = listed[_FOLDED:]
    if rest:
        number = sum(len(group) for group in rest)
        yield f"{' ' * GUTTER}{count(number, 'failure')} of {count(len(rest), 'other policy', 'other policies')}"
    yield ""


COLOURS: Final = {
    Word.FAIL: Colour.RED,
    Word.WAIVED: Colour.GREY,
    Word.ERROR: Colour.YELLOW,
    Word.UNKNOWN: Colour.MAGENTA,
    Word.PASS: Colour.GREEN,
    Word.NOT_APPLICABLE: Colour.GREY,
}
"""The colour of each word's mark."""
