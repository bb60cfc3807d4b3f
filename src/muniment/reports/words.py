"""The words and marks that every report uses for what a run found, and the names of frameworks."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.model.assessment import Ruling
from muniment.model.framework import ControlResult
from muniment.model.result import Result
from muniment.model.status import ControlState, Status


class Word(StrEnum):
    """What a report calls a result. A failure that is only in a baseline is still a fail."""

    FAIL = "fail"
    WAIVED = "waived"
    ERROR = "error"
    UNKNOWN = "unknown"
    PASS = "pass"  # noqa: S105  a word, not a password
    NOT_APPLICABLE = "not applicable"


class Mark(NamedTuple):
    """A sign that stands before a word, for those who do not see colours, and its plain form."""

    sign: str
    ascii: str


MARKS: Final = MappingProxyType(
    {
        Word.FAIL: Mark("✗", "x"),
        Word.WAIVED: Mark("~", "~"),
        Word.ERROR: Mark("!", "!"),
        Word.UNKNOWN: Mark("?", "?"),
        Word.PASS: Mark("✓", "+"),
        Word.NOT_APPLICABLE: Mark("–", "-"),  # noqa: RUF001  the sign for nothing
    }
)

_WORDS: Final = MappingProxyType(
    {
        Status.PASS: Word.PASS,
        Status.FAIL: Word.FAIL,
        Status.UNKNOWN: Word.UNKNOWN,
        Status.ERROR: Word.ERROR,
        Status.SKIP: Word.NOT_APPLICABLE,
    }
)

ANSWERS: Final = MappingProxyType(
    {"ALLOW": "allowed", "WARN": "allowed with warnings", "DENY": "denied", "INCOMPLETE": "incomplete"}
)
"""What the gate answers, in words."""

_FRAMEWORKS: Final = MappingProxyType(
    {
        "soc2": "SOC 2",
        "pci-dss": "PCI DSS",
        "hipaa": "HIPAA",
        "cis-aws-foundations": "CIS AWS Foundations",
        "cis-docker": "CIS Docker",
        "cis-kubernetes": "CIS Kubernetes",
    }
)


def word_of(result: Result, ruling: Ruling) -> Word:
    """The word for a result: `waived` only where a waiver is in force, never for one that was merely asked for."""
    if result.status is Status.FAIL and ruling.waiver and not ruling.requested:
        return Word.WAIVED
    return _WORDS[result.status]


def framework_name(identity: str) -> str:
    """What people call a framework; an unknown one keeps its id."""
    return _FRAMEWORKS.get(identity, identity)


def control_name(link: str) -> str:
    """`SOC 2 CC6.1` for `soc2:CC6.1`."""
    framework, _, control = link.partition(":")
    return f"{framework_name(framework)} {control}"


class Standing(StrEnum):
    """Where a control stands, in words; a pass of policies that ask for a part of it is only in part."""

    NOT_SATISFIED = "not satisfied"
    UNDETERMINED = "undetermined"
    IN_PART = "in part"
    SATISFIED = "satisfied"
    NOT_TESTED = "not tested"


STANDING_MARKS: Final = MappingProxyType(
    {
        Standing.NOT_SATISFIED: MARKS[Word.FAIL],
        Standing.UNDETERMINED: MARKS[Word.UNKNOWN],
        Standing.IN_PART: Mark("◐", "/"),
        Standing.SATISFIED: MARKS[Word.PASS],
        Standing.NOT_TESTED: MARKS[Word.NOT_APPLICABLE],
    }
)

_STANDINGS: Final = MappingProxyType(
    {
        ControlState.NOT_SATISFIED: Standing.NOT_SATISFIED,
        ControlState.UNDETERMINED: Standing.UNDETERMINED,
        ControlState.NOT_ASSESSED: Standing.NOT_TESTED,
        ControlState.SATISFIED: Standing.SATISFIED,
    }
)


def standing_of(control: ControlResult) -> Standing:
    """Where a control stands."""
    return Standing.IN_PART if control.in_part else _STANDINGS[control.state]


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 failure`, `2 failures`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
