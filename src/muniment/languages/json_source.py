"""JSON documents with places: values from the standard library, spans from a pass that runs when one is asked for.

Must read what generators of JSON write and nothing that no JSON value can hold: no NaN, no infinity, no nesting
without end.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from muniment.languages.source import Diagnostic, Limits, LineIndex, Span

Path = Sequence[str | int]
"""Keys and indexes from the root to a value."""

_BRACKETS: Final = r"\"(?:[^\"\\]|\\.)*+\"?|[{}\[\]]"
_PIECE: Final = r"\"(?:[^\"\\]|\\.)*+\"|[{}\[\],:]|[^\s{}\[\],:\"]+"
_COMMENT: Final = r"(\"(?:[^\"\\]|\\.)*+\"?)|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=(?:\s|//[^\n]*|/\*.*?\*/)*+[\]}])"


class JsonDocument(NamedTuple):
    """One text: its value, and what is wrong with it; with `diagnostics` the value is None."""

    value: Any
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()


def load(
    data: bytes | str,
    *,
    limits: Limits = Limits(),  # noqa: B008  a frozen value
    comments: bool = False,
) -> JsonDocument:
    """Reads a JSON text in any encoding of Unicode; of equal keys the last one counts. Never raises on content.

    With `comments` the text may hold comments and trailing commas; they are blank in `text`, offsets stay.
    """
    if len(data) > limits.size:
        return _failed("", 0, f"the text is larger than {limits.size} bytes", "limit-exceeded")
    import json  # noqa: PLC0415  loads with the first document

    try:
        text = data if isinstance(data, str) else data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        return _failed("", 0, f"is not {error.encoding.upper()} text: {error.reason}", "encoding")
    text = text.removeprefix("\ufeff")
    text = without_comments(text) if comments else text
    try:
        value = json.loads(text, parse_float=_finite, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        return _failed(text, error.pos, error.msg, "syntax-error")
    except ValueError as error:
        return _failed(text, 0, str(error), "syntax-error")
    except RecursionError:
        return _too_deep(text, limits.data_depth)
    if text.count("[") + text.count("{") > limits.data_depth and _depth(value) > limits.data_depth:
        return _too_deep(text, limits.data_depth)
    return JsonDocument(value, text)


def without_comments(text: str) -> str:
    """The text with blanks for comments and for commas behind the last member; places stay what they are."""
    if "/" not in text and "," not in text:
        return text

    def blank(found: re.Match[str]) -> str:
        return found[0] if found[1] else re.sub(r"[^\n]", " ", found[0])

    return re.sub(_COMMENT, blank, text, flags=re.DOTALL)


def _failed(text: str, place: int, message: str, code: str) -> JsonDocument:
    line, column = LineIndex(text).position(min(place, len(text)))
    return JsonDocument(None, text, (Diagnostic(code, message, Span(line, column, line, column + 1)),))


def _depth(value: Any) -> int:
    """How deep containers nest in a value; level by level, for recursion is what deep values must not meet."""
    depth = 0
    level: list[Any] = [[value]]
    while level := [
        member
        for one in level
        for member in (one.values() if one.__class__ is dict else one)
        if member.__class__ is dict or member.__class__ is list
    ]:
        depth += 1
    return depth


def _too_deep(text: str, deepest: int) -> JsonDocument:
    """The refusal of a text whose brackets nest deeper than allowed, at the first that does."""
    depth = place = 0
    for found in re.finditer(_BRACKETS, text, re.DOTALL):
        depth += found[0] in {"[", "{"}
        depth -= found[0] in {"]", "}"}
        if depth > deepest:
            place = found.start()
            break
    return _failed(text, place, f"nested over {deepest} deep", "limit-exceeded")


def _finite(text: str) -> float:
    value = float(text)
    if value - value:
        raise ValueError(f"{text[:40]} is larger than any number of JSON readers")
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


class _Node:
    """Where a value stands, with its key; `members` are those of a container, by key or in order."""

    __slots__ = ("end", "key_end", "key_start", "members", "start")

    def __init__(self, start: int, key_start: int, key_end: int) -> None:
        self.start = start
        self.end = start
        self.key_start = key_start
        self.key_end = key_end
        self.members: Any = None


class Positions:
    """Spans of the members of a JSON text by path, found in one pass when the first is asked for."""

    __slots__ = ("_duplicates", "_index", "_root")

    def __init__(self, text: str) -> None:
        self._index = LineIndex(text)
        self._root: _Node | None = None
        self._duplicates: list[tuple[str, _Node, _Node]] = []

    def key(self, path: Path) -> Span | None:
        """The key of a member, with its quotes; the item itself in an array."""
        node = self._node(path) if path else None
        return self._index.span(node.key_start, node.key_end or node.end) if node else None

    def value(self, path: Path) -> Span | None:
        """A member from its key to the end of its value."""
        node = self._node(path)
        return self._index.span(node.key_start, node.end) if node else None

    def of(self, path: Path) -> Span | None:
        """A value without its key; of the empty path the whole document."""
        node = self._node(path)
        return self._index.span(node.start, node.end) if node else None

    def duplicates(self) -> tuple[tuple[str, Span, Span], ...]:
        """Keys that stand twice in one object, with the places of both; the last one counts."""
        self._node(())
        span = self._index.span
        return tuple((k, span(a.key_start, a.key_end), span(b.key_start, b.key_end)) for k, a, b in self._duplicates)

    def _node(self, path: Path) -> _Node | None:
        if self._root is None:
            self._root = _read(self._index.text, lambda *found: self._duplicates.append(found))
        node: _Node | None = self._root
        for step in path:
            node = _member(node.members, step) if node else None
        return node


def _member(members: Any, step: str | int) -> _Node | None:
    if isinstance(members, dict):
        return members.get(step)
    if isinstance(members, list) and type(step) is int and 0 <= step < len(members):
        found: _Node = members[step]
        return found
    return None


def positions(text: str) -> Positions:
    """The places in a text that `load` has read."""
    return Positions(text)


def _read(text: str, twice: Callable[[str, _Node, _Node], None]) -> _Node:
    """The tree of places of a valid text; of any other as far as it goes."""
    root = _Node(0, 0, 0)
    open_nodes: list[_Node] = []
    key: re.Match[str] | None = None
    for token in re.finditer(_PIECE, text, re.DOTALL):
        first = token[0][0]
        if first in "]}":
            if open_nodes:
                open_nodes.pop().end = token.end()
        elif first == '"' and key is None and open_nodes and isinstance(open_nodes[-1].members, dict):
            key = token
        elif first not in ",:":
            node = _added(open_nodes[-1] if open_nodes else None, key, token, twice)
            root = node if not open_nodes else root
            key = None
            if first in "[{":
                node.members = [] if first == "[" else {}
                open_nodes.append(node)
    return root


def _added(
    parent: _Node | None,
    key: "re.Match[str] | None",
    token: "re.Match[str]",
    twice: Callable[[str, _Node, _Node], None],
) -> _Node:
    """The node of a value that begins at a token, put into its container."""
    node = _Node(token.start(), key.start() if key else token.start(), key.end() if key else 0)
    node.end = token.end()
    if parent is None:
        return node
    if isinstance(parent.members, list):
        parent.members.append(node)
    elif key is not None:
        name = _unquoted(key[0])
        if name in parent.members:
            twice(name, parent.members[name], node)
        parent.members[name] = node
    return node


def _unquoted(text: str) -> str:
    if "\\" not in text:
        return text[1:-1]
    import json  # noqa: PLC0415  hardly a key has escapes

    try:
        return str(json.loads(text))
    except ValueError:
        return text[1:-1]
