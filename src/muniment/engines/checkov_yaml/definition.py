"""The tree of a policy's `definition`, read strictly: what Checkov would drop without a word is a complaint here."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from muniment.engines.checkov_yaml.jsonpath import PathError, compile_path
from muniment.engines.checkov_yaml.kinds import Types, all_types, taggable
from muniment.engines.checkov_yaml.operators import OPERATORS, PATTERNS
from muniment.engines.checkov_yaml.patterns import PatternError, compile_pattern

_TREES: Final = ("and", "or", "not")
_CONNECTIONS: Final = ("exists", "not_exists", "one_exists")
_FILTERS: Final = ("within", "not_within")
_RESOURCES: Final = ("exists", "not_exists")
_JSONPATH: Final = "jsonpath_"
_DEEPEST: Final = 50

Complain = Callable[[str, Any, object], None]
"""Told what is wrong, in which mapping, at which of its keys."""


class Attribute(NamedTuple):
    """An operator on one attribute."""

    types: Types
    path: str
    operator: str
    value: Any
    jsonpath: bool

    @property
    def wildcard(self) -> bool:
        """Whether the path stands for several attributes."""
        return not self.jsonpath and ".*" in self.path.lstrip(".")


class Tree(NamedTuple):
    """`and`, `or` or `not` of others."""

    operator: str
    children: tuple["Node", ...]


class Connection(NamedTuple):
    """Whether resources of two sorts refer to each other."""

    types: Types
    connected: Types
    operator: str


class Filter(NamedTuple):
    """Narrows what the others say to resources whose attribute has one of the values."""

    types: Types
    attribute: str
    values: tuple[Any, ...]
    negated: bool


class Allowed(NamedTuple):
    """Which types of resources may be there at all."""

    types: Types
    operator: str


Node = Attribute | Tree | Connection | Filter | Allowed


def read_definition(raw: Any, providers: Sequence[str], complain: Complain) -> Node | None:
    """The tree of a definition; None, after at least one complaint, if it is not one."""
    node = _Reader(providers, complain).node(raw, 0)
    if isinstance(node, Filter):
        complain("a filter alone judges nothing: put it beside a connection", raw, None)
        return None
    return node


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it."""
    yield node
    if isinstance(node, Tree):
        for child in node.children:
            yield from walk(child)


def types_of(node: Node) -> Types:
    """Every type that a tree gives an answer for."""
    if isinstance(node, Allowed):
        return Types(every=True)
    found = Types()
    for one in walk(node):
        if isinstance(one, Connection):
            found = found.union(one.types).union(one.connected)
        elif isinstance(one, Attribute | Allowed):
            found = found.union(one.types)
    return found


def joins(node: Node) -> bool:
    """Whether a tree has to look at more than one resource."""
    return any(isinstance(one, Connection) for one in walk(node))


