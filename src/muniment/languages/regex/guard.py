"""The matcher for patterns on which backtracking may explode: time grows with the text, whatever the pattern.

One automaton finds where the leftmost match ends, a second one, backwards, where it begins; captures are only then
looked for, inside the match.
"""

from muniment.languages.regex.automaton import Automaton, Meter
from muniment.languages.regex.captures import capture
from muniment.languages.regex.nodes import Node
from muniment.languages.regex.program import Program, Symbols, assemble
from muniment.languages.regex.routing import required

Spans = tuple[tuple[int, int], ...]


class Guard:
    """The automata of one tree; `groups` is the number of its captures, `steps` the budget of a text."""

    __slots__ = ("_anchored", "_backwards", "_forwards", "_groups", "_required", "_steps", "_symbols", "_whole")

    def __init__(self, tree: Node, symbols: Symbols, groups: int, steps: int) -> None:
        self._steps = steps
        self._symbols = symbols
        self._groups = groups
        self._required = frozenset(text.translate(symbols.alphabet) for text in required(tree))
        self._anchored: Program = assemble(tree, symbols)
        self._forwards = Automaton(assemble(tree, symbols, floating=True), symbols, first=True)
        self._backwards = Automaton(assemble(tree, symbols, backwards=True), symbols, first=False, backwards=True)
        self._whole = Automaton(self._anchored, symbols, first=False)

    def meter(self) -> Meter:
        """A fresh budget for the searches in one text."""
        return Meter(self._steps)

    def translate(self, text: str) -> str:
        """`text` in symbols, which the other methods take."""
        return text.translate(self._symbols.alphabet)

    def search(self, text: str, start: int, meter: Meter) -> Spans | None:
        """The leftmost match at or after `start`."""
        if any(text.find(each, start) < 0 for each in self._required):
            return None
        end = self._forwards.run(text, start, len(text), meter)
        if end < 0:
            return None
        return self._captures(text, (self._backwards.run(text, end, start, meter), end), meter)

    def fullmatch(self, text: str, meter: Meter) -> Spans | None:
        """The match that takes all of the text."""
        if self._whole.run(text, 0, len(text), meter) < len(text):
            return None
        return self._captures(text, (0, len(text)), meter)

    def _captures(self, text: str, span: tuple[int, int], meter: Meter) -> Spans:
        if not self._groups:
            return (span,)
        return capture(self._anchored, self._symbols, text, span, self._groups, meter)
