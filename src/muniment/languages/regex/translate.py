"""Writes a tree in the dialect of the standard library's `re`, with the same matches and captures.

Only explicit classes are written, since `re`'s shorthands and its case folding follow other tables than RE2's.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from types import MappingProxyType
from typing import Final

from muniment.languages.regex.classes import ANY, ANY_BUT_NEWLINE, LAST, fold_char, negate
from muniment.languages.regex.nodes import (
    Alternation,
    Assertion,
    Class,
    Concat,
    Group,
    Literal,
    Node,
    Ranges,
    Repeat,
)

_PLACES: Final = MappingProxyType(
    {
        "text-start": r"\A",
        "text-end": r"\Z",
        "line-start": "(?m:^)",
        "line-end": "(?m:$)",
        "word": r"(?a:\b)",
        "no-word": r"(?!(?a:\b))",  # `\B` of older Pythons does not match in an empty text
    }
)
_COUNTS: Final = MappingProxyType({(0, -1): "*", (1, -1): "+", (0, 1): "?"})
_IN_CLASS: Final = re.compile(r"[\\\]\[^\-&~|]")


def translate(node: Node) -> str:
    """The pattern for `re`; captures keep their numbers and lose their names."""
    return _WRITERS[type(node)](node)


def _literal(node: Literal) -> str:
    return "".join(_folded(node.text)) if node.fold else re.escape(node.text)


def _folded(text: str) -> Iterator[str]:
    """Runs of what folds inside ASCII by `re`'s own means, which are faster; the rest as classes."""
    for plain, run in groupby(text, lambda char: char < "\x80" and char not in "kKsS"):
        if plain:
            yield f"(?ai:{re.escape(''.join(run))})"
        else:
            yield from (write_class(fold_char(char)) for char in run)


def write_class(ranges: Ranges) -> str:
    """A set as a bracketed class."""
    if ranges == ANY:
        return "(?s:.)"
    if ranges == ANY_BUT_NEWLINE:
        return "."
    if not ranges:
        return "(?!)"
    if ranges[0][0] == 0 and ranges[-1][1] == LAST:
        return f"[^{''.join(_stretch(low, high) for low, high in negate(ranges))}]"
    return f"[{''.join(_stretch(low, high) for low, high in ranges)}]"


def _stretch(low: int, high: int) -> str:
    first, last = (_IN_CLASS.sub(r"\\\g<0>", chr(code)) for code in (low, high))
    return first if low == high else first + last if high == low + 1 else f"{first}-{last}"


def _repeat(node: Repeat) -> str:
    body, atom = translate(node.body), node.body
    single = isinstance(atom, Class | Group) or (isinstance(atom, Literal) and not atom.fold)
    count = _COUNTS.get((node.low, node.high))
    if count is None:
        count = f"{{{node.low},{node.high if node.high >= 0 else ''}}}"
    return f"{body if single else f'(?:{body})'}{count}{'' if node.greedy else '?'}"


def _alternation(node: Alternation) -> str:
    return f"(?:{'|'.join(map(translate, node.branches))})"


_WRITERS: Final[MappingProxyType[type, Callable[..., str]]] = MappingProxyType(
    {
        Literal: _literal,
        Class: lambda node: write_class(node.ranges),
        Assertion: lambda node: _PLACES[node.kind],
        Group: lambda node: f"({translate(node.body)})",
        Concat: lambda node: "".join(map(translate, node.items)),
        Alternation: _alternation,
        Repeat: _repeat,
    }
)
