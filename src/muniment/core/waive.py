"""Which failures are accepted: waivers in force, and requests found in comments of the scanned tree."""

import fnmatch
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from muniment.core.paths import fits
from muniment.core.select import nearest
from muniment.core.spellings import spellings
from muniment.errors import UsageError
from muniment.model.assessment import GateChange
from muniment.model.document import Location
from muniment.model.policy import Policy
from muniment.model.result import Result
from muniment.model.status import Severity, Status
from muniment.model.waiver import Waiver, WaiverCandidate, WaiverUse

CAPS: Final = {
    Severity.CRITICAL: 30,
    Severity.HIGH: 90,
    Severity.MEDIUM: 180,
    Severity.LOW: 365,
    Severity.INFO: 365,
}
"""Longest life of a waiver in days, by the severity of what it waives."""

_EXPIRING: Final = 30


class Claim(NamedTuple):
    """What an id in a comment stands for: a policy, and its asserts where the id names single ones."""

    policy: str
    asserts: frozenset[str] | None


class Accepted(NamedTuple):
    """A waiver in force, and the former address by which it covers a failure; empty where it is by the present one."""

    waiver: Waiver
    former: str = ""


class Waivers:
    """All waivers and requests of a run; counts what each of them matched.

    With the waivers and requests of the base side of a change, `before`, a request that is not among them has no
    effect: nobody could have seen it yet.
    """

    __slots__ = (
        "_added",
        "_by_path",
        "_by_policy",
        "_candidates",
        "_claims",
        "_matched",
        "_requests",
        "_today",
        "_waivers",
    )

    def __init__(
        self,
        waivers: Sequence[Waiver],
        candidates: Sequence[WaiverCandidate],
        claims: Mapping[str, Sequence[Claim]],
        today: date,
        before: Iterable[WaiverUse] | None = None,
    ) -> None:
        self._waivers = waivers
        self._candidates = candidates
        self._claims = claims
        self._today = today
        self._matched: dict[str, int] = {}
        self._requests: dict[int, int] = {}
        self._added = frozenset[int]() if before is None else _added(candidates, before)
        self._by_path: dict[str, list[int]] = {}
        self._by_policy: dict[str, list[int]] = {}
        for place, candidate in enumerate(candidates):
            if candidate.paths:
                for policy in self._policies(candidate):
                    self._by_policy.setdefault(policy, []).append(place)
                continue
            self._by_path.setdefault(candidate.path or candidate.location.path, []).append(place)
            if candidate.root:
                self._by_path.setdefault(candidate.root, []).append(place)

    def in_force(self, result: Result, policy: Policy) -> Accepted | None:
        """The waiver that accepts this failure today, by its present address if one does; counts it."""
        for address in result.addresses:
            for waiver in self._waivers:
                if _matches(waiver, result, address) and not self._refusal(waiver, result.severity, policy):
                    self._matched[waiver.id] = self._matched.get(waiver.id, 0) + 1
                    return Accepted(waiver, "" if address == result.address else address)
        return None

    def requested(self, result: Result) -> str | None:
        """The comment, as `path:line`, that asks to accept this failure; counts it, with or without effect."""
        for place in self._near(result):
            candidate = self._candidates[place]
            if self._covers(candidate, result):
                self._requests[place] = self._requests.get(place, 0) + 1
                if place in self._added or _is_over(candidate, self._today):
                    continue
                return f"{candidate.location.path}:{candidate.location.line}"
        return None

    def _near(self, result: Result) -> Iterable[int]:
        """The places of the requests that may cover a result, those with the narrower reach first."""
        return dict.fromkeys(
            (
                *self._by_path.get(result.resource_location.path, ()),
                *self._by_path.get(result.root, ()),
                *self._by_policy.get(result.policy, ()),
                *self._by_policy.get("*", ()),
            )
        )

    def _policies(self, candidate: WaiverCandidate) -> frozenset[str]:
        """The policies that the ids of a request stand for; `*` for all."""
        named = {claim.policy for identity in candidate.ids for claim in self._claims.get(identity, ())}
        return frozenset(named | ({"*"} & set(candidate.ids)))

    def added(self) -> tuple[GateChange, ...]:
        """The requests that the base side does not have."""
        places = (self._candidates[place].location for place in self._added)
        return tuple(sorted(GateChange("added", "skip comment", at.path, at.line) for at in places))

    def _covers(self, candidate: WaiverCandidate, result: Result) -> bool:
        if not self._names(candidate, result):
            return False
        if candidate.paths:
            return any(fits(result.resource_location.path, pattern) for pattern in candidate.paths)
        if candidate.addresses:
            return candidate.root == result.root and result.address in candidate.addresses
        if candidate.lines is None:
            return (candidate.path or candidate.location.path) == result.resource_location.path
        first, last = candidate.lines
        own, place = result.resource_location, result.location
        path = candidate.path or candidate.location.path
        return (path == own.path and first <= own.line <= last) or (path == place.path and first <= place.line <= last)

    def _names(self, candidate: WaiverCandidate, result: Result) -> bool:
        """Whether the ids of a comment cover every assert that fails."""
        failing = {item.name for item in result.asserts if item.status is Status.FAIL}
        covered: set[str] = set()
        for identity in candidate.ids:
            if identity == "*":
                return True
            for claim in self._claims.get(identity, ()):
                if claim.policy == result.policy:
                    if claim.asserts is None:
                        return True
                    covered |= claim.asserts
        return bool(covered) and failing <= covered

    def _refusal(self, waiver: Waiver, severity: Severity, policy: Policy) -> str:
        """Why a waiver has no effect on a failure of that severity; empty if it has."""
        if self._today >= waiver.expires:
            return "expired"
        approvers = set(waiver.approvers) - {waiver.requester}
        if not approvers:
            return "not approved: an approver who is not the requester is missing"
        wide = any(_is_pattern(text) for text in (*waiver.policies, *waiver.scope))
        if len(approvers) < 2 and (wide or severity is Severity.CRITICAL):
            return "not approved: patterns and critical failures need two approvers"
        if waiver.expires > self._today + timedelta(days=CAPS[severity]):
            return f"runs longer than the {CAPS[severity]} days that {severity} allows"
        return "" if policy.waivable else "its policy cannot be waived"

    def uses(
        self, results: Sequence[Result], policies: Mapping[str, Policy], foreign: frozenset[str]
    ) -> tuple[WaiverUse, ...]:
        """What became of every waiver and every request, waivers first, each sorted."""
        stated = [self._use(waiver, results, policies) for waiver in self._waivers]
        asked = [
            self._request(candidate, self._requests.get(place, 0), foreign, added=place in self._added)
            for place, candidate in enumerate(self._candidates)
        ]
        return (*stated, *sorted(asked, key=lambda use: (use.location or Location("", 0), use.id)))

    def _use(self, waiver: Waiver, results: Sequence[Result], policies: Mapping[str, Policy]) -> WaiverUse:
        hits = [result for result in results if result.status is Status.FAIL and _address(waiver, result)]
        known = any(_named(waiver, policy) for policy in policies)
        refusals = {self._refusal(waiver, hit.severity, policies[hit.policy]) for hit in hits}
        if self._today >= waiver.expires:
            state, note = "expired", ""
        elif not known:
            state, note = "orphaned", "names no policy that was selected"
        elif not hits:
            state, note = "unused", "matches no failure"
        elif refusals - {""}:
            state, note = "not approved", min(refusals - {""})
        else:
            days = (waiver.expires - self._today).days
            said = (f"expires in {days} days" if days <= _EXPIRING else "", _by_former(waiver, hits))
            state, note = "in force", "; ".join(filter(None, said))
        return WaiverUse(
            waiver.id,
            state,
            self._matched.get(waiver.id, 0),
            waiver.reason,
            Location(waiver.file, 1) if waiver.file else None,
            waiver.expires.isoformat(),
            waiver.approvers,
            waiver.policies,
            f"{note}; not signed" if note else "not signed",
            waiver.requester,
        )

    def _request(self, candidate: WaiverCandidate, matched: int, foreign: frozenset[str], *, added: bool) -> WaiverUse:
        ours = [identity for identity in candidate.ids if identity in self._claims or identity == "*"]
        if not ours and all(is_foreign(identity, foreign) for identity in candidate.ids):
            state = "foreign"
        elif added:
            state = "not approved"
        elif _is_over(candidate, self._today):
            state = "expired"
        else:
            state = "requested" if matched else "unused"
        return WaiverUse(
            ", ".join(candidate.ids),
            state,
            matched,
            candidate.reason,
            candidate.location,
            candidate.until,
            note=f"{candidate.tool}; added by the judged change" if added else candidate.tool,
            covers=_covered(candidate),
        )


