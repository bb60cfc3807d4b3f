"""Block scalars in raw lines: where they start, and which line of the file holds a line of their text."""

import re
from typing import Final

_HEADER: Final = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])")


def block_indent(line: str) -> int:
    """The indentation that the lines of a block scalar must exceed, if one starts at the end of `line`; else -1.

    In `- a: |` they must stand deeper than `a`, in `- |` deeper than the dash.
    """
    before = _before_header(line)
    if before is None:
        return -1
    place, end = indentation(before), len(before.rstrip(" "))
    while before.startswith("- ", place):
        deeper = place + 1 + indentation(before[place + 1 :])
        if deeper >= end:
            break
        place = deeper
    return place


def _before_header(line: str) -> str | None:
    """What stands before the header of a block scalar that ends a line, a comment aside; None without a header."""
    for body in (line, line.partition(" #")[0]):
        words = body.rsplit(None, 1)
        if words and _HEADER.fullmatch(words[-1]):
            before = body[: body.rindex(words[-1])]
            return before if _opens(before) else None
    return None


def _opens(before: str) -> bool:
    """Whether a value may start behind this text."""
    words = before.split()
    while words and words[-1][0] in "&!":
        words.pop()
    return not words or words[-1] in {"-", "?", "---"} or words[-1].endswith(":")


def indentation(line: str) -> int:
    """The spaces that a line starts with."""
    return len(line) - len(line.lstrip(" "))


def content_line(lines: list[str], line: int, mark: str, wanted: int) -> int:
    """The line (from 0) that holds line `wanted` (from 1) of the scalar whose first character is `mark`, in `line`."""
    if mark == "|":
        return min(line + wanted, len(lines) - 1)
    return _folded(lines, line + 1, wanted) if mark == ">" else line


def _folded(lines: list[str], first: int, wanted: int) -> int:
    """The line that a line of folded text starts in: neighbours that are not indented deeper are one line of it."""
    number, blank, indent = 1, 0, -1
    deeper_before = True
    for place in range(first, len(lines)):
        if not lines[place].strip():
            blank += 1
            continue
        if indent < 0:
            indent, number = indentation(lines[place]), number + blank
            deeper_before = False
        else:
            deeper = lines[place][indent : indent + 1] in {" ", "\t"}
            number += blank + (deeper or deeper_before)
            deeper_before = deeper
        if number >= wanted:
            return place - (number - wanted)
        blank = 0
    return len(lines) - 1
