"""The JSONPath that Checkov's policies use: members, wildcards, places, slices, descendants and filters."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from muniment.engines.checkov_yaml.answers import Answer, every, some
from muniment.engines.checkov_yaml.patterns import PatternError, compile_pattern
from muniment.languages.unknown import OpenList, OpenMap, Unknown

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<name>@?[A-Za-z_][A-Za-z0-9_@-]*)|(?P<number>-?\d+(?:\.\d+)?)|'(?P<single>(?:[^'\\]|\\.)*)'
    |"(?P<double>(?:[^"\\]|\\.)*)"|(?P<sign>\.\.|&&|=~|==|!=|<=|>=|[$@.\[\]*:,?()&=<>]))""",
    re.VERBOSE,
)
_MOST: Final = 10_000
"""Matches of one path in one resource."""


class Match(NamedTuple):
    """A value, and its path with dots."""

    path: str
    value: Any


Step = Callable[[Match], Iterator[Match]]
Condition = Callable[[Any], Answer]
Finder = Callable[[Any], list[Match]]


class PathError(ValueError):
    """A path that is not in the dialect, or that matches too much."""


def compile_path(text: str) -> Finder:
    """What finds every match of a path below a value. Raises PathError."""
    parser = _Parser(text)
    steps = parser.path()
    parser.end()

    def find(root: Any) -> list[Match]:
        return _run(steps, [Match("", root)])

    return find


def _run(steps: list[Step], matches: list[Match]) -> list[Match]:
    for step in steps:
        matches = [found for match in matches for found in step(match)]
        if len(matches) > _MOST:
            raise PathError(f"a path matches more than {_MOST} values")
    return matches


class _Token(NamedTuple):
    kind: str
    text: str


