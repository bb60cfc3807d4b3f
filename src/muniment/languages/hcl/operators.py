"""The operators: numbers, comparison, logic, the conditional. Unknown operands make the result unknown."""

from collections.abc import Callable
from typing import Any, Final

from muniment.languages.hcl import bigfloat
from muniment.languages.hcl.convert import as_bool, convert, to_number, unify
from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.types import ANY, BOOL, NUMBER, Type, describe
from muniment.languages.hcl.values import deep_marks, equal, mark, type_of, unknown, unmark
from muniment.languages.unknown import Unknown

_BITS: Final = 13_000  # of the largest product

# Of these, two values are equal exactly when they are of one Python type and equal.
_SIMPLE: Final = frozenset({str, int, bool, type(None)})


def _arithmetic(compute: Callable[[Any, Any], Any], left: Any, right: Any, kind: Type) -> Any:
    """Applies an operation on two numbers, whatever the operands are."""
    left, marks = unmark(left)
    right, more = unmark(right)
    if left is None or right is None:
        raise HclError("an operand is null")
    a, b = _operand(left, "left"), _operand(right, "right")
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return mark(unknown((left, right), kind), marks | more)
    return mark(compute(a, b), marks | more)


def _operand(value: Any, side: str) -> Any:
    if isinstance(value, Unknown):
        return convert(value, NUMBER)
    try:
        return to_number(value)
    except HclError:
        raise HclError(f"the {side} operand is no number but {describe(type_of(value))}", code="invalid-type") from None


def add(left: Any, right: Any) -> Any:
    """`left + right`."""
    return left + right if type(left) is int is type(right) else _arithmetic(_add, left, right, NUMBER)


def _add(a: Any, b: Any) -> Any:
    return a + b if isinstance(a, int) and isinstance(b, int) else bigfloat.compute("add", a, b)


def subtract(left: Any, right: Any) -> Any:
    """`left - right`."""
    return left - right if type(left) is int is type(right) else _arithmetic(_subtract, left, right, NUMBER)


def _subtract(a: Any, b: Any) -> Any:
    return a - b if isinstance(a, int) and isinstance(b, int) else bigfloat.compute("subtract", a, b)


def multiply(left: Any, right: Any) -> Any:
    """`left * right`."""
    return _arithmetic(_multiply, left, right, NUMBER)


def _multiply(a: Any, b: Any) -> Any:
    if not (isinstance(a, int) and isinstance(b, int)):
        return bigfloat.compute("multiply", a, b)
    if a.bit_length() + b.bit_length() > _BITS:
        raise limit_exceeded("the product is too large")
    return a * b


def divide(left: Any, right: Any) -> Any:
    """`left / right`; infinite by zero."""
    return _arithmetic(_divide, left, right, NUMBER)


def _divide(a: Any, b: Any) -> Any:
    if isinstance(a, int) and isinstance(b, int) and b and a % b == 0:
        return a // b
    return bigfloat.compute("divide", a, b)


def modulo(left: Any, right: Any) -> Any:
    """`left % right`, with the sign of `left`; `left` itself by zero."""
    return _arithmetic(_modulo, left, right, NUMBER)


def _modulo(a: Any, b: Any) -> Any:
    if not b:
        return a
    if isinstance(a, int) and isinstance(b, int):
        return abs(a) % abs(b) * (1 if a >= 0 else -1)
    return bigfloat.compute("remainder", a, b)


def less(left: Any, right: Any) -> Any:
    """`left < right`."""
    return left < right if type(left) is int is type(right) else _arithmetic(_less, left, right, BOOL)


def _less(a: Any, b: Any) -> bool:
    return bool(a < b)


def less_or_equal(left: Any, right: Any) -> Any:
    """`left <= right`."""
    return left <= right if type(left) is int is type(right) else _arithmetic(_less_or_equal, left, right, BOOL)


def _less_or_equal(a: Any, b: Any) -> bool:
    return bool(a <= b)


