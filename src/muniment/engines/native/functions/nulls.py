"""Absent and loosely written values: `default`, `isSet`, `isTrue`, `blocks`, `one`, and `known` for messages."""

from typing import Any, Final

from muniment.languages.cel import Function
from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown

_IDENTIFYING: Final = frozenset({"arn", "bucket", "id", "key_arn", "key_id", "name", "target_key_arn", "target_key_id"})
"""Attributes that everything which has them has a value for."""


def _default(value: Any, fallback: Any) -> Any:
    return fallback if value is None else value


def is_set(value: Any) -> Any:
    """Whether a value is there: not null, nor an empty text or list.

    What names another resource (its `arn`, its `id`) is set although only the cloud will know the text. So is an
    expression that cannot be evaluated: it is written there, and the tool refuses it before it makes anything.
    """
    if isinstance(value, PartialString):
        return True if any(isinstance(part, str) and part for part in value.parts) else Unknown(value.causes)
    if isinstance(value, Unknown):
        return True if _is_written(value) else value
    if isinstance(value, OpenList | OpenMap) and not value:
        return Unknown(value.causes)
    return value is not None and value not in ("", [], {})


def _is_written(value: Unknown) -> bool:
    if len(value.causes) != 1:
        return False
    kind, reference = value.causes[0][:2]
    return kind == "error" or (kind in {"computed", "data-source"} and reference.rpartition(".")[2] in _IDENTIFYING)


def _is_true(value: Any) -> Any:
    """Whether a switch is on, however it is written: `true`, `"true"`, `1`; null is off."""
    if isinstance(value, Unknown):
        return value
    return value is True or str(value).lower() in {"true", "1"}


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
    Function("isSet", is_set, unknowns=True),
    Function("isTrue", _is_true, unknowns=True),
    Function("blocks", _blocks, unknowns=True),
    Function("one", _one, unknowns=True),
    Function("known", _known, unknowns=True),
)
