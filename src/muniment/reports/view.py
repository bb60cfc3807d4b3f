"""What several reports need from an Assessment: results with their rulings and policies, in order, and counted."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from muniment.model.assessment import Assessment, Ruling
from muniment.model.framework import ControlResult
from muniment.model.policy import Policy
from muniment.model.result import Result, Unread, Violation
from muniment.model.status import RANK, SEVERITIES, Severity, Status
from muniment.reports.words import Standing, Word, standing_of, word_of

_BRIEF: Final = 600


class Judged(NamedTuple):
    """A result with what the gate makes of it, its policy and its word."""

    result: Result
    ruling: Ruling
    policy: Policy
    word: Word

    @property
    def accepted(self) -> bool:
        """Whether it is a failure that somebody already answered for: waived, in the baseline, or not new."""
        return self.word is Word.WAIVED or (self.word is Word.FAIL and self.ruling.baseline in {"known", "unchanged"})

    @property
    def where(self) -> str:
        """The resource's address with its root, as waivers name it."""
        return f"{self.result.root}:{self.result.address}"


def judged(assessment: Assessment, *statuses: Status) -> Iterator[Judged]:
    """The results of some statuses, or all of them, in the Assessment's order."""
    policies = {policy.id: policy for policy in assessment.policies}
    for result, ruling in zip(assessment.results, assessment.rulings, strict=True):
        if not statuses or result.status in statuses:
            yield Judged(result, ruling, policies[result.policy], word_of(result, ruling))


def worst_first(rows: Iterable[Judged]) -> list[Judged]:
    """By severity, then place, policy and address."""
    return sorted(rows, key=_weight)


def _weight(row: Judged) -> tuple[int, str, int, int, str, str, str]:
    result, place = row.result, row.result.location
    return -RANK[result.severity], place.path, place.line, place.column, result.policy, result.root, result.address


class Totals(NamedTuple):
    """The results of a run, counted."""

    failed: int
    """Failures, accepted ones included."""
    waived: int
    known: int
    """Failures in the baseline or not new, without the waived ones."""
    requested: int
    """Failures with a skip comment that nobody approved."""
    unknown: int
    errors: int
    passed: int
    skipped: int
    unread: int
    severities: tuple[tuple[Severity, int], ...]
    """Failures that nobody answered for, by severity from the worst; every severity is there."""

    @property
    def open(self) -> int:
        """Failures that nobody answered for."""
        return sum(number for _, number in self.severities)

    @property
    def results(self) -> int:
        """All results."""
        return self.failed + self.unknown + self.errors + self.passed + self.skipped


def totals(assessment: Assessment) -> Totals:
    """Counts an Assessment."""
    statuses = dict.fromkeys(Status, 0)
    for result in assessment.results:
        statuses[result.status] += 1
    failures = list(judged(assessment, Status.FAIL))
    waived = sum(row.word is Word.WAIVED for row in failures)
    open_by = dict.fromkeys(SEVERITIES, 0)
    for row in failures:
        if not row.accepted:
            open_by[row.result.severity] += 1
    return Totals(
        failed=len(failures),
        waived=waived,
        known=sum(row.accepted for row in failures) - waived,
        requested=sum(row.ruling.requested for row in failures),
        unknown=statuses[Status.UNKNOWN],
        errors=statuses[Status.ERROR],
        passed=statuses[Status.PASS],
        skipped=statuses[Status.SKIP],
        unread=len(assessment.unread),
        severities=tuple(open_by.items()),
    )


class Posture(NamedTuple):
    """One framework: where its assessable controls stand; the numbers add up to `total`."""

    framework: str
    version: str
    standings: tuple[tuple[Standing, int], ...]
    controls: tuple[ControlResult, ...]
    """The assessable ones, in the catalogue's order."""

    @property
    def total(self) -> int:
        """How many controls can be assessed."""
        return len(self.controls)

    @property
    def tested(self) -> bool:
        """Whether anything is said about any of them."""
        return dict(self.standings)[Standing.NOT_TESTED] < self.total


def postures(controls: Sequence[ControlResult]) -> tuple[Posture, ...]:
    """The frameworks of a run, in its order."""
    groups: dict[tuple[str, str], list[ControlResult]] = {}
    for control in controls:
        if control.assessable:
            groups.setdefault((control.framework, control.version), []).append(control)
    return tuple(_posture(*key, group) for key, group in groups.items())


def _posture(framework: str, version: str, controls: list[ControlResult]) -> Posture:
    standings = dict.fromkeys(Standing, 0)
    for control in controls:
        standings[standing_of(control)] += 1
    return Posture(framework, version, tuple(standings.items()), tuple(controls))


def identity_digest(result: Result) -> str:
    """SHA-256 of a result's identity, in hexadecimal: stable while the fault is the same, wherever its line moves."""
    return hashlib.sha256("\0".join(result.identity).encode("utf-8", "surrogatepass")).hexdigest()


def violations(row: Judged) -> tuple[Violation, ...]:
    """Every place of a result with what is wrong there; one for a result that violates nothing, such as an error."""
    result = row.result
    said = result.error or (causes_text(result) if result.unknown else result.message)
    return result.violations or (Violation("", said, result.location, ()),)


def brief(text: str) -> str:
    """A message of a length that people read: the middle of a longer one gives way."""
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF // 2]} ... {text[-_BRIEF // 2 :]}"


def causes_text(result: Result) -> str:
    """What an UNKNOWN result depends on, in one line: kinds with references, else its message."""
    causes = (f"{cause.kind} {cause.reference}".strip() for cause in result.unknown)
    return ", ".join(causes) or result.message


def unread_text(unread: Unread) -> str:
    """Why a document could not be read and what would make it readable."""
    return f"{unread.message}. {unread.hint}" if unread.hint else unread.message


def place(path: str, line: int) -> str:
    """`path:line`."""
    return f"{path}:{line}"
