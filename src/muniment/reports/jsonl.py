"""The Assessment as lines of JSON, each with its `type`, for programs that read as they go."""

from collections.abc import Iterator
from typing import Any

from muniment.model.assessment import Assessment
from muniment.reports import records
from muniment.reports.encoding import encode, to_bytes


def render(assessment: Assessment) -> bytes:
    """The head first, then policies, results, unread documents, changes, waivers, controls, and the decision last."""
    return to_bytes("".join(f"{line}\n" for line in _lines(assessment)))


def _lines(assessment: Assessment) -> Iterator[str]:
    yield _line("assessment", records.head_record(assessment))
    yield from (_line("policy", policy) for policy in records.policy_records(assessment))
    yield from (f'{{"type":"result",{result[1:]}' for result in records.result_records(assessment))
    yield from (_line("unread", records.unread_record(unread)) for unread in assessment.unread)
    yield from (_line("change", change._asdict()) for change in assessment.changes)
    yield from (_line("gate_change", change._asdict()) for change in assessment.gate_changes)
    yield from (_line("waiver", records.waiver_record(use)) for use in assessment.waivers)
    yield from (_line("framework", framework) for framework in records.framework_records(assessment))
    yield from (_line("control", control) for control in records.told_controls(assessment))
    yield _line("ledger", records.ledger_record(assessment))
    yield _line("summary", records.summary_record(assessment))
    yield _line("decision", records.decision_record(assessment))


def _line(kind: str, record: dict[str, Any]) -> str:
    return f'{{"type":"{kind}",{encode(record)[1:]}'
