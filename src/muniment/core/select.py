"""Selects policies: by path, other tools' ids, severity, framework, control, category, format and status."""

import fnmatch
import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from muniment.core.formats import formats_of
from muniment.core.spellings import spellings
from muniment.errors import UsageError
from muniment.model.policy import Policy
from muniment.model.status import RANK, Severity

_COMPARISONS: Final = (
    (">=", operator.ge),
    ("<=", operator.le),
    ("==", operator.eq),
    (">", operator.gt),
    ("<", operator.lt),
)
_PREFIXES: Final = ("framework:", "control:", "category:", "format:", "status:", "path:")


class Selection(NamedTuple):
    """What a run judges."""

    policies: tuple[Policy, ...]
    chosen: dict[str, frozenset[str]]
    """Policies of which only some asserts were named, with the names of those."""
    paths: tuple[str, ...] = ()
    """Globs that the judged resources' files must match; empty is all."""
    not_paths: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Match(NamedTuple):
    """What one selector matches: policies, and the asserts where an id names single ones."""

    policies: tuple[Policy, ...]
    asserts: dict[str, frozenset[str]]


def select(policies: Sequence[Policy], add: Sequence[str], remove: Sequence[str]) -> Selection:
    """The policies that `add` (default: all stable) names without those that `remove` names.

    Raises UsageError for a selector that matches nothing, and for an empty selection.
    """
    paths = tuple(text.removeprefix("path:") for text in add if text.startswith("path:"))
    not_paths = tuple(text.removeprefix("path:") for text in remove if text.startswith("path:"))
    adds = [text for text in add if not text.startswith("path:")]
    kept: dict[str, frozenset[str] | None] = (
        _gather(policies, adds) if adds else {policy.id: None for policy in policies if policy.status == "stable"}
    )
    by_id = {policy.id: policy for policy in policies}
    for text in remove:
        if not text.startswith("path:"):
            _take_away(kept, match(policies, text), by_id)
    if not kept:
        raise UsageError("no policy is selected", code="empty-selection", hint="see: muniment policy list")
    return Selection(
        tuple(by_id[identity] for identity in sorted(kept)),
        {identity: names for identity, names in kept.items() if names is not None},
        paths,
        not_paths,
        _notes(policies, adds),
    )


def match(policies: Sequence[Policy], text: str) -> Match:
    """What one selector names. Raises UsageError, with the nearest names, if that is nothing."""
    predicate = _predicate(text)
    if predicate is not None:
        found = tuple(policy for policy in policies if predicate(policy))
        asserts: dict[str, frozenset[str]] = {}
    else:
        found, asserts = _by_alias(policies, text)
    if not found:
        raise UsageError(_nothing(policies, text), code="unknown-selector", hint="see: muniment policy list")
    return Match(found, asserts)


def matcher(text: str) -> Callable[[Policy], bool] | None:
    """The predicate of a selector that is not an id or path; None for those."""
    return _predicate(text)


def _gather(policies: Sequence[Policy], texts: Iterable[str]) -> dict[str, frozenset[str] | None]:
    kept: dict[str, frozenset[str] | None] = {}
    for text in texts:
        found = match(policies, text)
        explicit = "status:" in text or not _is_broad(text)
        for policy in found.policies:
            if policy.status != "stable" and not explicit:
                continue
            names = found.asserts.get(policy.id)
            before = kept.get(policy.id, frozenset())
            kept[policy.id] = None if names is None or before is None else before | names
    return kept


def _take_away(kept: dict[str, frozenset[str] | None], found: Match, by_id: dict[str, Policy]) -> None:
    for policy in found.policies:
        names = found.asserts.get(policy.id)
        if policy.id not in kept:
            continue
        before = kept[policy.id]
        everything = frozenset(item.name for item in by_id[policy.id].asserts)
        left = (everything if before is None else before) - (everything if names is None else names)
        if left:
            kept[policy.id] = left
        else:
            del kept[policy.id]


def _is_broad(text: str) -> bool:
    """Whether a selector names policies by a property and not one by one."""
    return text.startswith((*_PREFIXES, "severity")) or any(character in text for character in "*?[")


def _predicate(text: str) -> Callable[[Policy], bool] | None:
    if text.startswith("severity"):
        return _severity(text)
    head, colon, rest = text.partition(":")
    if colon and f"{head}:" in _PREFIXES:
        return _property(head, rest, text)
    if any(character in text for character in "*?["):
        return lambda policy: fnmatch.fnmatchcase(policy.id, text)
    return None


def _property(head: str, rest: str, text: str) -> Callable[[Policy], bool]:
    wide = rest.endswith("+supporting")
    rest = rest.removesuffix("+supporting")
    if head == "framework":
        return lambda policy: any(
            link.framework == rest and (wide or link.strength == "direct") for link in policy.controls
        )
    if head == "control":
        return lambda policy: any(link.id == rest and (wide or link.strength == "direct") for link in policy.controls)
    if head == "category":
        return lambda policy: policy.category == rest
    if head == "status":
        return lambda policy: policy.status == rest
    if head == "format":
        return lambda policy: rest in formats_of(policy)
    raise UsageError(f"{text!r} cannot be used here", code="unknown-selector")


def _severity(text: str) -> Callable[[Policy], bool]:
    for sign, compare in _COMPARISONS:
        head, found, word = text.partition(sign)
        if found and head.strip() == "severity":
            try:
                rank = RANK[Severity(word.strip())]
            except ValueError:
                break
            return lambda policy: compare(RANK[policy.severity], rank)
    raise UsageError(
        f"{text!r} is no severity selector", code="unknown-selector", hint="write severity>=high, severity==low ..."
    )


def _by_alias(policies: Sequence[Policy], text: str) -> tuple[tuple[Policy, ...], dict[str, frozenset[str]]]:
    """The policy of that path, or every policy that an id of another tool names."""
    own = tuple(policy for policy in policies if policy.id == text)
    if own:
        return own, {}
    found, asserts = [], {}
    for policy in policies:
        names = frozenset(item.name for item in policy.asserts if _names(item.aliases, text))
        if _names(policy.aliases, text):
            found.append(policy)
        elif names:
            found.append(policy)
            asserts[policy.id] = names
    return tuple(found), asserts


def _names(aliases: Iterable[str], text: str) -> bool:
    return any(text in spellings(alias) for alias in aliases)


def _nothing(policies: Sequence[Policy], text: str) -> str:
    names = [name for policy in policies for name in (policy.id, *policy.all_aliases)]
    near = nearest(text, names)
    return f"nothing is called {text!r}" + (f"; near: {', '.join(near)}" if near else "")


def nearest(text: str, names: Iterable[str]) -> list[str]:
    """Up to three names that look like `text`."""
    import difflib  # noqa: PLC0415  only a mistake pays for it

    return difflib.get_close_matches(text, sorted(set(names)), n=3, cutoff=0.6)


def _notes(policies: Sequence[Policy], adds: Sequence[str]) -> tuple[str, ...]:
    notes = []
    for text in adds:
        if not _is_broad(text):
            found, _ = _by_alias(policies, text)
            if len(found) > 1:
                notes.append(f"{text} names {len(found)} policies: {', '.join(policy.id for policy in found)}")
    return tuple(notes)
