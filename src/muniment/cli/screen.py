"""The terminal: progress on one line, and how much colour and room the text report may use."""

import argparse
import sys
import time
from types import TracebackType
from typing import Final, Self

from muniment.app.settings import environment
from muniment.cli.width import columns
from muniment.reports.text import Style

_LATER: Final = 0.5
"""Seconds before progress is shown: short work shows none."""
_EVERY: Final = 0.1
_NARROW: Final = 60
_WIDE: Final = 120


class Progress:
    """One line on standard error with what is being done; gone when done, silent in a pipe and in CI."""

    __slots__ = ("_next", "_shown", "_silent")

    def __init__(self, *, quiet: bool = False) -> None:
        self._silent = quiet or not sys.stderr.isatty() or bool(environment("CI"))
        self._next = time.monotonic() + _LATER
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Shows `what`, and how many of how many are done."""
        if self._silent or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY
        self._shown = True
        line = f"{done} of {total}  {what}"[: columns() - 1]
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()


def style_of(arguments: argparse.Namespace) -> Style:
    """The style of text output for this terminal and these arguments; NO_COLOR is honoured."""
    terminal = sys.stdout.isatty()
    colour = terminal and not environment("NO_COLOR") and environment("TERM") != "dumb"
    if arguments.color != "auto":
        colour = arguments.color == "always"
    return Style(
        width=max(_NARROW, min(_WIDE, columns())) if terminal else 100,
        colour=colour,
        ascii=arguments.ascii or "utf" not in (sys.stdout.encoding or "").lower(),
        hyperlinks=colour and terminal and bool(environment("TERM_PROGRAM") or environment("WT_SESSION")),
        quiet=arguments.quiet,
        everything=arguments.all,
        controls=arguments.controls,
    )
