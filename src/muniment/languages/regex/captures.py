"""Where the captures of a known match lie: a backtracking walk that visits no choice twice at the same place."""

from typing import Final

from muniment.languages.regex.automaton import Meter
from muniment.languages.regex.errors import exhausted
from muniment.languages.regex.places import EDGE, holds
from muniment.languages.regex.program import CHAR, MATCH, PLACE, SAVE, SPLIT, Program, Symbols, kind_of

MAX_VISITS: Final = 64 * 1024 * 1024
"""Choices times characters of the match: bytes of memory."""


def capture(
    program: Program, symbols: Symbols, text: str, span: tuple[int, int], groups: int, meter: Meter
) -> tuple[tuple[int, int], ...]:
    """The spans of the whole match and its captures, for the preferred way to match exactly `span` of the symbols."""
    start, end = span
    width = end - start + 1
    rows = {pc: row * width for row, pc in enumerate(pc for pc, step in enumerate(program.code) if step.op == SPLIT)}
    if len(rows) * width > MAX_VISITS:
        raise exhausted("a match is too long to tell its captures")
    visited = bytearray(len(rows) * width)
    slots = [-1] * (2 * groups + 2)
    stack = [(program.entry, start)]
    steps = 0
    while stack:
        meter.charge(1 + steps)
        steps = 0
        pc, at = stack.pop()
        if pc < 0:  # an earlier value of a slot, put back on the way to another choice
            slots[-pc - 1] = at
            continue
        while True:
            op, to, other, accepted, place = program.code[pc]
            steps += 1
            if op == CHAR:
                if at >= end or text[at] not in accepted:
                    break
                at += 1
            elif op == SPLIT:
                seen = rows[pc] + at - start
                if visited[seen]:
                    break
                visited[seen] = 1
                stack.append((other, at))
            elif op == SAVE:
                stack.append((-other - 1, slots[other]))
                slots[other] = at
            elif op == PLACE and not _holds(place, symbols, text, at):
                break
            elif op == MATCH:
                if at < end:
                    break
                return (span, *zip(slots[2::2], slots[3::2], strict=True))
            pc = to
    raise AssertionError(span)


def _holds(place: str, symbols: Symbols, text: str, at: int) -> bool:
    before = kind_of(symbols, text[at - 1]) if at else EDGE
    after = kind_of(symbols, text[at]) if at < len(text) else EDGE
    return holds(place, before, after)
