"""The place in the tokens that all parsing functions share, and the problem that ends one of them."""

from typing import Final

from muniment.languages.hcl.tokens import Problem, Tokens

_SHOWN: Final = {
    "nl": "the end of the line",
    "eof": "the end of the text",
    "t}": '"}"',
    "close": "the end of the string",
}


class SyntaxProblem(Exception):  # noqa: N818  it never leaves the parser; what leaves it is the Problem
    """Ends the parsing of one expression or item."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Cursor:
    """A place in the tokens, shared by all parsing functions."""

    __slots__ = ("depth", "i", "kinds", "limit", "problems", "starts", "values")

    def __init__(self, tokens: Tokens, limit: int) -> None:
        self.kinds = tokens.kinds
        self.values = tokens.values
        self.starts = tokens.starts
        self.problems = tokens.problems
        self.i = 0
        self.depth = 0
        self.limit = limit

    def end_of(self, i: int) -> int:
        """The offset behind token `i`."""
        extra = 2 if self.kinds[i] == "str" else 0
        return self.starts[i] + len(self.values[i]) + extra

    def unexpected(self, message: str, hint: str = "") -> SyntaxProblem:
        """The problem that the current token does not fit."""
        i = self.i
        return SyntaxProblem(Problem(f"{message}, not {self.shown()}", self.starts[i], self.end_of(i), hint=hint))

    def note(self, problem: Problem) -> None:
        """Keeps a problem, unless the lexer has reported the same character already."""
        if self.kinds[self.i] != "bad" or problem.start != self.starts[self.i]:
            self.problems.append(problem)

    def shown(self) -> str:
        """The current token as a message names it."""
        kind = self.kinds[self.i]
        return _SHOWN.get(kind) or (f'"{self.values[self.i]}"' if kind not in ("here", "flush") else "a heredoc")

    def expect(self, kind: str, what: str) -> int:
        """Passes a token of the given kind; its number."""
        i = self.i
        if self.kinds[i] != kind:
            raise self.unexpected(f"expected {what}")
        self.i = i + 1
        return i

    def skip_newlines(self) -> None:
        """Passes newlines."""
        kinds, i = self.kinds, self.i
        while kinds[i] == "nl":
            i += 1
        self.i = i
