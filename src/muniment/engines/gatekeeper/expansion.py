"""ExpansionTemplates: the Pod that a Deployment will make, made here, so that constraints on Pods judge it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from muniment.engines.gatekeeper.enforcement import ACTIONS
from muniment.engines.gatekeeper.errors import ReviewError
from muniment.engines.gatekeeper.manifests import (
    Kind,
    at,
    kind_of,
    mapping,
    name_of,
    namespace_of,
    sequence,
    text,
    texts,
)
from muniment.engines.gatekeeper.match import GENERATED
from muniment.engines.gatekeeper.mutation.change import cloned
from muniment.engines.gatekeeper.mutation.system import Mutations
from muniment.errors import PolicyError

_DEEPEST: Final = 30
_LONGEST_NAME: Final = 63


class Expansion(NamedTuple):
    """An ExpansionTemplate."""

    name: str
    applies: frozenset[Kind]
    source: tuple[str, ...]
    """Where in the parent the child stands."""
    makes: Kind
    action: str
    """Replaces the enforcement action of constraints; empty leaves it."""


class Resultant(NamedTuple):
    """An object that an expansion makes."""

    value: dict[str, Any]
    template: str
    """The expansion that made it."""
    action: str


def read_expansion(value: Mapping[str, Any]) -> Expansion:
    """Raises PolicyError for an expansion that no cluster would accept."""
    name, spec = name_of(value), mapping(value, "spec")
    made = mapping(spec, "generatedGVK")
    makes = Kind(text(made, "group"), text(made, "version"), text(made, "kind"))
    applies = frozenset(
        Kind(group, version, kind)
        for entry in sequence(spec, "applyTo")
        for group in texts(entry, "groups")
        for version in texts(entry, "versions")
        for kind in texts(entry, "kinds")
    )
    source, action = text(spec, "templateSource"), text(spec, "enforcementAction")
    wrong = [
        problem
        for problem, found in (
            ("has no name", not name),
            (f"has a name of over {_LONGEST_NAME} characters", len(name) > _LONGEST_NAME),
            ("has no templateSource", not source),
            ("has no generatedGVK", not any(makes)),
            ("has no applyTo", not applies),
            ("applies to what it makes itself", makes in applies),
            (f"has the enforcementAction {action!r}, which enforces nothing", action not in {"", *ACTIONS}),
        )
        if found
    ]
    if wrong:
        raise PolicyError(f"ExpansionTemplate {name}: {'; '.join(wrong)}")
    return Expansion(name, applies, tuple(source.split(".")), makes, action)


class Expander:
    """The expansions of a run, with the mutators that act on what they make."""

    __slots__ = ("_expansions", "_mutations")

    def __init__(self, expansions: Iterable[Mapping[str, Any]], mutators: Iterable[Mapping[str, Any]]) -> None:
        """Raises PolicyError for an expansion or mutator that is wrong."""
        self._expansions = sorted((read_expansion(value) for value in expansions), key=lambda one: one.name)
        self._mutations = Mutations(mutators)

    def mutated(
        self, value: dict[str, Any], source: str, namespace_object: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The object as its mutators leave it. Raises MutationError."""
        return self._mutations.mutated(value, namespace_object=namespace_object, source=source)

    def expanded(
        self, value: Mapping[str, Any], namespace_object: Mapping[str, Any] | None = None, depth: int = 0
    ) -> list[Resultant]:
        """All that comes of an object, what comes of its children first. Raises ReviewError, MutationError."""
        if depth >= _DEEPEST:
            raise ReviewError(f"expansion is deeper than {_DEEPEST}: do templates make each other's objects?")
        made = [
            Resultant(self._made(value, expansion, namespace_object), expansion.name, expansion.action)
            for expansion in self._expansions
            if kind_of(value) in expansion.applies
        ]
        further = [one for child in made for one in self.expanded(child.value, namespace_object, depth + 1)]
        return [*further, *made]

    def _made(
        self, parent: Mapping[str, Any], expansion: Expansion, namespace_object: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        source = at(parent, *expansion.source)
        if not isinstance(source, dict):
            raise ReviewError(f"{'.'.join(expansion.source)} of {name_of(parent)} is no object to expand")
        child = cloned(source)
        child["apiVersion"], child["kind"] = expansion.makes.api_version, expansion.makes.kind
        metadata = child["metadata"] = dict(mapping(child, "metadata"))
        namespace = name_of(namespace_object) if namespace_object else namespace_of(parent)
        if namespace:
            metadata["namespace"] = namespace
        metadata["name"] = f"{name_of(parent)}-{expansion.makes.kind}".lower()
        metadata["ownerReferences"] = _owners(metadata, parent)
        return self.mutated(child, GENERATED, namespace_object)


def _owners(metadata: Mapping[str, Any], parent: Mapping[str, Any]) -> list[Any]:
    """The owners that the child names, and its parent."""
    owner = {"apiVersion": text(parent, "apiVersion"), "kind": text(parent, "kind"), "name": name_of(parent)}
    owners = sequence(metadata, "ownerReferences")
    known = any(all(at(one, key) == value for key, value in owner.items()) for one in owners)
    return owners if known or not all(owner.values()) else [*owners, {**owner, "uid": ""}]
