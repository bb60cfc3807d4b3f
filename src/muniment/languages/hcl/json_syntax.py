"""Parses HCL's JSON syntax into the same tree as the native syntax.

JSON does not tell blocks from arguments: the caller's `BlockShape` does. Without recursion, so that nesting costs no
stack.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import (
    Attribute,
    Block,
    Body,
    Expression,
    Invalid,
    Label,
    Literal,
    ObjectExpression,
    TupleExpression,
)
from muniment.languages.hcl.parser import File, only_expression, too_large
from muniment.languages.hcl.text import unescape_json
from muniment.languages.hcl.tokens import Problem, tokenize_template
from muniment.languages.hcl.values import nfc, number
from muniment.languages.source import Limits

_PIECE = r"""(?x)[ \t\r\n]*+(?:
    "((?:[^"\\\x00-\x1f]++|\\.)*+)"
  | ([{}\[\],:])
  | (-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null)(?![\w.])
  | (\Z)
  | (?s:.)
)"""
_NAMED: Final = {"true": True, "false": False, "null": None}


class BlockShape(NamedTuple):
    """How a block type is written: the number of its labels and the block types inside its body."""

    labels: int = 0
    blocks: "Mapping[str, BlockShape]" = {}  # noqa: RUF012  nobody changes it


class _JsonProblem(Exception):  # noqa: N818  it never leaves this module
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Open:
    """A container that is being read."""

    __slots__ = ("items", "key", "start")
    noun = "container"

    def __init__(self, start: int) -> None:
        self.start = start
        self.items: list[Any] = []
        self.key: Expression | None = None


class _OpenObject(_Open):
    __slots__ = ()
    noun = "object"


class _OpenArray(_Open):
    __slots__ = ()
    noun = "array"


def parse_json(
    text: str,
    *,
    blocks: Mapping[str, BlockShape],
    filename: str = "",
    limits: Limits = Limits(),  # noqa: B008  an immutable tuple
) -> File:
    """Parses a file of the JSON syntax whose top level has the block types `blocks`; all other members are arguments.

    Never raises for what the text says: `diagnostics` tell, and the tree holds what was read before a mistake.
    """
    file = File(filename, text)
    problem = too_large(text, limits)
    if problem is not None:
        file.problems.append(problem)
        return file
    root = _Reader(text, limits, file.problems).read()
    if isinstance(root, TupleExpression):
        for item in root.items:
            fill(file.body, item, blocks, file.problems)
    elif root is not None:
        fill(file.body, root, blocks, file.problems)
    file.body.end = len(text)
    return file


class _Reader:
    """Builds expressions from JSON's tokens; strings with templates become templates."""

    __slots__ = ("limits", "problems", "stack", "text")

    def __init__(self, text: str, limits: Limits, problems: list[Problem]) -> None:
        self.text = text
        self.limits = limits
        self.problems = problems
        self.stack: list[_Open] = []

    def read(self) -> Expression | None:
        """The value of the text; after a mistake what was read before it, None when that is nothing."""
        try:
            return self.value()
        except _JsonProblem as problem:
            found = problem.problem
        self.problems.append(found)
        node: Expression | None = None
        while self.stack:
            # Where the text broke off stands an invalid expression, so that nothing takes a half for the whole.
            self.put(node or Invalid(found.message, found.start, found.end))
            node = self.closed(self.stack.pop(), len(self.text))
        return node

    def value(self) -> Expression:
        tokens = re.compile(_PIECE).finditer(self.text, 1 if self.text.startswith("\ufeff") else 0)
        while True:
            node = self.begin(tokens)
            while node is not None:
                if not self.stack:
                    self.refuse_rest(tokens)
                    return node
                self.put(node)
                node = self.separator(tokens)

    def begin(self, tokens: Iterator[re.Match[str]]) -> Expression | None:
        """Reads the beginning of a value, a key before it included: a whole scalar or empty container, or None."""
        match = next(tokens)
        inside = self.stack[-1] if self.stack else None
        if isinstance(inside, _OpenObject) and inside.key is None:
            if match[2] == "}" and not inside.items:
                return self.closed(self.stack.pop(), match.end())
            if match[1] is None:
                raise self.unexpected(match, "a quoted name")
            inside.key = self.string(match)
            colon = next(tokens)
            if colon[2] != ":":
                raise self.unexpected(colon, 'a ":"')
            match = next(tokens)
        if match[2] in ("{", "["):
            self.open(match)
            return None
        if match[2] == "]" and isinstance(inside, _OpenArray) and not inside.items:
            return self.closed(self.stack.pop(), match.end())
        return self.scalar(match)

    def open(self, match: re.Match[str]) -> None:
        if len(self.stack) >= self.limits.data_depth:
            message = f"nested deeper than {self.limits.data_depth} levels"
            raise _JsonProblem(Problem(message, match.start(2), match.end(), "limit-exceeded"))
        self.stack.append((_OpenObject if match[2] == "{" else _OpenArray)(match.start(2)))

    def separator(self, tokens: Iterator[re.Match[str]]) -> Expression | None:
        """Reads what follows a member: a comma, or the end of the container, which is then a value itself."""
        match = next(tokens)
        inside = self.stack[-1]
        if match[2] == ",":
            return None
        if match[2] == ("}" if isinstance(inside, _OpenObject) else "]"):
            return self.closed(self.stack.pop(), match.end())
        raise self.unexpected(match, 'a "," or the end of the ' + inside.noun)

    def refuse_rest(self, tokens: Iterator[re.Match[str]]) -> None:
        match = next(tokens)
        if match.lastindex != 4:
            problem = self.unexpected(match, "the end of the text").problem
            self.problems.append(problem)

    def put(self, node: Expression) -> None:
        inside = self.stack[-1]
        if isinstance(inside, _OpenObject):
            if inside.key is not None:
                inside.items.append((inside.key, node))
            inside.key = None
        else:
            inside.items.append(node)

    def closed(self, container: "_Open", end: int) -> Expression:
        if isinstance(container, _OpenObject):
            return ObjectExpression(container.items, container.start, end)
        return TupleExpression(container.items, container.start, end)

    def unexpected(self, match: re.Match[str], wanted: str) -> _JsonProblem:
        end = match.end()
        start = match.start(match.lastindex) if match.lastindex else end - 1
        shown = "the end of the text" if match.lastindex == 4 else self.text[start : min(end, start + 20)]
        return _JsonProblem(Problem(f"expected {wanted}, not {shown}", start, end))

    def scalar(self, match: re.Match[str]) -> Expression:
        if match[1] is not None:
            return self.string(match)
        word = match[3]
        if word is None:
            raise self.unexpected(match, "a value")
        start, end = match.span(3)
        if word in _NAMED:
            return Literal(_NAMED[word], start, end)
        try:
            return Literal(number(Decimal(word)), start, end)
        except (HclError, ArithmeticError):
            message = "the number is too large or too small"
            raise _JsonProblem(Problem(message, start, end, "limit-exceeded")) from None

    def string(self, match: re.Match[str]) -> Expression:
        """A string as a literal, or as the template that it is."""
        start, end = match.start(1) - 1, match.end()
        text, offsets = unescape_json(match[1])
        if "${" not in text and "%{" not in text:
            return Literal(nfc(text), start, end)
        tokens = tokenize_template(text)
        tokens.starts = [start + 1 + offsets(at) for at in tokens.starts]
        shifted = [
            p._replace(start=start + 1 + offsets(p.start), end=start + 1 + offsets(p.end)) for p in tokens.problems
        ]
        tokens.problems = shifted
        node = only_expression(tokens, self.limits)
        self.problems.extend(tokens.problems)
        return node


