"""Up to which length of text the standard library's backtracking matcher is let loose on a pattern."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from muniment.languages.regex.nodes import (
    Alternation,
    Assertion,
    Class,
    Concat,
    Group,
    Literal,
    Node,
    Repeat,
    may_be_empty,
)

if TYPE_CHECKING:
    from muniment.languages.regex.ambiguity import Ambiguity
    from muniment.languages.regex.program import Symbols

BUDGET: Final = 3_000_000
"""Steps of backtracking, in the worst case, that take the standard library some hundredths of a second."""
ANY_LENGTH: Final = 1 << 40


class Route(NamedTuple):
    """What decides for one pattern and text."""

    ambiguity: "Ambiguity"
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
        bounds = self.ambiguity
        if bounds.exponential:
            return -1
        power = bounds.degree + 1
        inside = bounds.choices * max(1, min(bounds.reach, BUDGET)) ** power
        if self.anchored and inside <= BUDGET:
            return ANY_LENGTH
        from_anywhere = 0 if self.anchored else BUDGET // inside
        return max(from_anywhere, _root(BUDGET // bounds.choices, power if self.anchored else power + 1))

    def allows(self, text: str) -> bool:
        """Whether the few places where `text` holds the prefix make the standard library safe for it."""
        bounds = self.ambiguity
        if bounds.exponential or not self.prefix:
            return False
        inside: int = min(len(text), bounds.reach) ** (bounds.degree + 1)
        return (text.count(self.prefix) + 1) * bounds.choices * inside <= BUDGET


def route(tree: Node, symbols: "Symbols") -> Route:
    """Analyses a pattern."""
    from muniment.languages.regex.ambiguity import analyse  # noqa: PLC0415  short texts and plain patterns do without

    return Route(analyse(tree, symbols), _anchored(tree), _prefix(tree))


def plain_length(tree: Node) -> int:
    """A first answer to `Route.safe_length` without its analysis: smaller, and -1 where repetitions nest."""
    shape = _shape(tree)
    if shape is None:
        return -1
    choices, loops = shape
    return _root(BUDGET // choices, max(loops, 1) + (not _anchored(tree)))


def _root(value: int, power: int) -> int:
    return int(value ** (1 / power))


def _shape(node: Node) -> tuple[int, int] | None:
    """At most how many ways choices leave open, and how many endless repetitions there are; none may nest."""
    if isinstance(node, Literal | Class | Assertion):
        return 1, 0
    if isinstance(node, Group):
        return _shape(node.body)
    if isinstance(node, Repeat):
        return _repeat_shape(node)
    choices, loops = 1, 0
    for item in node[0]:
        shape = _shape(item)
        if shape is None:
            return None
        choices *= shape[0]
        loops += shape[1]
    return min(choices * (len(node.branches) if isinstance(node, Alternation) else 1), BUDGET), loops


def _repeat_shape(node: Repeat) -> tuple[int, int] | None:
    shape = _shape(node.body)
    if shape is None or node.high == 1:
        return shape and (shape[0] + 1, shape[1])
    if shape != (1, 0) or may_be_empty(node.body):
        return None
    return (1, 1) if node.high < 0 else (node.high - node.low + 1, 0)


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


def required(node: Node) -> Iterator[str]:
    """Texts that every match is known to hold."""
    if isinstance(node, Literal) and not node.fold:
        yield node.text
    elif isinstance(node, Concat):
        for item in node.items:
            yield from required(item)
    elif isinstance(node, Group) or (isinstance(node, Repeat) and node.low > 0):
        yield from required(node.body)
