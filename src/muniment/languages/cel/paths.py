"""Which parts of the data an expression can read, found without any data."""

from collections.abc import Mapping
from typing import Final

from muniment.languages.cel.ast import Call, Ident, Index, Literal, Node, Select, children

Path = tuple[str, ...]


def paths_of(tree: Node) -> frozenset[Path]:
    """Selections that are rooted at a name that the tree does not bind itself; an index or element is `*`."""
    found: set[Path] = set()
    _collect(tree, {}, found)
    return frozenset(found)


_BINDERS: Final = frozenset(
    {
        "all",
        "exists",
        "exists_one",
        "existsOne",
        "map",
        "filter",
        "transformList",
        "transformMap",
        "transformMapEntry",
        "sortBy",
        "optMap",
        "optFlatMap",
    }
)


def _collect(node: Node, bound: Mapping[str, Path], found: set[Path]) -> Path | None:
    """Adds the paths of a tree; the path of the node itself, if it is one."""
    if isinstance(node, Ident):
        path = bound.get(node.name, (node.name,))
        if node.name not in bound:
            found.add(path)
        return path
    if isinstance(node, Select | Index):
        above = _collect(node.operand, bound, found)
        if isinstance(node, Index):
            _collect(node.key, bound, found)
        if above is None:
            step = node.field if isinstance(node, Select) else "*"
            found.add(("~", step))
            return ("~", step)
        literal = isinstance(node, Index) and isinstance(node.key, Literal) and isinstance(node.key.value, str)
        step = node.field if isinstance(node, Select) else str(node.key.value) if literal else "*"  # type: ignore[attr-defined]  # a literal key
        path = (*above, step)
        found.add(path)
        return path
    if isinstance(node, Call) and node.target is not None and node.name in _BINDERS:
        return _collect_macro(node, bound, found)
    for child in children(node):
        _collect(child, bound, found)
    return None


def _collect_macro(node: Call, bound: Mapping[str, Path], found: set[Path]) -> Path | None:
    assert node.target is not None  # noqa: S101  the caller has looked
    above = _collect(node.target, bound, found)
    element = (*above, "*") if above is not None else ("~", "*")
    names = [argument.name for argument in node.arguments if isinstance(argument, Ident)]
    count = 1 if len(node.arguments) == 2 or node.name == "map" else 2
    inner = {**bound, **dict.fromkeys(names[:count], element)}
    for argument in node.arguments[count if len(node.arguments) > count else 0 :]:
        _collect(argument, inner, found)
    return above if node.name == "filter" else None
