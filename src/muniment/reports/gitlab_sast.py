"""GitLab's security report, for its vulnerability list: failures with their fix and other tools' ids."""

from collections.abc import Iterator
from typing import Any, Final

from muniment.model.assessment import Assessment
from muniment.model.result import Unread
from muniment.model.status import Status
from muniment.reports.encoding import encode, to_bytes
from muniment.reports.escaping import visible, visible_lines
from muniment.reports.view import Judged, identity_digest, judged, unread_text, worst_first
from muniment.reports.words import count

_VERSION: Final = "15.0.7"
"""Of the report's schema."""


def render(assessment: Assessment) -> bytes:
    """Failures from the worst. The schema asks for times: both are the day that the decision is as of."""
    rows = worst_first(judged(assessment, Status.FAIL))
    tool = {
        "id": assessment.tool,
        "name": assessment.tool.capitalize(),
        "version": assessment.version,
        "vendor": {"name": assessment.tool.capitalize()},
    }
    day = f"{assessment.as_of}T00:00:00"
    report = {
        "version": _VERSION,
        "scan": {
            "analyzer": tool,
            "scanner": tool,
            "type": "sast",
            "status": "failure" if assessment.decision.exit_code == 5 else "success",
            "start_time": day,
            "end_time": day,
            "messages": list(_messages(assessment)),
        },
        "vulnerabilities": [_vulnerability(row) for row in rows],
    }
    return to_bytes(f"{encode(report)}\n")


def _vulnerability(row: Judged) -> dict[str, Any]:
    result, policy = row.result, row.policy
    at = result.location
    gate = f"\n\nGate: {row.ruling.reason}" if row.ruling.effect != "deny" and row.ruling.reason else ""
    return {
        "id": _uuid(identity_digest(result)),
        "name": visible(policy.title)[:255],
        "description": visible_lines(f"{result.message}\n\n{policy.risk}\n\n{row.where}{gate}".strip()),
        "severity": result.severity.capitalize(),
        "solution": visible_lines(policy.fix),
        "location": {"file": at.path, "start_line": max(at.line, 1), "end_line": max(at.end_line, at.line, 1)},
        "identifiers": [
            {"type": "muniment_policy", "name": policy.id, "value": policy.id},
            *({"type": "other_tool", "name": alias, "value": alias} for alias in policy.all_aliases),
        ],
    }


def _uuid(digest: str) -> str:
    """The same failure has the same id in every run."""
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def _messages(assessment: Assessment) -> Iterator[dict[str, str]]:
    """What the list cannot show."""
    for lost in assessment.unread:
        yield {"level": "warn", "value": _said(lost)}
    for status, said in ((Status.ERROR, "could not be evaluated"), (Status.UNKNOWN, "cannot be told")):
        number = sum(result.status is status for result in assessment.results)
        if number:
            yield {"level": "warn", "value": f"{count(number, 'result')} {said}"}


def _said(lost: Unread) -> str:
    return visible(f"{lost.location.path}:{lost.location.line}: {lost.reason}: {unread_text(lost)}")
