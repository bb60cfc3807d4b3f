"""The use case of `gator expand`: what the objects of the input expand to, mutated."""

from collections.abc import Sequence
from typing import Any

from muniment.app.gator.files import Manifest
from muniment.app.gator.review import expander_of
from muniment.engines.gatekeeper.inventory import Inventory
from muniment.engines.gatekeeper.manifests import kind_of, name_of, namespace_of
from muniment.engines.gatekeeper.match import ORIGINAL


def expand_all(manifests: Sequence[Manifest]) -> list[dict[str, Any]]:
    """Everything that is made, in gator's order. Raises PolicyError, ReviewError and MutationError."""
    values = [one.value for one in manifests]
    expander, inventory = expander_of(values), Inventory()
    for value in values:
        inventory.add(value)
    made = []
    for value in values:
        space = inventory.namespaces.get(namespace_of(value))
        base = expander.mutated(value, ORIGINAL, space)
        made += [one.value for one in expander.expanded(base, space)]
    return sorted(made, key=lambda one: name_of(one) + kind_of(one).api_version + kind_of(one).kind, reverse=True)
