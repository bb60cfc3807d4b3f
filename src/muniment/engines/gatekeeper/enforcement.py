"""How far a constraint goes: deny, warn or dryrun, for everybody or for one enforcement point."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from muniment.engines.gatekeeper.manifests import at, sequence, text
from muniment.errors import PolicyError

ACTIONS: Final = ("deny", "warn", "dryrun")
SCOPED: Final = "scoped"
WEBHOOK, AUDIT, GATOR, VAP = "validation.gatekeeper.sh", "audit.gatekeeper.sh", "gator.gatekeeper.sh", "vap.k8s.io"
POINTS: Final = (WEBHOOK, AUDIT, GATOR, VAP, "*")
_MODES: Final = MappingProxyType({"deny": "enforce", "warn": "warn", "dryrun": "audit"})


class Enforcement(NamedTuple):
    """What a violation leads to."""

    action: str
    """`deny`, `warn`, `dryrun` or `scoped`."""
    scoped: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(action, enforcement points) of every scoped entry, in order."""

    def at(self, point: str) -> tuple[str, ...]:
        """The scoped actions at an enforcement point, sorted, each once; empty where the action is for everybody."""
        return tuple(sorted({action for action, points in self.scoped if point in points or "*" in points}))

    def mode(self, point: str) -> str:
        """How far a policy may go at an enforcement point: `enforce`, `warn` or `audit`."""
        actions = self.at(point) if self.action == SCOPED else (self.action,)
        return next((_MODES[action] for action in ACTIONS if action in actions), "audit")


def read_enforcement(spec: Mapping[str, Any]) -> Enforcement:
    """Reads it from a constraint's spec. Raises PolicyError for a word that enforces nothing."""
    action = spec.get("enforcementAction", "deny")
    if action not in (*ACTIONS, SCOPED):
        raise PolicyError(f"enforcementAction {action!r} enforces nothing: write {', '.join(ACTIONS)} or {SCOPED}")
    if action != SCOPED:
        return Enforcement(action)
    entries = sequence(spec, "scopedEnforcementActions")
    if not entries:
        raise PolicyError("enforcementAction is scoped, and scopedEnforcementActions is missing")
    return Enforcement(action, tuple(_entry(entry) for entry in entries))


def _entry(entry: Any) -> tuple[str, tuple[str, ...]]:
    action = text(entry, "action")
    points = tuple(text(point, "name") for point in sequence(entry, "enforcementPoints"))
    if action not in ACTIONS:
        raise PolicyError(f"the scoped action {at(entry, 'action')!r} enforces nothing: write {', '.join(ACTIONS)}")
    unknown = [point for point in points if point not in POINTS]
    if unknown or not points:
        known = ", ".join(POINTS)
        raise PolicyError(f"the scoped action {action} needs enforcementPoints out of {known}, and has {unknown}")
    return action, points
