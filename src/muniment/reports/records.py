"""The JSON form of every noun of an Assessment: docs/schema/assessment.schema.json, with sorted keys and no spaces.

Results are the many: their text is put together from parts that are made once for each policy, since building and
encoding a dictionary for each of ten thousand results would take longer than judging them.
"""

from collections.abc import Iterator
from json.encoder import encode_basestring as quote
from typing import Any, Final

from muniment.model.assessment import Assessment, Ruling
from muniment.model.document import Location
from muniment.model.framework import ControlResult
from muniment.model.policy import Policy
from muniment.model.result import Result, Unread
from muniment.model.status import ControlState
from muniment.model.waiver import WaiverUse
from muniment.reports.encoding import encode
from muniment.reports.view import postures, totals
from muniment.reports.words import standing_of

SCHEMA: Final = 1
"""Version of the JSON form; it grows when a reader of the old one would misread the new one."""

_REQUESTED: Final = ',"requested":true'


class _Shared:
    """What all results of one policy say alike, as text between their own parts."""

    __slots__ = ("aliases", "controls", "listed", "policy")

    def __init__(self, policy: Policy) -> None:
        self.policy = quote(policy.id)
        self.aliases = encode(policy.all_aliases)
        self.controls = encode([link.id for link in policy.controls])
        self.listed = len(policy.asserts) > 1 or any(item.aliases for item in policy.asserts)


def result_records(assessment: Assessment) -> Iterator[str]:
    """The JSON text of each result, in the Assessment's order."""
    shared = {policy.id: _Shared(policy) for policy in assessment.policies}
    for result, ruling in zip(assessment.results, assessment.rulings, strict=True):
        yield _result(result, ruling, shared[result.policy])


def _result(result: Result, ruling: Ruling, shared: _Shared) -> str:
    """One result. Optional keys are left out where they would say nothing."""
    at, of = result.location, result.resource_location
    asserts = _asserts(result) if shared.listed and result.asserts else "[]"
    return (
        f'{{"address":{quote(result.address)},"aliases":{shared.aliases},"asserts":{asserts}'
        f"{_text('baseline', ruling.baseline)},"
        f'"controls":{shared.controls},"effect":"{ruling.effect}","end_line":{at.end_line or at.line}'
        f'{_text("error", result.error)},"fingerprint":"{result.fingerprint}"{_former(result)},'
        f'"kind":{quote(result.kind)},"line":{at.line},"message":{quote(result.message)},"path":{quote(at.path)},"policy":{shared.policy}'
        f"{_text('reason', ruling.reason)}{_REQUESTED if ruling.requested else ''},"
        f'"resource_end_line":{of.end_line or of.line},"resource_line":{of.line}'
        f"{'' if of.path == at.path else _text('resource_path', of.path)},"
        f'"root":{quote(result.root)},"severity":"{result.severity}","status":"{result.status}"'
        f'{_unknown(result)}{_violations(result)},"waiver":{quote(ruling.waiver)}}}'
    )


def _text(key: str, value: str) -> str:
    return f',"{key}":{quote(value)}' if value else ""


def _former(result: Result) -> str:
    return f',"former":{encode(result.former)}' if result.former else ""


def _asserts(result: Result) -> str:
    listed = []
    for item in result.asserts:
        aliases = f'"aliases":{encode(item.aliases)},' if item.aliases else ""
        listed.append(f'{{{aliases}"name":{quote(item.name)},"status":"{item.status}"}}')
    return f"[{','.join(listed)}]"


def _unknown(result: Result) -> str:
    if not result.unknown:
        return ""
    causes = [
        {"cause": cause.kind, "reference": cause.reference, **({"place": cause.place} if cause.place else {})}
        for cause in result.unknown
    ]
    return f',"unknown":{encode(causes)}'


def _violations(result: Result) -> str:
    """Where there is more than one: a single one is told by the result itself."""
    if len(result.violations) < 2:
        return ""
    listed = [
        {"assert": one.assertion, "message": one.message, **place_record(one.location)} for one in result.violations
    ]
    return f',"violations":{encode(listed)}'


def place_record(location: Location | None) -> dict[str, Any]:
    """Path and lines of a place."""
    if location is None:
        return {"path": "", "line": 0, "end_line": 0}
    return {"path": location.path, "line": location.line, "end_line": location.end_line or location.line}


