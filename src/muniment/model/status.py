"""What a judgement can say: `Status` of a result, `Severity` of a fault, `ControlState` of a control."""

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """The answer of one policy about one resource. UNKNOWN is never PASS."""

    PASS = "PASS"  # noqa: S105  a status, not a password
    FAIL = "FAIL"
    UNKNOWN = "UNKNOWN"
    ERROR = "ERROR"
    SKIP = "SKIP"


class Severity(StrEnum):
    """How bad a fault is on a default installation: its reach times its effect."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class ControlState(StrEnum):
    """What the results prove about one control."""

    NOT_SATISFIED = "NOT_SATISFIED"
    UNDETERMINED = "UNDETERMINED"
    NOT_ASSESSED = "NOT_ASSESSED"
    SATISFIED = "SATISFIED"


SEVERITIES: Final = tuple(Severity)
"""From the worst to the mildest."""

RANK: Final = {severity: len(SEVERITIES) - place for place, severity in enumerate(SEVERITIES)}
"""Severity as a number: critical 5 ... info 1."""

_WORST_FIRST: Final = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.PASS, Status.SKIP)


def worst(statuses: "frozenset[Status] | set[Status] | tuple[Status, ...]") -> Status:
    """The status of a whole from its parts: FAIL > ERROR > UNKNOWN > PASS > SKIP; nothing at all is SKIP."""
    return next((status for status in _WORST_FIRST if status in statuses), Status.SKIP)
