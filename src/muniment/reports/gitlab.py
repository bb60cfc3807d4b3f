"""GitLab's Code Quality list, for the widget of a merge request."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from muniment.model.assessment import Assessment
from muniment.model.document import Location
from muniment.model.status import Severity, Status
from muniment.reports.encoding import encode, to_bytes
from muniment.reports.escaping import visible
from muniment.reports.view import Judged, causes_text, identity_digest, judged, unread_text
from muniment.reports.words import Word

_SEVERITIES: Final[Mapping[Severity, str]] = MappingProxyType(
    {
        Severity.CRITICAL: "blocker",
        Severity.HIGH: "critical",
        Severity.MEDIUM: "major",
        Severity.LOW: "minor",
        Severity.INFO: "info",
    }
)


def render(assessment: Assessment) -> bytes:
    """Results in the Assessment's order, unread documents last; accepted failures and unknowns are `info`."""
    rows = judged(assessment, Status.FAIL, Status.ERROR, Status.UNKNOWN)
    issues = [*map(_issue, rows), *_unread(assessment)]
    return to_bytes(f"{encode(issues)}\n")


def _issue(row: Judged) -> dict[str, Any]:
    result = row.result
    if row.word is Word.UNKNOWN:
        text, severity = f"could not be decided: {row.policy.title}: {causes_text(result)}", "info"
    elif row.word is Word.ERROR:
        text, severity = f"could not be evaluated: {row.policy.title}: {result.error}", "major"
    elif row.accepted:
        text, severity = f"{row.ruling.reason}: {row.policy.title}: {result.message}", "info"
    else:
        text, severity = f"{row.policy.title}: {result.message}", _SEVERITIES[result.severity]
    return _entry(f"{text} ({row.where})", result.policy, identity_digest(result), severity, result.location)


def _unread(assessment: Assessment) -> Iterator[dict[str, Any]]:
    for lost in assessment.unread:
        mark = f"unread:{lost.location.path}:{lost.location.line}:{lost.reason}"
        yield _entry(f"unread: {unread_text(lost)}", f"unread/{lost.reason}", mark, "major", lost.location)


def _entry(text: str, check: str, fingerprint: str, severity: str, at: Location) -> dict[str, Any]:
    return {
        "description": visible(text),
        "check_name": check,
        "fingerprint": visible(fingerprint),
        "severity": severity,
        "location": {"path": at.path, "lines": {"begin": max(at.line, 1)}},
    }
