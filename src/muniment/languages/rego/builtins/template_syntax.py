"""Reads templates of Go's `text/template` into a tree."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from muniment.languages.rego.signatures import BuiltinError

_ACTION: Final = re.compile(
    r"(?P<before>\s+(?=\{\{-\s))?\{\{(?:-(?=\s))?(?P<body>(?:/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|`[^`]*`|'(?:\\.|[^'\\\n])*'|[^}\"`']|\}(?!\}))*)\}\}",
    re.DOTALL,
)
_TOKEN: Final = re.compile(
    r"\s+|(?P<text>\"(?:\\.|[^\"\\\n])*\"|`[^`]*`)|(?P<number>[-+]?(?:0[xX][0-9a-fA-F]+|[0-9]+(?:\.[0-9]+)?))"
    r"|(?P<field>\.[A-Za-z_]\w*)|(?P<variable>\$\w*)|(?P<name>[A-Za-z_]\w*)|(?P<mark>:=|[=|(),.])"
)
_DEEPEST: Final = 50


class Token(NamedTuple):
    """A part of an action; `spaced` tells whether a blank stands before it."""

    kind: str
    text: str
    spaced: bool


class Operand(NamedTuple):
    """A literal, `.`, a variable, a function's name or a pipeline in parentheses, with the fields behind it."""

    kind: str
    value: Any
    fields: tuple[str, ...] = ()


class Pipeline(NamedTuple):
    """Commands, each of which gets the value of the one before; `names` are variables that are declared or set."""

    commands: tuple[tuple[Operand, ...], ...]
    names: tuple[str, ...] = ()
    declares: bool = False


class Node(NamedTuple):
    """A part of a template; `kind` is `text`, `action`, `if`, `range`, `with`, `template`, `break` or `continue`."""

    kind: str
    value: Any = None
    body: "tuple[Node, ...]" = ()
    otherwise: "tuple[Node, ...]" = ()


class Template(NamedTuple):
    """A tree, and those that it defines by name."""

    body: tuple[Node, ...]
    defined: dict[str, tuple[Node, ...]]


def parse(text: str) -> Template:
    """The tree of a template. Raises BuiltinError if it is none."""
    reader = _Reader(list(_pieces(text)))
    body, end = reader.nodes(0)
    if end:
        raise _fault(f"unexpected {{{{{end}}}}}")
    return Template(body, reader.defined)


