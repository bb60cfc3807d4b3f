"""Where the members of a resource's view stand in the configuration, and where their values came from."""

from collections.abc import Sequence
from typing import Any

from muniment.languages.hcl.nodes import Attribute, Expression, Literal, ObjectExpression, TupleExpression
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.references import references
from muniment.model.document import Location
from muniment.parsers.terraform.bodies import Made
from muniment.parsers.terraform.declarations import place
from muniment.parsers.terraform.resource_instance import Home

Stretch = tuple[File, int, int]


class Places:
    """Finds places by the identity of containers; its table is built when first asked."""

    __slots__ = ("_made", "_table")

    def __init__(self, made: Sequence[Made]) -> None:
        self._made = made
        self._table: dict[int, tuple[Stretch, dict[Any, Stretch]]] | None = None

    def locate(self, container: object, key: object = None) -> Location | None:
        """The place of a member, or of the whole container."""
        if self._table is None:
            self._table = {}
            for made in self._made:
                self._body(made)
        entry = self._table.get(id(container))
        if entry is None:
            return None
        if key is None:
            return place(*entry[0])
        stretch = entry[1].get(key)
        return place(*stretch) if stretch else None

    def _body(self, made: Made) -> None:
        table = self._table
        assert table is not None  # noqa: S101  locate() has made it
        members: dict[Any, Stretch] = {}
        block = made.declared.block
        table[id(made.container)] = ((made.declared.file, block.start, block.header_end), members)
        for name, attribute in made.body.attributes.items():
            file = made.declared.file_of(attribute)
            members[name] = (file, attribute.start, attribute.end)
            self._value(made.container.get(name), attribute.expression, members[name], file)
        self._lists(made, members)

    def _lists(self, made: Made, members: dict[Any, Stretch]) -> None:
        """The lists of nested blocks: the first block of a type stands for the list, each for itself."""
        by_view = {id(other.container): other.declared for other in self._made}
        table = self._table
        assert table is not None  # noqa: S101  locate() has made it
        for name, value in made.container.items():
            if name in made.body.attributes or not isinstance(value, list):
                continue
            items: dict[Any, Stretch] = {}
            for position, view in enumerate(value):
                found = by_view.get(id(view))
                if found is not None:
                    items[position] = (found.file, found.block.start, found.block.header_end)
            if items:
                members[name] = next(iter(items.values()))
                table[id(value)] = (members[name], items)

    def _value(self, value: Any, node: Expression, stretch: Stretch, file: File) -> None:
        """Containers inside a value, as far as the expression writes them out."""
        table = self._table
        assert table is not None  # noqa: S101  locate() has made it
        if isinstance(value, dict):
            written = _written(node)
            members = {key: (file, one.start, one.end) for key, one in written.items()}
            table.setdefault(id(value), (stretch, members))
            for key, member in value.items():
                self._value(member, written.get(key, node), members.get(key, stretch), file)
        elif isinstance(value, list):
            nodes = node.items if isinstance(node, TupleExpression) and len(node.items) == len(value) else []
            items: dict[Any, Stretch] = {position: (file, one.start, one.end) for position, one in enumerate(nodes)}
            table.setdefault(id(value), (stretch, items or dict.fromkeys(range(len(value)), stretch)))
            for position, member in enumerate(value):
                if isinstance(member, dict | list):
                    inner = nodes[position] if nodes else node
                    self._value(member, inner, items.get(position, stretch), file)


def _written(node: Expression) -> dict[Any, Expression]:
    """The members of an object that is written out with literal keys."""
    if not isinstance(node, ObjectExpression):
        return {}
    return {key.value: value for key, value in node.items if isinstance(key, Literal)}


class History:
    """Tells where values came from, by following references through locals, variables and calls."""

    __slots__ = ("_instance", "_made")

    def __init__(self, made: Sequence[Made], instance: Home) -> None:
        self._made = made
        self._instance = instance

    def trace(self, container: object, key: object) -> tuple[tuple[str, Location | None], ...]:
        """`(var.acl, place of what set it)`, ... from an attribute back."""
        for made in self._made:
            if made.container is container and isinstance(key, str) and key in made.body.attributes:
                return tuple(_follow(self._instance, made.body.attributes[key], 0))
        return ()


def _follow(instance: Home, attribute: Attribute, depth: int) -> list[tuple[str, Location | None]]:
    """The steps behind one attribute; at most eight deep."""
    steps: list[tuple[str, Location | None]] = []
    for found in references(attribute.expression) if depth < 8 else ():
        name = found.steps[0] if found.steps and isinstance(found.steps[0], str) else ""
        if found.root == "local" and name in instance.module.locals:
            local = instance.module.locals[name]
            steps.append((f"local.{name}", place(local.file, local.attribute.start, local.attribute.end)))
            steps.extend(_follow(instance, local.attribute, depth + 1))
        elif found.root == "var" and name in instance.module.variables:
            where = instance.given.get(name)
            if where is None:
                declared = instance.module.variables[name]
                default = declared.block.body.attributes.get("default")
                where = place(declared.file_of(default), default.start, default.end) if default else declared.location
            steps.append((f"var.{name}", where))
        else:
            steps.append((str(found), None))
    return steps
