"""Where a parser of GraphQL is in its tokens, and what queries and schemas have in common: names, values, types."""

from collections.abc import Callable
from typing import Any, Final

from muniment.languages.rego.builtins.graphql.tokens import BLOCK, END, FLOAT, INT, NAME, STRING, Token, tokens
from muniment.languages.rego.signatures import BuiltinError

Node = dict[str, Any]
"""A part of a document, in the form that it has as JSON."""

_DEEPEST: Final = 60
_VARIABLE, _LIST, _OBJECT = 0, 8, 9
_KINDS: Final = {INT: 1, FLOAT: 2, STRING: 3, BLOCK: 4}
_WORDS: Final = {"true": 5, "false": 5, "null": 6}
_ENUM: Final = 7


class Cursor:
    """The tokens of a text, one looked at and those behind it."""

    __slots__ = ("_depth", "_rest", "last", "token")

    def __init__(self, text: str) -> None:
        self._rest = tokens(text)
        self.token = next(self._rest)
        self.last = self.token
        """The token before."""
        self._depth = 0

    def next(self) -> Token:
        """Takes the token that is looked at."""
        self.last = self.token
        self.token = next(self._rest, Token(END, "", self.last.line, self.last.column))
        return self.last

    def at(self, kind: str, value: str = "") -> bool:
        """Whether a token of that kind, and of that value if it is given, is looked at."""
        return self.token.kind == kind and value in {"", self.token.value}

    def skip(self, kind: str, value: str = "") -> bool:
        """Takes a token if it is of that kind."""
        found = self.at(kind, value)
        if found:
            self.next()
        return found

    def expect(self, kind: str) -> Token:
        """Takes a token of that kind. Raises BuiltinError for any other."""
        if self.token.kind != kind:
            raise fault(f"Expected {kind}, found {self.token.kind}", self.token)
        return self.next()

    def keyword(self, word: str) -> None:
        """Takes a word. Raises BuiltinError for any other token."""
        if not self.skip(NAME, word):
            raise fault(f'Expected "{word}", found {self.token}', self.token)

    def name(self) -> str:
        """Takes a name."""
        return self.expect(NAME).value

    def unexpected(self, token: Token | None = None) -> BuiltinError:
        """The error of a token, of the one that is looked at unless another is given."""
        token = token or self.token
        return fault(f"Unexpected {token}", token)

    def some(self, opening: str, closing: str, read: Callable[[], Node]) -> list[Node]:
        """What stands between two marks, at least one; nothing where the first of them does not stand."""
        if not self.at(opening):
            return []
        parts = self.many(opening, closing, read)
        if not parts:
            raise fault(f"expected at least one definition, found {self.last.kind}", self.last)
        return parts

    def many(self, opening: str, closing: str, read: Callable[[], Node]) -> list[Node]:
        """What stands between two marks."""
        self.expect(opening)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise fault("too many nested levels", self.token)
        parts = []
        while not self.at(closing):
            parts.append(read())
        self._depth -= 1
        self.next()
        return parts

    def arguments(self, *, constant: bool) -> list[Node]:
        """Arguments in parentheses."""

        def argument() -> Node:
            name = self.name()
            self.expect(":")
            return {"Name": name, "Value": self.value(constant=constant)}

        return self.some("(", ")", argument)

    def directives(self, *, constant: bool = False) -> list[Node]:
        """The directives that stand here."""
        found = []
        while self.skip("@"):
            name = self.name()
            arguments = self.arguments(constant=constant)
            found.append(pruned({"Name": name, "Arguments": arguments, "Location": ""}))
        return found

    def type(self) -> Node:
        """A type; `[T]` has the type of its members as `Elem`."""
        if self.skip("["):
            self._depth += 1
            if self._depth > _DEEPEST:
                raise fault("too many nested levels", self.token)
            node: Node = {"NamedType": "", "Elem": self.type()}
            self._depth -= 1
            self.expect("]")
        else:
            node = {"NamedType": self.name()}
        node["NonNull"] = self.skip("!")
        return node

    def value(self, *, constant: bool) -> Node:
        """A value; a constant one has no variables."""
        token = self.token
        if token.kind == "[":
            children = self.many("[", "]", lambda: {"Name": "", "Value": self.value(constant=constant)})
            return _value("", _LIST, children)
        if token.kind == "{":
            return _value("", _OBJECT, self.many("{", "}", lambda: self._member(constant=constant)))
        if token.kind == "$" and not constant:
            self.next()
            return _value(self.name(), _VARIABLE)
        kind = _WORDS.get(token.value, _ENUM) if token.kind == NAME else _KINDS.get(token.kind)
        if kind is None:
            raise self.unexpected()
        return _value(self.next().value, kind)

    def _member(self, *, constant: bool) -> Node:
        name = self.name()
        self.expect(":")
        return {"Name": name, "Value": self.value(constant=constant)}


def _value(raw: str, kind: int, children: list[Node] | None = None) -> Node:
    return pruned({"Raw": raw, "Children": children or [], "Kind": kind, "ExpectedTypeHasDefault": False})


def pruned(node: Node) -> Node:
    """A part without what is empty in it; empty texts stay."""
    return {name: value for name, value in node.items() if value is not None and value not in ([], {})}


def fault(message: str, token: Token) -> BuiltinError:
    """The error at a token."""
    return BuiltinError(f"{message} in GraphQL string at location {token.line}:{token.column}")