def _fault(message: str) -> BuiltinError:
    return BuiltinError(f"template: {message}")


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Texts and actions in turn; comments leave nothing."""
    end, trim = 0, False
    for found in _ACTION.finditer(text):
        before = text[end : found.start()]
        yield "text", before.lstrip() if trim else before
        body = found["body"]
        trim = re.search(r"\s-$", body) is not None
        body = (body[:-1] if trim else body).strip()
        if not (body.startswith("/*") and body.endswith("*/")):
            yield "action", body
        end = found.end()
    rest = text[end:]
    if "{{" in rest:
        raise _fault("unclosed action")
    yield "text", rest.lstrip() if trim else rest


class _Reader:
    """Where the reading of a template is."""

    __slots__ = ("at", "defined", "pieces")

    def __init__(self, pieces: list[tuple[str, str]]) -> None:
        self.pieces = pieces
        self.at = 0
        self.defined: dict[str, tuple[Node, ...]] = {}

    def nodes(self, depth: int) -> tuple[tuple[Node, ...], str]:
        """The nodes up to an `end` or `else`, and the action that stands there; empty at the end of the text."""
        if depth > _DEEPEST:
            raise _fault("nested too deep")
        found: list[Node] = []
        while self.at < len(self.pieces):
            kind, text = self.pieces[self.at]
            self.at += 1
            if kind == "text":
                found.append(Node("text", text))
                continue
            word, _, rest = text.partition(" ")
            if word in {"end", "else"}:
                return tuple(found), text
            found += self._action(word, rest.strip(), text, depth)
        return tuple(found), ""

    def _action(self, word: str, rest: str, text: str, depth: int) -> list[Node]:
        if word in {"if", "range", "with"}:
            return [self._branch(word, rest, depth)]
        if word in {"break", "continue"} and not rest:
            return [Node(word)]
        if word == "template":
            return [_call(rest)]
        if word in {"define", "block"}:
            node = _call(rest)
            body, end = self.nodes(depth + 1)
            if end != "end":
                raise _fault(f"unexpected {{{{{end}}}}} in {word}")
            self.defined[node.value[0]] = body
            return [node] if word == "block" else []
        return [Node("action", pipeline(text))]

    def _branch(self, word: str, condition: str, depth: int) -> Node:
        value = pipeline(condition)
        body, end = self.nodes(depth + 1)
        otherwise: tuple[Node, ...] = ()
        if end == "else":
            otherwise, end = self.nodes(depth + 1)
        elif end.startswith("else "):
            inner, _, rest = end.removeprefix("else ").strip().partition(" ")
            if inner not in {"if", "with"}:
                raise _fault(f"unexpected {{{{{end}}}}}")
            return Node(word, value, body, (self._branch(inner, rest.strip(), depth + 1),))
        if end != "end":
            raise _fault("unexpected EOF")
        return Node(word, value, body, otherwise)


def _call(text: str) -> Node:
    """A template by name, with the pipeline of what it gets."""
    found = re.match(r"\"((?:\\.|[^\"\\])*)\"|`([^`]*)`", text)
    if not found:
        raise _fault("missing name of a template")
    rest = text[found.end() :].strip()
    return Node("template", (found[1] if found[1] is not None else found[2], pipeline(rest) if rest else None))


def pipeline(text: str) -> Pipeline:
    """A pipeline. Raises BuiltinError."""
    tokens = list(_tokens(text))
    result, at = _pipeline(tokens, 0, 0)
    if at < len(tokens):
        raise _fault(f'unexpected "{tokens[at].text}"')
    return result


def _tokens(text: str) -> Iterator[Token]:
    at, spaced = 0, True
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise _fault(f"unexpected {text[at]!r} in an action")
        if found.lastgroup:
            yield Token(found.lastgroup, found[0], spaced)
        spaced = found.lastgroup is None
        at = found.end()


def _pipeline(tokens: list[Token], at: int, depth: int) -> tuple[Pipeline, int]:
    if depth > _DEEPEST:
        raise _fault("nested too deep")
    names, declares, at = _declared(tokens, at)
    commands: list[tuple[Operand, ...]] = []
    while True:
        operands: list[Operand] = []
        while at < len(tokens) and tokens[at].text not in {"|", ")"}:
            operand, at = _operand(tokens, at, depth)
            operands.append(operand)
        if not operands:
            raise _fault("missing value for command")
        commands.append(tuple(operands))
        if at >= len(tokens) or tokens[at].text != "|":
            return Pipeline(tuple(commands), names, declares), at
        at += 1


def _declared(tokens: list[Token], at: int) -> tuple[tuple[str, ...], bool, int]:
    """The variables before `:=` or `=`."""
    names: list[str] = []
    place = at
    while place + 1 < len(tokens) and tokens[place].kind == "variable":
        names.append(tokens[place].text)
        sign = tokens[place + 1].text
        if sign in {":=", "="}:
            return tuple(names), sign == ":=", place + 2
        if sign != ",":
            break
        place += 2
    return (), False, at


def _operand(tokens: list[Token], at: int, depth: int) -> tuple[Operand, int]:
    token = tokens[at]
    fields: list[str] = []
    if token.kind == "field":
        kind: str = "dot"
        value: Any = None
        fields.append(token.text[1:])
    elif token.text == "(":
        kind = "pipeline"
        value, at = _pipeline(tokens, at + 1, depth + 1)
        if at >= len(tokens) or tokens[at].text != ")":
            raise _fault("unclosed left paren")
    elif token.text == ".":
        kind, value = "dot", None
    else:
        kind, value = _simple(token)
    at += 1
    while at < len(tokens) and tokens[at].kind == "field" and not tokens[at].spaced:
        fields.append(tokens[at].text[1:])
        at += 1
    return Operand(kind, value, tuple(fields)), at


def _simple(token: Token) -> tuple[str, Any]:
    if token.kind == "variable":
        return "variable", token.text
    if token.kind == "text":
        return "literal", _unquoted(token.text)
    if token.kind == "number":
        return "literal", float(token.text) if "." in token.text else int(
            token.text, 0 if "x" in token.text.lower() else 10
        )
    if token.text in {"true", "false", "nil"}:
        return "literal", {"true": True, "false": False, "nil": None}[token.text]
    if token.kind == "name":
        return "function", token.text
    raise _fault(f'unexpected "{token.text}" in operand')


_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def _unquoted(text: str) -> str:
    if text[0] == "`":
        return text[1:-1]
    pattern = r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))"

    def shown(found: re.Match[str]) -> str:
        digits = found[1] or found[2]
        return chr(int(digits, 16)) if digits else _ESCAPES.get(found[3], found[3])

    return re.sub(pattern, shown, text[1:-1])
