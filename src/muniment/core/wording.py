"""Values in words, as messages show them to people."""

from typing import Any, Final

from muniment.languages.unknown import PartialString, Unknown

_SHOWN: Final = 5
"""Members of a collection that a message shows."""


def show(value: Any) -> str:
    """A value in words for people."""
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, PartialString):
        return "".join(part if isinstance(part, str) else "(unknown)" for part in value.parts)
    if isinstance(value, Unknown):
        return "unknown"
    if isinstance(value, list | tuple):
        more = f", and {len(value) - _SHOWN} more" if len(value) > _SHOWN else ""
        return ", ".join(show(item) for item in value[:_SHOWN]) + more if value else "empty"
    if isinstance(value, dict):
        return ", ".join(f"{key}={show(item)}" for key, item in list(value.items())[:_SHOWN]) or "empty"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