def head_record(assessment: Assessment) -> dict[str, Any]:
    """What was judged, by what, as of when."""
    return {
        "schema": SCHEMA,
        "tool": assessment.tool,
        "version": assessment.version,
        "as_of": assessment.as_of,
        "base": assessment.base,
        "plan_digest": assessment.plan_digest,
        "inputs_digest": assessment.inputs_digest,
    }


def decision_record(assessment: Assessment) -> dict[str, Any]:
    """The gate's answer."""
    decision = assessment.decision
    return {
        "answer": decision.answer,
        "exit_code": decision.exit_code,
        "gate": decision.gate,
        "reasons": decision.reasons,
    }


def summary_record(assessment: Assessment) -> dict[str, Any]:
    """The counts."""
    found, coverage = totals(assessment), assessment.coverage
    return {
        "results": found.results,
        "statuses": {
            "FAIL": found.failed,
            "PASS": found.passed,
            "UNKNOWN": found.unknown,
            "ERROR": found.errors,
            "SKIP": found.skipped,
        },
        "waived": found.waived,
        "in_baseline": found.known,
        "requested": found.requested,
        "unread": found.unread,
        "open_failures": {str(severity): number for severity, number in found.severities},
        "documents": {
            state: coverage.total(state)
            for state in ("read", "partly", "unread", "excluded", "support", "unrecognised")
        },
        "policies": {"selected": len(coverage.policies_selected), "not_tested": len(coverage.not_tested)},
    }


def unread_record(unread: Unread) -> dict[str, Any]:
    """A document that could not be read."""
    return {
        **place_record(unread.location),
        "format": unread.format,
        "hint": unread.hint,
        "message": unread.message,
        "reason": unread.reason,
    }


def told_controls(assessment: Assessment) -> Iterator[dict[str, Any]]:
    """The controls that the run says something about; `framework_records` count the others."""
    for control in assessment.controls:
        if control.policies or control.state is not ControlState.NOT_ASSESSED:
            yield control_record(control)


def framework_records(assessment: Assessment) -> list[dict[str, Any]]:
    """Each framework with how many of its assessable controls stand where; the counts add up to `assessable`."""
    return [
        {
            "framework": posture.framework,
            "version": posture.version,
            "assessable": posture.total,
            "standings": {str(standing): number for standing, number in posture.standings},
        }
        for posture in postures(assessment.controls)
    ]


def control_record(control: ControlResult) -> dict[str, Any]:
    """What was found about one control; `standing` is its state in the words of reports."""
    return {
        "framework": control.framework,
        "version": control.version,
        "control": control.control,
        "title": control.title,
        "state": control.state,
        "standing": standing_of(control),
        "basis": control.basis,
        "assessable": control.assessable,
        "in_part": control.in_part,
        "note": control.note,
        "passed": control.passed,
        "failed": control.failed,
        "waived": control.waived,
        "unknown": control.unknown,
        "errors": control.errors,
        "policies": control.policies,
    }


def waiver_record(use: WaiverUse) -> dict[str, Any]:
    """What became of a waiver or a skip comment."""
    return {
        "id": use.id,
        "state": use.state,
        "matched": use.matched,
        "reason": use.reason,
        "expires": use.expires,
        "approvers": use.approvers,
        "requester": use.requester,
        "policies": use.policies,
        "note": use.note,
        **place_record(use.location),
    }


def policy_records(assessment: Assessment) -> Iterator[dict[str, Any]]:
    """The policies that met a resource; the others are named in the ledger."""
    absent = frozenset(assessment.coverage.not_tested)
    return (_policy(policy) for policy in assessment.policies if policy.id not in absent)


def _policy(policy: Policy) -> dict[str, Any]:
    return {
        "id": policy.id,
        "title": policy.title,
        "severity": policy.severity,
        "risk": policy.risk,
        "fix": policy.fix,
        "category": policy.category,
        "owner": policy.owner,
        "status": policy.status,
        "aliases": policy.all_aliases,
        "language": policy.language,
        "digest": policy.digest,
        "references": policy.references,
        "controls": [
            {"id": link.id, "relationship": link.relationship, "strength": link.strength, "why": link.why}
            for link in policy.controls
        ],
    }


def ledger_record(assessment: Assessment) -> dict[str, Any]:
    """What became of every document, and of every selected policy."""
    coverage = assessment.coverage
    return {
        "documents": [line._asdict() for line in coverage.lines],
        "policies_selected": coverage.policies_selected,
        "not_tested": coverage.not_tested,
        "notes": coverage.notes,
    }
