"""Refuses calls and comparisons that no value can satisfy: operands whose types are known and are none of those wanted.

A type is a tuple of alternatives; nothing at all is known of `None`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from muniment.languages.rego.ast import (
    ArrayTerm,
    Body,
    Call,
    Comprehension,
    Equation,
    Expression,
    ObjectTerm,
    Scalar,
    SetTerm,
    Template,
    Term,
    Var,
)
from muniment.languages.rego.definitions import Definition, Faults
from muniment.languages.rego.names import Report
from muniment.languages.rego.signatures import Builtins
from muniment.languages.rego.values import type_name
from muniment.languages.rego.variables import children, direct_terms

_TOKEN: Final = re.compile(r"[a-z]+|[\[\]:|]")
_EQUAL: Final = "equal"


class Shape(NamedTuple):
    """One kind of value; a collection with the types that its keys and its members have, none where it is empty."""

    kind: str
    keys: tuple["Type", ...] = ()
    members: tuple["Type", ...] = ()


Type = tuple[Shape, ...] | None
Types = Mapping[str, Type]
_NO_TYPES: Final[Types] = MappingProxyType({})


def check_operands(definitions: Sequence[Definition], builtins: Builtins, faults: Faults) -> None:
    """Reports all of them, in OPA's words."""
    signatures: dict[str, Type] = {}
    for definition in definitions:
        checker = _Checker(builtins, signatures, faults.reporter(definition.module))
        branch: Definition | None = definition
        while branch is not None:
            known = checker.body(branch.body, _NO_TYPES)
            for term in (*branch.tail, branch.value, branch.member):
                if term is not None:
                    checker.term(term, known)
            branch = branch.alternative


class _Checker:
    """Walks through the bodies of one module."""

    __slots__ = ("_builtins", "_report", "_signatures")

    def __init__(self, builtins: Builtins, signatures: dict[str, Type], report: Report) -> None:
        self._builtins = builtins
        self._signatures = signatures
        """The types in signatures, by their texts."""
        self._report = report

    def body(self, body: Body, known: Types) -> Types:
        """Checks lines; what is known behind them is what they declare."""
        for one in body:
            clause = one.term
            if isinstance(clause, Equation) and clause.declares and isinstance(clause.left, Var):
                known = {**known, clause.left.name: self.type_of(clause.right, known)}
        for one in body:
            self._line(one, known)
        return known

    def _line(self, one: Expression, known: Types) -> None:
        clause = one.term
        if isinstance(clause, Equation):
            self._sides(clause.left, clause.right, clause, known)
        for term in direct_terms(clause):
            self.term(term, known)

    def term(self, term: Term, known: Types) -> None:
        """Checks the calls of a term and the comprehensions within it."""
        for child in children(term):
            self.term(child, known)
        if isinstance(term, Call) and isinstance(term.operator, str):
            self._call(term, known)
        elif isinstance(term, Comprehension):
            inner = self.body(term.body, known)
            for head in (term.key, term.value):
                if head is not None:
                    self.term(head, inner)

    def _call(self, call: Call, known: Types) -> None:
        found = self._builtins.find(call.operator)
        if found is None or found.variadic or len(found.parameters) != len(call.arguments):
            return
        if found.name == _EQUAL:
            left, right = call.arguments
            self._sides(left, right, call, known)
            return
        have = [self.type_of(argument, known) for argument in call.arguments]
        if not all(map(_fits, have, map(self._signed, found.parameters))):
            shown = ", ".join(map(_text, have)), ", ".join(found.parameters)
            message = f"{found.name}: invalid argument(s)\n\thave: ({shown[0]}, ???)\n\twant: ({shown[1]})"
            self._report("rego_type_error", message, call)

    def _sides(self, left: Term, right: Term, node: Any, known: Types) -> None:
        first, second = self.type_of(left, known), self.type_of(right, known)
        if not _fits(first, second):
            message = f"match error\n\tleft  : {_text(first)}\n\tright : {_text(second)}"
            self._report("rego_type_error", message, node)

    def type_of(self, term: Term, known: Types) -> Type:
        """The type of a term as far as it shows."""
        if isinstance(term, Scalar):
            return (Shape(type_name(term.value)),)
        if isinstance(term, Var):
            return known.get(term.name)
        if isinstance(term, ArrayTerm | SetTerm):
            kind = "array" if isinstance(term, ArrayTerm) else "set"
            return (Shape(kind, (), tuple(self.type_of(item, known) for item in term.items)),)
        if isinstance(term, ObjectTerm):
            keys, members = ([self.type_of(part, known) for part in column] for column in _columns(term))
            return (Shape("object", tuple(keys), tuple(members)),)
        if isinstance(term, Comprehension):
            return (Shape(term.kind, (None,), (None,)),)
        if isinstance(term, Template):
            return (Shape("string"),)
        if not isinstance(term, Call) or not isinstance(term.operator, str):
            return None
        found = self._builtins.find(term.operator)
        return self._signed(found.result) if found is not None else None

    def _signed(self, text: str) -> Type:
        if text not in self._signatures:
            self._signatures[text] = type_from(text)
        return self._signatures[text]


def _columns(term: ObjectTerm) -> tuple[list[Term], list[Term]]:
    return [key for key, _ in term.pairs], [value for _, value in term.pairs]


def _fits(have: Type, want: Type) -> bool:
    """Whether some value of one type is of the other."""
    if have is None or want is None:
        return True
    return any(_alike(one, other) for one in have for other in want)


def _alike(one: Shape, other: Shape) -> bool:
    if one.kind != other.kind:
        return False
    if len(one.members) > 1 and len(other.members) > 1:
        return True
    pairs = ((one.keys, other.keys), (one.members, other.members))
    return all(_fits(have, want) for ours, theirs in pairs for have in ours for want in theirs)


def type_from(text: str) -> Type:
    """The type that a signature writes: see `Builtin.parameters`."""
    found, rest = _alternatives(_TOKEN.findall(text))
    return found if not rest else None


def _alternatives(tokens: list[str]) -> tuple[Type, list[str]]:
    shapes: list[Shape] = []
    unknown = False
    while tokens:
        kind, *tokens = tokens
        parts: list[Type] = []
        if tokens and tokens[0] == "[":
            while tokens[0] != "]":
                part, tokens = _alternatives(tokens[1:])
                parts.append(part)
            tokens = tokens[1:]
        unknown = unknown or kind == "any"
        shapes.append(_shape(kind, parts))
        if not tokens or tokens[0] != "|":
            break
        tokens = tokens[1:]
    return None if unknown else tuple(shapes), tokens


def _shape(kind: str, parts: Sequence[Type]) -> Shape:
    if kind == "integer":
        return Shape("number")
    if kind in {"array", "set"}:
        return Shape(kind, (), tuple(parts) or (None,))
    if kind == "object":
        key, member = parts if len(parts) > 1 else (None, None)
        return Shape(kind, (key,), (member,))
    return Shape(kind)


def _text(one: Type) -> str:
    return "any" if one is None else "|".join(_names(one))


def _names(alternatives: Sequence[Shape]) -> Iterator[str]:
    for shape in alternatives:
        inner = dict.fromkeys(map(_text, shape.members))
        yield shape.kind + (f"[{'|'.join(inner)}]" if inner and "any" not in inner else "")
