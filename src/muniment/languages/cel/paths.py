"""Which parts of the data an expression can read, found without any data."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from muniment.languages.cel.ast import Call, Ident, Index, Literal, Node, Select, children
from muniment.languages.cel.names import Names

Path = tuple[str, ...]
SOMEWHERE: Final = "~"
"""Stands for what a call gives, as the first step of a path."""
_BINDERS: Final = MappingProxyType(
    {
        **dict.fromkeys(("map", "filter", "sortBy", "optMap", "optFlatMap"), 1),
        **dict.fromkeys(("transformList", "transformMap", "transformMapEntry"), 2),
        **dict.fromkeys(("all", "exists", "exists_one", "existsOne"), 0),
    }
)
"""How many variables a macro binds; 0 where that depends on its arguments."""


def paths_of(tree: Node, names: Names) -> frozenset[Path]:
    """Selections that are rooted at a variable or at what a macro binds to its elements; an element is `*`."""
    collector = _Collector(names)
    collector.collect(tree, {})
    return frozenset(collector.found)


class _Collector:
    __slots__ = ("_names", "found")

    def __init__(self, names: Names) -> None:
        self._names = names
        self.found: set[Path] = set()

    def collect(self, node: Node, bound: Mapping[str, Path]) -> Path | None:
        """Adds the paths of a tree; the path of the node itself, if it is one."""
        if isinstance(node, Ident):
            return self._name(node, bound)
        if isinstance(node, Select):
            return self._step(self.collect(node.operand, bound), node.field)
        if isinstance(node, Index):
            above = self.collect(node.operand, bound)
            self.collect(node.key, bound)
            known = isinstance(node.key, Literal) and isinstance(node.key.value, str)
            return self._step(above, node.key.value if isinstance(node.key, Literal) and known else "*")
        if isinstance(node, Call):
            return self._call(node, bound)
        for child in children(node):
            self.collect(child, bound)
        return None

    def _name(self, node: Ident, bound: Mapping[str, Path]) -> Path | None:
        if node.name in bound and not node.absolute:
            return bound[node.name]
        found = self._names.resolve(node.name, absolute=node.absolute) or node.name
        if found in self._names.types and found not in self._names.variables:
            return None
        self.found.add((node.name,))
        return (node.name,)

    def _step(self, above: Path | None, step: str) -> Path:
        path = (*(above or (SOMEWHERE,)), step)
        self.found.add(path)
        return path

    def _call(self, node: Call, bound: Mapping[str, Path]) -> Path | None:
        if node.target is None:
            for argument in node.arguments:
                self.collect(argument, bound)
            return None
        if isinstance(node.target, Ident) and node.target.name == "cel":
            return self._of_cel(node, bound)
        if node.name in _BINDERS:
            return self._macro(node, node.target, bound)
        _, arguments = self._names.called(node, lambda name: 0 if name in bound else None)
        for argument in arguments:
            self.collect(argument, bound)
        return None

    def _of_cel(self, node: Call, bound: Mapping[str, Path]) -> Path | None:
        if node.name == "bind" and len(node.arguments) == 3 and isinstance(node.arguments[0], Ident):
            value = self.collect(node.arguments[1], bound) or (SOMEWHERE,)
            return self.collect(node.arguments[2], {**bound, node.arguments[0].name: value})
        for argument in node.arguments:
            self.collect(argument, bound)
        return None

    def _macro(self, node: Call, target: Node, bound: Mapping[str, Path]) -> Path | None:
        above = self.collect(target, bound)
        held = above or (SOMEWHERE,)
        element = held if node.name.startswith("opt") else (*held, "*")
        count = _BINDERS[node.name] or len(node.arguments) - 1
        variables = [argument.name for argument in node.arguments[:count] if isinstance(argument, Ident)]
        # The first of two variables is the key or the place, and nothing within the data.
        meanings = (element,) if count == 1 else ((SOMEWHERE,), element)
        inner = {**bound, **dict(zip(variables, meanings, strict=False))}
        for argument in node.arguments[count:]:
            self.collect(argument, inner)
        return above if node.name == "filter" else None
