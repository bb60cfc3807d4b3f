"""Which base documents a rule reads that nobody gives: what it says without them is no success."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from muniment.languages.rego.ast import Call, Module, Ref, Rule, Scalar, Var, With

Path = tuple[str, ...]


def absent(modules: Sequence[Module], namespace: str, name: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    """The base documents, as `data.settings`, that a rule or one that it asks reads, and that `data` has not.

    What some `with` gives is not absent.
    """
    known = _Library(modules)
    read, given = _reached(known, (*namespace.split("."), name))
    missing = {path[0] for path in read if known.is_base(path)} - {path[0] for path in given if path} - data.keys()
    return tuple(f"data.{one}" for one in sorted(missing))


class _Library:
    """The definitions of modules by their paths."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self.rules: dict[Path, list[tuple[Module, Rule]]] = {}
        self._packages = frozenset(module.package for module in modules)
        for module in modules:
            for rule in module.rules:
                self.rules.setdefault((*module.package, rule.name), []).append((module, rule))

    def rule_of(self, path: Path) -> Path | None:
        """The rule that a path below `data` leads to or through."""
        return next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self.rules), None)

    def is_base(self, path: Path) -> bool:
        """Whether a path leads to no rule, and to no package or a part of one."""
        rooted = any(package[: len(path)] == path for package in self._packages)
        return bool(path) and not rooted and self.rule_of(path) is None


def _reached(known: _Library, start: Path) -> tuple[list[Path], list[Path]]:
    """All paths below `data` that are read from a rule on, and those that some `with` gives."""
    read: list[Path] = []
    given: list[Path] = []
    waiting, seen = [start], {start}
    while waiting:
        for module, definition in known.rules.get(waiting.pop(), ()):
            meanings = _meanings(module, known)
            paths = list(_paths(definition, meanings, given))
            read += paths
            rules = {rule for path in paths if (rule := known.rule_of(path))} - seen
            seen |= rules
            waiting += rules
    return read, given


def _meanings(module: Module, known: _Library) -> dict[str, Path]:
    """What names of a module stand for below `data`: its package's rules, its imports and `data` itself."""
    own = {path[-1]: path for path in known.rules if path[:-1] == module.package}
    imported = {one.alias: one.path[1:] for one in module.imports if one.path[0] == "data"}
    return {**own, **imported, "data": ()}


def _paths(node: Any, meanings: Mapping[str, Path], given: list[Path]) -> Iterator[Path]:
    """The constant beginnings of all references below `data` in a part of a tree."""
    if isinstance(node, Var):
        if node.name in meanings:
            yield meanings[node.name]
        return
    if isinstance(node, Ref) and isinstance(node.head, Var):
        if node.head.name in meanings:
            yield (*meanings[node.head.name], *_constants(node.path))
        node = node.path
    elif isinstance(node, With):
        given += _paths(node.target, meanings, given)
        node = (node.value,)
    elif isinstance(node, Call):
        node = (node.operator, node.arguments)
    for part in node if isinstance(node, tuple) else ():
        yield from _paths(part, meanings, given)


def _constants(steps: Iterable[Any]) -> Iterator[str]:
    for step in steps:
        if not isinstance(step, Scalar) or not isinstance(step.value, str):
            return
        yield step.value
