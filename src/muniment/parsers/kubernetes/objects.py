"""Objects of a loaded document: lists unpacked, and the identity of each one."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from muniment.languages.unknown import Cause, Unknown
from muniment.languages.yaml import Positions
from muniment.model.kubernetes import BUILT_IN, CLUSTER_SCOPED


class Identity(NamedTuple):
    """Which object it is, as far as its own text tells."""

    kind: str
    """`Kind[.group]`, exact."""
    group: str
    version: str
    name: str
    """The name, `prefix*` for a generated one, empty without either."""
    namespace: str
    """As written; empty if unset or if the kind has none."""
    namespaced: bool
    assumed: bool
    """True where nothing says whether the kind is namespaced."""

    def address(self, document: int) -> str:
        """The local address; an object without a name is known by the number of its document."""
        last = self.name or f"#{document}"
        return f"{self.kind}/{self.namespace or 'default'}/{last}" if self.namespaced else f"{self.kind}/{last}"


def unpack(value: Any) -> Iterator[tuple[Any, Any]]:
    """(container, key) of every object in a document, in order; the key is None for the document itself.

    Items of lists are unpacked at every depth. An item of a typed list that does not say its kind has the list's.
    """
    stack: list[tuple[Any, Any]] = [(value, None)]
    while stack:
        container, key = stack.pop()
        one = container if key is None else container[key]
        items = _items(one)
        if items is None:
            yield container, key
        else:
            stack.extend((items, place) for place in reversed(range(len(items))) if items[place] is not None)


def _items(one: Any) -> list[Any] | None:
    if isinstance(one, dict) and isinstance(one.get("kind"), str) and one["kind"].endswith("List"):
        items = one.get("items")
        return items if isinstance(items, list) else None
    return None


def is_object(value: Any) -> bool:
    """Whether a value says its apiVersion and kind."""
    return isinstance(value, dict) and all(
        isinstance(value.get(key), str) and value[key] for key in ("apiVersion", "kind")
    )


def identify(value: Mapping[str, Any], scopes: Mapping[str, bool]) -> Identity:
    """The identity of an object; `scopes` tells of kinds defined in the tree whether they are namespaced."""
    group, _, version = value["apiVersion"].rpartition("/")
    kind = f"{value['kind']}.{group}" if group else value["kind"]
    metadata = mapping(value.get("metadata"))
    namespace = _text(metadata.get("namespace"))
    namespaced, assumed = _scope(kind, value["kind"], group, scopes)
    name = _text(metadata.get("name"))
    if not name and _text(metadata.get("generateName")):
        name = f"{_text(metadata['generateName'])}*"
    return Identity(
        kind, group, version, name, namespace if namespaced else "", namespaced, assumed=assumed and not namespace
    )


def _scope(kind: str, bare: str, group: str, scopes: Mapping[str, bool]) -> tuple[bool, bool]:
    """(namespaced, assumed) of a kind."""
    if kind in scopes:
        return scopes[kind], False
    if kind in CLUSTER_SCOPED:
        return False, False
    return True, group not in BUILT_IN.get(bare, ())


def defined_scope(value: Any) -> tuple[str, bool] | None:
    """What a CustomResourceDefinition says of its kind: (`Kind.group`, namespaced); None for anything else."""
    if not isinstance(value, dict) or value.get("kind") != "CustomResourceDefinition":
        return None
    spec = mapping(value.get("spec"))
    kind, group = mapping(spec.get("names")).get("kind"), spec.get("group")
    if not isinstance(kind, str) or not isinstance(group, str):
        return None
    return f"{kind}.{group}", spec.get("scope") != "Cluster"


def forget_unstable(value: Any, positions: Positions, lines: frozenset[int]) -> None:
    """Makes every scalar unknown that stands in one of the lines: a renderer gives something else each time."""
    stack = [value]
    while stack:
        container = stack.pop()
        members = list(container.items()) if isinstance(container, dict) else list(enumerate(container))
        for key, member in members:
            if isinstance(member, dict | list):
                stack.append(member)
                continue
            span = positions.value(container, key)
            if span is not None and not lines.isdisjoint(range(span.line, span.end_line + 1)):
                container[key] = Unknown((Cause("renderer", "is not the same each time"),))


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """A name as text; a number that was meant as one keeps its digits."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
