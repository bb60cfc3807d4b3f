"""Takes tokens of a module one by one: what is next, what must be next, and what happens when it is not."""

from collections.abc import Callable
from typing import Any, Final, NoReturn

from muniment.languages.rego.dialect import Dialect
from muniment.languages.rego.errors import RegoError
from muniment.languages.rego.lexer import Lexer, Token, syntax_fault

_REREADING: Final = 200
"""How often a token may be read again on average; attempts within attempts would read without end."""


class Reader:
    """Reads tokens from the left; `at` is the next one."""

    __slots__ = ("_furthest", "_reread", "at", "dialect", "lexer", "name", "text", "tokens")

    def __init__(self, name: str, text: str, dialect: Dialect) -> None:
        self.name = name
        self.text = text
        self.lexer = Lexer(name, text)
        self.tokens = self.lexer.run()
        self.at = 0
        self.dialect = dialect
        self._reread = _REREADING * len(self.tokens)
        self._furthest: RegoError | None = None

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.at]

    def fail(self, message: str, token: Token | None = None) -> NoReturn:
        """Raises the error at a token, the next one if none is given."""
        raise syntax_fault(self.name, self.text, (token or self.token).start, message)

    def unexpected(self, expected: str = "") -> NoReturn:
        """Raises the error of a token that cannot stand here."""
        token = self.token
        shown = "eof" if token.kind == "end" else self._shown(token)
        self.fail(f"unexpected {shown} token" + (f": expected {expected}" if expected else ""))

    def _shown(self, token: Token) -> str:
        if token.kind == "name":
            return f"{token.text} keyword" if self.is_keyword(token) else "identifier"
        return token.text if token.kind == "sign" else token.kind

    def is_sign(self, text: str) -> bool:
        """Whether the next token is that sign."""
        token = self.tokens[self.at]
        return token.kind == "sign" and token.text == text

    def accept(self, text: str) -> bool:
        """Takes a sign if it is next."""
        if self.is_sign(text):
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> Token:
        """Takes a sign that must be next."""
        if not self.is_sign(text):
            self.unexpected(f'"{text}"')
        self.at += 1
        return self.tokens[self.at - 1]

    def is_keyword(self, token: Token) -> bool:
        """Whether a name is a keyword; one with a `.` or `[` right behind it begins a reference."""
        return token.kind == "name" and token.text in self.dialect.keywords and not self._begins_reference(token)

    def _begins_reference(self, token: Token) -> bool:
        follows = self.text[token.end : token.end + 2]
        return follows[:1] == "." and follows[1:].isidentifier()

    def is_word(self, word: str) -> bool:
        """Whether the next token is that keyword."""
        token = self.tokens[self.at]
        return token.text == word and self.is_keyword(token)

    def accept_word(self, word: str) -> bool:
        """Takes a keyword if it is next."""
        if self.is_word(word):
            self.at += 1
            return True
        return False

    @property
    def last_end(self) -> int:
        """The offset behind the last token that was taken."""
        return self.tokens[self.at - 1].end if self.at else 0

    def attempt(self, parse: Callable[[], Any]) -> Any:
        """What `parse` gives; None with nothing taken when it fails."""
        at = self.at
        try:
            return parse()
        except RegoError as error:
            if self._furthest is None or error.faults[0].span > self._furthest.faults[0].span:
                self._furthest = error
            self._reread -= self.at - at
            if self._reread < 0:
                self.fail("the text is ambiguous in too many places")
            self.at = at
            return None

    def furthest(self, error: RegoError) -> RegoError:
        """Of an error and those of failed attempts the one that got furthest."""
        other = self._furthest
        return other if other is not None and other.faults[0].span > error.faults[0].span else error
