"""Go's replacement templates: `$1`, `$name`, `${name}` and `$$`, each name as long as it can be."""

import re
from collections.abc import Callable, Iterator
from typing import Protocol


class Captures(Protocol):
    """What a template needs of a match."""

    def group(self, number: int = 0) -> str | None:
        """The text of a capture, nothing where it took no part."""
        ...


def expander(template: str, names: tuple[str | None, ...]) -> Callable[[Captures], str]:
    """A function that fills `template` from a match; unknown names and captures are empty, as in Go's `Expand`."""
    parts = tuple(_parts(template, names))
    if all(isinstance(part, str) for part in parts):
        fixed = "".join(part for part in parts if isinstance(part, str))
        return lambda _match: fixed
    return lambda match: "".join(part if isinstance(part, str) else _first(match, part) for part in parts)


def _first(match: Captures, numbers: tuple[int, ...]) -> str:
    return next((text for number in numbers if (text := match.group(number)) is not None), "")


def _parts(template: str, names: tuple[str | None, ...]) -> Iterator[str | tuple[int, ...]]:
    """Fixed texts, and for each reference the captures that bear its name."""
    end = 0
    for found in re.finditer(r"\$(?:(\$)|\{(\w+)\}|(\w+))", template):
        yield template[end : found.start()]
        end = found.end()
        name = found[2] or found[3]
        yield "$" if found[1] else _numbers(name, names)
    yield template[end:]


def _numbers(name: str, names: tuple[str | None, ...]) -> tuple[int, ...]:
    if not (name.isascii() and name.isdigit()):
        return tuple(number for number, known in enumerate(names) if known == name)
    if (name[0] == "0" and len(name) > 1) or len(name) > 8 or int(name) >= len(names):
        return ()
    return (int(name),)