class _Reader:
    __slots__ = ("_complain", "_providers")

    def __init__(self, providers: Sequence[str], complain: Complain) -> None:
        self._providers = providers
        self._complain = complain

    def node(self, raw: Any, depth: int) -> Node | None:
        """One condition or tree."""
        if not isinstance(raw, dict):
            self._complain("`definition` and everything below it must be mappings", raw, None)
            return None
        if depth > _DEEPEST:
            self._complain("the definition is nested too deeply", raw, None)
            return None
        operators = [name for name in _TREES if raw.get(name)]
        if len(operators) > 1:
            self._complain(f"`{operators[0]}` and `{operators[1]}` stand side by side", raw, operators[1])
            return None
        return self._tree(raw, operators[0], depth) if operators else self._condition(raw)

    def _tree(self, raw: dict[str, Any], operator: str, depth: int) -> Node | None:
        held = raw[operator]
        items = [held] if isinstance(held, dict) else held
        if not isinstance(items, list):
            self._complain(f"`{operator}` must hold conditions", raw, operator)
            return None
        children = [self.node(item, depth + 1) for item in items]
        found = tuple(child for child in children if child is not None)
        if len(found) < len(children):
            return None
        return self._checked(Tree(operator, found), raw)

    def _checked(self, tree: Tree, raw: dict[str, Any]) -> Tree | None:
        """Refuses trees that mean nothing."""
        if tree.operator == "not" and len(tree.children) != 1:
            self._complain("`not` takes exactly one condition", raw, "not")
        elif tree.operator == "not" and joins(tree):
            self._complain("`not` cannot turn a connection around: use not_exists", raw, "not")
        elif any(isinstance(child, Allowed) for child in tree.children):
            self._complain("a `resource` condition stands alone", raw, tree.operator)
        elif all(isinstance(child, Filter) for child in tree.children):
            self._complain("filters alone judge nothing", raw, tree.operator)
        else:
            return tree
        return None

    def _condition(self, raw: dict[str, Any]) -> Node | None:
        sort = raw.get("cond_type") or ""
        types = self._types(raw)
        operator = str(raw.get("operator", "")) if sort else "any"
        if sort in {"", "attribute"}:
            return self._attribute(raw, types, operator)
        if sort == "connection" and self._known(raw, operator, _CONNECTIONS):
            return Connection(types, self._connected(raw), operator)
        if sort == "filter" and self._known(raw, operator, _FILTERS):
            return self._filter(raw, types, operator)
        if sort == "resource" and self._known(raw, operator, _RESOURCES):
            return Allowed(types, operator)
        if sort not in {"connection", "filter", "resource"}:
            known = "attribute, connection, filter, resource"
            self._complain(f"unknown condition type {sort!r}; known: {known}", raw, "cond_type")
        return None

    def _known(self, raw: dict[str, Any], operator: str, names: Sequence[str]) -> bool:
        if operator in names:
            return True
        known = f"; a {raw['cond_type']} takes {', '.join(names)}" if len(names) < 5 else ""
        self._complain(f"unknown operator {operator!r}{known}", raw, "operator" if "operator" in raw else "cond_type")
        return False

    def _attribute(self, raw: dict[str, Any], types: Types, operator: str) -> Attribute | None:
        jsonpath = operator.startswith(_JSONPATH)
        name = operator.removeprefix(_JSONPATH)
        path = raw.get("attribute")
        if not self._known(raw, name, (*OPERATORS, *PATTERNS)):
            return None
        if name != "any" and (not isinstance(path, str) or not path):
            self._complain("`attribute` is missing", raw, "operator")
            return None
        value = raw.get("value")
        try:
            if jsonpath:
                compile_path(str(path))
            if name in PATTERNS:
                compile_pattern(str(value))
        except (PathError, PatternError) as error:
            self._complain(str(error), raw, "value" if isinstance(error, PatternError) else "attribute")
            return None
        return Attribute(types, path if isinstance(path, str) else "", name, value, jsonpath)

    def _filter(self, raw: dict[str, Any], types: Types, operator: str) -> Filter | None:
        path, value = raw.get("attribute"), raw.get("value")
        if not isinstance(path, str) or value is None:
            self._complain("a filter needs `attribute` and `value`", raw, "operator")
            return None
        return Filter(types, path, tuple(value) if isinstance(value, list) else (value,), operator == "not_within")

    def _types(self, raw: dict[str, Any]) -> Types:
        names = self._names(raw, "resource_types")
        first = names[0].lower() if names else "all"
        if first == "taggable":
            return taggable(self._providers)
        if first == "all":
            return all_types(self._providers)
        if "provider" in names and any(self._providers):
            return Types(frozenset(f"provider.{provider.lower()}" for provider in self._providers))
        return Types(frozenset(names))

    def _connected(self, raw: dict[str, Any]) -> Types:
        names = self._names(raw, "connected_resource_types")
        if not names:
            return Types(every=True)
        return all_types(self._providers) if [name.lower() for name in names] == ["all"] else Types(frozenset(names))

    def _names(self, raw: dict[str, Any], key: str) -> tuple[str, ...]:
        value = raw.get(key) or []
        names = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else None
        if names is None or not all(isinstance(name, str) for name in names):
            self._complain(f"`{key}` must be a name or a list of names", raw, key)
            return ()
        return names
