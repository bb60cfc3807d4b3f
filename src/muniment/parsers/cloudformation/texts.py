"""Functions over texts and lists; what is unknown in them stays a hole, the rest is known."""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from muniment.languages.unknown import Cause, OpenList, OpenMap, PartialString, Unknown, merge_causes
from muniment.parsers.cloudformation.template import number, text

_NAME: Final = re.compile(r"\$\{(!?)([^}]*)\}")


class Document(PartialString):
    """A JSON text with holes; `structure` is the value that it was written from."""

    __slots__ = ("structure",)

    def __init__(self, parts: tuple[str | Unknown, ...], structure: Any) -> None:
        super().__init__(parts)
        self.structure = structure


def substituted(template: str, named: Callable[[str], Any]) -> Any:
    """A text with the values of its `${names}`; `${!x}` is `${x}`."""
    parts: list[Any] = []
    last = 0
    for found in _NAME.finditer(template):
        parts.append(template[last : found.start()])
        parts.append("${" + found[2] + "}" if found[1] else named(found[2].strip()))
        last = found.end()
    parts.append(template[last:])
    return concatenated(parts)


def joined(separator: str, members: Any) -> Any:
    """`Fn::Join`; a list of unknown length makes all of it unknown."""
    if isinstance(members, OpenList):
        return Unknown(members.causes)
    if not isinstance(members, list):
        return Unknown(members.causes) if isinstance(members, Unknown) else text(members)
    return concatenated([part for member in members for part in (separator, member)][1:])


def concatenated(parts: Iterable[Any]) -> Any:
    """Texts and unknown values, one behind the other."""
    out: list[str | Unknown] = []
    for part in parts:
        for one in part.parts if isinstance(part, PartialString) else (text(part),):
            if isinstance(one, str) and out and isinstance(out[-1], str):
                out[-1] += one
            elif isinstance(one, Unknown):
                out.append(one)
            elif one != "":
                out.append(one if isinstance(one, str) else "")
    if not any(isinstance(one, Unknown) for one in out):
        return "".join(one for one in out if isinstance(one, str))
    return out[0] if len(out) == 1 else PartialString(tuple(out))


def selected(arguments: list[Any]) -> Any:
    """`Fn::Select`: index and list."""
    if len(arguments) != 2:
        return Unknown((Cause("error", "Fn::Select needs an index and a list"),))
    index, members = number(arguments[0]), arguments[1]
    doubts = [one for one in (index, members) if isinstance(one, Unknown)]
    if doubts or isinstance(members, OpenList):
        return Unknown(merge_causes(doubts) if doubts else members.causes)
    if isinstance(members, list) and type(index) is int and 0 <= index < len(members):
        return members[index]
    return Unknown((Cause("error", "Fn::Select finds nothing"),))


def split(arguments: list[Any]) -> Any:
    """`Fn::Split`: separator and text."""
    if len(arguments) != 2 or not isinstance(arguments[0], str) or not arguments[0]:
        return Unknown((Cause("error", "Fn::Split needs a separator and a text"),))
    value = text(arguments[1])
    if isinstance(value, Unknown):
        return Unknown(value.causes)
    return value.split(arguments[0]) if isinstance(value, str) else Unknown((Cause("error", "Fn::Split needs a text"),))


def written_json(value: Any) -> Any:
    """A value as JSON text."""
    holes: list[Unknown] = []

    def hole(one: Any) -> str:
        holes.append(one if isinstance(one, Unknown) else Unknown())
        return f"\0{len(holes) - 1}\0"

    if isinstance(value, Unknown):
        return Unknown(value.causes)
    written = json.dumps(_plain(value, hole), ensure_ascii=False, separators=(",", ":"))
    if not holes:
        return written
    pieces = re.split(r"\\u0000(\d+)\\u0000", written)
    parts = [holes[int(one)] if place % 2 else one for place, one in enumerate(pieces)]
    return Document(tuple(one for one in parts if one != ""), value)


def _plain(value: Any, hole: Callable[[Any], str]) -> Any:
    if isinstance(value, OpenList | OpenMap):
        return hole(Unknown(value.causes))
    if isinstance(value, dict):
        return {key: _plain(member, hole) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(member, hole) for member in value]
    return hole(value) if isinstance(value, Unknown) else value
