"""Tells rules that judge a list of objects, as `input[_]`, from those that judge one object."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from muniment.languages.rego.ast import Comprehension, Every, Module, Ref, Rule, Scalar, SomeIn, Var

_OF_OBJECTS: Final = frozenset(
    {
        "apiVersion",
        "data",
        "imagePullSecrets",
        "kind",
        "metadata",
        "roleRef",
        "rules",
        "secrets",
        "spec",
        "status",
        "subjects",
        "webhooks",
    }
)
"""First fields of objects, by which members of the input are taken for objects."""
_CONTENTS: Final = "contents"
"""Where each file of a combined input has its object, beside `path`."""


class Layout(NamedTuple):
    """How rules want the list of all objects."""

    wrapped: bool
    """Whether each is one of `contents`, as in Conftest's combined input."""
    joins: bool
    """Whether an answer about one object may depend on the others."""


class _Use(NamedTuple):
    """What one part of a rule does with the input, or with what it took out of it."""

    iterates: int = 0
    whole: int = 0
    """How often all of it is used, as an argument."""
    named: int = 0
    """How often a field of it is read by name."""
    within: int = 0
    """How many of the iterations stand in inner bodies."""
    fields: frozenset[str] = frozenset()
    """First fields that are read of anything else."""

    def plus(self, other: "_Use", *, inner: bool = False) -> "_Use":
        return _Use(
            self.iterates + other.iterates,
            self.whole + other.whole,
            self.named + other.named,
            self.within + (other.iterates if inner else other.within),
            self.fields | other.fields,
        )


def layout(modules: Iterable[Module], namespace: str) -> Layout | None:
    """The list that the rules of a namespace walk through; None where they judge one object.

    They judge a list if they iterate over the input, read nothing of it by name, and know its members by fields of
    objects.
    """
    chosen = [module for module in modules if ".".join(module.package) == namespace]
    if any(one.path[0] == "input" and len(one.path) > 1 for module in chosen for one in module.imports):
        return None
    rules = [rule for module in chosen for rule in module.rules]
    uses = [_used(rule) for rule in rules]
    every = _together(uses)
    wrapped = _CONTENTS in every.fields
    if every.named or not every.iterates or not (wrapped or every.fields & _OF_OBJECTS):
        return None
    joins = any(_joins(rule, use) for rule, use in zip(rules, uses, strict=True))
    return Layout(wrapped, joins)


def _joins(rule: Rule, use: _Use) -> bool:
    """Whether a definition looks at several objects at once, or may do so for whoever calls it."""
    return bool(use.whole or use.within or use.iterates > 1 or (use.iterates and rule.parameters is not None))


def _together(uses: Iterable[_Use]) -> _Use:
    found = _Use()
    for use in uses:
        found = found.plus(use)
    return found


def _used(node: Any) -> _Use:
    """What a part of a tree does with the input."""
    if isinstance(node, Var):
        return _Use(whole=1) if node.name == "input" else _Use()
    if isinstance(node, Ref) and isinstance(node.head, Var):
        return _used_by(node, node.head)
    if isinstance(node, SomeIn | Every) and isinstance(node.domain, Var) and node.domain.name == "input":
        rest = _together(_used(part) for part in node if part is not node.domain)
        return _Use(iterates=1).plus(rest, inner=isinstance(node, Every))
    if not isinstance(node, tuple):
        return _Use()
    found = _together(map(_used, node))
    return _Use().plus(found, inner=isinstance(node, Comprehension))


def _used_by(ref: Ref, head: Var) -> _Use:
    """What a reference does, with the steps of its path."""
    rest = _together(map(_used, ref.path))
    if head.name != "input":
        return rest.plus(_Use(fields=frozenset(_names(ref.path[:1]))))
    if isinstance(ref.path[0], Scalar) and isinstance(ref.path[0].value, str):
        return rest.plus(_Use(named=1))
    return rest.plus(_Use(iterates=1, fields=frozenset(_names(ref.path[1:2]))))


def _names(path: Iterable[Any]) -> Iterator[str]:
    return (step.value for step in path if isinstance(step, Scalar) and isinstance(step.value, str))
