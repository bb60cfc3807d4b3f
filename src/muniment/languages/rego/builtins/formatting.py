"""Values as text: Go's `sprintf` and numbers in other bases."""

from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.goformat.formatting import Int64, sprintf
from muniment.languages.rego.builtins.arithmetic import Number
from muniment.languages.rego.signatures import BuiltinError, QueryContext
from muniment.languages.rego.values import Value, to_text

_BASES: Final = MappingProxyType({2: "b", 8: "o", 10: "d", 16: "x"})


def format_int(number: Number, base: Number) -> str:
    """The whole part of a number in base 2, 8, 10 or 16."""
    if base not in _BASES:
        raise BuiltinError("operand 2 must be one of {2, 8, 10, 16}", code="eval_type_error")
    return format(int(number), _BASES[int(base)])


def format_values(context: QueryContext, template: str, values: list[Value]) -> str:
    """The template filled in by Go's rules; what is neither a number nor a string enters it in Rego's notation."""
    text = sprintf(template, [_argument(value) for value in values])
    context.allow_string(len(text))
    return text


def _argument(value: Value) -> Any:
    kind = value.__class__
    if kind is str or kind is float:
        return value
    if kind is int:
        return Int64(value)
    if kind is Decimal:
        near = float(value)
        return near if near - near == 0 else to_text(value).replace("e+", "e")
    return to_text(value)


FUNCTIONS: Final = MappingProxyType({"format_int": format_int, "sprintf": format_values})
