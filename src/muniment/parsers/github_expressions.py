"""The expression language of GitHub Actions: what stands in `${{ }}`, parsed, so that policies ask what it reads.

Contexts and functions are those of the service's documentation; names do not depend on case.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>-?(?:0x[0-9a-fA-F]+|0o[0-7]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w]))"
    r"|(?P<string>'(?:[^']|'')*')"
    r"|(?P<name>[A-Za-z_][\w-]*)"
    r"|(?P<operator>&&|\|\||==|!=|<=|>=|[<>!()\[\].,*]))"
)
_COMPARING: Final = ("==", "!=", "<", "<=", ">", ">=")
_WORDS: Final = {"true": True, "false": False, "null": None, "nan": float("nan"), "infinity": float("inf")}
_DEEPEST: Final = 50
_LONGEST: Final = 21_000
"""Characters of one expression; the service's own limit."""


class ExpressionError(Exception):
    """A text between `${{` and `}}` is no expression."""


class Literal(NamedTuple):
    """A value that is written out."""

    value: Any


class Read(NamedTuple):
    """A value read from a context; a step that is `*`, a number or computed is `*`."""

    path: tuple[str, ...]
    """Lower-case names."""
    computed: "tuple[Node, ...]" = ()
    """The expressions inside brackets."""


class Call(NamedTuple):
    """A function with its arguments; operators are calls too, named by their sign."""

    name: str
    arguments: "tuple[Node, ...]"


Node = Literal | Read | Call


class Expression(NamedTuple):
    """One `${{ }}` of a text, or a whole text that is an expression."""

    text: str
    start: int
    """Where it begins in the text, with its braces."""
    end: int
    node: Node | None
    """None where the text is no expression."""

    @property
    def contexts(self) -> tuple[str, ...]:
        """What it reads, dotted and lower-case, each once: `github.event.commits.*.message`."""
        reads = (".".join(node.path) for node in nodes(self.node) if isinstance(node, Read))
        return tuple(dict.fromkeys(reads))

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions that it calls, lower-case, each once."""
        calls = (node.name for node in nodes(self.node) if isinstance(node, Call) and node.name[0].isalpha())
        return tuple(dict.fromkeys(calls))


def nodes(node: Node | None) -> Iterator[Node]:
    """A node and everything in it."""
    stack = [] if node is None else [node]
    while stack:
        one = stack.pop()
        yield one
        if isinstance(one, Call):
            stack.extend(reversed(one.arguments))
        elif isinstance(one, Read):
            stack.extend(reversed(one.computed))


def find_expressions(text: str) -> tuple[Expression, ...]:
    """Every `${{ }}` of a text, in order; one that does not end reaches to the end of the text and has no node."""
    out: list[Expression] = []
    start = text.find("${{")
    while start >= 0:
        end = _end(text, start + 3)
        inner = text[start + 3 : end - 2 if end > 0 else len(text)].strip()
        out.append(Expression(inner, start, end if end > 0 else len(text), _parsed(inner) if end > 0 else None))
        start = text.find("${{", end) if end > 0 else -1
    return tuple(out)


def whole_expression(text: str) -> Expression:
    """A text that is an expression without braces, such as a condition."""
    return Expression(text.strip(), 0, len(text), _parsed(text.strip()))


def _end(text: str, at: int) -> int:
    """The offset behind the `}}` that closes an expression, strings skipped; -1 without."""
    quoted = False
    for place in range(at, len(text) - 1):
        if text[place] == "'":
            quoted = not quoted
        elif not quoted and text.startswith("}}", place):
            return place + 2
    return -1


def _parsed(text: str) -> Node | None:
    try:
        return parse(text)
    except ExpressionError:
        return None


def parse(text: str) -> Node:
    """The tree of an expression. Raises ExpressionError if it is none."""
    if len(text) > _LONGEST:
        raise ExpressionError("is too long")
    parser = _Parser(list(_tokens(text)))
    node = parser.alternatives(0)
    if parser.peek():
        raise ExpressionError(f"ends before {parser.peek()!r}")
    return node


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise ExpressionError(f"cannot be read at {text[at : at + 10]!r}")
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


class _Parser:
    """Recursive descent over the tokens; `||` binds least."""

    __slots__ = ("_at", "_tokens")

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise ExpressionError("ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, sign: str) -> None:
        if self._next()[1] != sign:
            raise ExpressionError(f"{sign!r} is missing")

    def alternatives(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise ExpressionError("is nested too deeply")
        return self._chain(("||",), lambda: self._chain(("&&",), lambda: self._comparison(depth)))

    def _comparison(self, depth: int) -> Node:
        return self._chain(_COMPARING, lambda: self._negation(depth))

    def _chain(self, signs: tuple[str, ...], operand: Callable[[], Node]) -> Node:
        node = operand()
        while self.peek() in signs and self._tokens[self._at][0] == "operator":
            sign = self._next()[1]
            node = Call(sign, (node, operand()))
        return node

    def _negation(self, depth: int) -> Node:
        signs = 0
        while self.peek() == "!":
            self._next()
            signs += 1
        node = self._primary(depth)
        for _ in range(min(signs, 2 - signs % 2)):
            node = Call("!", (node,))
        return node

    def _primary(self, depth: int) -> Node:
        kind, text = self._next()
        if kind == "number":
            return Literal(_number(text))
        if kind == "string":
            return Literal(text[1:-1].replace("''", "'"))
        if text == "(":
            node = self.alternatives(depth + 1)
            self._expect(")")
            return self._steps(node, depth)
        if kind != "name":
            raise ExpressionError(f"{text!r} starts nothing")
        if text.lower() in _WORDS and self.peek() not in {".", "[", "("}:
            return Literal(_WORDS[text.lower()])
        if self.peek() == "(":
            return self._steps(Call(text.lower(), self._arguments(depth)), depth)
        return self._steps(Read((text.lower(),)), depth)

    def _arguments(self, depth: int) -> tuple[Node, ...]:
        self._expect("(")
        out: list[Node] = []
        while self.peek() != ")":
            if out:
                self._expect(",")
            out.append(self.alternatives(depth + 1))
        self._expect(")")
        return tuple(out)

    def _steps(self, node: Node, depth: int) -> Node:
        """`.name`, `.*` and `[index]` behind a value; behind a call they select from what it gives."""
        while self.peek() in {".", "["}:
            if self._next()[1] == ".":
                kind, name = self._next()
                if kind != "name" and name != "*":
                    raise ExpressionError(f"{name!r} is no name")
                node = _select(node, name.lower(), ())
            else:
                index: Node = Literal("*") if self.peek() == "*" and self._next() else self.alternatives(depth + 1)
                self._expect("]")
                node = _select(node, *_index(index))
        return node


def _index(index: Node) -> tuple[str, tuple[Node, ...]]:
    if isinstance(index, Literal):
        return (index.value.lower(), ()) if isinstance(index.value, str) else ("*", ())
    return "*", (index,)


def _select(node: Node, step: str, inner: tuple[Node, ...]) -> Node:
    if isinstance(node, Read):
        return Read((*node.path, step), (*node.computed, *inner))
    return Call(".", (node, Literal(step), *inner))


def _number(text: str) -> int | float:
    negative, digits = text.startswith("-"), text.lstrip("-")
    value: int | float
    if digits[:2] in {"0x", "0o"}:
        value = int(digits, 0)
    else:
        number = float(digits)
        value = int(number) if number.is_integer() and abs(number) < 2**53 else number
    return -value if negative else value
