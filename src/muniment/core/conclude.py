"""From results to controls: what one run proves about each control of the frameworks.

The first rule that holds wins: a failure through a direct link; something undecided; a pass; nothing. A waived
failure is a failure here: waivers act on the gate, not on what is true.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from muniment.core.formats import formats_of
from muniment.model.assessment import Ruling
from muniment.model.framework import Control, ControlResult, Framework
from muniment.model.policy import Policy
from muniment.model.result import Result, Unread
from muniment.model.status import ControlState, Status

_WORST_FIRST: Final = (
    ControlState.NOT_SATISFIED,
    ControlState.UNDETERMINED,
    ControlState.NOT_ASSESSED,
    ControlState.SATISFIED,
)


class Tally(NamedTuple):
    """The results of one policy, counted."""

    passed: int = 0
    failed: int = 0
    waived: int = 0
    unknown: int = 0
    errors: int = 0

    @property
    def met(self) -> bool:
        """Whether the policy judged anything."""
        return any(self)


class Linked(NamedTuple):
    """One link to a control, with what its policy found."""

    policy: str
    relationship: str
    strength: str
    tally: Tally
    unread: int
    """Unread documents of the formats that the policy judges."""


def conclude(
    frameworks: Iterable[Framework],
    policies: Sequence[Policy],
    results: Sequence[Result],
    rulings: Sequence[Ruling],
    unread: Sequence[Unread],
) -> tuple[ControlResult, ...]:
    """One ControlResult for every control, in the catalogue's order."""
    links = _links(policies, _tallies(results, rulings), unread)
    return tuple(found for framework in frameworks for found in _framework(framework, links))


def _framework(framework: Framework, links: Mapping[str, Sequence[Linked]]) -> Iterable[ControlResult]:
    own = {
        control.id: _control(framework, control, links.get(f"{framework.id}:{control.id}", ()))
        for control in framework.controls
    }
    if all(one.state is ControlState.NOT_ASSESSED for one in own.values()):  # so are those above them
        return own.values()
    children: dict[str, list[str]] = {}
    for control in framework.controls:
        if control.parent:
            children.setdefault(control.parent, []).append(control.id)
    below = {one.id: one.specifications or tuple(children.get(one.id, ())) for one in framework.controls}
    return [
        _with_children(own, one, below[one.id], children) if below[one.id] else own[one.id]
        for one in framework.controls
    ]


def _with_children(
    own: Mapping[str, ControlResult], control: Control, below: Iterable[str], children: Mapping[str, Sequence[str]]
) -> ControlResult:
    """A parent takes the worst of its assessable descendants and, where it is assessed itself, of its own links."""
    found = [own[identity] for identity in _descendants(below, children) if own[identity].assessable]
    mine = own[control.id]
    if mine.assessable and mine.state is not ControlState.NOT_ASSESSED:
        found.append(mine)
    assessed = {one.state for one in found}
    state = next((state for state in _WORST_FIRST if state in assessed), ControlState.NOT_ASSESSED)
    return mine._replace(state=state, basis=mine.basis if state is mine.state else "children")


def _descendants(below: Iterable[str], children: Mapping[str, Sequence[str]]) -> Iterable[str]:
    for identity in below:
        yield identity
        yield from _descendants(children.get(identity, ()), children)


def _control(framework: Framework, control: Control, links: Sequence[Linked]) -> ControlResult:
    if not links:  # of most controls
        return ControlResult(
            framework.id,
            framework.version,
            control.id,
            control.title,
            ControlState.NOT_ASSESSED,
            "none",
            control.assessable,
            note="no policy",
        )
    direct = [link for link in links if link.strength == "direct"]
    met = [link for link in direct if link.tally.met]
    total = Tally(*(sum(column) for column in zip(*(link.tally for link in met), strict=True))) if met else Tally()
    state, note = _state(direct, links, total)
    passing = [link for link in met if link.tally.passed]
    return ControlResult(
        framework.id,
        framework.version,
        control.id,
        control.title,
        state,
        "none" if state is ControlState.NOT_ASSESSED else "tested",
        control.assessable,
        *total,
        policies=tuple(sorted(link.policy for link in met)),
        in_part=state is ControlState.SATISFIED
        and not any(link.relationship in {"equal", "superset"} for link in passing),
        note=note,
    )


def _state(direct: Sequence[Linked], links: Sequence[Linked], total: Tally) -> tuple[ControlState, str]:
    if total.failed:
        waived = f", {total.waived} of them waived" if total.waived else ""
        return ControlState.NOT_SATISFIED, f"{total.failed} failing{waived}"
    if total.unknown or total.errors:
        return ControlState.UNDETERMINED, f"{total.unknown} unknown, {total.errors} errors"
    unread = max((link.unread for link in direct), default=0)
    if unread:
        return ControlState.UNDETERMINED, f"{unread} documents that its policies could judge are unread"
    if any(link.strength == "supporting" and link.tally.failed for link in links):
        return ControlState.UNDETERMINED, "a supporting policy fails"
    if total.passed:
        return ControlState.SATISFIED, f"{total.passed} passing"
    return ControlState.NOT_ASSESSED, "no applicable resource" if direct else "supporting or indicator policies only"


def _tallies(results: Sequence[Result], rulings: Sequence[Ruling]) -> dict[str, Tally]:
    counts: dict[str, list[int]] = {}
    column = {Status.PASS: 0, Status.FAIL: 1, Status.UNKNOWN: 3, Status.ERROR: 4}
    for result, ruling in zip(results, rulings, strict=True):
        place = column.get(result.status)
        if place is None:
            continue
        row = counts.setdefault(result.policy, [0, 0, 0, 0, 0])
        row[place] += 1
        if place == 1 and ruling.waiver and not ruling.requested:
            row[2] += 1
    return {policy: Tally(*row) for policy, row in counts.items()}


def _links(
    policies: Iterable[Policy], tallies: Mapping[str, Tally], unread: Sequence[Unread]
) -> dict[str, list[Linked]]:
    missing: dict[str, int] = {}
    for one in unread:
        missing[one.format] = missing.get(one.format, 0) + 1
    out: dict[str, list[Linked]] = {}
    for policy in policies:
        if policy.status != "stable" or not policy.controls:
            continue
        lost = sum(missing.get(name, 0) for name in formats_of(policy)) if missing else 0
        tally = tallies.get(policy.id, Tally())
        for link in policy.controls:
            out.setdefault(link.id, []).append(Linked(policy.id, link.relationship, link.strength, tally, lost))
    return out
