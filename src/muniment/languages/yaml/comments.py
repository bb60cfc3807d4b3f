"""The comments of a text, which the parser leaves out of its events: read from the raw lines."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from muniment.languages.yaml.blocks import block_indent, indentation

_TOKEN: Final = re.compile(r"[^\s#\"']+|[#\"']")
_CLOSES: Final = {'"': re.compile(r'(?:[^"\\]|\\.)*"'), "'": re.compile(r"(?:[^']|'')*'(?!')")}


class Comment(NamedTuple):
    """A comment with its `#`; line and column from 1."""

    line: int
    column: int
    text: str


def comments(text: str) -> tuple[Comment, ...]:
    """All comments of a text. What stands in quotes or in block scalars is none."""
    return tuple(_comments(text)) if "#" in text else ()


def _comments(text: str) -> Iterator[Comment]:
    inside, quote = -1, ""
    for number, line in enumerate(text.split("\n"), 1):
        if inside >= 0 and (indentation(line) > inside or not line.strip()):
            continue
        inside = -1
        at, quote = _mark(line, quote)
        if at >= 0:
            yield Comment(number, at + 1, line[at:].rstrip())
        if not quote:
            inside = block_indent(line)


def _mark(line: str, quote: str) -> tuple[int, str]:
    """Where the comment of a line starts, -1 if there is none; and the quote that is open at its end, if any."""
    place, before = 0, ""
    while True:
        if quote:
            closed = _CLOSES[quote].match(line, place)
            if closed is None:
                return -1, quote
            place, before, quote = closed.end(), quote, ""
        found = _TOKEN.search(line, place)
        if found is None:
            return -1, ""
        word, start, place = found[0], found.start(), found.end()
        if word == "#" and (start == 0 or line[start - 1] in " \t"):
            return start, ""
        if word in _CLOSES and (_opens_value(before) or (before[-1] in "[{," and _CLOSES[word].match(line, place))):
            quote = word
        before = word


def _opens_value(before: str) -> bool:
    """Whether a quote behind this word starts a value; elsewhere, as in `echo "x"`, it is part of a plain one."""
    return not before or before in {"-", "?", "---"} or before[-1] == ":" or before[0] in "&!"
