"""SARIF 2.1.0 as Checkov writes it: a rule for each of its ids, a result for each failure and each skip."""

import json
from collections.abc import Sequence
from typing import Any, Final

from muniment.model.status import Severity
from muniment.reports.checkov.records import SKIPPED, Record, Scan

_SCHEMA: Final = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json"
_LEVELS: Final = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_SCORES: Final = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.5",
    Severity.INFO: "0.0",
}


def render(scans: Sequence[Scan], version: str, tool: str) -> str:
    """`tool` is the name that a code scanning service knows the findings by."""
    records = [record for scan in scans for record in (*scan.failed, *scan.skipped)]
    ids = list(dict.fromkeys(record.check_id for record in records))
    place = {identity: number for number, identity in enumerate(ids)}
    first = {record.check_id: record for record in reversed(records)}
    unread = [path for scan in scans for path in scan.unread]
    run = {
        "tool": {
            "driver": {"name": tool, "version": version, "rules": [_rule(first[identity]) for identity in ids]},
        },
        "invocations": [{"executionSuccessful": not unread, "toolExecutionNotifications": [_lost(p) for p in unread]}],
        "results": [_result(record, place[record.check_id]) for record in records],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def _rule(record: Record) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": record.check_id,
        "name": record.name,
        "shortDescription": {"text": record.name},
        "fullDescription": {"text": record.name},
        "help": {"text": f"{record.name}\n{record.policy}"},
        "defaultConfiguration": {"level": _LEVELS[record.severity]},
        "properties": {"security-severity": _SCORES[record.severity]},
    }
    return rule | ({"helpUri": record.guideline} if record.guideline else {})


def _result(record: Record, rule: int) -> dict[str, Any]:
    first, last = record.lines
    region: dict[str, Any] = {"startLine": max(first, 1), "endLine": max(last, 1)}
    if record.code:
        region["snippet"] = {"text": "".join(text for _, text in record.code)}
    location = {"artifactLocation": {"uri": _uri(record.place.repository)}, "region": region}
    told = "; ".join((record.name, *record.details))
    result: dict[str, Any] = {
        "ruleId": record.check_id,
        "ruleIndex": rule,
        "level": _LEVELS[record.severity],
        "attachments": [],
        "message": {"text": told},
        "locations": [{"physicalLocation": location, "logicalLocations": [{"fullyQualifiedName": record.resource}]}],
    }
    if record.result == SKIPPED:
        result["suppressions"] = [{"kind": "inSource", "justification": record.comment}]
    return result


def _lost(path: str) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": "the file could not be read"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}],
    }


def _uri(path: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415  only this format pays for it

    return quote(path.lstrip("/"))