def fill(body: Body, node: Expression, shapes: Mapping[str, BlockShape], problems: list[Problem]) -> None:
    """Adds the members of a JSON object to a body: those named in `shapes` as blocks, others as arguments."""
    if not isinstance(node, ObjectExpression):
        problems.append(Problem("expected an object", node.start, node.end))
        return
    for key, value in node.items:
        name = key.value if isinstance(key, Literal) else None
        if not isinstance(name, str):
            problems.append(Problem("a name cannot be a template here", key.start, key.end))
        elif name in shapes:
            body.blocks.extend(blocks_of(name, value, key.start, shapes[name], problems))
        elif name in body.attributes:
            problems.append(Problem(f'the argument "{name}" is set twice', key.start, key.end, "duplicate-argument"))
        elif name != "//":
            body.attributes[name] = Attribute(name, value, key.start, value.end)


def blocks_of(name: str, node: Expression, start: int, shape: BlockShape, problems: list[Problem]) -> list[Block]:
    """The blocks of the type `name` that a JSON value stands for: labels as object keys, repetition as an array."""
    blocks: list[Block] = []
    for labels, content in _labelled(node, (), shape.labels, problems):
        if isinstance(content, Literal) and content.value is None:
            continue
        body = Body(content.start)
        body.end = content.end
        fill(body, content, shape.blocks, problems)
        header_end = labels[-1].end if labels else start + len(name) + 2
        blocks.append(Block(name, labels, body, labels[-1].start if labels else start, header_end))
    return blocks


def _labelled(
    node: Expression, labels: tuple[Label, ...], missing: int, problems: list[Problem]
) -> Iterator[tuple[tuple[Label, ...], Expression]]:
    if isinstance(node, TupleExpression):
        for item in node.items:
            yield from _labelled(item, labels, missing, problems)
    elif missing == 0:
        yield labels, node
    elif isinstance(node, ObjectExpression):
        for key, value in node.items:
            name = key.value if isinstance(key, Literal) else None
            if not isinstance(name, str):
                problems.append(Problem("a label cannot be a template", key.start, key.end))
            elif name != "//":
                yield from _labelled(value, (*labels, Label(name, key.start, key.end)), missing - 1, problems)
    else:
        problems.append(Problem("expected an object whose keys are labels", node.start, node.end))
