"""From the body of a block to what policies see: attributes as plain values, nested blocks always as lists."""

from typing import Any, Final, NamedTuple

from muniment.languages.hcl.comprehension import pairs
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import Attribute, Block, Body, Literal
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.values import SetValue, mark, marked_paths, plain, unknown_parts, unmark
from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown, merge_causes
from muniment.model.resource import Reference
from muniment.parsers.terraform.addresses import split_attribute
from muniment.parsers.terraform.cells import Edge
from muniment.parsers.terraform.declarations import Declared
from muniment.parsers.terraform.names import NameScope
from muniment.parsers.terraform.resource_instance import META_ARGUMENTS, ResourceInstance

META_BLOCKS: Final = frozenset({"lifecycle", "provisioner", "connection"})
_SCALARS: Final = frozenset({str, int, bool, float})
_EDGES: Final = frozenset({"computed", "data-source"})
"""Kinds of causes that name another resource."""


class Made(NamedTuple):
    """A container that was built from a body, for finding places later."""

    container: dict[str, Any]
    body: Body
    declared: Declared


class Builder:
    """Builds the views of one resource's bodies."""

    __slots__ = ("_resource", "_tracker", "made", "references", "sensitive")

    def __init__(self, resource: ResourceInstance) -> None:
        self._resource = resource
        self._tracker = resource.instance.run.tracker
        self.made: list[Made] = []
        self.sensitive: set[int] = set()
        self.references: dict[Reference, None] = {}

    def top(self, only: frozenset[str] | None = None) -> dict[str, Any]:
        """The resource's own body, or some attributes of it."""
        resource = self._resource
        out: dict[str, Any] = {}
        declared = resource.declared
        body = declared.block.body
        self.made.append(Made(out, body, declared))
        for name in body.attributes:
            if name in META_ARGUMENTS or (only is not None and name not in only):
                continue
            cell = resource.attribute(name)
            try:
                value = cell.read(self._tracker)
            except HclError as error:
                value = Unknown((Cause("error", error.diagnostic.message),))
            self._refer(name, cell.edges(self._tracker), value)
            self._put(out, name, value)
        self.fill(out, declared, resource.scope, "")
        return out

    def body(self, declared: Declared, scope: NameScope, path: str) -> dict[str, Any]:
        """A nested block's body, at a dotted path of block types."""
        out: dict[str, Any] = {}
        body = declared.block.body
        self.made.append(Made(out, body, declared))
        for name, attribute in body.attributes.items():
            self._put(out, name, self._value(attribute, declared.file, scope, f"{path}.{name}"))
        if body.blocks:
            self.fill(out, declared, scope, f"{path}.")
        return out

    def _value(self, attribute: Attribute, file: File, scope: NameScope, path: str) -> Any:
        if type(attribute.expression) is Literal:
            return attribute.expression.value
        outer, self._tracker.current = self._tracker.current, {}
        value: Any = None
        try:
            value = self._resource.instance.value(attribute, file, scope)
        except HclError as error:
            value = Unknown((Cause("error", error.diagnostic.message),))
        finally:
            self._refer(path, self._tracker.current, value)
            self._tracker.current = outer
        return value

    def _refer(self, path: str, edges: dict[Edge, None], value: Any) -> None:
        """Notes what an attribute refers to by name or, where it names nothing (`each.value`), what it waits for."""
        for target, attribute in edges:
            self.references[Reference(path, target, attribute)] = None
        if edges or type(value) in _SCALARS or value is None:
            return
        for part in unknown_parts(value):
            for cause in part.causes:
                if cause.kind in _EDGES:
                    self.references[Reference(path, *split_attribute(cause.reference))] = None

    def _put(self, out: dict[str, Any], name: str, value: Any) -> None:
        if type(value) in _SCALARS:
            out[name] = value
            return
        seen = plain(value)
        if seen is None:
            return
        out[name] = seen
        for steps in marked_paths(value):
            self._hide(out, (name, *steps))

    def _hide(self, container: Any, steps: tuple[str | int, ...]) -> None:
        """Marks the container of a sensitive value, and all that the value holds."""
        for step in steps[:-1]:
            container = container[step]
        self.sensitive.add(id(container))
        pending = [container[steps[-1]]]
        while pending:
            one = pending.pop()
            if isinstance(one, dict | list):
                self.sensitive.add(id(one))
                pending.extend(one.values() if isinstance(one, dict) else one)

    def fill(self, out: dict[str, Any], declared: Declared, scope: NameScope, above: str) -> None:
        """Adds the nested blocks of a body to a view."""
        for block in declared.block.body.blocks:
            if block.type in META_BLOCKS:
                continue
            inner = Declared(block, declared.file_of(block))
            if block.type == "dynamic" and block.labels:
                self._dynamic(out, inner, scope, above)
            else:
                _append(out, block.type, [self.body(inner, scope, f"{above}{block.type}")], ())

    def _dynamic(self, out: dict[str, Any], declared: Declared, scope: NameScope, above: str) -> None:
        body = declared.block.body
        name = declared.block.labels[0].text
        path = f"{above}{name}"
        content = next((inner for inner in body.blocks if inner.type == "content"), None)
        for_each = body.attributes.get("for_each")
        if content is None or for_each is None:
            return
        value, marks = unmark(self._value(for_each, declared.file, scope, path))
        if isinstance(value, Unknown):
            _append(out, name, [], value.causes or (Cause("existence", name),))
            return
        try:
            members = list(pairs(value))
        except HclError as error:
            _append(out, name, [], (Cause("error", f"{declared.start}: {error.diagnostic.message}"),))
            return
        iterator = body.attributes.get("iterator")
        word = str(iterator.expression) if iterator is not None else name
        views = [
            self.body(
                Declared(content, declared.file),
                scope.with_names({word: {"key": mark(key, marks), "value": mark(member, marks)}}),
                path,
            )
            for key, member in members
        ]
        _append(out, name, views, _doubts(value))


def _doubts(collection: Any) -> tuple[Cause, ...]:
    """Why a dynamic block may make more or fewer blocks than its collection has members."""
    if isinstance(collection, OpenList | OpenMap):
        return collection.causes
    if isinstance(collection, SetValue) and len(collection) > 1:
        return merge_causes(member for member in collection if isinstance(member, Unknown))
    return ()


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
    own = resource.declared
    body = Body(0)
    body.blocks = [
        block
        for block in own.block.body.blocks
        if block.type == kind or (block.type == "dynamic" and block.labels and block.labels[0].text == kind)
    ]
    only = Declared(Block(own.block.type, own.block.labels, body, own.block.start, 0), own.file, own.foreign)
    builder.fill(out, only, resource.scope, "")
    found = out.get(kind, [])
    return found if isinstance(found, list) else []
