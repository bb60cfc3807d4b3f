"""Which of Checkov's checks a run is about, and which failures end it with 1: ids, patterns and severities."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from muniment.content.index import Library
from muniment.core.select import nearest
from muniment.errors import UsageError
from muniment.model.policy import Policy
from muniment.model.status import RANK, Severity

_PREFIX: Final = "CKV"
_PLATFORM: Final = "BC_"
_SEVERITIES: Final[Mapping[str, Severity]] = {
    "NONE": Severity.INFO,
    **{severity.upper(): severity for severity in Severity},
}


class Named(NamedTuple):
    """One list of an option: ids and patterns, the severities among them, and ids that hold for some files only."""

    ids: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    paths: tuple[tuple[str, str], ...] = ()
    """(id, regular expression of paths)."""

    def has(self, identity: str) -> bool:
        """Whether an id is listed, or fits a pattern."""
        return any(fnmatchcase(identity, one) for one in self.ids)

    @property
    def empty(self) -> bool:
        """Whether nothing is listed."""
        return not (self.ids or self.severities or self.paths)


def read_named(texts: Iterable[str]) -> Named:
    """The list that an option's values make; each may hold several, with commas between them."""
    items = [item.strip() for text in texts for item in text.split(",") if item.strip()]
    severities = tuple(_SEVERITIES[item.upper()] for item in items if item.upper() in _SEVERITIES)
    others = [item for item in items if item.upper() not in _SEVERITIES]
    paths = tuple((head, path) for head, colon, path in (item.partition(":") for item in others) if colon)
    return Named(tuple(item for item in others if ":" not in item), severities, paths)


class Checks(NamedTuple):
    """The checks that were asked for, without those that were left out."""

    run: Named
    skip: Named
    extra: frozenset[str] = frozenset()
    """Ids of libraries that run whatever is asked for."""

    def wanted(self, identity: str, severity: Severity, path: str = "") -> bool:
        """Whether a check runs. What is left out wins."""
        if self.skip.has(identity) or any(_matches(one, identity, path) for one in self.skip.paths):
            return False
        asked = self.run.empty or self.run.has(identity) or identity in self.extra or self._grave(severity)
        return asked and not self._mild(severity)

    def _grave(self, severity: Severity) -> bool:
        ranks = [RANK[one] for one in self.run.severities]
        return bool(ranks) and RANK[severity] >= min(ranks)

    def _mild(self, severity: Severity) -> bool:
        ranks = [RANK[one] for one in self.skip.severities]
        return bool(ranks) and RANK[severity] <= max(ranks)


class Thresholds(NamedTuple):
    """What fails softly, and what fails hard."""

    soft_fail: bool = False
    soft: Named = Named()
    hard: Named = Named()

    def fails(self, identity: str, severity: Severity) -> bool:
        """Whether a failure ends the run with 1. A hard fail wins over a soft one of the same sort, an id over both."""
        if self.soft.empty and self.hard.empty:
            return not self.soft_fail
        if self.hard.has(identity):
            return True
        if self.soft.has(identity):
            return False
        if any(RANK[severity] >= RANK[one] for one in self.hard.severities):
            return True
        if any(RANK[severity] <= RANK[one] for one in self.soft.severities):
            return False
        return not self.soft.empty and not self.soft_fail


def _matches(listed: tuple[str, str], identity: str, path: str) -> bool:
    pattern, where = listed
    try:
        return fnmatchcase(identity, pattern) and re.search(where, path) is not None
    except re.error as error:
        raise UsageError(f"--skip-check {pattern}:{where}: the path is no regular expression: {error}") from error


def ids_of(policy: Policy) -> tuple[str, ...]:
    """The ids that Checkov knows a policy by; empty for one of ours that it has no check for."""
    return tuple(one for one in policy.all_aliases if one.startswith(_PREFIX) or policy.language == "checkov")


def refuse_unknown(checks: Checks, library: Library, *, lenient: bool) -> Iterator[str]:
    """Raises UsageError for an id that no check has, or that nothing here judges though it was asked for.

    Gives a note for each that is left out and would not have run; with `lenient`, for those that are wrong too.
    """
    claimed = {identity for policy in library.policies for identity in ids_of(policy)}
    foreign = {one for one in library.foreign if one.startswith(_PREFIX)}
    asked = [*checks.run.ids]
    left_out = [*checks.skip.ids, *(one for one, _ in checks.skip.paths)]
    for identity in (*asked, *left_out):
        if any(fnmatchcase(one, identity) for one in claimed):
            continue
        known = any(fnmatchcase(one, identity) for one in foreign)
        if known and identity in left_out:
            yield f"--skip-check {identity}: nothing here judges it, so there is nothing to leave out"
            continue
        problem, hint = _problem(identity, known=known, claimed=claimed | foreign)
        if not lenient:
            raise UsageError(problem, code="unknown-id", hint=hint)
        yield problem


def reason_unknown(identity: str, library: Library) -> str:
    """Why an id or pattern that no policy claims names nothing here."""
    known = any(one.startswith(_PREFIX) and fnmatchcase(one, identity) for one in library.foreign)
    problem, _ = _problem(identity, known=known, claimed=())
    return problem


def _problem(identity: str, *, known: bool, claimed: Iterable[str]) -> tuple[str, str]:
    if identity.startswith(_PLATFORM):
        return f"{identity} is an id of a platform: name the check by its CKV id", ""
    if known:
        return f"{identity} is a check of Checkov that nothing here judges", "see: muniment checkov --list"
    near = nearest(identity, claimed)
    return f"no check is called {identity!r}", f"did you mean {near[0]}?" if near else "see: muniment checkov --list"


def framework_of(name: str, known: Sequence[str]) -> str:
    """The framework that a compliance name stands for. Raises UsageError, with the known ones."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    found = [
        one for one in known if _plain(one) == plain or _plain(one).startswith(plain) or plain.startswith(_plain(one))
    ]
    if len(set(found)) != 1:
        raise UsageError(f"no compliance framework is called {name!r}", hint=f"known: {', '.join(sorted(set(known)))}")
    return found[0]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
