"""Shows the properties of a template's resource as attributes of the Terraform kinds that they make."""

from collections.abc import Iterator, Mapping
from typing import Any

from muniment.languages.unknown import Cause, OpenList, OpenMap, PartialString, Unknown
from muniment.model.resource import Reference
from muniment.parsers.cloudformation.entries import WHOLE, Block, Default, Entries, Entry, Fixed, Part, Read
from muniment.parsers.cloudformation.evaluation import Edge

Origin = tuple[Any, Any]
"""(evaluated container, key in it or None) that something was read from."""


class Found:
    """A value, and where it was read."""

    __slots__ = ("origin", "value")

    def __init__(self, value: Any, origin: Origin) -> None:
        self.value = value
        self.origin = origin


class ViewBuilder:
    """Builds the views of one resource. An attribute that its table does not know is unknown: `unmapped`."""

    __slots__ = ("_edges", "_secrets", "_targets", "_unmapped", "origins", "references", "sensitive")

    def __init__(
        self, kind: str, edges: Mapping[Cause, Edge], targets: Mapping[str, str], secrets: frozenset[int]
    ) -> None:
        self._unmapped = (Cause("unmapped", kind),)
        self._edges = edges
        self._targets = targets
        self._secrets = secrets
        self.origins: dict[int, tuple[Any, Origin, dict[Any, Origin]]] = {}
        """Identity of a container of a view -> itself, where it was read, and where its members were."""
        self.references: dict[Reference, None] = {}
        self.sensitive: set[int] = set()

    def top(self, entries: Entries, properties: Any) -> dict[str, Any]:
        """The attributes of a resource with those properties."""
        return self._view(entries, properties, (properties, None), "")

    def part(self, part: Part, item: Found) -> dict[str, Any]:
        """The attributes of a part that was read from a property."""
        return self._view(part.entries, item.value, item.origin, "")

    def _view(self, entries: Entries, properties: Any, origin: Origin, above: str) -> dict[str, Any]:
        out = OpenMap({}, self._unmapped)
        members: dict[Any, Origin] = {}
        self.origins[id(out)] = (out, origin, members)
        if id(properties) in self._secrets:
            self.sensitive.add(id(out))
        for name, entry in entries.items():
            path = f"{above}{name}"
            found = _found(entry, name, properties, origin)
            out[name] = self._block(entry, found, path) if isinstance(entry, Block) else self._leaf(entry, found, path)
            if found.value is not None:
                members[name] = found.origin
        return out

    def _leaf(self, entry: Entry, found: Found, path: str) -> Any:
        value = found.value
        if isinstance(entry, Fixed):
            return entry.value
        translate = entry.translate if isinstance(entry, Read | Default) else None
        if translate is not None and value is not None and not isinstance(value, Unknown):
            value = translate(value)
        if isinstance(entry, Default) and value is None:
            value = entry.value
        self._refer(value, path)
        self._mark(value)
        return value

    def _mark(self, value: Any) -> None:
        """Containers that are shown as they are keep what must not be printed."""
        if isinstance(value, dict | list):
            if id(value) in self._secrets:
                self.sensitive.add(id(value))
            for member in value.values() if isinstance(value, dict) else value:
                self._mark(member)

    def _block(self, entry: Block, found: Found, path: str) -> Any:
        if found.value is None or isinstance(found.value, Unknown):
            self._refer(found.value, path)
            return found.value
        items = [one for one in _items(entry, found) if entry.where is None or entry.where(one[1].value)]
        views = [self._item(entry, key, one, path) for key, one in items]
        causes = found.value.causes if isinstance(found.value, OpenList | OpenMap) else ()
        made = OpenList(views, causes) if causes else views
        places = {place: one.origin for place, (_, one) in enumerate(items)}
        self.origins[id(made)] = (made, found.origin, places)
        return made

    def _item(self, entry: Block, key: Any, item: Found, path: str) -> Any:
        if isinstance(item.value, Unknown):
            self._refer(item.value, path)
            return item.value
        view = self._view(entry.entries, item.value, item.origin, f"{path}.")
        if entry.key:
            view[entry.key] = key
        return view

    def _refer(self, value: Any, path: str) -> None:
        """Notes the resources that a value rests on."""
        for cause in _causes(value):
            name, attribute = self._edges.get(cause, ("", ""))
            if name in self._targets:
                self.references[Reference(path, self._targets[name], attribute)] = None


def _found(entry: Entry, name: str, properties: Any, origin: Origin) -> Found:
    """What an entry reads: unknown where something on the way is."""
    if entry is None or isinstance(entry, Fixed):
        return Found(None, origin)
    path = entry if isinstance(entry, str) else entry.path
    if path == WHOLE:
        return Found(properties, origin)
    found = Found(properties, origin)
    for step in path.split(".") if path else (name,):
        if isinstance(found.value, Unknown):
            return found
        if not isinstance(found.value, dict):
            return Found(None, found.origin)
        key = step if path else _same_name(found.value, step)
        found = Found(found.value.get(key), (found.value, key))
    return found


def find(path: str, properties: Any) -> Found:
    """The value at a path of properties; `.` is all of them."""
    return _found(path, "", properties, (properties, None))


def _same_name(properties: Mapping[str, Any], attribute: str) -> str:
    """The property with an attribute's name, however its words are written."""
    wanted = attribute.replace("_", "")
    return next((key for key in properties if isinstance(key, str) and key.lower() == wanted), attribute)


def _items(entry: Block, found: Found) -> Iterator[tuple[Any, Found]]:
    """The objects that a block is made of, with their keys."""
    value = found.value
    if entry.key and isinstance(value, dict):
        yield from ((key, Found(member, (value, key))) for key, member in value.items())
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield place, Found(member, (value, place))
    else:
        yield 0, found


def items(found: Found) -> Iterator[tuple[str, Found]]:
    """The things of a property that may be one or a list, each with what tells it from the others."""
    if isinstance(found.value, list):
        for place, member in enumerate(found.value):
            name = member.get("PolicyName") if isinstance(member, dict) else None
            yield f"[{name if isinstance(name, str) else place}]", Found(member, (found.value, place))
    else:
        yield "", found


def _causes(value: Any) -> Iterator[Cause]:
    """The causes of everything unknown in a value."""
    if isinstance(value, Unknown):
        yield from value.causes
        if isinstance(value, PartialString):
            structure = getattr(value, "structure", None)
            yield from () if structure is None else _causes(structure)
    elif isinstance(value, dict):
        for member in value.values():
            yield from _causes(member)
    elif isinstance(value, list):
        for member in value:
            yield from _causes(member)
