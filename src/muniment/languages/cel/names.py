"""What a name refers to: a variable or a type, looked for in the container and in what is around it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from muniment.languages.cel.ast import Call, Ident, Node, Select
from muniment.languages.cel.function import Function
from muniment.languages.cel.values import TypeValue


class Dotted(NamedTuple):
    """A chain of plain selections from a name."""

    first: str
    whole: str
    absolute: bool


def dotted(node: Node) -> Dotted | None:
    """The chain that a node is, if it is one."""
    if isinstance(node, Ident):
        return Dotted(node.name, node.name, node.absolute)
    names: list[str] = []
    while isinstance(node, Select) and not node.optional:
        names.append(node.field)
        node = node.operand
    if not isinstance(node, Ident):
        return None
    return Dotted(node.name, ".".join([node.name, *reversed(names)]), node.absolute)


class Names:
    """The variables, types and functions of one environment."""

    __slots__ = ("_container", "_functions", "_last", "types", "variables")

    def __init__(
        self,
        variables: frozenset[str],
        types: Mapping[str, TypeValue],
        functions: Mapping[str, Function],
        container: str,
    ) -> None:
        self.variables = variables
        self.types = types
        self._functions = functions
        self._container = container
        self._last = frozenset(name.rpartition(".")[2] for name in (*variables, *types) if container or "." in name)

    def selected(self, node: Select) -> Dotted | None:
        """The chain that a selection is, where it may be one name with dots."""
        return dotted(node) if node.field in self._last and not node.optional else None

    def resolve(self, name: str, *, absolute: bool = False) -> str | None:
        """The full name of a variable or type; None if there is none."""
        space = "" if absolute else self._container
        while True:
            full = f"{space}.{name}" if space else name
            if full in self.variables or full in self.types:
                return full
            if not space:
                return None
            space = space.rpartition(".")[0]

    def called(self, node: Call, slot: Callable[[str], int | None]) -> tuple[str, list[Node]]:
        """The name of the function that a call means, and its arguments: `math.abs(x)` has one, `x.size()` too."""
        arguments = list(node.arguments)
        if node.target is None:
            return node.name, arguments
        chain = dotted(node.target)
        if chain is not None and slot(chain.first) is None:
            full = f"{chain.whole}.{node.name}"
            if full in self._functions:
                return full, arguments
        return node.name, [node.target, *arguments]
