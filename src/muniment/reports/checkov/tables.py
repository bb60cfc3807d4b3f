"""Checkov's tables of failures: comma-separated values, and Markdown for a comment on GitHub."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from muniment.reports.checkov.records import Record, Scan
from muniment.reports.escaping import for_csv, for_markdown

_COLUMNS: Final = (
    "Resource",
    "Path",
    "Git Org",
    "Git Repository",
    "Misconfigurations",
    "Severity",
    "Policy title",
    "Guideline",
)
_HEADS: Final = ("Check ID", "Check Name", "Resource", "Guideline", "File")


def comma_separated(scans: Sequence[Scan], repository: str) -> str:
    """A row for each failure; `repository` is `owner/name`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    owner, _, name = repository.partition("/")
    for record in (one for scan in scans for one in scan.failed):
        cells = (record.resource, record.place.file, owner, name, record.check_id, record.severity.upper())
        writer.writerow([for_csv(cell) for cell in (*cells, record.name, record.guideline)])
    return out.getvalue()


def markdown(scans: Sequence[Scan]) -> str:
    """A table of failures for each kind of scan."""
    return "".join(_table(scan) for scan in scans)


def _table(scan: Scan) -> str:
    if not scan.failed:
        return "\n\n---\n\n"
    rows = [_row(record) for record in scan.failed]
    widths = [max(len(row[place]) for row in (_HEADS, *rows)) for place in range(len(_HEADS))]
    lines = [
        f"### {scan.check_type.replace('_', ' ').title()} Scan Results:",
        "",
        "```",
        f"Passed Checks: {len(scan.passed)}, Failed Checks: {len(scan.failed)}, Skipped Checks: {len(scan.skipped)}",
        "```",
        "",
        _line(_HEADS, widths),
        "|".join(["", *("-" * (width + 2) for width in widths), ""]),
        *(_line(row, widths) for row in rows),
        "",
        "---",
        "",
    ]
    return "\n".join(lines)


def _row(record: Record) -> tuple[str, ...]:
    link = f"[Link]({record.guideline})" if record.guideline else ""
    cells = (for_markdown(record.name), for_markdown(record.resource))
    return (record.check_id, *cells, link, for_markdown(record.place.file))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
