"""From the body of a block to what policies see: attributes as plain values, nested blocks always as lists."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import Attribute, Block, Body, Literal
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.values import SetValue, marked_paths, plain, unmark
from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown
from muniment.model.resource import Reference
from muniment.parsers.terraform.cells import Edge
from muniment.parsers.terraform.instance import NameScope, ResourceInstance

META_BLOCKS: Final = frozenset({"lifecycle", "provisioner", "connection"})
META_ATTRIBUTES: Final = frozenset({"count", "for_each", "provider", "depends_on", "providers"})
_SCALARS: Final = frozenset({str, int, bool, float})


class Made(NamedTuple):
    """A container that was built from a body, for finding places later."""

    container: dict[str, Any]
    body: Body
    block: Block | None
    file: File


class Builder:
    """Builds the views of one resource's bodies."""

    __slots__ = ("_file", "_resource", "_tracker", "made", "references", "sensitive")

    def __init__(self, resource: ResourceInstance) -> None:
        self._resource = resource
        self._file = resource.declared.file
        self._tracker = resource.instance.run.tracker
        self.made: list[Made] = []
        self.sensitive: set[int] = set()
        self.references: dict[Reference, None] = {}

    def top(self, only: frozenset[str] | None = None) -> dict[str, Any]:
        """The resource's own body, or some attributes of it."""
        resource = self._resource
        out: dict[str, Any] = {}
        body = resource.declared.block.body
        self.made.append(Made(out, body, resource.declared.block, self._file))
        for name in body.attributes:
            if name in META_ATTRIBUTES or (only is not None and name not in only):
                continue
            cell = resource.attribute(name)
            try:
                value = cell.read(self._tracker)
            except HclError as error:
                value = Unknown((Cause("error", error.diagnostic.message),))
            self._refer(name, cell.edges(self._tracker))
            self._put(out, name, value)
        self.fill(out, body, resource.scope, "")
        return out

    def body(self, body: Body, block: Block, scope: NameScope, path: str) -> dict[str, Any]:
        """A nested block's body, at a dotted path of block types."""
        out: dict[str, Any] = {}
        self.made.append(Made(out, body, block, self._file))
        for name, attribute in body.attributes.items():
            self._put(out, name, self._value(attribute, scope, f"{path}.{name}"))
        self.fill(out, body, scope, f"{path}.")
        return out

    def _value(self, attribute: Attribute, scope: NameScope, path: str) -> Any:
        if type(attribute.expression) is Literal:
            return attribute.expression.value
        outer, self._tracker.current = self._tracker.current, {}
        try:
            return self._resource.instance.value(attribute, self._file, scope)
        except HclError as error:
            return Unknown((Cause("error", error.diagnostic.message),))
        finally:
            self._refer(path, self._tracker.current)
            self._tracker.current = outer

    def _refer(self, path: str, edges: dict[Edge, None]) -> None:
        for target, attribute in edges:
            self.references[Reference(path, target, attribute)] = None

    def _put(self, out: dict[str, Any], name: str, value: Any) -> None:
        if type(value) in _SCALARS:
            out[name] = value
            return
        seen = plain(value)
        if seen is None:
            return
        if marked_paths(value):
            self.sensitive.add(id(out))
        out[name] = seen

    def fill(self, out: dict[str, Any], body: Body, scope: NameScope, above: str) -> None:
        """Adds the nested blocks of a body to a view."""
        for block in body.blocks:
            if block.type in META_BLOCKS:
                continue
            if block.type == "dynamic" and block.labels:
                self._dynamic(out, block, scope, above)
            else:
                _append(out, block.type, [self.body(block.body, block, scope, f"{above}{block.type}")], ())

    def _dynamic(self, out: dict[str, Any], block: Block, scope: NameScope, above: str) -> None:
        name = block.labels[0].text
        path = f"{above}{name}"
        content = next((inner for inner in block.body.blocks if inner.type == "content"), None)
        for_each = block.body.attributes.get("for_each")
        if content is None or for_each is None:
            return
        value, _ = unmark(self._value(for_each, scope, path))
        if isinstance(value, Unknown):
            _append(out, name, [], value.causes or (Cause("existence", name),))
            return
        iterator = block.body.attributes.get("iterator")
        word = str(iterator.expression) if iterator is not None else name
        views = [
            self.body(content.body, content, scope.with_names({word: {"key": key, "value": member}}), path)
            for key, member in _pairs(value)
        ]
        _append(out, name, views, value.causes if isinstance(value, OpenList | OpenMap) else ())


def _pairs(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        for key in sorted(value):
            yield key, value[key]
    elif isinstance(value, SetValue):
        for member in value:
            yield member, member
    elif isinstance(value, list | tuple):
        yield from enumerate(value)


def _append(out: dict[str, Any], name: str, views: list[Any], causes: tuple[Cause, ...]) -> None:
    """Adds blocks to the list of their type; unknown ones make the list open."""
    held = out.get(name)
    members = [*held, *views] if isinstance(held, list) else views
    if isinstance(held, OpenList):
        causes = (*held.causes, *causes)
    out[name] = OpenList(members, causes) if causes else members


def value_of(resource: ResourceInstance, name: str) -> Any:
    """One plain attribute of a resource; None if it is not set."""
    if name not in resource.declared.block.body.attributes:
        return None
    return plain(resource.attribute(name).read(resource.instance.run.tracker))


def blocks_of(resource: ResourceInstance, kind: str) -> list[Any]:
    """The blocks of one type of a resource, as views."""
    builder = Builder(resource)
    out: dict[str, Any] = {}
    body = Body(0)
    body.blocks = [
        block
        for block in resource.declared.block.body.blocks
        if block.type == kind or (block.type == "dynamic" and block.labels and block.labels[0].text == kind)
    ]
    builder.fill(out, body, resource.scope, "")
    found = out.get(kind, [])
    return found if isinstance(found, list) else []
