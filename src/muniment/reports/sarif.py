"""SARIF 2.1.0: one run, every rule once, failures and unknowns as results, the rest as notifications."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from muniment.model.assessment import Assessment, Sources
from muniment.model.document import Location
from muniment.model.policy import Policy
from muniment.model.status import Severity, Status
from muniment.reports.encoding import encode, to_bytes
from muniment.reports.escaping import visible, visible_lines
from muniment.reports.uris import relative_uri
from muniment.reports.view import Judged, causes_text, identity_digest, judged, place, totals, unread_text
from muniment.reports.words import Word, count

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LIMIT: Final = 25_000
"""Results of one run that GitHub accepts."""
_TAGS: Final = 20
"""Tags of one rule that GitHub accepts."""

_LEVELS: Final = MappingProxyType(
    {
        Severity.CRITICAL: "error",
        Severity.HIGH: "error",
        Severity.MEDIUM: "warning",
        Severity.LOW: "note",
        Severity.INFO: "note",
    }
)
_SCORES: Final = MappingProxyType(
    {
        Severity.CRITICAL: "9.5",
        Severity.HIGH: "8.0",
        Severity.MEDIUM: "5.5",
        Severity.LOW: "2.5",
        Severity.INFO: "0.0",
    }
)
_BASELINE: Final = MappingProxyType(
    {"new": "new", "changed": "updated", "unchanged": "unchanged", "known": "unchanged"}
)


def render(assessment: Assessment) -> bytes:
    """Results in the Assessment's order."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(assessment)]}
    return to_bytes(f"{encode(log)}\n")


def _run(assessment: Assessment) -> dict[str, Any]:
    rows = list(judged(assessment, Status.FAIL, Status.UNKNOWN, Status.ERROR))
    met = {row.result.policy for row in rows}
    policies = [policy for policy in assessment.policies if policy.id in met]
    places = {policy.id: place for place, policy in enumerate(policies)}
    driver = {
        "name": assessment.tool,
        "semanticVersion": assessment.version,
        "rules": [_rule(policy) for policy in policies],
    }
    reasons = {place(use.location.path, use.location.line): use.reason for use in assessment.waivers if use.location}
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"{assessment.tool}/{assessment.decision.gate}/"},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder that all paths are relative to."}}},
        "invocations": [_invocation(assessment, rows)],
        "results": [_result(row, places, reasons, assessment) for row in rows if row.result.status is not Status.ERROR],
        "properties": {
            "asOf": assessment.as_of,
            "planDigest": assessment.plan_digest,
            "inputsDigest": assessment.inputs_digest,
            "answer": assessment.decision.answer,
        },
    }


def _rule(policy: Policy) -> dict[str, Any]:
    """A policy; its controls are tags, since viewers filter by these."""
    controls = [link.id for link in policy.controls]
    rule = {
        "id": policy.id,
        "name": visible(policy.title),
        "shortDescription": {"text": visible(policy.title)},
        "fullDescription": {"text": visible_lines(policy.risk or policy.title)},
        "help": {"text": visible_lines(f"{policy.risk}\n\nFix: {policy.fix}".strip())},
        "defaultConfiguration": {"level": _LEVELS[policy.severity]},
        "properties": {
            "tags": ["security", *controls[: _TAGS - 1]],
            "controls": controls,
            "aliases": policy.all_aliases,
            "security-severity": _SCORES[policy.severity],
            "precision": "high",
        },
    }
    if policy.references and policy.references[0].startswith("https://"):
        rule["helpUri"] = policy.references[0]
    return rule


def _result(
    row: Judged, places: Mapping[str, int], reasons: Mapping[str, str], assessment: Assessment
) -> dict[str, Any]:
    result = row.result
    fails = result.status is Status.FAIL
    digest = identity_digest(result)
    made = {
        "ruleId": result.policy,
        "ruleIndex": places[result.policy],
        "kind": "fail" if fails else "open",
        "level": _LEVELS[result.severity] if fails else "none",
        "message": {"text": _message(row)},
        "locations": [_location(result.location, assessment.sources, row.where)],
        "partialFingerprints": {"munimentIdentity/v1": digest, "primaryLocationLineHash": f"{digest[:16]}:1"},
        "properties": {"severity": result.severity, "effect": row.ruling.effect},
    }
    others = [violation for violation in result.violations if violation.location != result.location]
    if others:
        made["relatedLocations"] = [
            _physical(one.location, assessment.sources)
            | {"id": number, "message": {"text": visible_lines(one.message) or row.policy.title}}
            for number, one in enumerate(others, 1)
        ]
    if row.ruling.baseline:
        made["baselineState"] = _BASELINE[row.ruling.baseline]
    if row.ruling.waiver:
        made["suppressions"] = [_suppression(row, reasons.get(row.ruling.waiver, ""))]
    return made


