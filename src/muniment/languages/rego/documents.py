"""Documents at run time: the tree of rules, the values of its nodes, and what walks along `data`."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from muniment.languages.rego.errors import NOWHERE, RegoEvaluationError
from muniment.languages.rego.query import Query
from muniment.languages.rego.values import (
    UNDEFINED,
    Value,
    child,
    equal,
    make_set,
    ordered_keys,
    value_of,
)
from muniment.languages.source import Span

MISSING: Final = object()
Clause = Callable[..., Any]


class Branch(dict[Any, Any]):
    """An object that rules are filling: its members may come from several of them, unlike those of a value."""

    __slots__ = ()


class Node:
    """A path below `data` that packages or rules have; `kind` tells what its own rules make.

    Kinds: `none`, `complete`, `set`, `object` (rules whose heads have variables), `function`.
    """

    __slots__ = (
        "_listing",
        "arity",
        "children",
        "clauses",
        "fallback",
        "file",
        "fixed",
        "invoke",
        "kind",
        "name",
        "path",
        "span",
    )

    def __init__(self, path: tuple[str, ...]) -> None:
        self.path = path
        self.name = ".".join(("data", *path))
        self.children: dict[str, Node] = {}
        self.kind = "none"
        self.arity = 0
        self._listing = object()
        self.clauses: tuple[Clause, ...] = ()
        self.fallback: Clause | None = None
        """The default rule."""
        self.fixed = False
        """Whether all rules have one and the same value."""
        self.invoke: Callable[[Query, list[Value]], Value] = self._call
        self.file = ""
        self.span: Span = NOWHERE

    def conflict(self, message: str) -> RegoEvaluationError:
        """The error of values that cannot stand together."""
        return RegoEvaluationError("eval_conflict_error", message, file=self.file, span=self.span)

    def value(self, query: Query) -> Value:
        """The value of the node's document: computed once in a query."""
        found = query.cache.get(self, MISSING)
        if found is not MISSING:
            return found
        query.spend(1)
        if self.is_masked(query):
            found = walk(query.data, self.path)
        elif self.kind == "complete":
            found = self._complete(query)
        elif self.kind == "set" and not self.children:
            found = self._set(query)
        elif self.kind == "function" and not self.children:
            found = UNDEFINED
        else:
            found = self.extent(query, walk(query.data, self.path))
        query.cache[self] = found
        return found

    def _complete(self, query: Query) -> Value:
        value: Value = UNDEFINED
        for clause in self.clauses:
            found = clause(query)
            if found is UNDEFINED:
                continue
            if value is UNDEFINED:
                value = found
                if self.fixed:
                    break
            elif not equal(value, found):
                raise self.conflict(f"rule {self.name} produced conflicting values")
        if value is UNDEFINED and self.fallback is not None:
            return self.fallback(query)
        return value

    def _set(self, query: Query) -> Value:
        return make_set(self.listing(query))

    def listing(self, query: Query) -> list[Value]:
        """What rules put into a set, in the order in which they did and as often: nothing needs to be compared yet."""
        found: list[Value] | None = query.cache.get(self._listing)
        if found is None:
            query.spend(1)
            found = query.cache[self._listing] = []
            for clause in self.clauses:
                clause(query, found)
        return found

    def is_masked(self, query: Query) -> bool:
        """Whether something else stands in the place of what the rules make."""
        return bool(query.masks) and query.masked(self.path)

    def _call(self, query: Query, arguments: list[Value]) -> Value:
        query.spend(1)
        return self.agreed(query, self.clauses, arguments)

    def agreed(self, query: Query, clauses: Iterable[Clause], arguments: list[Value]) -> Value:
        """The one value of a function's definitions for its arguments."""
        value: Value = UNDEFINED
        for clause in clauses:
            found = clause(query, arguments)
            if found is UNDEFINED:
                continue
            if value is UNDEFINED:
                value = found
                if self.fixed:
                    break
            elif not equal(value, found):
                raise self.conflict(f"function {self.name} produced conflicting values for the same inputs")
        if value is UNDEFINED and self.fallback is not None:
            return self.fallback(query, arguments)
        return value

    def extent(self, query: Query, base: Value) -> Value:
        """Everything under the node: what rules make, and the base document's members beside it."""
        made = Branch()
        self.fill(query, made)
        virtual = _settled(made)
        if base is UNDEFINED:
            return virtual
        return _merged(base, virtual)

    def fill(self, query: Query, into: Branch) -> None:
        """Puts what rules make under this node into a branch."""
        if self.kind == "object":
            for clause in self.clauses:
                clause(query, into)
        for name, node in self.children.items():
            if node.is_masked(query):
                continue
            if node.kind == "complete":
                value = node.value(query)
                if value is not UNDEFINED:
                    put(node, into, [name], value)
            elif node.kind == "set":
                for key in node.value(query):
                    add(node, into, [name], key)
                if name not in into:
                    into[name] = set()
            elif node.kind != "function" or node.children:
                below = into.setdefault(name, Branch())
                if below.__class__ is not Branch:
                    raise node.conflict(f"rule {node.name} produced conflicting values")
                node.fill(query, below)


