"""The whole Assessment as one canonical JSON object; docs/schema/assessment.schema.json describes it."""

from muniment.model.assessment import Assessment
from muniment.reports import records


def render(assessment: Assessment) -> bytes:
    """Equal Assessments give equal bytes."""
    parts = {
        **{key: records.encode(value) for key, value in records.head_record(assessment).items()},
        "changes": records.encode([change._asdict() for change in assessment.changes]),
        "controls": records.encode([records.control_record(control) for control in assessment.controls]),
        "decision": records.encode(records.decision_record(assessment)),
        "ledger": records.encode(records.ledger_record(assessment)),
        "policies": records.encode(list(records.policy_records(assessment))),
        "results": f"[{','.join(records.result_records(assessment))}]",
        "summary": records.encode(records.summary_record(assessment)),
        "unread": records.encode([records.unread_record(unread) for unread in assessment.unread]),
        "waivers": records.encode([records.waiver_record(use) for use in assessment.waivers]),
    }
    return records.to_bytes("{" + ",".join(f'"{key}":{parts[key]}' for key in sorted(parts)) + "}\n")
