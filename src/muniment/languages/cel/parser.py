"""Parses an expression by precedence; the grammar is that of the CEL specification, "Syntax"."""

from typing import Any, Final

from muniment.languages.cel.ast import Call, Ident, Index, ListNode, Literal, MapNode, MessageNode, Node, Select
from muniment.languages.cel.errors import syntax_error
from muniment.languages.cel.lexer import Token, tokenize
from muniment.languages.cel.values import Uint
from muniment.languages.source import Limits

_BINARY: Final = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 3,
    "<=": 3,
    ">": 3,
    ">=": 3,
    "in": 3,
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "%": 5,
}
_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_RESERVED: Final = frozenset(
    (
        *("as", "break", "const", "continue", "else", "for", "function", "if", "import", "let"),
        *("loop", "package", "namespace", "return", "var", "void", "while"),
    )
)
_LEAST, _MOST, _MOST_UNSIGNED = -(2**63), 2**63 - 1, 2**64 - 1


def parse(text: str, limits: Limits) -> Node:
    """The tree of an expression. Raises CelError."""
    if len(text) > limits.size:
        raise syntax_error(text, 0, 1, f"the expression is larger than {limits.size} characters", code="limit-exceeded")
    return _Parser(text, limits.depth).whole()


class _Parser:
    __slots__ = ("_depth", "_most", "_place", "_text", "_tokens")

    def __init__(self, text: str, most: int) -> None:
        self._text = text
        self._tokens = tokenize(text)
        self._place = 0
        self._depth = 0
        self._most = most

    def whole(self) -> Node:
        node = self._expression()
        self._expect_end()
        return node

    @property
    def _token(self) -> Token:
        return self._tokens[self._place]

    def _is(self, sign: str) -> bool:
        token = self._tokens[self._place]
        return token.text == sign and token.kind == "sign"

    def _take(self, sign: str) -> bool:
        if self._is(sign):
            self._place += 1
            return True
        return False

    def _expect(self, sign: str) -> int:
        token = self._token
        if not self._take(sign):
            raise self._unexpected(token, f"{sign!r} is expected")
        return token.end

    def _expect_end(self) -> None:
        if self._token.kind != "end":
            raise self._unexpected(self._token, "the expression should end here")

    def _unexpected(self, token: Token, what: str) -> Exception:
        found = repr(token.text) if token.kind != "end" else "the end"
        return syntax_error(self._text, token.start, token.end, f"{what}, not {found}")

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > self._most:
            token = self._token
            raise syntax_error(self._text, token.start, token.end, "nested too deeply", code="limit-exceeded")
        node = self._binary(1)
        if self._take("?"):
            yes = self._binary(1)
            self._expect(":")
            no = self._expression()
            node = Call("_?_:_", None, [node, yes, no]).at(node.start, no.end)
        self._depth -= 1
        return node

    def _binary(self, power: int) -> Node:
        left = self._unary()
        while True:
            token = self._token
            strength = _BINARY.get(token.text, 0) if token.kind in {"sign", "name"} else 0
            if strength < power:
                return left
            self._place += 1
            right = self._binary(strength + 1)
            if (
                token.text in {"&&", "||"}
                and isinstance(left, Call)
                and left.name == token.text
                and left.target is None
            ):
                left.arguments.append(right)
                left.end = right.end
            else:
                left = Call(token.text, None, [left, right]).at(left.start, right.end)

    def _unary(self) -> Node:
        token = self._token
        if token.kind == "sign" and token.text in {"!", "-"}:
            signs = 0
            while self._is(token.text):
                self._place += 1
                signs += 1
            following = self._token
            is_number = token.text == "-" and following.kind == "value" and type(following.value) in {int, float}
            if is_number and following.start == self._tokens[self._place - 1].end:
                return self._negative(signs, token)
            operand = self._postfix(self._primary())
            name = "!_" if token.text == "!" else "-_"
            for _ in range(signs if signs <= 2 else 2 - signs % 2):
                operand = Call(name, None, [operand]).at(token.start, operand.end)
            return operand
        return self._postfix(self._primary())

    def _negative(self, signs: int, first: Token) -> Node:
        """A negative number is a literal: the smallest one has no positive counterpart."""
        token = self._token
        self._place += 1
        literal = Literal(self._checked(-token.value, token)).at(first.start, token.end)
        node = self._postfix(literal)
        for _ in range(signs - 1 if signs <= 2 else 1 - signs % 2):
            node = Call("-_", None, [node]).at(first.start, node.end)
        return node

    def _checked(self, value: Any, token: Token) -> Any:
        if type(value) is int and not _LEAST <= value <= _MOST:
            raise syntax_error(self._text, token.start, token.end, "the integer has over 64 bits")
        if type(value) is Uint and value > _MOST_UNSIGNED:
            raise syntax_error(self._text, token.start, token.end, "the integer has over 64 bits")
        return value

    def _postfix(self, node: Node) -> Node:
        steps = 0
        while True:
            steps += 1
            if steps > 5000:
                raise syntax_error(self._text, node.start, node.end, "the chain is too long", code="limit-exceeded")
            if self._take("."):
                node = self._dot(node)
            elif self._is("["):
                self._place += 1
                optional = self._take("?")
                key = self._expression()
                node = Index(node, key, optional=optional).at(node.start, self._expect("]"))
            elif self._is("{") and _message_name(node):
                node = self._message(node)
            else:
                return node

    def _dot(self, node: Node) -> Node:
        optional = self._take("?")
        token = self._token
        if token.kind not in {"name", "quoted"} or token.text in {"in", *_CONSTANTS}:
            raise self._unexpected(token, "a name is expected")
        self._place += 1
        if not optional and token.kind == "name" and self._is("("):
            arguments, end = self._arguments()
            return Call(token.text, node, arguments).at(node.start, end)
        return Select(node, token.text, optional=optional).at(node.start, token.end)

    def _arguments(self) -> tuple[list[Node], int]:
        self._expect("(")
        arguments: list[Node] = []
        if not self._is(")"):
            arguments.append(self._expression())
            while self._take(","):
                arguments.append(self._expression())
        return arguments, self._expect(")")

    def _primary(self) -> Node:
        token = self._token
        self._place += 1
        if token.kind == "value":
            return Literal(self._checked(token.value, token)).at(token.start, token.end)
        if token.kind == "name":
            return self._name(token)
        if token.kind == "sign":
            if token.text == "(":
                node = self._expression()
                self._expect(")")
                return node
            if token.text == "[":
                return self._list(token)
            if token.text == "{":
                return self._map(token)
            if token.text == ".":
                name = self._token
                if name.kind != "name" or name.text in _RESERVED or name.text in _CONSTANTS:
                    raise self._unexpected(name, "a name is expected")
                self._place += 1
                return self._called(Ident(name.text, absolute=True).at(token.start, name.end))
        raise self._unexpected(token, "an expression is expected")

    def _name(self, token: Token) -> Node:
        if token.text in _CONSTANTS:
            return Literal(_CONSTANTS[token.text]).at(token.start, token.end)
        if token.text in _RESERVED or token.text == "in":
            raise syntax_error(self._text, token.start, token.end, f"{token.text!r} is a reserved word")
        return self._called(Ident(token.text).at(token.start, token.end))

    def _called(self, name: Node) -> Node:
        if isinstance(name, Ident) and self._is("("):
            arguments, end = self._arguments()
            return Call(name.name, None, arguments).at(name.start, end)
        return name

    def _list(self, opening: Token) -> Node:
        elements: list[tuple[Node, bool]] = []
        while not self._is("]"):
            optional = self._take("?")
            elements.append((self._expression(), optional))
            if not self._take(","):
                break
        return ListNode(elements).at(opening.start, self._expect("]"))

    def _map(self, opening: Token) -> Node:
        entries: list[tuple[Node, Node, bool]] = []
        while not self._is("}"):
            optional = self._take("?")
            key = self._expression()
            self._expect(":")
            entries.append((key, self._expression(), optional))
            if not self._take(","):
                break
        return MapNode(entries).at(opening.start, self._expect("}"))

    def _message(self, node: Node) -> Node:
        self._expect("{")
        fields: list[tuple[str, Node, bool]] = []
        while not self._is("}"):
            optional = self._take("?")
            token = self._token
            if token.kind not in {"name", "quoted"}:
                raise self._unexpected(token, "a field's name is expected")
            self._place += 1
            self._expect(":")
            fields.append((token.text, self._expression(), optional))
            if not self._take(","):
                break
        return MessageNode(_message_name(node), fields).at(node.start, self._expect("}"))


def _message_name(node: Node) -> str:
    """The dotted name of a type in front of braces; empty if it is none."""
    if isinstance(node, Ident):
        return f".{node.name}" if node.absolute else node.name
    if isinstance(node, Select) and not node.optional:
        above = _message_name(node.operand)
        return f"{above}.{node.field}" if above else ""
    return ""
