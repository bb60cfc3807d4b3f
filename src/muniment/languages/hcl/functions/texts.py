"""Texts in which some parts are unknown: put together without losing what is known, and taken apart again."""

from collections.abc import Iterable
from typing import Any

from muniment.languages.hcl.types import STRING
from muniment.languages.hcl.values import nfc
from muniment.languages.unknown import PartialString, Unknown


class EncodedString(PartialString):
    """A text in a data format that was written from a value of which parts are unknown; `structure` is that value."""

    __slots__ = ("format", "structure")

    def __init__(self, parts: tuple[str | Unknown, ...], structure: Any, format: str) -> None:  # noqa: A002  the field's name
        super().__init__(parts)
        self.structure = structure
        self.format = format
        """`json` or `yaml`."""


def joined(parts: Iterable[Any]) -> str | Unknown:
    """The text of known and unknown parts in order: a `str`, or a `PartialString` that keeps what is known."""
    pieces = list(parts)
    if all(type(piece) is str for piece in pieces):
        return "".join(pieces)
    merged = merge_parts(pieces)
    if not merged:
        return ""
    if len(merged) == 1:
        return merged[0] if isinstance(merged[0], str) else Unknown(merged[0].causes, STRING)
    return PartialString(merged)


def merge_parts(parts: Iterable[Any]) -> tuple[str | Unknown, ...]:
    """The parts with partial strings taken apart and neighbouring texts made one, none of them empty."""
    merged: list[str | Unknown] = []
    for part in parts:
        for piece in part.parts if isinstance(part, PartialString) else (part,):
            if isinstance(piece, str) and merged and isinstance(merged[-1], str):
                merged[-1] += piece
            elif piece != "":
                merged.append(piece)
    return tuple(nfc(part) if isinstance(part, str) else part for part in merged)
