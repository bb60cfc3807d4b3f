"""A terminal's means: colour, signs, links, and texts that fit its width. Escapes come from here and nowhere else."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple
from unicodedata import combining, east_asian_width

from muniment.reports.escaping import visible
from muniment.reports.words import Mark

INDENT: Final = 4
GUTTER: Final = 14
"""Column in which the values of labelled rows and the blocks at the end start."""


class Style(NamedTuple):
    """How text output looks; what it says about the run is the same in every style."""

    width: int = 80
    colour: bool = False
    ascii: bool = False
    hyperlinks: bool = False
    quiet: bool = False
    """Only the closing blocks."""
    everything: bool = False
    """Every failure, also those that somebody already answered for, and every unknown."""
    controls: bool = False
    """Every control that is not satisfied or undetermined, with its policies."""


class Colour(StrEnum):
    """Parameters of the terminal's colour sequence."""

    RED = "31"
    GREEN = "32"
    YELLOW = "33"
    MAGENTA = "35"
    GREY = "90"
    BOLD = "1"
    BOLD_RED = "1;31"
    BOLD_GREEN = "1;32"
    BOLD_YELLOW = "1;33"


class Pen:
    """Writes in a style. Texts of others must have gone through `plain` or `fit`."""

    __slots__ = ("style",)

    def __init__(self, style: Style) -> None:
        self.style = style

    def paint(self, text: str, colour: Colour | None) -> str:
        """The text in a colour, where colours are wanted."""
        return f"\x1b[{colour}m{text}\x1b[0m" if self.style.colour and colour and text else text

    def sign(self, mark: Mark, colour: Colour | None = None) -> str:
        """A mark."""
        return self.paint(mark.ascii if self.style.ascii else mark.sign, colour)

    def plain(self, text: str) -> str:
        """One line of somebody's text, harmless, in ASCII if that is asked for."""
        shown = visible(text)
        return shown.encode("ascii", "backslashreplace").decode() if self.style.ascii else shown

    def link(self, text: str, url: str) -> str:
        """The text as a link to a page, where the terminal has links."""
        safe = url.startswith("https://") and url.isascii() and url.isprintable()
        if not (text and safe and self.style.hyperlinks):
            return text
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"

    def fit(self, text: str, width: int) -> str:
        """`plain` text that is cut in the middle where it is too wide."""
        shown = self.plain(text)
        return cut_middle(shown, width, "..." if self.style.ascii else "…")

    def wrap(self, text: str, width: int) -> Iterator[str]:
        """The lines of `plain` text, none wider than `width`; its own line ends and indentation are kept."""
        for line in text.split("\n"):
            yield from _wrapped(self.plain(line.replace("\t", "  ")).rstrip(" "), width)

    def row(self, label: str, text: str) -> Iterator[str]:
        """A labelled row below a result; further lines are indented to its value."""
        return self._labelled(f"{' ' * INDENT}{label}", text)

    def block(self, label: str, text: str) -> Iterator[str]:
        """One of the closing blocks."""
        return self._labelled(label, text)

    def _labelled(self, label: str, text: str) -> Iterator[str]:
        head = self.paint(label, Colour.GREY if label.startswith(" ") else Colour.BOLD) + " " * (GUTTER - len(label))
        for line in self.wrap(text, self.style.width - GUTTER):
            yield f"{head}{line}".rstrip()
            head = " " * GUTTER


def width_of(text: str) -> int:
    """Columns that a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    return 0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1


def cut_middle(text: str, width: int, ellipsis: str) -> str:
    """A text of at most `width` columns: the middle gives way, since addresses differ at their ends."""
    if width_of(text) <= width:
        return text
    room = max(width - len(ellipsis), 0)
    head = take(text, room // 2)
    tail = take(text[::-1], room - width_of(head))[::-1]
    return f"{head}{ellipsis}{tail}"


def take(text: str, width: int) -> str:
    """The longest beginning of at most `width` columns."""
    used = 0
    for place, character in enumerate(text):
        used += _columns(character)
        if used > width:
            return text[:place]
    return text


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Breaks at spaces, and inside of words that are wider than the line; keeps the indentation."""
    indent = line[: len(line) - len(line.lstrip(" "))][: width // 2]
    while width_of(line) > width:
        head = take(line, width)
        space = head.rfind(" ", len(indent) + 1)
        if space > 0 and line[len(head) : len(head) + 1] != " ":
            head = head[:space]
        yield head.rstrip(" ")
        line = indent + line[len(head) :].lstrip(" ")
    yield line