def put(node: Node, into: Branch, path: list[Any], value: Value) -> None:
    """Puts a value under a path of keys that rules fill. Raises RegoEvaluationError when another stands there."""
    place = _parent(node, into, path)
    found = place.get(path[-1], MISSING)
    if found is MISSING:
        place[path[-1]] = value
    elif found.__class__ is Branch or found.__class__ is set or not equal(found, value):
        raise _duplicate(node, path)


def add(node: Node, into: Branch, path: list[Any], member: Any) -> None:
    """Puts a member into the set under a path of keys."""
    place = _parent(node, into, path)
    found = place.setdefault(path[-1], set())
    if found.__class__ is not set:
        raise _duplicate(node, path)
    found.add(member)


def _parent(node: Node, into: Branch, path: list[Any]) -> Branch:
    for key in path[:-1]:
        below = into.setdefault(key, Branch())
        if below.__class__ is not Branch:
            raise _duplicate(node, path)
        into = below
    return into


def _duplicate(node: Node, path: list[Any]) -> RegoEvaluationError:
    if node.kind == "complete" or len(path) > 1:
        return node.conflict(f"rule {node.name} produced conflicting values")
    return node.conflict("object keys must be unique")


def _settled(made: Any) -> Value:
    if made.__class__ is Branch:
        return {key: _settled(value) for key, value in made.items()}
    return frozenset(made) if made.__class__ is set else made


def _merged(base: Value, virtual: Value) -> Value:
    if base.__class__ is not dict or virtual.__class__ is not dict:
        return base
    made = dict(base)
    for key, value in virtual.items():
        made[key] = _merged(base[key], value) if key in base else value
    return made


class Cursor:
    """A place below `data` that has rules beneath it, with the base document of that place."""

    __slots__ = ("base", "node")

    def __init__(self, node: Node, base: Value) -> None:
        self.node = node
        self.base = base


def step(query: Query, value: Any, key: Value) -> Any:
    """What stands under a key of a value or of a place below `data`."""
    if value.__class__ is not Cursor:
        return child(value, key)
    base = based(value.base, key)
    node = value.node.children.get(key) if key.__class__ is str else None
    return base if node is None else arrive(query, node, base)


def arrive(query: Query, node: Node, base: Value) -> Any:
    """The value of a node that has rules, or the place where it is."""
    if node.is_masked(query):
        return base
    return Cursor(node, base) if node.kind == "none" else node.value(query)


def settle(query: Query, value: Any) -> Value:
    """The value of what walking has come to."""
    return value.node.extent(query, value.base) if value.__class__ is Cursor else value


def members_of(query: Query, value: Any) -> Iterable[tuple[Value, Any]]:
    """Keys and values of a collection or of a place below `data`, in order."""
    kind = value.__class__
    if kind is list:
        return enumerate(value)
    if kind is dict:
        return [(value_of(key), value[key]) for key in ordered_keys(value)]
    if kind is frozenset:
        return [(value_of(key), value_of(key)) for key in ordered_keys(value)]
    if kind is Cursor:
        keys = set(value.node.children)
        if value.base.__class__ is dict:
            keys.update(value.base)
        found = [(value_of(key), step(query, value, value_of(key))) for key in ordered_keys(keys)]
        return [(key, member) for key, member in found if member is not UNDEFINED]
    return ()


def based(document: Value, key: Value) -> Value:
    """What stands under a key of a base document, where numbers are keys of objects too."""
    found = child(document, key)
    if found is UNDEFINED and key.__class__ is int and document.__class__ is dict:
        return document.get(str(key), UNDEFINED)
    return found


def walk(value: Value, path: Iterable[Value]) -> Value:
    """What stands under a path of keys in a value."""
    for key in path:
        value = value.get(key, UNDEFINED) if value.__class__ is dict and key.__class__ is str else child(value, key)
    return value


def node_at(root: Node, path: Iterable[str]) -> Node:
    """The node of a path, made if there is none."""
    for name in path:
        found = root.children.get(name)
        if found is None:
            found = root.children[name] = Node((*root.path, name))
        root = found
    return root
