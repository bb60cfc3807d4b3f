"""Checkov's baseline as one of ours: an entry where it knows every fault that a policy finds on a resource."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from muniment.app.checking import Base, directory_intake
from muniment.app.checkov.baseline import CheckovBaseline, Known
from muniment.app.checkov.importing import Left
from muniment.app.checkov.run import CheckTypes, places
from muniment.app.pipeline import Means, run
from muniment.app.plan import build_plan
from muniment.app.settings import Settings
from muniment.core.baseline import BaselineEntry
from muniment.model.assessment import Assessment
from muniment.model.policy import Policy
from muniment.model.result import Result
from muniment.model.status import Status
from muniment.reports.checkov.records import Frame, Record, answered

_WHY: Final = "no policy that is selected fails there under that id"


class KnownFailures(NamedTuple):
    """The entries, what of the file they leave out, and the run that they come from."""

    entries: tuple[BaselineEntry, ...]
    left: tuple[Left, ...]
    assessment: Assessment


def import_baseline(
    baseline: CheckovBaseline, base: Base, settings: Settings, *, now: datetime, means: Means
) -> KnownFailures:
    """Judges the tree by the settings, and keeps the failures of today that the file knows.

    Raises UsageError and PolicyError.
    """
    intake, read = directory_intake(base, settings, strict=False)
    found = run(intake, build_plan(settings, base.folder), read, now=now, means=means)
    folders = tuple(str(base.folder / path) for path in base.paths)
    frame = Frame(CheckTypes(found, intake).of, places(base, folders), lambda _id, _policy, _place: True)
    policies = {policy.id: policy for policy in found.policies}
    entries: list[BaselineEntry] = []
    left: list[Left] = []
    met: set[Known] = set()
    for result, records in _failures(found, frame):
        known = {record.check_id: name for record in records if (name := baseline.entry(record)) is not None}
        met |= set(known.values())
        more = sorted({record.check_id for record in records} - set(known))
        if known and _covers(known, result, policies[result.policy]):
            entries.append(_entry(result, found.as_of))
        elif known:
            also = ", ".join(more) or "a fault without an id of Checkov"
            left.append(Left(f"{', '.join(sorted(known))} on {result.address}", f"{also} fails there too"))
    left += (Left(f"{one.check_id} on {one.resource} in {one.file}", _WHY) for one in sorted(baseline.entries - met))
    return KnownFailures(tuple(entries), tuple(left), found)


def _failures(found: Assessment, frame: Frame) -> Iterator[tuple[Result, Sequence[Record]]]:
    """Every failure with what Checkov would report of it."""
    for result, records in answered(found, frame):
        if result.status is Status.FAIL:
            yield result, [record for record in records if record.result in {"FAILED", "SKIPPED"}]


def _covers(ids: Iterable[str], result: Result, policy: Policy) -> bool:
    """Whether some ids stand for everything that fails: an entry accepts it all."""
    names = set(ids)
    if names & {policy.id, *policy.aliases}:
        return True
    failing = [item for item in result.asserts if item.status is Status.FAIL]
    return bool(failing) and all(names & set(item.aliases) for item in failing)


def _entry(result: Result, today: str) -> BaselineEntry:
    reason = "known to Checkov's baseline"
    return BaselineEntry(*result.identity, severity=str(result.severity), reason=reason, first_seen=today)
