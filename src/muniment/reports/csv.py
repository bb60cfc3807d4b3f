"""One row for each result and each unread document, for spreadsheets; no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from muniment.model.assessment import Assessment
from muniment.reports.escaping import for_csv
from muniment.reports.view import judged, unread_text

COLUMNS: Final = (
    "status",
    "word",
    "severity",
    "policy",
    "title",
    "kind",
    "root",
    "address",
    "path",
    "line",
    "end_line",
    "message",
    "effect",
    "reason",
    "waiver",
    "baseline",
    "controls",
    "aliases",
    "depends_on",
    "fingerprint",
)


def render(assessment: Assessment) -> bytes:
    """RFC 4180 in UTF-8, with a header; rows in the Assessment's order, unread documents last."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in (*_results(assessment), *_unread(assessment)):
        writer.writerow([for_csv(cell) for cell in row])
    return out.getvalue().encode("utf-8")


def _results(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    for row in judged(assessment):
        result, ruling = row.result, row.ruling
        yield (
            result.status,
            row.word,
            result.severity,
            result.policy,
            row.policy.title,
            result.kind,
            result.root,
            result.address,
            result.location.path,
            str(result.location.line),
            str(result.location.end_line or result.location.line),
            result.message,
            ruling.effect,
            ruling.reason,
            ruling.waiver,
            ruling.baseline,
            " ".join(result.controls),
            " ".join(result.aliases),
            " ".join(f"{cause.kind}:{cause.reference}" for cause in result.unknown),
            result.fingerprint,
        )


def _unread(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    for lost in assessment.unread:
        cells = {
            "status": "UNREAD",
            "word": "unread",
            "path": lost.location.path,
            "line": str(lost.location.line),
            "message": unread_text(lost),
            "reason": lost.reason,
            "kind": lost.format,
        }
        yield tuple(cells.get(column, "") for column in COLUMNS)
