"""Joins the parts of a template to a string, which is partial where parts are unknown."""

from collections.abc import Iterable
from typing import Any

from muniment.languages.hcl.convert import convert, to_string
from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.types import STRING, CollectionType, ObjectType, TupleType, describe
from muniment.languages.hcl.values import mark, nfc, type_of, unmark
from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown


def join(parts: Iterable[Any], most: int) -> Any:
    """The string that the values make up; raises HclError for null, for collections, and beyond `most` characters."""
    marks: frozenset[str] = frozenset()
    pieces: list[str | Unknown] = []
    for part in parts:
        value, more = unmark(part)
        marks |= more
        pieces.extend(_pieces(value))
    if not any(isinstance(piece, Unknown) for piece in pieces):
        return mark(_text(pieces, most), marks)
    return mark(_partial(pieces, most), marks)


def _pieces(value: Any) -> Iterable[str | Unknown]:
    if isinstance(value, PartialString):
        return value.parts
    if isinstance(value, Unknown) and not isinstance(value.type, CollectionType | ObjectType | TupleType):
        return (convert(value, STRING),)
    if value is None:
        raise HclError("null cannot be part of a string")
    if isinstance(value, tuple | list | dict | Unknown | OpenList | OpenMap):
        raise HclError(f"{describe(type_of(value))} cannot be part of a string", code="invalid-type")
    return (to_string(value),)


def _text(pieces: list[Any], most: int) -> str:
    text = "".join(pieces)
    if len(text) > most:
        raise limit_exceeded(f"the string is longer than {most} characters")
    return nfc(text)


def _partial(pieces: list[str | Unknown], most: int) -> PartialString | Unknown:
    merged: list[str | Unknown] = []
    run: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            run.append(piece)
        else:
            if text := _text(run, most):
                merged.append(text)
            run = []
            merged.append(piece)
    if text := _text(run, most):
        merged.append(text)
    return PartialString(tuple(merged))
