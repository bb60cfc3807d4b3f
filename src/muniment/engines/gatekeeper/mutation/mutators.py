"""The four kinds of mutators, read and checked as the webhook checks them."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from muniment.engines.gatekeeper.constraint import MATCH_SCHEMA
from muniment.engines.gatekeeper.errors import MutationError
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
from muniment.engines.gatekeeper.match import Match, Subject
from muniment.engines.gatekeeper.mutation.change import Walk, cloned
from muniment.engines.gatekeeper.mutation.images import Image, check_parts, replaced
from muniment.engines.gatekeeper.mutation.location import Field, Item, Path, read_location, shown
from muniment.engines.gatekeeper.mutation.path_tests import MUST_NOT_EXIST, PathTests, read_path_tests
from muniment.engines.gatekeeper.schema import misfits, undeclared
from muniment.errors import PolicyError

_OPERATIONS: Final = ("CREATE", "UPDATE", "*")
_LONGEST_NAME: Final = 63
_SPEC: Final = ("applyTo", "match", "location", "parameters")
_PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Assign": ("assign", "pathTests"),
        "AssignMetadata": ("assign",),
        "ModifySet": ("operation", "values", "pathTests"),
        "AssignImage": ("assignDomain", "assignPath", "assignTag", "pathTests"),
    }
)
_ASSIGNED: Final = ("value", "fromMetadata", "externalData")

Plan = Callable[[Mapping[str, Any]], Walk]
"""The walk that a mutator makes through an object."""


class Mutator(NamedTuple):
    """A mutator that is ready to act."""

    id: tuple[str, str, str]
    """Kind, namespace and name: their order is the order in which mutators act."""
    path: Path
    kinds: frozenset[Kind]
    """What it applies to; empty is everything."""
    match: Match
    plan: Plan
    ending: str = "unknown"
    """What it takes the end of the path for: `unknown`, `set` or `text`."""
    last: bool = False
    """Whether nobody may go further along the path."""

    def concerns(self, subject: Subject) -> bool:
        """Whether it changes an object. Raises NamespaceMissingError if that cannot be told."""
        return (not self.kinds or kind_of(subject.object) in self.kinds) and self.match(subject)

    def mutate(self, value: dict[str, Any]) -> bool:
        """Changes an object in place and tells whether it did. Raises MutationError."""
        return self.plan(value).apply(value)


def read_mutator(value: Mapping[str, Any]) -> Mutator:
    """Raises PolicyError for a mutator that no cluster would accept."""
    kind, name = kind_of(value).kind, name_of(value)
    try:
        return _READERS[kind](value, _checked(value, kind))
    except PolicyError as error:
        raise PolicyError(f"{kind} {name}: {error}", code=error.code) from error


def _checked(value: Mapping[str, Any], kind: str) -> Path:
    """The location of a mutator whose fields are all known."""
    if len(name_of(value)) > _LONGEST_NAME:
        raise PolicyError(f"the name may have at most {_LONGEST_NAME} characters")
    spec = mapping(value, "spec")
    unknown = [key for key in spec if key not in _SPEC]
    unknown += [f"parameters.{key}" for key in mapping(spec, "parameters") if key not in _PARAMETERS[kind]]
    match = spec.get("match") or {}
    wrong = [
        *misfits(match, MATCH_SCHEMA, "match"),
        *(f"{path}: unknown" for path in undeclared(match, MATCH_SCHEMA, "match")),
    ]
    if unknown or wrong:
        raise PolicyError("; ".join([*(f"spec.{key}: unknown" for key in unknown), *wrong]), code="unknown-key")
    return read_location(text(spec, "location"))


def _assign(value: Mapping[str, Any], path: Path) -> Mutator:
    _refuse_metadata(path)
    _refuse_key_change(path)
    assigned = _assigned(value)
    if isinstance(path[-1], Item):
        _check_item(assigned, path[-1])
    tests, item = _tests(value, path), assigned.get("value")

    def plan(judged: Mapping[str, Any]) -> Walk:
        change = _setter(assigned, judged)
        return Walk(path, tests, change, item if isinstance(item, dict) else None)

    return _mutator(value, path, plan, last="externalData" in assigned)


def _assign_metadata(value: Mapping[str, Any], path: Path) -> Mutator:
    if len(path) != 3 or path[0] != Field("metadata") or path[1] not in {Field("labels"), Field("annotations")}:
        raise PolicyError(f"the location {shown(path)} is neither metadata.labels.x nor metadata.annotations.x")
    assigned = _assigned(value)
    if "value" in assigned and not isinstance(assigned["value"], str):
        raise PolicyError("spec.parameters.assign.value must be a text")
    if "applyTo" in mapping(value, "spec"):
        raise PolicyError("spec.applyTo: unknown", code="unknown-key")
    tests = PathTests({len(path) - 1: MUST_NOT_EXIST})
    return _mutator(value, path, lambda judged: Walk(path, tests, _setter(assigned, judged)), bound=False)


def _modify_set(value: Mapping[str, Any], path: Path) -> Mutator:
    _refuse_metadata(path)
    if isinstance(path[-1], Item):
        raise PolicyError(f"the location {shown(path)} must not end in an item of a list")
    parameters = mapping(value, "spec", "parameters")
    operation, values = text(parameters, "operation") or "merge", sequence(parameters, "values", "fromList")
    if operation not in {"merge", "prune"}:
        raise PolicyError(f"the operation {operation!r} is neither merge nor prune")
    walk = Walk(path, _tests(value, path), _merge(values) if operation == "merge" else _prune(values))
    return _mutator(value, path, lambda _judged: walk, ending="set")


def _assign_image(value: Mapping[str, Any], path: Path) -> Mutator:
    _refuse_metadata(path)
    if isinstance(path[-1], Item):
        raise PolicyError(f"the location {shown(path)} must not end in an item of a list")
    _refuse_key_change(path)
    given = mapping(value, "spec", "parameters")
    parts = Image(*(text(given, key) for key in ("assignDomain", "assignPath", "assignTag")))
    check_parts(parts)

    def change(container: dict[str, Any], key: str) -> None:
        before = container.get(key, "")
        if not isinstance(before, str):
            raise MutationError(f"{shown(path)} is no text, as an image must be")
        container[key] = replaced(before, parts)

    walk = Walk(path, _tests(value, path), change)
    return _mutator(value, path, lambda _judged: walk, ending="text", last=True)


_READERS: Final[Mapping[str, Callable[[Mapping[str, Any], Path], Mutator]]] = MappingProxyType(
    {"Assign": _assign, "AssignMetadata": _assign_metadata, "ModifySet": _modify_set, "AssignImage": _assign_image}
)


def _mutator(
    value: Mapping[str, Any], path: Path, plan: Plan, *, ending: str = "unknown", last: bool = False, bound: bool = True
) -> Mutator:
    spec = mapping(value, "spec")
    identity = (kind_of(value).kind, namespace_of(value), name_of(value))
    kinds = _kinds(sequence(spec, "applyTo")) if bound else frozenset()
    return Mutator(identity, path, kinds, Match(spec.get("match") or {}), plan, ending, last)


def _kinds(entries: Sequence[Any]) -> frozenset[Kind]:
    """What `applyTo` names, without entries for one operation: an object of files has none."""
    if not entries:
        raise PolicyError("applyTo is required")
    kinds: set[Kind] = set()
    for entry in entries:
        groups, versions, names = (texts(entry, key) for key in ("groups", "versions", "kinds"))
        operations = sequence(entry, "operations")
        if not groups or not versions or not names:
            raise PolicyError("each applyTo needs groups, versions and kinds")
        if any(operation not in _OPERATIONS for operation in operations):
            raise PolicyError(f"operations of applyTo can be {', '.join(_OPERATIONS)}, and are {operations}")
        if not operations or "*" in operations or {"CREATE", "UPDATE"} <= set(operations):
            kinds.update(Kind(group, version, name) for group in groups for version in versions for name in names)
    return frozenset(kinds) or frozenset({Kind("", "", "")})


def _tests(value: Mapping[str, Any], path: Path) -> PathTests:
    return read_path_tests(sequence(value, "spec", "parameters", "pathTests"), path)


def _refuse_metadata(path: Path) -> None:
    if path[0] == Field("metadata"):
        raise PolicyError(f"the location {shown(path)} must not be metadata, which is for AssignMetadata")


def _refuse_key_change(path: Path) -> None:
    before = path[-2] if len(path) > 1 else None
    if isinstance(before, Item) and path[-1] == Field(before.field):
        raise PolicyError(f"the location {shown(path)} would change the key of the item")


def _assigned(value: Mapping[str, Any]) -> dict[str, Any]:
    """The one source of what is assigned."""
    assign = mapping(value, "spec", "parameters", "assign")
    given = [key for key in _ASSIGNED if assign.get(key) is not None]
    unknown = [key for key in assign if key not in _ASSIGNED]
    if unknown or len(given) != 1:
        raise PolicyError(
            f"assign must have exactly one of {', '.join(_ASSIGNED)}, and has {', '.join(assign) or 'none'}"
        )
    field = at(assign, "fromMetadata", "field")
    if given == ["fromMetadata"] and field not in {"name", "namespace"}:
        raise PolicyError(f"fromMetadata.field is {field!r}; it can be name or namespace")
    return {given[0]: assign[given[0]]}


def _check_item(assigned: Mapping[str, Any], step: Item) -> None:
    """What replaces an item must be an object with the item's own key."""
    value = assigned.get("value")
    if step.value is None:
        raise PolicyError("the location must not end in every item of a list")
    if not isinstance(value, dict):
        raise PolicyError("only an object can be an item of a list with a key")
    if value.get(step.field) != step.value:
        raise PolicyError(
            f"the assigned {step.field} {value.get(step.field)!r} is not {step.value!r}, as the location says"
        )


