"""What Gatekeeper's objects are called, and the few members that every Kubernetes object has."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

CONSTRAINTS: Final = "constraints.gatekeeper.sh"
TEMPLATES: Final = "templates.gatekeeper.sh"
EXPANSION: Final = "expansion.gatekeeper.sh"
MUTATIONS: Final = "mutations.gatekeeper.sh"
SUITES: Final = "test.gatekeeper.sh"
MUTATORS: Final = ("Assign", "AssignMetadata", "ModifySet", "AssignImage")

_ROLES: Final = MappingProxyType(
    {
        (TEMPLATES, "ConstraintTemplate"): "template",
        (EXPANSION, "ExpansionTemplate"): "expansion",
        (SUITES, "Suite"): "suite",
        **{(MUTATIONS, kind): "mutator" for kind in MUTATORS},
    }
)


class Kind(NamedTuple):
    """Group, version and kind of an object; the core group is empty."""

    group: str
    version: str
    kind: str

    @property
    def api_version(self) -> str:
        """As `apiVersion` has it."""
        return f"{self.group}/{self.version}" if self.group else self.version


def kind_of(value: Mapping[str, Any]) -> Kind:
    """The kind of an object; parts that it does not say are empty."""
    group, _, version = text(value, "apiVersion").rpartition("/")
    return Kind(group, version, text(value, "kind"))


def role_of(value: object) -> str:
    """`template`, `constraint`, `expansion`, `mutator` or `suite`; empty for everything else."""
    if not isinstance(value, dict):
        return ""
    group, _, kind = kind_of(value)
    return "constraint" if group == CONSTRAINTS else _ROLES.get((group, kind), "")


def text(value: object, *path: str) -> str:
    """The text at a path of nested mappings; empty if there is none."""
    found = at(value, *path)
    return found if isinstance(found, str) else ""


def mapping(value: object, *path: str) -> dict[str, Any]:
    """The mapping at a path; an empty one if there is none."""
    found = at(value, *path)
    return found if isinstance(found, dict) else {}


def sequence(value: object, *path: str) -> list[Any]:
    """The list at a path; an empty one if there is none."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def texts(value: object, *path: str) -> list[str]:
    """The texts in the list at a path."""
    return [item for item in sequence(value, *path) if isinstance(item, str)]


def at(value: object, *path: str) -> Any:
    """The value at a path of nested mappings; None if there is none."""
    for step in path:
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def name_of(value: Mapping[str, Any]) -> str:
    """The object's name."""
    return text(value, "metadata", "name")


def namespace_of(value: Mapping[str, Any]) -> str:
    """The object's namespace as it is written; empty without one."""
    return text(value, "metadata", "namespace")


def annotations_of(value: Mapping[str, Any]) -> dict[str, str]:
    """The annotations that are texts."""
    found = mapping(value, "metadata", "annotations")
    return {key: item for key, item in found.items() if isinstance(item, str)}


def is_namespace(value: Mapping[str, Any]) -> bool:
    """Whether the object is a Namespace of the core group."""
    group, _, kind = kind_of(value)
    return kind == "Namespace" and not group