def _message(row: Judged) -> str:
    """What is wrong, of which resource; never empty."""
    said = row.result.message or row.policy.title
    if row.result.status is Status.UNKNOWN:
        said = f"{row.policy.title}: cannot be told: {causes_text(row.result)}"
    return visible_lines(f"{said}: {row.where}")


def _suppression(row: Judged, reason: str) -> dict[str, Any]:
    """A waiver in force, or a comment that waits for approval with the reason that stands in it."""
    if row.word is Word.WAIVED:
        return {"kind": "external", "status": "accepted", "justification": visible(row.ruling.reason)}
    return {
        "kind": "inSource",
        "status": "underReview",
        "justification": visible(f"{row.ruling.reason}: {reason}" if reason else row.ruling.reason),
    }


def _location(location: Location, sources: Sources | None, where: str) -> dict[str, Any]:
    logical = {"fullyQualifiedName": visible(where), "kind": "resource"}
    return {**_physical(location, sources), "logicalLocations": [logical]}


def _physical(location: Location, sources: Sources | None) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": relative_uri(location.path), "uriBaseId": "SRCROOT"},
            "region": _region(location, sources),
        }
    }


def _region(location: Location, sources: Sources | None) -> dict[str, int]:
    """Lines, and columns where the line is at hand to count them in UTF-16 units."""
    start = max(location.line, 1)
    end = max(location.end_line, start)
    region = {"startLine": start}
    if end > start:
        region["endLine"] = end
    first = sources.line(location.path, start) if sources and location.exact else None
    if first is not None:
        region["startColumn"] = _utf16(first, location.column)
        last = sources.line(location.path, end) if sources and location.end_column else None
        if last is not None and (end > start or location.end_column > location.column):
            region["endColumn"] = _utf16(last, location.end_column)
    return region


def _utf16(line: str, column: int) -> int:
    """A column in UTF-16 units from one in code points, both from 1."""
    return column + sum(character > "\uffff" for character in line[: column - 1])


def _invocation(assessment: Assessment, rows: Sequence[Judged]) -> dict[str, Any]:
    return {
        "executionSuccessful": assessment.decision.exit_code != 5,
        "exitCode": assessment.decision.exit_code,
        "exitCodeDescription": "; ".join(assessment.decision.reasons),
        "toolExecutionNotifications": list(_notifications(assessment, rows)),
    }


def _notifications(assessment: Assessment, rows: Sequence[Judged]) -> Iterator[dict[str, Any]]:
    """What is no result: unread documents, errors, changes, and how much is unknown.

    A failure that is gone would be a result whose `baselineState` is `absent`. Services that do not know that property
    would open an alert for what was just mended, so it is told here.
    """
    for lost in assessment.unread:
        yield {
            "level": "error",
            "message": {"text": visible_lines(f"{lost.reason}: {unread_text(lost)}")},
            "descriptor": {"id": f"unread/{lost.reason}"},
            "locations": [_physical(lost.location, assessment.sources)],
        }
    for row in rows:
        if row.result.status is Status.ERROR:
            yield {
                "level": "error",
                "message": {"text": visible_lines(f"{row.result.policy}: {row.result.error}: {row.where}")},
                "descriptor": {"id": "error"},
                "locations": [_physical(row.result.location, assessment.sources)],
            }
    for one in assessment.gate_changes:
        yield {
            "level": "warning",
            "message": {"text": visible_lines(f"{one.what} {one.state} in this change: the base side rules")},
            "descriptor": {"id": "gate-change"},
            "locations": [_physical(Location(one.path, one.line), assessment.sources)],
        }
    for change in assessment.changes:
        yield {
            "level": "note",
            "message": {"text": visible_lines(f"{change.state}: {change.policy}: {change.root}:{change.address}")},
            "descriptor": {"id": f"change/{change.state}"},
        }
    for text in _remarks(assessment, len(rows)):
        yield {"level": "warning", "message": {"text": text}}


def _remarks(assessment: Assessment, results: int) -> Iterator[str]:
    found = totals(assessment)
    if found.unknown:
        yield f"{count(found.unknown, 'result')} cannot be told"
    unused = sum(use.state == "unused" for use in assessment.waivers)
    if unused:
        yield f"{count(unused, 'waiver or skip comment', 'waivers or skip comments')} matched nothing"
    if results > _LIMIT:
        yield f"{results} results are more than the {_LIMIT} that some services accept: judge fewer paths in one run"
