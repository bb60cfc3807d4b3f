"""Locations of mutators: `spec.containers[name: *].image`, read into the steps of a path."""

import re
from typing import Final, NamedTuple

from muniment.errors import PolicyError


class Field(NamedTuple):
    """A member of an object."""

    name: str

    @property
    def key(self) -> str:
        """What tells it from other steps at its place."""
        return self.name

    def __str__(self) -> str:
        return self.name if _WORD.fullmatch(self.name) else f'"{self.name}"'


class Item(NamedTuple):
    """An item of a list, known by one of its members; `value` None is every item."""

    field: str
    value: str | int | None

    @property
    def key(self) -> str:
        """What tells it from other steps at its place."""
        return self.field

    def __str__(self) -> str:
        value = "*" if self.value is None else self.value if isinstance(self.value, int) else str(Field(self.value))
        return f"[{Field(self.field)}: {value}]"


Step = Field | Item
Path = tuple[Step, ...]

_WORD: Final = re.compile(r"[A-Za-z_-][A-Za-z0-9_-]*")
_TOKEN: Final = re.compile(
    r"""[ \t\r\n]*(?:(?P<integer>[0-9]+)|(?P<word>[A-Za-z_-][A-Za-z0-9_-]*)|(?P<mark>[].[*:])|"""
    r""""(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'|(?P<end>\Z))""",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_MOST: Final = 2**63


def read_location(text: str) -> Path:
    """The steps of a location. Raises PolicyError for one that is empty or does not read."""
    tokens = _Tokens(text)
    steps: list[Step] = []
    while True:
        steps.append(Field(tokens.name("the name of a field")))
        if tokens.take("["):
            steps.append(_item(tokens))
        if not tokens.take("."):
            break
    if tokens.kind != "end":
        raise tokens.unexpected("a dot or the end")
    return tuple(steps)


def shown(path: Path) -> str:
    """The path as a location."""
    text = ""
    for step in path:
        text += f".{step}" if text and isinstance(step, Field) else str(step)
    return text


def _item(tokens: "_Tokens") -> Item:
    field = tokens.name("the field that tells items apart")
    tokens.expect(":")
    value = None if tokens.take("*") else tokens.value()
    tokens.expect("]")
    return Item(field, value)


class _Tokens:
    """The tokens of a location, one at a time."""

    __slots__ = ("_at", "_text", "kind", "text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.kind = ""
        self.text = ""
        self._next()

    def _next(self) -> None:
        found = _TOKEN.match(self._text, self._at)
        if found is None or found.lastgroup is None:
            raise PolicyError(f"the location {self._text!r} does not read at character {self._at + 1}")
        self._at = found.end()
        kind, text = found.lastgroup, found[found.lastgroup]
        quoted = kind in {"double", "single"}
        self.kind, self.text = ("word", _ESCAPE.sub(r"\1", text)) if quoted else (kind, text)

    def take(self, mark: str) -> bool:
        """Passes over a mark, if that comes next."""
        if self.kind != "mark" or self.text != mark:
            return False
        self._next()
        return True

    def expect(self, mark: str) -> None:
        """Passes over a mark that must come."""
        if not self.take(mark):
            raise self.unexpected(repr(mark))

    def name(self, what: str) -> str:
        """A word or a text in quotes."""
        if self.kind != "word":
            raise self.unexpected(what)
        text = self.text
        self._next()
        return text

    def value(self) -> str | int:
        """The value that an item must have."""
        if self.kind != "integer":
            return self.name("a value or *")
        value = int(self.text) if len(self.text) < len(str(_MOST)) else _MOST
        if value >= _MOST:
            raise PolicyError(f"the location {self._text!r} has an integer beyond 64 bits")
        self._next()
        return value

    def unexpected(self, wanted: str) -> PolicyError:
        """The error where something else should stand."""
        found = "its end" if self.kind == "end" else repr(self.text)
        return PolicyError(f"the location {self._text!r} has {found} where {wanted} should be")
