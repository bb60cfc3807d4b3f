"""Checkov's text for people."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from muniment.reports.checkov.records import FAILED, PASSED, SKIPPED, Record, Scan
from muniment.reports.escaping import visible, visible_lines

_COLOURS: Final = {PASSED: "32", FAILED: "31", SKIPPED: "34"}
_TITLE: Final = "34"
_COUNTS: Final = "36"
_FILE: Final = "35"


class Style(NamedTuple):
    """What is shown, and how."""

    quiet: bool = False
    """Failures only."""
    compact: bool = False
    """Without the lines of code."""
    counts_last: bool = False
    colour: bool = False


def render(scans: Sequence[Scan], style: Style) -> str:
    """One block for each kind of scan."""
    return "".join(f"{line}\n" for scan in scans for line in _scan(scan, style))


def _scan(scan: Scan, style: Style) -> Iterator[str]:
    counts = _paint(_counts(scan), _COUNTS, style)
    yield _paint(f"{scan.check_type} scan results:", _TITLE, style)
    yield ""
    if not style.counts_last:
        yield from (counts, "")
    shown = scan.failed if style.quiet else (*scan.passed, *scan.failed, *scan.skipped, *scan.undecided)
    for record in shown:
        yield from _record(record, style)
    if not style.quiet:
        yield from (_paint(f"Error parsing file {visible(path)}", _COLOURS[FAILED], style) for path in scan.unread)
    if style.counts_last:
        yield from ("", counts)
    yield ""


def _counts(scan: Scan) -> str:
    told = f"Passed checks: {len(scan.passed)}, Failed checks: {len(scan.failed)}, Skipped checks: {len(scan.skipped)}"
    told += f", Unknown checks: {len(scan.undecided)}" if scan.undecided else ""
    return told + (f", Parsing errors: {len(scan.unread)}" if scan.unread else "")


def _record(record: Record, style: Style) -> Iterator[str]:
    yield f'Check: {record.check_id}: "{visible(record.name)}"'
    word = f"\t{record.result} for resource: {visible(record.resource)}"
    yield _paint(word, _COLOURS.get(record.result, _TITLE), style)
    if record.result != PASSED:
        yield f"\tSeverity: {record.severity.upper()}"
    if record.comment:
        yield f"\tSuppress comment: {visible(record.comment)}"
    for number, detail in enumerate(record.details):
        yield f"\t{'Details: ' if not number else '         '}{visible(detail)}"
    first, last = record.lines
    yield _paint(f"\tFile: {visible(record.place.file)}:{first}-{last}", _FILE, style)
    if record.guideline:
        yield f"\tGuide: {visible(record.guideline)}"
    if record.code and not style.compact:
        yield from ("", *_code(record), "")


def _code(record: Record) -> Iterator[str]:
    width = len(str(record.code[-1][0]))
    for number, text in record.code:
        yield f"\t\t{str(number).ljust(width)} | {visible_lines(text).rstrip()}"


def _paint(text: str, colour: str, style: Style) -> str:
    return f"\033[{colour}m{text}\033[0m" if style.colour else text
