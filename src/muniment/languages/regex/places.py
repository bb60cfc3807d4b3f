"""Places of no width: which neighbours of a position each of them wants."""

from typing import Final

OTHER, NEWLINE, WORD_CHAR, EDGE = range(4)
"""What a neighbour can be; the edge is the start or the end of the text."""

MIRRORED: Final = {
    "text-start": "text-end",
    "text-end": "text-start",
    "line-start": "line-end",
    "line-end": "line-start",
}


def holds(kind: str, before: int, after: int) -> bool:
    """Whether the place `kind` lies between two neighbours."""
    if kind == "text-start":
        return before == EDGE
    if kind == "text-end":
        return after == EDGE
    if kind == "line-start":
        return before in (EDGE, NEWLINE)
    if kind == "line-end":
        return after in (EDGE, NEWLINE)
    return ((before == WORD_CHAR) != (after == WORD_CHAR)) == (kind == "word")
