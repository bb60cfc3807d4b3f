"""Absent values: `default`, `blocks`, `one`, and `known` for messages."""

from typing import Any, Final

from muniment.languages.cel import Function
from muniment.languages.unknown import OpenList, OpenMap, Unknown


def _default(value: Any, fallback: Any) -> Any:
    return fallback if value is None else value


def _blocks(value: Any) -> Any:
    """A value as a list of blocks, whatever the format wrote."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [value]
    if isinstance(value, Unknown):
        return OpenList((), value.causes)
    return value


def _one(value: Any) -> Any:
    """The only element of a list; null for none or several; unknown where there may be others."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, OpenList):
        return Unknown(value.causes)
    if not isinstance(value, list | tuple) or len(value) != 1:
        return None
    return value[0]


def _known(value: Any) -> bool:
    return not isinstance(value, Unknown | OpenList | OpenMap)


FUNCTIONS: Final = (
    Function("default", _default, unknowns=True),
    Function("blocks", _blocks, unknowns=True),
    Function("one", _one, unknowns=True),
    Function("known", _known, unknowns=True),
)
