"""Reads RE2's dialect, the one of Go's `regexp` package, into a tree; what Go refuses is refused in Go's words.

Look-around, back-references, possessive and atomic forms do not exist here, so every pattern can run in linear time.
"""

import re
from typing import Final, NamedTuple

from muniment.languages.regex.classes import (
    ANY,
    ANY_BUT_NEWLINE,
    DIGIT,
    LAST,
    POSIX,
    SPACE,
    WORD,
    fold,
    merge,
    negate,
    unicode_class,
)
from muniment.languages.regex.errors import RegexError, exhausted, refuse
from muniment.languages.regex.nodes import (
    EMPTY,
    Alternation,
    Assertion,
    Class,
    Concat,
    Group,
    Literal,
    Node,
    Ranges,
    Repeat,
)

MAX_PATTERN: Final = 10_000
MAX_DEPTH: Final = 100
"""Nested groups; the tree is walked by recursion, a few frames for each level."""
MAX_REPEAT: Final = 1000

FOLD, MANY_LINES, DOT_ALL, LAZY = 1, 2, 4, 8
_FLAGS: Final = {"i": FOLD, "m": MANY_LINES, "s": DOT_ALL, "U": LAZY}
_PLAIN: Final = re.compile(r"[^\\.*+?()|{\[^$]+")
_REPETITION: Final = re.compile(r"([*+?]|\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*)?)?\})(\??)")
_NAME: Final = re.compile(r"[A-Za-z0-9_]+")
_HEX: Final = re.compile(r"\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2})")
_OCTAL: Final = re.compile(r"[1-7][0-7]{1,2}|0[0-7]{0,2}")
_SYMBOLS: Final = {"*": (0, -1), "+": (1, -1), "?": (0, 1)}
_CONTROLS: Final = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_PERL: Final = {"d": DIGIT, "s": SPACE, "w": WORD}
_PLACES: Final = {"A": "text-start", "z": "text-end", "b": "word", "B": "no-word"}


class Parsed(NamedTuple):
    """A tree with the number of its captures and their names, `None` for the whole match and the nameless."""

    tree: Node
    groups: int
    names: tuple[str | None, ...]


class _Frame:
    """One open group: finished branches, the branch being read, and what to restore when it closes."""

    __slots__ = ("branches", "flags", "index", "items")

    def __init__(self, index: int, flags: int) -> None:
        self.branches: list[Node] = []
        self.items: list[Node] = []
        self.index = index
        self.flags = flags

    def end_branch(self) -> None:
        items = self.items
        self.branches.append(items[0] if len(items) == 1 else Concat(tuple(items)) if items else EMPTY)
        self.items = []

    def close(self) -> Node:
        self.end_branch()
        body = self.branches[0] if len(self.branches) == 1 else Alternation(tuple(self.branches))
        if self.index > 0:
            return Group(self.index, body)
        return Concat((body,)) if type(body) is Literal else body  # a repetition takes the whole group


