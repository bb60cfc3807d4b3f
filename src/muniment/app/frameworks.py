"""What of a framework is wired to policies: three numbers over one denominator, and the gaps with their reasons."""

from collections.abc import Iterable
from typing import NamedTuple

from muniment.model.framework import Control, Framework
from muniment.model.policy import ControlLink, Policy


class CoverageRow(NamedTuple):
    """One assessable control."""

    control: Control
    policies: tuple[str, ...]
    """Policies with a direct link, sorted."""
    full: bool
    """Whether one of them asks for all that the control asks for."""
    reason: str
    """Why it is a gap; empty if it is tested."""

    @property
    def tested(self) -> bool:
        """Whether a stable policy has a direct link."""
        return bool(self.policies)


class Coverage(NamedTuple):
    """The design view of one framework: what is wired, before anything has run."""

    framework: Framework
    rows: tuple[CoverageRow, ...]
    left_out: tuple[str, ...]
    """Ids that are not counted: superseded rows, and rows that apply to special kinds of organisation only."""

    @property
    def total(self) -> int:
        """The denominator."""
        return len(self.rows)

    @property
    def tested(self) -> int:
        """Controls with a direct link from a stable policy."""
        return sum(row.tested for row in self.rows)

    @property
    def attested(self) -> int:
        """Controls that a person's statement stands for; none is defined in the library."""
        return 0

    @property
    def none(self) -> int:
        """The rest."""
        return self.total - self.tested - self.attested

    @property
    def full(self) -> int:
        """Tested controls with an `equal` or `superset` link."""
        return sum(row.full for row in self.rows)


def coverage_of(framework: Framework, policies: Iterable[Policy]) -> Coverage:
    """The rows of a framework that apply to every organisation, each with its policies or the reason for the gap."""
    links = linked_policies(policies, framework.id)
    parents = {control.id: control for control in framework.controls}
    rows, left_out = [], []
    for control in framework.controls:
        if not control.assessable:
            continue
        if control.superseded_by or not _applies(control, parents):
            left_out.append(control.id)
            continue
        rows.append(_row(control, links.get(control.id, [])))
    return Coverage(framework, tuple(rows), tuple(left_out))


def linked_policies(policies: Iterable[Policy], framework: str) -> dict[str, list[tuple[Policy, ControlLink]]]:
    """Control id -> the policies that link it, sorted by path."""
    out: dict[str, list[tuple[Policy, ControlLink]]] = {}
    for policy in policies:
        for link in policy.controls:
            if link.framework == framework:
                out.setdefault(link.control, []).append((policy, link))
    return out


def _row(control: Control, links: list[tuple[Policy, ControlLink]]) -> CoverageRow:
    direct = [(policy, link) for policy, link in links if policy.status == "stable" and link.strength == "direct"]
    return CoverageRow(
        control,
        tuple(sorted({policy.id for policy, _ in direct})),
        any(link.relationship in {"equal", "superset"} for _, link in direct),
        "" if direct else _gap(links),
    )


def _gap(links: list[tuple[Policy, ControlLink]]) -> str:
    if not links:
        return "no policy"
    if all(policy.status != "stable" for policy, _ in links):
        return "draft or deprecated policies only"
    return "supporting or indicator policies only"


def _applies(control: Control, parents: dict[str, Control]) -> bool:
    """Whether a row and everything above it applies to every organisation."""
    current: Control | None = control
    while current is not None:
        if current.applies_to != "all":
            return False
        current = parents.get(current.parent) if current.parent else None
    return True
