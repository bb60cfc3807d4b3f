"""Up to which length of text the standard library's backtracking matcher is let loose on a pattern."""

from typing import Final, NamedTuple

from muniment.languages.regex.ambiguity import Ambiguity, analyse
from muniment.languages.regex.nodes import Alternation, Assertion, Concat, Group, Literal, Node, Repeat
from muniment.languages.regex.program import Symbols

BUDGET: Final = 3_000_000
"""Steps of backtracking, in the worst case, that take the standard library some hundredths of a second."""


class Route(NamedTuple):
    """What decides for one pattern and text."""

    ambiguity: Ambiguity
    anchored: bool
    """Whether every match begins at the start of the text."""
    prefix: str
    """Characters that every match begins with."""

    @property
    def linear(self) -> bool:
        """Whether backtracking from one place takes time in proportion to the text."""
        return not self.ambiguity.exponential and self.ambiguity.degree == 0

    def safe_length(self) -> int:
        """The longest text that stays within `BUDGET` whatever it holds; -1 if there is none."""
        if self.ambiguity.exponential:
            return -1
        low, high = -1, 1 << 40
        while low < high:
            middle = (low + high + 1) // 2
            if self.steps(middle, 1 if self.anchored else middle) <= BUDGET:
                low = middle
            else:
                high = middle - 1
        return low

    def steps(self, length: int, starts: int) -> int:
        """A bound for the steps on a text of `length` characters where a match may begin in `starts` places."""
        bounds = self.ambiguity
        there: int = min(length, bounds.reach) ** (bounds.degree + 1)
        return bounds.choices * starts * there + length

    def allows(self, text: str) -> bool:
        """Whether the few places where `text` holds the prefix make the standard library safe for it."""
        if self.ambiguity.exponential or not self.prefix:
            return False
        return self.steps(len(text), text.count(self.prefix) + 1) <= BUDGET + len(text)


def route(tree: Node, symbols: Symbols) -> Route:
    """Analyses a pattern."""
    return Route(analyse(tree, symbols), _anchored(tree), _prefix(tree))


def _anchored(node: Node) -> bool:
    if isinstance(node, Assertion):
        return node.kind == "text-start"
    if isinstance(node, Concat):
        return bool(node.items) and _anchored(node.items[0])
    if isinstance(node, Alternation):
        return all(map(_anchored, node.branches))
    if isinstance(node, Repeat):
        return node.low > 0 and _anchored(node.body)
    return isinstance(node, Group) and _anchored(node.body)


def _prefix(node: Node) -> str:
    if isinstance(node, Literal):
        return "" if node.fold else node.text
    if isinstance(node, Concat):
        first = next((item for item in node.items if not isinstance(item, Assertion)), None)
        return _prefix(first) if first else ""
    if isinstance(node, Group):
        return _prefix(node.body)
    return _prefix(node.body) if isinstance(node, Repeat) and node.low > 0 else ""
