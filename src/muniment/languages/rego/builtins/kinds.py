"""What type a value has, and what it is as another type."""

import re
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.builtins.aggregates import listed
from muniment.languages.rego.builtins.arithmetic import Number
from muniment.languages.rego.signatures import BuiltinError, operand_error
from muniment.languages.rego.values import Value, is_number, make_set, number, type_name

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_GO_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_NAMED: Final = frozenset({"inf", "infinity", "nan"})


def to_number(value: Value) -> Number:
    """The number that a string writes; null and false are 0, true is 1."""
    if value.__class__ is not str:
        return int(value or 0) if value is None or value.__class__ is bool else value
    if value.lstrip("+-").lower() in _NAMED:
        raise operand_error(1, "valid number string", value)
    if not _GO_NUMBER.fullmatch(value):
        raise BuiltinError(f'strconv.ParseFloat: parsing "{value}": invalid syntax')
    return number(value.removeprefix("+"))


FUNCTIONS: Final = MappingProxyType(
    {
        "is_array": lambda value: value.__class__ is list,
        "is_boolean": lambda value: value.__class__ is bool,
        "is_null": lambda value: value is None,
        "is_number": is_number,
        "is_object": lambda value: value.__class__ is dict,
        "is_set": lambda value: value.__class__ is frozenset,
        "is_string": lambda value: value.__class__ is str,
        "type_name": type_name,
        "to_number": to_number,
        "cast_array": listed,
        "cast_boolean": lambda value: value,
        "cast_null": lambda value: value,
        "cast_object": lambda value: value,
        "cast_set": lambda value: make_set(value) if value.__class__ is list else value,
        "cast_string": lambda value: value,
    }
)
