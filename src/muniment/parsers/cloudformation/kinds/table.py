"""All mapping tables as one."""

from collections.abc import Mapping
from typing import Any, Final

from muniment.parsers.cloudformation.entries import Kind
from muniment.parsers.cloudformation.kinds import (
    analytics,
    applications,
    compute,
    containers,
    databases,
    delivery,
    firewalls,
    governance,
    identity,
    messaging,
    network,
    storage,
)

KINDS: Final[Mapping[str, Kind]] = {
    **analytics.KINDS,
    **applications.KINDS,
    **compute.KINDS,
    **containers.KINDS,
    **databases.KINDS,
    **delivery.KINDS,
    **firewalls.KINDS,
    **governance.KINDS,
    **identity.KINDS,
    **messaging.KINDS,
    **network.KINDS,
    **storage.KINDS,
}

ANSWERED: Final = frozenset(
    name for one in KINDS.values() for name in (one.kind, *one.covers, *(part.kind for part in one.parts))
)
"""Terraform kinds that a template can be asked for: that there is none of them means something."""


def kind_of(name: str, properties: Any) -> Kind | None:
    """How a resource type with those properties is seen; None if no table has it."""
    found = KINDS.get(name)
    if found is not None and found.choose is not None and isinstance(properties, dict):
        return found.choose(properties) or found
    return found
