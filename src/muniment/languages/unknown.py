"""Values that are not, or not wholly, known: what a plan, a variable or a module leaves open.

Evaluators pass them on and decide without them where they can; nobody may read one as false, as null or as empty.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple


class Cause(NamedTuple):
    """Why a value is unknown."""

    kind: str
    """`variable`, `computed`, `data-source`, `module`, `function`, `file`, `workspace`, `existence`, `limit` ..."""
    reference: str
    """What was referred to, in its own language: `var.acl`, `module.kms.key_arn`."""
    place: str = ""
    """File and line where that is declared; empty if it has no place."""


class Unknown:
    """A value that exists but is not known here, with its causes; `type` is the language's own idea of its type."""

    __slots__ = ("causes", "type")

    def __init__(self, causes: tuple[Cause, ...] = (), type: object = None) -> None:  # noqa: A002  the field's name
        self.causes = causes
        self.type = type

    def __repr__(self) -> str:
        return f"Unknown({', '.join(f'{c.kind} {c.reference}' for c in self.causes)})"


class PartialString(Unknown):
    """A string of which some parts are known: text and `Unknown` holes in order, never two texts side by side."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[str | Unknown, ...]) -> None:
        super().__init__(merge_causes(p for p in parts if isinstance(p, Unknown)), "string")
        self.parts = parts

    @property
    def prefix(self) -> str:
        """The text that the string certainly starts with."""
        return self.parts[0] if isinstance(self.parts[0], str) else ""

    @property
    def suffix(self) -> str:
        """The text that the string certainly ends with."""
        return self.parts[-1] if isinstance(self.parts[-1], str) else ""

    def contains(self, text: str) -> bool:
        """Whether a known part holds `text`: true is certain, false means that it cannot be told."""
        return any(isinstance(part, str) and text in part for part in self.parts)


class OpenList(list[Any]):
    """A list that may hold more members than the known ones, for `causes`."""

    __slots__ = ("causes",)

    def __init__(self, members: Iterable[Any] = (), causes: tuple[Cause, ...] = ()) -> None:
        super().__init__(members)
        self.causes = causes


class OpenMap(dict[str, Any]):
    """A map that may hold more members than the known ones, for `causes`."""

    __slots__ = ("causes",)

    def __init__(
        self, members: Iterable[tuple[str, Any]] | dict[str, Any] = (), causes: tuple[Cause, ...] = ()
    ) -> None:
        super().__init__(members)
        self.causes = causes


def merge_causes(values: Iterable[Unknown]) -> tuple[Cause, ...]:
    """The causes of several unknown values, each once, in order of appearance."""
    return tuple(dict.fromkeys(cause for value in values for cause in value.causes))