class _Parser:
    """One left-to-right walk over a pattern with a stack of open groups."""

    __slots__ = ("at", "flags", "names", "pattern", "stack")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.flags = 0
        self.names: list[str | None] = [None]
        self.stack = [_Frame(0, 0)]

    def parse(self) -> Parsed:
        pattern, size = self.pattern, len(self.pattern)
        repeated = -1  # where the operator just before began, for "invalid nested repetition operator"
        while self.at < size:
            start, repeats = self.at, -1
            plain = _PLAIN.match(pattern, start)
            if plain:
                self.at = plain.end()
                self.push_text(plain[0])
            elif repetition := _REPETITION.match(pattern, start):
                self.repeat(repetition, repeated)
                repeats = start
            else:
                self.step(pattern[start])
            repeated = repeats
        if len(self.stack) > 1:
            raise refuse(pattern, "missing closing )", 0, size)
        return Parsed(self.stack[0].close(), len(self.names) - 1, tuple(self.names))

    def push_text(self, text: str) -> None:
        items, folds = self.stack[-1].items, bool(self.flags & FOLD)
        if items and type(last := items[-1]) is Literal and last.fold == folds:
            items[-1] = Literal(last.text + text, folds)
        else:
            items.append(Literal(text, folds))

    def step(self, char: str) -> None:
        """Reads what starts with one of the operators that are not repetitions."""
        start, items, flags = self.at, self.stack[-1].items, self.flags
        self.at = start + 1
        if char == "(":
            self.open_group(start)
        elif char == ")":
            self.close_group()
        elif char == "|":
            self.stack[-1].end_branch()
        elif char == "[":
            items.append(Class(self.read_class(start)))
        elif char == ".":
            items.append(Class(ANY if flags & DOT_ALL else ANY_BUT_NEWLINE))
        elif char == "^":
            items.append(Assertion("line-start" if flags & MANY_LINES else "text-start"))
        elif char == "$":
            items.append(Assertion("line-end" if flags & MANY_LINES else "text-end"))
        elif char == "\\":
            self.read_escape(start)
        else:
            self.push_text(char)

    def repeat(self, found: re.Match[str], repeated: int) -> None:
        """Wraps the item before a repetition; `repeated` is where a repetition that stands right before it began."""
        pattern, start = self.pattern, self.at
        self.at = found.end()
        bounds = _SYMBOLS.get(found[1]) or _bounds(found)
        if bounds is None:
            raise refuse(pattern, "invalid repeat count", start, found.end(1))
        if repeated >= 0:
            raise refuse(pattern, "invalid nested repetition operator", repeated, self.at)
        items = self.stack[-1].items
        if not items:
            raise refuse(pattern, "missing argument to repetition operator", start, self.at)
        body = items.pop()
        if type(body) is Literal and len(body.text) > 1:
            items.append(Literal(body.text[:-1], body.fold))
            body = Literal(body.text[-1], body.fold)
        node = Repeat(body, *bounds, greedy=bool(found[5]) == bool(self.flags & LAZY))
        if max(bounds) > 1 and not _repeatable(node, MAX_REPEAT):
            raise refuse(pattern, "invalid repeat count", start, self.at)
        items.append(body if body is EMPTY or _idempotent(node) else node)

    def open_group(self, start: int) -> None:
        pattern = self.pattern
        if not pattern.startswith("?", start + 1):
            self.push_group(None)
        elif pattern.startswith(("P<", "<"), start + 2) and len(pattern) > start + (
            4 if pattern[start + 2] == "P" else 3
        ):
            begin = start + (4 if pattern[start + 2] == "P" else 3)
            end = pattern.find(">", begin)
            if end < 0:
                raise refuse(pattern, "invalid named capture", start, len(pattern))
            name = pattern[begin:end]
            if not _NAME.fullmatch(name):
                raise refuse(pattern, "invalid named capture", start, end + 1)
            self.at = end + 1
            self.push_group(name)
        else:
            self.read_flags(start)

    def push_group(self, name: str | None) -> None:
        self.names.append(name)
        self.push_frame(len(self.names) - 1)

    def push_frame(self, index: int) -> None:
        if len(self.stack) > MAX_DEPTH:
            raise refuse(self.pattern, "expression nests too deeply", 0, len(self.pattern))
        self.stack.append(_Frame(index, self.flags))

    def close_group(self) -> None:
        if len(self.stack) == 1:
            raise refuse(self.pattern, "unexpected )", 0, len(self.pattern))
        frame = self.stack.pop()
        self.flags = frame.flags
        self.stack[-1].items.append(frame.close())

    def read_flags(self, start: int) -> None:
        """Reads `(?flags)` or `(?flags:`, with an optional minus that must be followed by a flag."""
        pattern, flags, minus, seen = self.pattern, self.flags, False, False
        for at in range(start + 2, len(pattern)):
            char = pattern[at]
            if char in _FLAGS:
                flags = flags & ~_FLAGS[char] if minus else flags | _FLAGS[char]
                seen = True
            elif char == "-" and not minus:
                minus, seen = True, False
            elif char in ":)" and (seen or not minus):
                self.at = at + 1
                if char == ":":
                    self.push_frame(0)
                self.flags = flags
                return
            else:
                raise refuse(pattern, "invalid or unsupported Perl syntax", start, at + 1)
        raise refuse(pattern, "invalid or unsupported Perl syntax", start, len(pattern))

    def read_escape(self, start: int) -> None:
        """Reads a backslash outside a class."""
        pattern = self.pattern
        char = pattern[start + 1 : start + 2]
        if char == "Q":
            end = pattern.find("\\E", start + 2)
            text = pattern[start + 2 : end if end >= 0 else len(pattern)]
            self.at = end + 2 if end >= 0 else len(pattern)
            if text:
                self.push_text(text)
        elif char in _PLACES and char:
            self.at = start + 2
            self.stack[-1].items.append(Assertion(_PLACES[char]))
        elif (named := self.named_class(start)) is not None:
            self.stack[-1].items.append(Class(named))
        else:
            self.push_text(chr(self.escaped_char(start)))

    def named_class(self, start: int) -> Ranges | None:
        r"""The set of `\d`, `\pL`, `\p{Greek}` and their like at `start`, or nothing where another escape stands."""
        char = self.pattern[start + 1 : start + 2]
        ranges = _PERL.get(char.lower())
        if ranges is not None:
            self.at = start + 2
            ranges = fold(ranges) if self.flags & FOLD else ranges
            return ranges if char.islower() else negate(ranges)
        return self.unicode_class(start) if char in ("p", "P") else None

    def unicode_class(self, start: int) -> Ranges:
        pattern = self.pattern
        if pattern.startswith("{", start + 2):
            end = pattern.find("}", start)
            if end < 0:
                raise refuse(pattern, "invalid character class range", start, len(pattern))
            name, self.at = pattern[start + 3 : end], end + 1
        else:
            name, self.at = pattern[start + 2 : start + 3], min(start + 3, len(pattern))
        ranges = unicode_class(name.removeprefix("^"))
        if ranges is None:
            raise refuse(pattern, "invalid character class range", start, self.at)
        if self.flags & FOLD:
            ranges = fold(ranges)
        return negate(ranges) if (pattern[start + 1] == "P") != name.startswith("^") else ranges

    def escaped_char(self, start: int) -> int:
        """The code point of an escape at `start`, which stands for one character."""
        pattern, at = self.pattern, start + 1
        if at >= len(pattern):
            raise refuse(pattern, "trailing backslash at end of expression", at, at)
        char = pattern[at]
        self.at = at + 1
        if char == "x" and (found := _HEX.match(pattern, at + 1)):
            code = int(found[1] or found[2], 16) if len(found[1] or "") < 16 else LAST + 1
            self.at = found.end()
            if code <= LAST:
                return code
        elif found := _OCTAL.match(pattern, at):
            self.at = found.end()
            return int(found[0], 8)
        elif char in _CONTROLS:
            return _CONTROLS[char]
        elif char < "\x80" and not char.isalnum():
            return ord(char)
        raise refuse(pattern, "invalid escape sequence", start, self.at)

    def read_class(self, start: int) -> Ranges:
        """Reads a bracketed class from its `[` at `start`."""
        pattern, ranges = self.pattern, list[tuple[int, int]]()
        negated = pattern.startswith("^", self.at)
        first = self.at = self.at + negated
        while self.at == first or not pattern.startswith("]", self.at):
            if self.at >= len(pattern):
                raise refuse(pattern, "missing closing ]", start, len(pattern))
            ranges.extend(self.read_class_item(start))
        self.at += 1
        merged = merge(ranges)
        if self.flags & FOLD:
            merged = fold(merged)
        return negate(merged) if negated else merged

    def read_class_item(self, class_start: int) -> Ranges:
        """Reads a POSIX or Perl class, a range or a single character."""
        pattern, at = self.pattern, self.at
        if pattern.startswith("[:", at) and (end := pattern.find(":]", at + 2)) >= 0:
            self.at = end + 2
            name = pattern[at + 2 : end]
            ranges = POSIX.get(name.removeprefix("^"))
            if ranges is None:
                raise refuse(pattern, "invalid character class range", at, self.at)
            return negate(fold(ranges) if self.flags & FOLD else ranges) if name.startswith("^") else ranges
        if pattern[at] == "\\" and (named := self.named_class(at)) is not None:
            return named
        low = high = self.class_char(class_start)
        if pattern.startswith("-", self.at) and len(pattern) > self.at + 1 and pattern[self.at + 1] != "]":
            self.at += 1
            high = self.class_char(class_start)
            if high < low:
                raise refuse(pattern, "invalid character class range", at, self.at)
        return ((low, high),)

    def class_char(self, class_start: int) -> int:
        if self.at >= len(self.pattern):
            raise refuse(self.pattern, "missing closing ]", class_start, len(self.pattern))
        if self.pattern[self.at] == "\\":
            return self.escaped_char(self.at)
        self.at += 1
        return ord(self.pattern[self.at - 1])


