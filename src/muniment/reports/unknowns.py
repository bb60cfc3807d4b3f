"""UNKNOWN results folded by what they depend on, each with what would make it known."""

from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.languages.unknown import Cause
from muniment.model.assessment import Assessment
from muniment.model.status import RANK, Severity, Status
from muniment.reports.view import Judged, judged

_REMEDIES: Final = MappingProxyType(
    {
        "variable": "give it a value: --var NAME=VALUE or --var-file FILE",
        "computed": "known after apply: check the plan, terraform show -json PLAN",
        "data-source": "known after apply: check the plan, terraform show -json PLAN",
        "module": "install the modules: terraform init -backend=false",
        "module-not-available": "install the modules: terraform init -backend=false",
        "provider-function": "check the plan, terraform show -json PLAN",
        "function": "check the plan, terraform show -json PLAN",
        "data": "write it to a file data.json or data.yaml in the library",
        "file": "make the file part of what is checked",
        "workspace": "name the workspace in the configuration",
        "existence": "it is created under a condition that is not known here",
        "scope": "check the whole folder instead of single files",
        "missing-renderer": "put the renderer on the PATH",
        "syntax-error": "repair the document that cannot be read",
        "limit": "split what is too large to evaluate",
    }
)


class UnknownGroup(NamedTuple):
    """Results that depend on the same things."""

    causes: tuple[Cause, ...]
    rows: tuple[Judged, ...]

    @property
    def policies(self) -> tuple[str, ...]:
        """Ids of the policies, sorted."""
        return tuple(sorted({row.result.policy for row in self.rows}))

    @property
    def resources(self) -> tuple[str, ...]:
        """Addresses of the resources, sorted."""
        return tuple(sorted({row.where for row in self.rows}))

    @property
    def severity(self) -> Severity:
        """The worst severity."""
        return max((row.result.severity for row in self.rows), key=RANK.__getitem__)

    @property
    def remedy(self) -> str:
        """What to do about the first cause; empty where nothing general can be said."""
        return next((_REMEDIES[cause.kind] for cause in self.causes if cause.kind in _REMEDIES), "")

    @property
    def because(self) -> str:
        """The causes in words, each with the place where it is declared."""
        shown = [_told(cause) for cause in self.causes]
        more = len(shown) - 3
        return ", ".join(shown[:3]) + (f" and {more} more" if more > 0 else "")


def _told(cause: Cause) -> str:
    if not cause.reference:
        return cause.kind
    return f"{cause.reference} ({cause.kind}{f', {cause.place}' if cause.place else ''})"


def unknown_groups(assessment: Assessment) -> tuple[UnknownGroup, ...]:
    """Several policies that wait for the same are one group; the worst severity and the largest group come first."""
    groups: dict[tuple[tuple[Cause, ...], str], list[Judged]] = {}
    for row in judged(assessment, Status.UNKNOWN):
        causes = tuple(sorted(set(row.result.unknown)))
        groups.setdefault((causes, "" if causes else row.result.policy), []).append(row)
    made = [UnknownGroup(causes, tuple(rows)) for (causes, _), rows in groups.items()]
    return tuple(
        sorted(made, key=lambda group: (-RANK[group.severity], -len(group.rows), group.causes, group.policies))
    )