def _is_over(candidate: WaiverCandidate, today: date) -> bool:
    """Whether the day of a request has come; one that names no real day asks for nothing."""
    if not candidate.until:
        return False
    try:
        return today >= date.fromisoformat(candidate.until)
    except ValueError:
        return True


def _added(candidates: Sequence[WaiverCandidate], before: Iterable[WaiverUse]) -> frozenset[int]:
    """The places of requests that are not among those of the base side, as often as they are there."""
    uses = list(before)
    left = Counter((use.note, use.id, use.reason, use.expires, tuple(sorted(use.covers))) for use in uses)
    listed = {place for use in uses for place in use.covers}
    out = set()
    for place, one in enumerate(candidates):
        identity = (one.tool, ", ".join(one.ids), one.reason, one.until, _covered_before(one, listed))
        left[identity] -= 1
        if left[identity] < 0:
            out.add(place)
    return frozenset(out)


def _covered_before(candidate: WaiverCandidate, listed: Collection[str]) -> tuple[str, ...]:
    """What a request was about on the base side, sorted: `listed` is all that requests were about there."""
    now: dict[str, str] = {}
    for address, former in candidate.former:
        place = f"{candidate.root}:{former}"
        if place in listed:
            now.setdefault(f"{candidate.root}:{address}", place)
    return tuple(sorted(place if place in listed else now.get(place, place) for place in _covered(candidate)))


