"""Patterns: closures that compare a value with a term and bind the variables on the term's surface."""

from collections.abc import Sequence
from typing import Any, Protocol

from muniment.languages.rego.ast import ArrayTerm, ObjectTerm, Scalar, Term, Var
from muniment.languages.rego.code import Code, Frame, Sink
from muniment.languages.rego.values import UNDEFINED, Value, equal, key_of


class Matching(Protocol):
    """The compiler, as patterns see it."""

    def term(self, term: Term) -> Code:
        """The closure of a term whose variables are bound."""

    def is_bound(self, name: str) -> bool:
        """Whether a variable has a value here."""

    def bind(self, name: str) -> int:
        """The slot of a variable that gets its value now."""


def matcher(compiler: Matching, pattern: Term) -> Sink:
    """The closure that says whether a value fits."""
    if isinstance(pattern, Var):
        return _variable(compiler, pattern)
    if isinstance(pattern, Scalar):
        return _constant(pattern.value)
    if isinstance(pattern, ArrayTerm):
        return _array([matcher(compiler, item) for item in pattern.items])
    if isinstance(pattern, ObjectTerm):
        pairs = [(compiler.term(key), matcher(compiler, value)) for key, value in pattern.pairs]
        return _object(pairs)
    return _computed(compiler.term(pattern))


def _anything(_frame: Frame, _value: Value) -> bool:
    return True


def _variable(compiler: Matching, pattern: Var) -> Sink:
    if pattern.name[0] == "$":
        return _anything
    if compiler.is_bound(pattern.name):
        return _computed(compiler.term(pattern))
    slot = compiler.bind(pattern.name)

    def match(frame: Frame, value: Value) -> bool:
        frame[slot] = value
        return True

    return match


def _constant(wanted: Value) -> Sink:
    if wanted.__class__ is str:
        return lambda _frame, value: value == wanted
    return lambda _frame, value: equal(value, wanted)


def _computed(code: Code) -> Sink:
    def match(frame: Frame, value: Value) -> bool:
        wanted = code(frame)
        return wanted is not UNDEFINED and equal(wanted, value)

    return match


def _array(items: Sequence[Sink]) -> Sink:
    size = len(items)

    def match(frame: Frame, value: Value) -> bool:
        if value.__class__ is not list or len(value) != size:
            return False
        return all(item(frame, member) for item, member in zip(items, value, strict=True))

    return match


def _object(pairs: Sequence[tuple[Code, Sink]]) -> Sink:
    size = len(pairs)

    def match(frame: Frame, value: Value) -> bool:
        if value.__class__ is not dict or len(value) != size:
            return False
        return all(_member(frame, value, key, sink) for key, sink in pairs)

    return match


def _member(frame: Frame, value: dict[Any, Value], key: Code, sink: Sink) -> bool:
    name = key(frame)
    if name is UNDEFINED:
        return False
    member = value.get(key_of(name), UNDEFINED)
    return member is not UNDEFINED and bool(sink(frame, member))