class _Parser:
    """Reads one path by descent."""

    __slots__ = ("_place", "_text", "_tokens")

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._scan(text.rstrip()))
        self._place = 0

    def _scan(self, text: str) -> Iterator[_Token]:
        place = 0
        while place < len(text):
            found = _TOKEN.match(text, place)
            if found is None or found.lastgroup is None:
                raise self._wrong(f"nothing begins with {text[place : place + 10]!r}")
            kind, value = found.lastgroup, found[found.lastgroup]
            if kind in {"single", "double"}:
                kind, value = "text", re.sub(r"\\(.)", r"\1", value)
            yield _Token(kind, value)
            place = found.end()

    def path(self) -> list[Step]:
        """All steps from the value that the path begins at."""
        steps: list[Step] = []
        if not (self._take("$") or self._take("@")):
            steps.append(self._step())
        while True:
            if self._take(".."):
                steps.append(_descendants(self._step()))
            elif self._take("."):
                steps.append(self._step())
            elif self._sees("["):
                steps.append(self._bracket())
            else:
                return steps

    def end(self) -> None:
        """Refuses what stands behind a path."""
        if self._place < len(self._tokens):
            raise self._wrong(f"{self._tokens[self._place].text!r} is not expected")

    def _step(self) -> Step:
        if self._sees("["):
            return self._bracket()
        if self._take("*"):
            return _members
        return _fields((self._name(),))

    def _bracket(self) -> Step:
        self._expect("[")
        if self._take("*"):
            step: Step = _slice(None, None)
        elif self._take("?"):
            step = _filter(self._conditions())
        elif self._kind() in {"text", "name"}:
            names = [self._name()]
            while self._take(","):
                names.append(self._name())
            step = _fields(tuple(names))
        else:
            step = self._places()
        self._expect("]")
        return step

    def _places(self) -> Step:
        first = self._integer()
        if self._take(":"):
            return _slice(first, self._integer())
        if first is None:
            raise self._wrong("a bracket holds a number, a name, * or a filter")
        return _item(first)

    def _conditions(self) -> list[Condition]:
        """Conditions that must all hold; brackets around them mean nothing."""
        depth = 0
        while self._take("("):
            depth += 1
        conditions = [self._condition()]
        while self._take("&") or self._take("&&"):
            conditions += self._conditions()
        for _ in range(depth):
            self._expect(")")
        while self._take("&") or self._take("&&"):
            conditions += self._conditions()
        return conditions

    def _condition(self) -> Condition:
        steps = self.path()
        token = self._peek()
        if token is None or token.text not in _COMPARISONS or token.kind != "sign":
            return lambda value: some(_is_there(match) for match in _run(steps, [Match("", value)]))
        self._place += 1
        test = self._comparison(token.text, self._literal())
        return lambda value: some(_tested(test, match) for match in _run(steps, [Match("", value)]))

    def _comparison(self, sign: str, wanted: Any) -> Condition:
        if sign != "=~":
            return lambda value: _compare(sign, value, wanted)
        try:
            pattern = compile_pattern(f"(?s:.)*?(?:{wanted})")
        except PatternError as error:
            raise self._wrong(str(error)) from error
        return lambda value: pattern(value, None)

    def _literal(self) -> Any:
        token = self._peek()
        if token is None or token.kind == "sign":
            raise self._wrong("a value is missing")
        self._place += 1
        if token.kind == "number":
            return float(token.text) if "." in token.text else int(token.text)
        return {"true": True, "false": False}.get(token.text, token.text) if token.kind == "name" else token.text

    def _name(self) -> str:
        token = self._peek()
        if token is None or token.kind not in {"name", "text"}:
            raise self._wrong("a name is missing")
        self._place += 1
        return token.text

    def _integer(self) -> int | None:
        token = self._peek()
        if token is None or token.kind != "number" or "." in token.text:
            return None
        self._place += 1
        return int(token.text)

    def _peek(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _kind(self) -> str:
        token = self._peek()
        return token.kind if token else ""

    def _sees(self, sign: str) -> bool:
        return self._peek() == _Token("sign", sign)

    def _take(self, sign: str) -> bool:
        seen = self._sees(sign)
        self._place += seen
        return seen

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._wrong(f"{sign} is missing")

    def _wrong(self, what: str) -> PathError:
        return PathError(f"the path {self._text!r} cannot be read: {what}")


_COMPARISONS: Final = frozenset({"==", "=", "!=", "<", "<=", ">", ">=", "=~"})


def _compare(sign: str, value: Any, wanted: Any) -> bool:
    """One comparison of a filter; a value that cannot be compared does not pass."""
    try:
        left = int(value) if isinstance(wanted, int) else value
        if sign in {"==", "="}:
            return bool(left == wanted)
        if sign == "!=":
            return bool(left != wanted)
        below, equal = bool(left < wanted), bool(left == wanted)
    except (TypeError, ValueError):
        return False
    return {"<": below, "<=": below or equal, ">": not (below or equal), ">=": not below}[sign]


def _is_there(match: Match) -> Answer:
    return match.value if isinstance(match.value, Unknown) else True


def _tested(test: Condition, match: Match) -> Answer:
    return match.value if isinstance(match.value, Unknown) else test(match.value)


def _join(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _unseen(match: Match) -> Iterator[Match]:
    """What stands for members that may be missing, or for a value that is not known."""
    if isinstance(match.value, Unknown | OpenList | OpenMap):
        yield Match(match.path, Unknown(match.value.causes))


def _fields(names: tuple[str, ...]) -> Step:
    def step(match: Match) -> Iterator[Match]:
        value = match.value
        present = [name for name in names if name in value] if isinstance(value, dict) else []
        yield from (Match(_join(match.path, name), value[name]) for name in present)
        if len(present) < len(names):
            yield from _unseen(match)

    return step


def _members(match: Match) -> Iterator[Match]:
    if isinstance(match.value, dict):
        yield from (Match(_join(match.path, name), value) for name, value in match.value.items())
    yield from _unseen(match)


def _item(place: int) -> Step:
    def step(match: Match) -> Iterator[Match]:
        value = match.value
        if isinstance(value, list | str) and -len(value) <= place < len(value):
            yield Match(_join(match.path, place), value[place])
        else:
            yield from _unseen(match)

    return step


def _slice(first: int | None, last: int | None) -> Step:
    """Items of a list; anything else that is not empty is a list of itself alone."""

    def step(match: Match) -> Iterator[Match]:
        value = match.value
        if isinstance(value, list):
            for place in range(len(value))[first:last]:
                yield Match(_join(match.path, place), value[place])
            yield from _unseen(match)
        elif value:
            yield match

    return step


def _filter(conditions: list[Condition]) -> Step:
    """Items that satisfy all conditions; a map is a list of itself alone."""

    def judged(match: Match) -> Iterator[Match]:
        answer = every(condition(match.value) for condition in conditions)
        if isinstance(answer, Unknown):
            yield Match(match.path, answer)
        elif answer:
            yield match

    def step(match: Match) -> Iterator[Match]:
        value = match.value
        if isinstance(value, dict):
            yield from judged(match)
        elif isinstance(value, list):
            for place, item in enumerate(value):
                yield from judged(Match(_join(match.path, place), item))
            yield from _unseen(match)
        else:
            yield from _unseen(match)

    return step


def _descendants(inner: Step) -> Step:
    """What a step finds in a value and in everything below it."""

    def step(match: Match) -> Iterator[Match]:
        stack = [match]
        while stack:
            current = stack.pop()
            yield from inner(current)
            yield from _unseen(current)
            if isinstance(current.value, dict):
                stack += [Match(_join(current.path, name), value) for name, value in current.value.items()]
            elif isinstance(current.value, list):
                stack += [Match(_join(current.path, place), value) for place, value in enumerate(current.value)]

    return step
