"""Checks of operands: what a signature of the table asks of arguments before a builtin sees them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from muniment.languages.rego.signatures import BuiltinError, operand_error
from muniment.languages.rego.values import Value, type_name, value_of

Function = Callable[..., Any]

CLASSES: Final = MappingProxyType[str, tuple[type, ...]](
    {
        "null": (type(None),),
        "boolean": (bool,),
        "number": (int, float, Decimal),
        "string": (str,),
        "array": (list,),
        "object": (dict,),
        "set": (frozenset,),
    }
)
"""The classes of values by the names of their types."""
_CHECKED_MEMBERS: Final = frozenset({"string", "number", "object"})
"""Types of members that are looked at one by one; of others the builtin speaks itself."""


class Operand(NamedTuple):
    """What one argument has to be; without `classes` it may be anything."""

    classes: frozenset[type] = frozenset()
    wanted: str = "any"
    """The types in OPA's words."""
    members: frozenset[type] = frozenset()
    """Classes of the members of an array or set, where they are checked."""
    member: str = ""
    """The name of the members' type."""
    whole: bool = False
    """It is passed as an int, and must be equal to one."""

    def check(self, position: int, value: Value) -> Value:
        """The argument as the builtin gets it. Raises BuiltinError if it is none."""
        kind = value.__class__
        if self.classes and kind not in self.classes:
            raise operand_error(position, self.wanted, value)
        if self.whole and kind is not int:
            return _whole(position, value)
        if self.members and (kind is list or kind is frozenset):
            self._check_members(position, value)
        return value

    def _check_members(self, position: int, container: Value) -> None:
        for member in container:
            if member.__class__ not in self.members:
                name = type_name(container)
                message = f"operand {position} must be {name} of {self.member}s but got {name} containing"
                raise BuiltinError(f"{message} {type_name(value_of(member))}", code="eval_type_error")


def _whole(position: int, value: float | Decimal) -> int:
    if value % 1 == 0:
        return int(value)
    message = f"operand {position} must be integer number but got floating-point number"
    raise BuiltinError(message, code="eval_type_error")


def operand(text: str) -> Operand:
    """The check that a parameter's type in the table stands for."""
    names = [part.partition("[")[0] for part in split_types(text)]
    if "any" in names:
        return Operand()
    whole = names == ["integer"]
    names = ["number"] if whole else names
    wanted = names[0] if len(names) == 1 else f"one of {{{', '.join(names)}}}"
    classes = frozenset(cls for name in names for cls in CLASSES[name])
    member = _member(text)
    return Operand(classes, wanted, frozenset(CLASSES[member] if member else ()), member, whole)


def split_types(text: str, mark: str = "|") -> list[str]:
    """The parts of a text of types that `mark` separates outside brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if char == mark and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part]


def _member(text: str) -> str:
    """The one type of the members of arrays and sets, nothing where members are not checked."""
    inner = {part.partition("[")[2][:-1] for part in split_types(text) if part.startswith(("array[", "set["))}
    return inner.pop() if len(inner) == 1 and inner <= _CHECKED_MEMBERS else ""


def checked(function: Function, parameters: tuple[str, ...], *, context: bool) -> Function:
    """`function` behind the checks of its parameters; the common cases have a form of their own, for they are hot."""
    operands = [operand(text) for text in parameters]
    if not any(one.classes for one in operands):
        return function
    if not context and not any(one.members or one.whole for one in operands):
        if len(operands) == 1:
            return _checked_one(function, operands[0])
        if len(operands) == 2:
            return _checked_two(function, *operands)
        return _checked_several(function, operands)
    skipped = 1 if context else 0

    def call(*arguments: Value) -> Value:
        given = [
            one.check(place, value)
            for place, (one, value) in enumerate(zip(operands, arguments[skipped:], strict=True), 1)
        ]
        return function(*arguments[:skipped], *given)

    return call


def _checked_one(function: Function, wanted: Operand) -> Function:
    classes = wanted.classes

    def call(value: Value) -> Value:
        if value.__class__ not in classes:
            wanted.check(1, value)
        return function(value)

    return call


def _checked_several(function: Function, operands: Sequence[Operand]) -> Function:
    wanted = tuple((place, one, one.classes) for place, one in enumerate(operands) if one.classes)

    def call(*arguments: Value) -> Value:
        for place, one, classes in wanted:
            if arguments[place].__class__ not in classes:
                one.check(place + 1, arguments[place])
        return function(*arguments)

    return call


def _checked_two(function: Function, first: Operand, second: Operand) -> Function:
    left, right = first.classes, second.classes

    def call(a: Value, b: Value) -> Value:
        if a.__class__ not in left:
            first.check(1, a)
        if b.__class__ not in right:
            second.check(2, b)
        return function(a, b)

    return call
