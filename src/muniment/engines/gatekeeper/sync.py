"""Which kinds of objects a template needs in its inventory, and which of them a cluster gives it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from muniment.engines.gatekeeper.manifests import Kind, annotations_of, kind_of, mapping, name_of, sequence, text
from muniment.errors import PolicyError

REQUIRES: Final = "metadata.gatekeeper.sh/requires-sync-data"
_FIELDS: Final = ("groups", "versions", "kinds")

Requirement = frozenset[Kind]
"""Kinds of which one is enough."""


def requirements(template: Mapping[str, Any]) -> tuple[Requirement, ...]:
    """What a template's annotation asks for: all of these. Raises PolicyError if it does not read."""
    written = annotations_of(template).get(REQUIRES, "").strip('\n"')
    try:
        rows = json.loads(written) if written else []
        return tuple(frozenset(kind for clause in row for kind in _kinds(clause)) for row in rows)
    except (ValueError, TypeError, AttributeError) as error:
        raise PolicyError(f"{name_of(template)}: {REQUIRES} does not read: {error}", code="sync") from error


def _kinds(clause: Mapping[str, list[str]]) -> Iterator[Kind]:
    unknown = sorted(clause.keys() - set(_FIELDS))
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}")
    groups, versions, kinds = (clause.get(key, []) for key in _FIELDS)
    yield from (Kind(group, version, kind) for group in groups for version in versions for kind in kinds)


def synced(values: Iterable[Mapping[str, Any]]) -> frozenset[Kind]:
    """The kinds that Config and SyncSet objects put into the inventory."""
    found: set[Kind] = set()
    for value in values:
        group, _, kind = kind_of(value)
        if (group, kind) == ("syncset.gatekeeper.sh", "SyncSet"):
            found.update(map(_kind, sequence(value, "spec", "gvks")))
        elif (group, kind) == ("config.gatekeeper.sh", "Config"):
            found.update(map(_kind, sequence(value, "spec", "sync", "syncOnly")))
    return frozenset(found)


def _kind(entry: Any) -> Kind:
    return Kind(text(entry, "group"), text(entry, "version"), text(entry, "kind"))


def supported(values: Iterable[Mapping[str, Any]]) -> frozenset[Kind] | None:
    """The kinds that a GVKManifest says a cluster has; None without one. Raises PolicyError for several."""
    manifests = [value for value in values if kind_of(value).kind == "GVKManifest"]
    if len(manifests) > 1:
        raise PolicyError("there are several GVK manifests: give one that lists what the cluster has", code="sync")
    return (
        frozenset(
            Kind(group, version, kind)
            for value in manifests
            for group, versions in mapping(value, "spec", "groups").items()
            for version in (versions if isinstance(versions, dict) else {})
            for kind in sequence(versions, version)
            if isinstance(kind, str)
        )
        if manifests
        else None
    )
