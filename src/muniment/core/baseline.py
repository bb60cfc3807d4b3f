"""Known failures, by identity: a baseline file's entries, or the results of the base side of a change."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from muniment.model.assessment import Change
from muniment.model.result import Result, Unread
from muniment.model.status import Status


class BaselineEntry(NamedTuple):
    """One failure that is not new."""

    policy: str
    root: str
    address: str
    fingerprint: str
    severity: str = ""
    owner: str = ""
    reason: str = ""
    expires: str = ""
    first_seen: str = ""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What must be equal, whole."""
        return self.policy, self.root, self.address, self.fingerprint


class Baseline:
    """What was known before. `changed` says whether a worse fault at a known place is called so."""

    __slots__ = ("_entries", "_places", "_word", "entries")

    def __init__(self, entries: Iterable[BaselineEntry], *, revision: bool = False) -> None:
        self.entries = tuple(entries)
        self._entries = {entry.identity: entry for entry in self.entries}
        self._places = {entry.identity[:3] for entry in self.entries}
        self._word = "unchanged" if revision else "known"

    def state(self, result: Result, today: date) -> str:
        """`known` or `unchanged` with an entry in force, `changed` for another fault at a known place, else `new`."""
        entry = self._entries.get(result.identity)
        if entry is not None and not _is_over(entry, today):
            return self._word
        return "changed" if result.identity[:3] in self._places else "new"


class Classes(NamedTuple):
    """The entries of a baseline file, by what a run says about them."""

    matching: tuple[BaselineEntry, ...]
    stale: tuple[BaselineEntry, ...]
    """The resource passes now: remove the entry."""
    orphaned: tuple[BaselineEntry, ...]
    """The resource or the policy is gone."""
    expired: tuple[BaselineEntry, ...]
    changed: tuple[BaselineEntry, ...]
    """The resource fails in another way, or cannot be told."""


def classify(entries: Iterable[BaselineEntry], results: Iterable[Result], today: date) -> Classes:
    """Sorts every entry into one class."""
    by_place: dict[tuple[str, str, str], Result] = {result.identity[:3]: result for result in results}
    out: dict[str, list[BaselineEntry]] = {name: [] for name in Classes._fields}
    for entry in entries:
        result = by_place.get(entry.identity[:3])
        if result is None:
            name = "orphaned"
        elif result.status in {Status.PASS, Status.SKIP}:
            name = "stale"
        elif result.fingerprint != entry.fingerprint:
            name = "changed"
        else:
            name = "expired" if _is_over(entry, today) else "matching"
        out[name].append(entry)
    return Classes(*(tuple(out[name]) for name in Classes._fields))


def compare(before: Iterable[Result], after: Iterable[Result], unread: Iterable[Unread]) -> tuple[Change, ...]:
    """What became of each failure of the base side that is not there any more, sorted by identity."""
    places = {result.identity[:3]: result for result in after}
    still = {result.identity for result in places.values() if result.status is Status.FAIL}
    lost = {one.location.path for one in unread}
    changes = []
    for old in before:
        if old.status is not Status.FAIL or old.identity in still:
            continue
        new = places.get(old.identity[:3])
        if new is None:
            state = "undecided" if old.location.path in lost else "gone"
        elif new.status in {Status.PASS, Status.SKIP}:
            state = "fixed"
        elif new.status is Status.FAIL:
            continue
        else:
            state = "undecided"
        changes.append(Change(state, *old.identity))
    return tuple(sorted(changes))


def of_results(results: Iterable[Result]) -> Baseline:
    """The failures of the base side of a change."""
    return Baseline(
        (
            BaselineEntry(*result.identity, severity=str(result.severity))
            for result in results
            if result.status is Status.FAIL
        ),
        revision=True,
    )


def _is_over(entry: BaselineEntry, today: date) -> bool:
    return bool(entry.expires) and today >= date.fromisoformat(entry.expires)
