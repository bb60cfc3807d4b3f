"""The use case of `gator sync test`: is everything synced that templates need?"""

from collections.abc import Iterator, Sequence

from muniment.app.gator.files import Manifest
from muniment.engines.gatekeeper.manifests import name_of, role_of
from muniment.engines.gatekeeper.sync import Requirement, requirements, supported, synced
from muniment.errors import PolicyError


def missing(manifests: Sequence[Manifest], *, everything: bool) -> tuple[str, ...]:
    """A line for each requirement of a template that is not met; `everything` takes every kind for known.

    Raises PolicyError if nothing says which kinds the cluster has, or a template's requirements do not read.
    """
    values = [one.value for one in manifests]
    there, known = synced(values), supported(values)
    if known is None and not everything:
        raise PolicyError("no GVK manifest found: give one that lists what the cluster has", code="sync")
    usable = there if known is None or everything else there & known
    return tuple(line for one in manifests if role_of(one.value) == "template" for line in _unmet(one, usable))


def _unmet(template: Manifest, usable: Requirement) -> Iterator[str]:
    for requirement in requirements(template.value):
        if not requirement & usable:
            shown = " OR ".join(f"{kind.group}/{kind.version}:{kind.kind}" for kind in sorted(requirement))
            yield f"{name_of(template.value)}:\n- {shown}"
