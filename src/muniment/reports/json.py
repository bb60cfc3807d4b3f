"""The whole Assessment as one canonical JSON object; docs/schema/assessment.schema.json describes it."""

from muniment.model.assessment import Assessment
from muniment.reports import records
from muniment.reports.encoding import encode, to_bytes


def render(assessment: Assessment) -> bytes:
    """Equal Assessments give equal bytes."""
    parts = {
        **{key: encode(value) for key, value in records.head_record(assessment).items()},
        "changes": encode([change._asdict() for change in assessment.changes]),
        "controls": encode(list(records.told_controls(assessment))),
        "decision": encode(records.decision_record(assessment)),
        "frameworks": encode(records.framework_records(assessment)),
        "gate_changes": encode([change._asdict() for change in assessment.gate_changes]),
        "ledger": encode(records.ledger_record(assessment)),
        "policies": encode(list(records.policy_records(assessment))),
        "results": f"[{','.join(records.result_records(assessment))}]",
        "summary": encode(records.summary_record(assessment)),
        "unread": encode([records.unread_record(unread) for unread in assessment.unread]),
        "waivers": encode([records.waiver_record(use) for use in assessment.waivers]),
    }
    return to_bytes("{" + ",".join(f'"{key}":{parts[key]}' for key in sorted(parts)) + "}\n")
