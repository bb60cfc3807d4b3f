"""GitLab's security report as Checkov writes it."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from muniment.reports.checkov.records import Record, Scan

_VERSION: Final = "15.0.4"
_SCHEMA: Final = (
    "https://gitlab.com/gitlab-org/security-products/security-report-schemas"
    f"/-/raw/v{_VERSION}/dist/sast-report-format.json"
)


def render(scans: Sequence[Scan], version: str, day: str) -> str:
    """A vulnerability for each failure; both times that the schema asks for are the `day` of the decision."""
    tool = {"id": "checkov", "name": "Checkov", "vendor": {"name": "Muniment"}, "version": version}
    time = f"{day}T00:00:00"
    unread = any(scan.unread for scan in scans)
    report = {
        "schema": _SCHEMA,
        "version": _VERSION,
        "scan": {
            "start_time": time,
            "end_time": time,
            "analyzer": tool,
            "scanner": tool,
            "status": "failure" if unread else "success",
            "type": "sast",
        },
        "vulnerabilities": [_vulnerability(record) for scan in scans for record in scan.failed],
    }
    return json.dumps(report, indent=4)


def _vulnerability(record: Record) -> dict[str, Any]:
    first, last = record.lines
    told = "; ".join(record.details) or record.name
    identity = f"{record.check_id}\0{record.place.repository}\0{record.resource}"
    return {
        "id": hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        "identifiers": [{"name": record.check_id, "type": "checkov", "value": record.check_id}],
        "location": {"file": record.place.repository.lstrip("/"), "start_line": first, "end_line": last},
        "name": record.name,
        "description": told,
        "severity": record.severity.capitalize(),
        "solution": f"see: muniment explain {record.check_id}",
    }