def parse(pattern: str, max_size: int = MAX_PATTERN) -> Parsed:
    """Reads `pattern`; raises `RegexError` where Go would, `LimitExceededError` above `max_size` characters."""
    if len(pattern) > max_size:
        raise exhausted(f"a regular expression of {len(pattern)} characters is longer than {max_size}")
    return _Parser(pattern).parse()


def _bounds(found: re.Match[str]) -> tuple[int, int] | None:
    """The bounds of `{n}`, `{n,}` or `{n,m}`; nothing where they are too large or upside down."""
    if len(found[2]) > 8 or len(found[4] or "") > 8:
        return None
    low = int(found[2])
    high = low if found[3] is None else -1 if found[4] is None else int(found[4])
    return None if max(low, high) > MAX_REPEAT or 0 <= high < low else (low, high)


def _idempotent(node: Repeat) -> bool:
    """Whether the body is the same `*`, `+` or `?` already."""
    body = node.body
    return (
        isinstance(body, Repeat)
        and body[1:] == node[1:]
        and node.low < 2 > node.high
        and (node.low, node.high) != (1, 1)
    )


def _repeatable(node: Node, budget: int) -> bool:
    """Whether nested counted repetitions, multiplied, stay within `budget`."""
    if isinstance(node, Repeat):
        counted = node.low > 1 or node.high > 1
        times = (node.high if node.high >= 0 else node.low) if counted else 1
        if node.high == 0 or times == 0:
            return True
        return times <= budget and _repeatable(node.body, budget // times)
    if isinstance(node, Group):
        return _repeatable(node.body, budget)
    if isinstance(node, Concat | Alternation):
        return all(_repeatable(item, budget) for item in node[0])
    return True


__all__ = ("MAX_DEPTH", "MAX_PATTERN", "Parsed", "RegexError", "parse")
