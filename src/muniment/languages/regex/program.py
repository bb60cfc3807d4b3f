"""Compiles a tree to the instructions of a non-deterministic automaton, forwards or backwards.

Counted repetitions are written out, so a program can be far longer than its pattern; `MAX_PROGRAM` bounds it.
"""

from typing import Final, NamedTuple

from muniment.languages.regex.alphabet import Alphabet
from muniment.languages.regex.classes import WORD, fold_char
from muniment.languages.regex.errors import exhausted
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
    may_be_empty,
)
from muniment.languages.regex.places import MIRRORED, NEWLINE, OTHER, WORD_CHAR

MAX_PROGRAM: Final = 20_000

CHAR, SPLIT, SAVE, PLACE, MATCH = range(5)


class Instruction(NamedTuple):
    """One step: `CHAR` reads one of `symbols`, `SPLIT` prefers `to` to `other`, the rest reads nothing."""

    op: int
    to: int = 0
    other: int = 0
    """For `SPLIT` the second choice, for `SAVE` the slot of the capture."""
    symbols: frozenset[str] = frozenset()
    place: str = ""


class Program(NamedTuple):
    """Instructions with their entry, and whether any of them looks at a position's neighbours."""

    code: tuple[Instruction, ...]
    entry: int
    looks: bool


class Symbols(NamedTuple):
    """The alphabet of a tree: what each character set became, and what kind of neighbour each symbol is."""

    alphabet: Alphabet
    sets: dict[Ranges, frozenset[str]]
    kinds: dict[str, int]


def char_ranges(char: str, *, folds: bool) -> Ranges:
    """The set that one character of a literal stands for."""
    return fold_char(char) if folds else ((ord(char), ord(char)),)


def symbols_of(tree: Node) -> Symbols:
    """The alphabet for `tree`; newlines and word characters have symbols of their own where a place asks for them."""
    classes, looks = dict[Ranges, None](), False
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Literal):
            classes.update((char_ranges(char, folds=node.fold), None) for char in set(node.text))
        elif isinstance(node, Class):
            classes[node.ranges] = None
        elif isinstance(node, Assertion):
            looks = True
        else:
            stack.extend(node[0] if isinstance(node, Concat | Alternation) else (node.body,))
    alphabet = Alphabet((*classes, ((10, 10),), WORD) if looks else tuple(classes))
    kinds: dict[str, int] = {}
    if looks:
        kinds = dict.fromkeys(alphabet.sets[-1], WORD_CHAR) | dict.fromkeys(alphabet.sets[-2], NEWLINE)
    return Symbols(alphabet, dict(zip(classes, alphabet.sets, strict=False)), kinds)


def kind_of(symbols: Symbols, symbol: str) -> int:
    """What kind of neighbour a symbol is."""
    return symbols.kinds.get(symbol, OTHER)


def assemble(tree: Node, symbols: Symbols, *, backwards: bool = False, floating: bool = False) -> Program:
    """Compiles `tree`.

    `backwards` reads the text from its end and leaves captures out; `floating` lets a match start anywhere, earlier
    starts first. Raises `LimitExceededError` above `MAX_PROGRAM` instructions.
    """
    assembler = _Assembler(symbols, backwards=backwards)
    end = assembler.add(Instruction(MATCH))
    entry = assembler.node(tree, end)
    if floating:
        everything = frozenset(symbols.alphabet._symbols)  # noqa: SLF001  the two are halves of one table
        loop = assembler.add(Instruction(SPLIT))
        skip = assembler.add(Instruction(CHAR, loop, symbols=everything))
        assembler.code[loop] = Instruction(SPLIT, entry, skip)
        entry = loop
    return Program(tuple(assembler.code), entry, any(step.op == PLACE for step in assembler.code))


class _Assembler:
    """Writes instructions from the last to the first: each part is told where to go on."""

    __slots__ = ("backwards", "code", "symbols")

    def __init__(self, symbols: Symbols, *, backwards: bool) -> None:
        self.symbols = symbols
        self.backwards = backwards
        self.code: list[Instruction] = []

    def add(self, instruction: Instruction) -> int:
        if len(self.code) >= MAX_PROGRAM:
            raise exhausted(f"a regular expression needs more than {MAX_PROGRAM} steps when written out")
        self.code.append(instruction)
        return len(self.code) - 1

    def node(self, node: Node, after: int) -> int:
        """The entry of `node`'s instructions, which go on at `after`."""
        if isinstance(node, Literal):
            for char in node.text if self.backwards else reversed(node.text):
                after = self.char(char_ranges(char, folds=node.fold), after)
            return after
        if isinstance(node, Class):
            return self.char(node.ranges, after)
        if isinstance(node, Assertion):
            kind = MIRRORED.get(node.kind, node.kind) if self.backwards else node.kind
            return self.add(Instruction(PLACE, after, place=kind))
        if isinstance(node, Group):
            return self.group(node, after)
        if isinstance(node, Concat):
            for item in node.items if self.backwards else reversed(node.items):
                after = self.node(item, after)
            return after
        if isinstance(node, Alternation):
            return self.alternation(node, after)
        return self.repeat(node, after)

    def char(self, ranges: Ranges, after: int) -> int:
        return self.add(Instruction(CHAR, after, symbols=self.symbols.sets[ranges]))

    def group(self, node: Group, after: int) -> int:
        if self.backwards:
            return self.node(node.body, after)
        end = self.add(Instruction(SAVE, after, node.number * 2 + 1))
        return self.add(Instruction(SAVE, self.node(node.body, end), node.number * 2))

    def alternation(self, node: Alternation, after: int) -> int:
        entry = self.node(node.branches[-1], after)
        for branch in reversed(node.branches[:-1]):
            entry = self.add(Instruction(SPLIT, self.node(branch, after), entry))
        return entry

    def repeat(self, node: Repeat, after: int) -> int:
        """`x{2,4}` as `xx(x(x)?)?`, `x{2,}` as `xx+`, and `x*` as `(x+)?` where the body may be empty."""
        if node.high >= 0:
            entry = after
            for _ in range(node.high - node.low):
                entry = self.choice(node, self.node(node.body, entry), after)
            copies = node.low
        else:
            loop = self.add(Instruction(SPLIT))
            entry = self.node(node.body, loop)
            self.code[loop] = _split(node, entry, after)
            copies = node.low - 1
            if not node.low:
                entry = self.choice(node, entry, after) if may_be_empty(node.body) else loop
        for _ in range(copies):
            entry = self.node(node.body, entry)
        return entry

    def choice(self, node: Repeat, again: int, after: int) -> int:
        return self.add(_split(node, again, after))


def _split(node: Repeat, again: int, after: int) -> Instruction:
    return Instruction(SPLIT, again, after) if node.greedy else Instruction(SPLIT, after, again)
