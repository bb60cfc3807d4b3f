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


class Standing(NamedTuple):
    """What a failure is against a baseline."""

    state: str
    """`known` or `unchanged` with an entry in force, `changed` for another fault at a known place, else `new`."""
    former: str = ""
    """The former address under which it is known; empty where it is by the present one."""


class Baseline:
    """What was known before. `changed` says whether a worse fault at a known place is called so."""

    __slots__ = ("_entries", "_places", "_word", "entries")

    def __init__(self, entries: Iterable[BaselineEntry], *, revision: bool = False) -> None:
        self.entries = tuple(entries)
        self._entries = {entry.identity: entry for entry in self.entries}
        self._places = {entry.identity[:3] for entry in self.entries}
        self._word = "unchanged" if revision else "known"

    def standing(self, result: Result, today: date) -> Standing:
        """What a failure is as of a day: by its present address first, then by those that it had."""
        policy, root, present, fingerprint = result.identity
        for address in result.addresses:
            entry = self._entries.get((policy, root, address, fingerprint))
            if entry is not None and not _is_over(entry, today):
                return Standing(self._word, "" if address == present else address)
        known = any((policy, root, address) in self._places for address in result.addresses)
        return Standing("changed" if known else "new")


class Classes(NamedTuple):
    """The entries of a baseline file, by what a run says about them."""

    matching: tuple[BaselineEntry, ...]
    renamed: tuple[BaselineEntry, ...]
    """Matching by a former address of the resource; given with the present one."""
    stale: tuple[BaselineEntry, ...]
    """The resource passes now: remove the entry."""
    orphaned: tuple[BaselineEntry, ...]
    """The resource or the policy is gone."""
    expired: tuple[BaselineEntry, ...]
    changed: tuple[BaselineEntry, ...]
    """The resource fails in another way, or cannot be told."""


def classify(entries: Iterable[BaselineEntry], results: Iterable[Result], today: date) -> Classes:
    """Sorts every entry into one class, each with the present address of its resource."""
    by_place = _by_place(results)
    out: dict[str, list[BaselineEntry]] = {name: [] for name in Classes._fields}
    for written in entries:
        result = by_place.get(written.identity[:3])
        entry = written if result is None else written._replace(address=result.address)
        if result is None:
            name = "orphaned"
        elif result.status in {Status.PASS, Status.SKIP}:
            name = "stale"
        elif result.fingerprint != entry.fingerprint:
            name = "changed"
        elif _is_over(entry, today):
            name = "expired"
        else:
            name = "matching" if entry == written else "renamed"
        out[name].append(entry)
    return Classes(*(tuple(out[name]) for name in Classes._fields))


def _by_place(results: Iterable[Result]) -> dict[tuple[str, str, str], Result]:
    """Results by policy, root and address; one that went by another address before is there too, if nothing else is."""
    found = {result.identity[:3]: result for result in results}
    for result in [one for one in found.values() if one.former]:
        for address in result.former:
            found.setdefault((result.policy, result.root, address), result)
    return found


def compare(before: Iterable[Result], after: Iterable[Result], unread: Iterable[Unread]) -> tuple[Change, ...]:
    """What became of each failure of the base side that is not there any more, sorted by identity."""
    places = _by_place(after)
    still = {(*place, result.fingerprint) for place, result in places.items() if result.status is Status.FAIL}
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
