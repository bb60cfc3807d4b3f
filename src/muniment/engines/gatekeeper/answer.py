"""What a template says about one review, before anybody decides what to make of it."""

from typing import Any, NamedTuple

from muniment.languages.unknown import Cause


class Finding(NamedTuple):
    """One thing that is wrong."""

    message: str
    details: Any = None
    """Data of the policy's own; None where it gives none."""
    assertion: str = ""
    """Which validation found it, where the language has several."""


class Answer(NamedTuple):
    """All findings, and why there may be more."""

    findings: tuple[Finding, ...] = ()
    errors: tuple[str, ...] = ()
    """What could not be evaluated. In a cluster each of them is a violation."""
    unknown: tuple[Cause, ...] = ()


NOTHING = Answer()
