"""Types of expressions, and when a value of one may stand where another is expected.

Typing is gradual: `dyn` goes with everything. Rules are those of the language definition's gradual type checking.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.languages.source import Diagnostic, LanguageError, Span


class Type(NamedTuple):
    """A type by the specification's name, with its parameters; type parameters have names that start with `?`."""

    name: str
    parameters: tuple["Type", ...] = ()

    def __str__(self) -> str:
        inner = ", ".join(map(str, self.parameters))
        return f"{self.name}({inner})" if inner else self.name

    @property
    def is_parameter(self) -> bool:
        """Whether it stands for any one type."""
        return self.name.startswith("?")


DYN, NULL, BOOL, INT, UINT = Type("dyn"), Type("null_type"), Type("bool"), Type("int"), Type("uint")
DOUBLE, STRING, BYTES = Type("double"), Type("string"), Type("bytes")
PRIMITIVES: Final = frozenset({BOOL, INT, UINT, DOUBLE, STRING, BYTES})
_SHORT: Final = MappingProxyType(
    {
        "null": "null_type",
        "optional": "optional_type",
        "timestamp": "google.protobuf.Timestamp",
        "duration": "google.protobuf.Duration",
        "quantity": "kubernetes.Quantity",
        "url": "kubernetes.URL",
        "semver": "kubernetes.Semver",
        "format": "kubernetes.NamedFormat",
        "ip": "net.IP",
        "cidr": "net.CIDR",
    }
)
_TOKEN: Final = re.compile(r"\s*(->|[\w.]+|[<>,])")
Substitution = dict[Type, Type]


def list_of(element: Type) -> Type:
    """The type of lists of one type."""
    return Type("list", (element,))


def map_of(key: Type, value: Type) -> Type:
    """The type of maps."""
    return Type("map", (key, value))


def optional_of(value: Type) -> Type:
    """The type of optionals."""
    return Type("optional_type", (value,))


class Signature(NamedTuple):
    """One overload of a function."""

    member: bool
    """It is called as `x.f()`."""
    parameters: tuple[Type, ...]
    result: Type
    generic: tuple[Type, ...]
    """The type parameters in it."""


def signatures(text: str) -> tuple[Signature, ...]:
    """Overloads written as `string, int -> bool; .list<A> -> A`: a dot marks the receiver, capitals are parameters."""
    return tuple(_signature(part.strip()) for part in text.split(";"))


def _signature(text: str) -> Signature:
    member = text.startswith(".")
    tokens = [found[1] for found in _TOKEN.finditer(text.removeprefix("."))]
    place = 0
    parameters: list[Type] = []
    while tokens[place] != "->":
        one, place = _type(tokens, place)
        parameters.append(one)
        place += tokens[place] == ","
    result = _type(tokens, place + 1)[0]
    generic = tuple(dict.fromkeys(found for one in (*parameters, result) for found in _parameters_in(one)))
    return Signature(member, tuple(parameters), result, generic)


def parse_type(text: str) -> Type:
    """A type as signatures write it. Raises LanguageError."""
    tokens = [found[1] for found in _TOKEN.finditer(text)]
    try:
        return _type(tokens, 0)[0]
    except IndexError:
        span = Span(1, 1, 1, len(text) + 1)
        raise LanguageError(Diagnostic("check", f"{text!r} is no type", span)) from None


def _type(tokens: list[str], place: int) -> tuple[Type, int]:
    name = tokens[place]
    place += 1
    if len(name) == 1 and name.isupper():
        return Type(f"?{name}"), place
    inner: list[Type] = []
    if place < len(tokens) and tokens[place] == "<":
        while tokens[place] != ">":
            one, place = _type(tokens, place + 1)
            inner.append(one)
        place += 1
    return Type(_SHORT.get(name, name), tuple(inner)), place


def substitute(known: Substitution, one: Type, *, to_dyn: bool = False) -> Type:
    """A type with its parameters replaced by what is known of them, and the rest by `dyn` if asked."""
    if one.is_parameter:
        found = known.get(one)
        if found is not None:
            return substitute(known, found, to_dyn=to_dyn)
        return DYN if to_dyn else one
    if not one.parameters:
        return one
    return Type(one.name, tuple(substitute(known, inner, to_dyn=to_dyn) for inner in one.parameters))


def renamed(one: Type, names: Mapping[Type, Type]) -> Type:
    """A type with other parameters: each use of a signature has its own."""
    if one.is_parameter:
        return names[one]
    return Type(one.name, tuple(renamed(inner, names) for inner in one.parameters)) if one.parameters else one


def _parameters_in(one: Type) -> list[Type]:
    if one.is_parameter:
        return [one]
    return [found for inner in one.parameters for found in _parameters_in(inner)]


def assignable(known: Substitution, given: Type, wanted: Type) -> bool:
    """Whether a value of one type may stand for another; learns what parameters stand for, even where it may not."""
    if wanted.is_parameter:
        fits = _fits(known, given, wanted)
        if fits is not None:
            return fits
    if given.is_parameter:
        return bool(_fits(known, wanted, given))
    if DYN in {given, wanted}:
        return True
    if given == NULL:
        return _nullable(wanted)
    if given.name == "wrapper":
        return assignable(known, given.parameters[0], wanted)
    if wanted.name == "wrapper":
        return given == wanted.parameters[0]
    if given.name != wanted.name:
        return False
    if given.name == "type":
        return True
    return len(given.parameters) == len(wanted.parameters) and all(
        assignable(known, one, another) for one, another in zip(given.parameters, wanted.parameters, strict=True)
    )


def _nullable(one: Type) -> bool:
    return one not in PRIMITIVES and one.name not in {"list", "map", "type"}


def _fits(known: Substitution, given: Type, parameter: Type) -> bool | None:
    """Whether a parameter can stand for a type; None where it cannot but nothing is known of it either."""
    found = known.get(parameter)
    if found is None:
        if _occurs(known, parameter, given):
            return None
        known[parameter] = given
        return True
    if given == found:
        return True
    if assignable(known, given, found) or (found == NULL and not given.is_parameter and _nullable(given)):
        known[parameter] = more_general(given, found)
        return True
    return False


def _occurs(known: Substitution, parameter: Type, within: Type) -> bool:
    if parameter == within:
        return True
    if within.is_parameter:
        return within in known and _occurs(known, parameter, known[within])
    return any(_occurs(known, parameter, inner) for inner in within.parameters)


def more_general(one: Type, another: Type) -> Type:
    """The more general of two types of which one may stand for the other."""
    if another == NULL or (one.name == "wrapper" and another == one.parameters[0]):
        return one
    return one if _covers(one, another) else another


def _covers(one: Type, another: Type) -> bool:
    if one == DYN or one.is_parameter:
        return True
    if another == DYN or another.is_parameter or one.name != another.name:
        return False
    if one.name == "type":
        return True
    return len(one.parameters) == len(another.parameters) and all(map(_covers, one.parameters, another.parameters))