def _setter(assigned: Mapping[str, Any], judged: Mapping[str, Any]) -> Callable[[dict[str, Any], str], None]:
    def change(container: dict[str, Any], key: str) -> None:
        if "externalData" in assigned:
            raise MutationError("external data is asked for, and no provider can be asked here")
        if "fromMetadata" in assigned:
            container[key] = text(judged, "metadata", assigned["fromMetadata"]["field"])
        else:
            container[key] = cloned(assigned["value"])

    return change


def _merge(values: Sequence[Any]) -> Callable[[dict[str, Any], str], None]:
    def change(container: dict[str, Any], key: str) -> None:
        held = _list(container, key)
        container[key] = [*held, *(cloned(value) for value in values if not any(_same(value, one) for one in held))]

    return change


def _prune(values: Sequence[Any]) -> Callable[[dict[str, Any], str], None]:
    def change(container: dict[str, Any], key: str) -> None:
        if key in container:
            container[key] = [one for one in _list(container, key) if not any(_same(value, one) for value in values)]

    return change


def _list(container: Mapping[str, Any], key: str) -> list[Any]:
    held = container.get(key, [])
    if not isinstance(held, list):
        raise MutationError(f"{key} is no list, and cannot be taken as a set")
    return held


def _same(a: Any, b: Any) -> bool:
    return type(a) is type(b) and bool(a == b)
