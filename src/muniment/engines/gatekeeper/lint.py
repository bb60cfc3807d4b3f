"""Finds constraints that can never match: a kind that is misspelt, or looked for in the wrong API group."""

from collections.abc import Iterable, Iterator

from muniment.engines.gatekeeper.constraint import Constraint
from muniment.model.kubernetes import BUILT_IN, WORKLOADS


def mismatches(constraint: Constraint, present: Iterable[tuple[str, str]] = ()) -> Iterator[str]:
    """What is wrong with the kinds of a match; `present` are (group, kind) of objects that are known to exist."""
    known = {(group, kind) for kind, groups in BUILT_IN.items() for group in groups} | set(present)
    known |= {(group, kind) for kind, _, group in (name.partition(".") for name in WORKLOADS)}
    for groups, kinds in constraint.match.kinds:
        for kind in sorted(kinds):
            homes = {group for group, one in known if one == kind}
            if groups and homes and not groups & homes:
                wanted, found = (", ".join(repr(group) for group in sorted(some)) for some in (groups, homes))
                yield f"{kind} is looked for in the API group {wanted}, and lives in {found}"
            elif not homes and (near := _nearest(kind, {one for _, one in known})):
                yield f"the kind {kind} is not known: is it {near}?"


def _nearest(kind: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  asked only for a kind that nobody knows

    folded = {one.lower(): one for one in known}
    swapped = [one for one in folded if sorted(one) == sorted(kind.lower())]
    found = swapped or get_close_matches(kind.lower(), folded, n=1, cutoff=0.85)
    return folded[found[0]] if found else ""
