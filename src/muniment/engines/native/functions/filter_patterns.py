"""Filter patterns of CloudWatch Logs over JSON, as tests of events.

The grammar is that of the CloudWatch Logs user guide, "Filter pattern syntax for metric filters". Import this only
where a pattern has to be read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final, NamedTuple

from muniment.languages.regex import compile as compile_regex
from muniment.languages.source import LanguageError
from muniment.languages.unknown import Cause, Unknown

Test = Callable[[Mapping[str, Any]], bool]

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<sign>[(){}]|&&|\|\||!=|<=|>=|==?|<|>)
    |(?P<selector>\$(?:\.?\[[^\]]*\]|\.[\w-]+)*)
    |"(?P<quoted>[^"]*)"
    |%(?P<expression>[^%]*)%
    |(?P<word>[^\s(){}&|=!<>"]+))""",
    re.VERBOSE,
)
_STEP: Final = re.compile(r"""\[\s*["']?(?P<inside>[^\]"']*)["']?\s*\]|\.(?P<name>[\w-]+)""")
_STATES: Final[Mapping[tuple[str, str], Callable[[list[Any]], bool]]] = {
    ("IS", "NULL"): lambda values: any(value is None for value in values),
    ("IS", "TRUE"): lambda values: any(value is True for value in values),
    ("IS", "FALSE"): lambda values: any(value is False for value in values),
    ("NOT", "EXISTS"): lambda values: not values,
}
_DEEPEST: Final = 50
"""Parentheses in each other; a pattern has at most 1,024 characters."""


class _Token(NamedTuple):
    kind: str
    text: str


class _Malformed(Exception):  # noqa: N818  it never leaves this module
    """The service refuses the pattern."""


def compile_pattern(pattern: str) -> Test | Unknown:
    """A test of events. One that the service refuses catches nothing; one over words instead of JSON is unknown."""
    if not pattern.strip():
        return lambda _: True
    if not pattern.lstrip().startswith("{"):
        return Unknown((Cause("syntax", "a filter pattern over words"),))
    try:
        return _Parser(list(_tokens(pattern))).whole()
    except _Malformed:
        return lambda _: False


def _tokens(pattern: str) -> Iterator[_Token]:
    place, end = 0, len(pattern.rstrip())
    while place < end:
        found = _TOKEN.match(pattern, place)
        if found is None or found.lastgroup is None:
            raise _Malformed
        yield _Token(found.lastgroup, found[found.lastgroup])
        place = found.end()


class _Parser:
    """Reads `{ expression }`: alternatives of conjunctions of comparisons."""

    __slots__ = ("_place", "_tokens")

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0

    def whole(self) -> Test:
        """The test of the whole pattern."""
        self._expect("{")
        test = self._either(0)
        self._expect("}")
        if self._place != len(self._tokens):
            raise _Malformed
        return test

    def _either(self, depth: int) -> Test:
        tests = [self._both(depth)]
        while self._accept("||"):
            tests.append(self._both(depth))
        return tests[0] if len(tests) == 1 else lambda event: any(test(event) for test in tests)

    def _both(self, depth: int) -> Test:
        tests = [self._one(depth)]
        while self._accept("&&"):
            tests.append(self._one(depth))
        return tests[0] if len(tests) == 1 else lambda event: all(test(event) for test in tests)

    def _one(self, depth: int) -> Test:
        if depth > _DEEPEST:
            raise _Malformed
        if self._accept("("):
            test = self._either(depth + 1)
            self._expect(")")
            return test
        selector = self._next()
        if selector.kind != "selector":
            raise _Malformed
        path = _path(selector.text)
        holds = self._state_or_comparison()
        return lambda event: holds(list(_values(event, path)))

    def _state_or_comparison(self) -> Callable[[list[Any]], bool]:
        sign, value = self._next(), self._next()
        if sign.kind == "word":
            state = _STATES.get((sign.text.upper(), value.text.upper()))
            if state is None:
                raise _Malformed
            return state
        if sign.kind != "sign" or value.kind not in {"quoted", "expression", "word"}:
            raise _Malformed
        return _comparison(sign.text, value)

    def _next(self) -> _Token:
        if self._place == len(self._tokens):
            raise _Malformed
        self._place += 1
        return self._tokens[self._place - 1]

    def _accept(self, sign: str) -> bool:
        found = self._place < len(self._tokens) and self._tokens[self._place] == ("sign", sign)
        self._place += found
        return found

    def _expect(self, sign: str) -> None:
        if not self._accept(sign):
            raise _Malformed


def _comparison(sign: str, value: _Token) -> Callable[[list[Any]], bool]:
    """A test of the values that a selector finds: `!=` holds where nothing is there."""
    if sign in {"=", "==", "!="}:
        equal = _equal(value)
        wanted = sign != "!="
        return lambda values: any(map(equal, values)) is wanted
    number = _number(value.text)
    order = {"<": float.__lt__, ">": float.__gt__, "<=": float.__le__, ">=": float.__ge__}.get(sign)
    if number is None or order is None:
        raise _Malformed
    return lambda values: any(isinstance(one, int | float) and order(float(one), number) for one in values)


def _equal(value: _Token) -> Callable[[Any], bool]:
    """Whether a value of an event is the one of a pattern: a number, or text with `*` for any text."""
    text, number = value.text, _number(value.text) if value.kind == "word" else None
    if value.kind == "expression":
        return _matching(text)
    glob = text.replace("[", "[[]").replace("?", "[?]")
    return lambda one: (number is not None and one == number) or (isinstance(one, str) and fnmatchcase(one, glob))


def _matching(expression: str) -> Callable[[Any], bool]:
    """Whether a value of an event holds what a regular expression between percent signs describes."""
    try:
        regex = compile_regex(expression)
    except LanguageError as error:
        raise _Malformed from error
    return lambda one: isinstance(one, str) and regex.search(one) is not None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _path(selector: str) -> tuple[str, ...]:
    """`$.a.b[0]` as its steps; `*` is every member."""
    return tuple(step["name"] or step["inside"] for step in _STEP.finditer(selector, 1))


def _values(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """What stands at a path: nothing where it is not there."""
    if not path:
        yield value
        return
    step, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        if step in value:
            yield from _values(value[step], rest)
    elif isinstance(value, list):
        members = value if step == "*" else value[int(step) :][:1] if step.isdecimal() else ()
        for member in members:
            yield from _values(member, rest)