def greater(left: Any, right: Any) -> Any:
    """`left > right`."""
    return left > right if type(left) is int is type(right) else _arithmetic(_less, right, left, BOOL)


def greater_or_equal(left: Any, right: Any) -> Any:
    """`left >= right`."""
    return left >= right if type(left) is int is type(right) else _arithmetic(_less_or_equal, right, left, BOOL)


def equals(left: Any, right: Any) -> Any:
    """`left == right`; marked when any member is."""
    if type(left) in _SIMPLE and type(right) in _SIMPLE:
        return type(left) is type(right) and left == right
    return mark(equal(left, right), deep_marks(left) | deep_marks(right))


def differs(left: Any, right: Any) -> Any:
    """`left != right`."""
    if type(left) in _SIMPLE and type(right) in _SIMPLE:
        return type(left) is not type(right) or left != right
    return negate_bool(equals(left, right))


def negate_bool(value: Any) -> Any:
    """`!value`."""
    value, marks = unmark(value)
    if value is None:
        raise HclError("the operand is null")
    return mark(unknown((value,), BOOL) if isinstance(value, Unknown) else not _bool(value), marks)


def negate_number(value: Any) -> Any:
    """`-value`."""
    return subtract(0, value)


def _bool(value: Any) -> bool:
    try:
        return as_bool(value)
    except HclError:
        raise HclError(f"a bool is required, not {describe(type_of(value))}", code="invalid-type") from None


def both(left: Any, right: Any) -> Any:
    """`left && right` with both operands evaluated."""
    return _logic(left, right, False)


def either(left: Any, right: Any) -> Any:
    """`left || right` with both operands evaluated."""
    return _logic(left, right, True)


def _logic(left: Any, right: Any, decisive: bool) -> Any:  # noqa: FBT001  which of the two operators
    left, marks = unmark(left)
    right, more = unmark(right)
    if left is None or right is None:
        raise HclError("an operand is null")
    a = left if isinstance(left, Unknown) else _bool(left)
    b = right if isinstance(right, Unknown) else _bool(right)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return mark(unknown((left, right), BOOL), marks | more)
    return mark(a or b if decisive else a and b, marks | more)


def decides(value: Any, decisive: bool) -> bool:  # noqa: FBT001  which of the two operators
    """Whether one operand alone makes the result of `&&` (false) or `||` (true)."""
    value, _ = unmark(value)
    if value is None:
        raise HclError("an operand is null")
    return not isinstance(value, Unknown) and _bool(value) is decisive


def condition(value: Any) -> tuple[Any, frozenset[str]]:
    """A condition as a bool or an unknown value, and its marks."""
    value, marks = unmark(value)
    if value is None:
        raise HclError("the condition is null")
    return (value if isinstance(value, Unknown) else _bool(value)), marks


def choose(value: Any, yes: Any, no: Any) -> Any:
    """The branch that the condition takes, of the type that both have in common and with the marks of both."""
    decided, marks = condition(value)
    kind = _common_type(yes, no)
    marks |= unmark(yes)[1] | unmark(no)[1]
    if isinstance(decided, Unknown):
        return mark(unknown((decided,), kind), marks)
    chosen = yes if decided else no
    return mark(chosen if kind is ANY else convert(chosen, kind), marks)


def _common_type(yes: Any, no: Any) -> Type:
    """The type that both values convert to; `any` where they need no conversion."""
    if type(yes) is type(no) and type(yes) in (str, int, bool):
        return ANY
    first, second = type_of(yes), type_of(no)
    if first == second:
        return ANY
    kind = unify((first, second))
    if kind is None:
        message = f"the branches have no type in common: {describe(first)} and {describe(second)}"
        raise HclError(message, code="invalid-type")
    return kind


BINARY: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": modulo,
    "<": less,
    "<=": less_or_equal,
    ">": greater,
    ">=": greater_or_equal,
    "==": equals,
    "!=": differs,
    "&&": both,
    "||": either,
}