def _covered(candidate: WaiverCandidate) -> tuple[str, ...]:
    """What a request is about, as text."""
    if candidate.paths:
        return candidate.paths
    if candidate.addresses:
        return tuple(f"{candidate.root}:{address}" for address in candidate.addresses)
    path = candidate.path or candidate.location.path
    return (f"{path}:{candidate.lines[0]}-{candidate.lines[1]}" if candidate.lines else path,)


def claims_of(policies: Iterable[Policy]) -> dict[str, list[Claim]]:
    """Every id that a comment may use, with what it stands for."""
    out: dict[str, list[Claim]] = {}
    for policy in policies:
        for identity in (policy.id, *(spelling for alias in policy.aliases for spelling in spellings(alias))):
            out.setdefault(identity, []).append(Claim(policy.id, None))
        named: dict[str, set[str]] = {}
        for item in policy.asserts:
            for identity in (spelling for alias in item.aliases for spelling in spellings(alias)):
                named.setdefault(identity, set()).add(item.name)
        for identity, names in named.items():
            out.setdefault(identity, []).append(Claim(policy.id, frozenset(names)))
    return out


def check_ids(candidates: Iterable[WaiverCandidate], claims: Mapping[str, object], foreign: frozenset[str]) -> None:
    """Raises UsageError for an id in a comment that no policy claims and no other tool is known to use."""
    for candidate in candidates:
        for identity in candidate.ids:
            if identity not in claims and identity != "*" and not is_foreign(identity, foreign):
                near = nearest(identity, (*claims, *foreign))
                place = f"{candidate.location.path}:{candidate.location.line}"
                raise UsageError(
                    f"{place}: the skip comment names {identity!r}, which nothing is called",
                    code="unknown-id",
                    hint=f"did you mean {near[0]}?" if near else "see: muniment policy list",
                )


def is_foreign(identity: str, foreign: frozenset[str]) -> bool:
    """Whether another tool uses an id: it is in the list of known ones, or fits one of the list's patterns."""
    return identity in foreign or any(fnmatch.fnmatchcase(identity, one) for one in foreign if "[" in one or "*" in one)


def _matches(waiver: Waiver, result: Result, address: str) -> bool:
    """Whether a waiver is about a failure, by one of the result's addresses."""
    return _named(waiver, result.policy) and any(_in_scope(scope, result, address) for scope in waiver.scope)


def _address(waiver: Waiver, result: Result) -> str:
    """The address by which a waiver is about a failure; empty if it is not."""
    return next((one for one in result.addresses if _matches(waiver, result, one)), "")


def _by_former(waiver: Waiver, hits: Iterable[Result]) -> str:
    """The former addresses by which a waiver covers what it covers."""
    found = sorted({f"{one.root}:{at}" for one in hits if (at := _address(waiver, one)) != one.address})
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return f"by its former address {found[0]}{more}" if found else ""


def _named(waiver: Waiver, policy: str) -> bool:
    return any(_glob(policy, name) if _is_pattern(name) else policy == name for name in waiver.policies)


def _in_scope(scope: str, result: Result, address: str) -> bool:
    """`root:address`, or a pattern of it; with `#` and a beginning of the fingerprint, that very fault only."""
    full = f"{result.root}:{address}"
    if scope == full:
        return True
    place, mark, beginning = scope.rpartition("#")
    if mark and len(beginning) >= 8 and place == full:
        return result.fingerprint.startswith(beginning)
    return _is_pattern(scope) and _glob(full, scope)


def _glob(text: str, pattern: str) -> bool:
    """Whole-text match with `*` and `?`; brackets belong to addresses and are plain."""
    return fnmatch.fnmatchcase(text, pattern.replace("[", "[[]"))


def _is_pattern(text: str) -> bool:
    """Whether a text has wildcards; the `[*]` of an address is none."""
    return "*" in text.replace("[*]", "") or "?" in text
