"""What a template says about one review, before anybody decides what to make of it."""

from collections.abc import Iterable
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
    prints: tuple[str, ...] = ()
    """What the policy printed, where somebody listens."""


NOTHING = Answer()


def implied(answer: Answer, template: str) -> Answer:
    """An answer about what an expansion made, as it is told of the object that it was made from."""
    prefix = f"[Implied by {template}] "
    findings = tuple(finding._replace(message=f"{prefix}{finding.message}") for finding in answer.findings)
    return answer._replace(findings=findings, errors=tuple(f"{prefix}{error}" for error in answer.errors))


def together(answers: Iterable[Answer]) -> Answer:
    """All that several answers say."""
    kept = tuple(answers)
    return Answer(
        tuple(finding for answer in kept for finding in answer.findings),
        tuple(error for answer in kept for error in answer.errors),
        tuple(dict.fromkeys(cause for answer in kept for cause in answer.unknown)),
        tuple(line for answer in kept for line in answer.prints),
    )
