"""Why parts of what a rule would judge are unknown."""

from collections.abc import Iterator
from typing import Any

from muniment.languages.unknown import Cause, Unknown


def causes_in(value: Any) -> tuple[Cause, ...]:
    """The causes of all unknown parts of a value, each once."""
    return tuple(dict.fromkeys(_causes(value)))


def _causes(value: Any) -> Iterator[Cause]:
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, Unknown):
            yield from current.causes or (Cause("value", ""),)
        elif isinstance(current, dict | list):
            if causes := getattr(current, "causes", ()):
                yield from causes
            stack.extend(current.values() if isinstance(current, dict) else current)
