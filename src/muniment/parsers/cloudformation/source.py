"""The text of a template as data with places, whether it is written in YAML or in JSON."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from muniment.languages.json_source import Path, positions
from muniment.languages.json_source import load as load_json
from muniment.languages.source import Diagnostic, Span
from muniment.languages.yaml import Positions as YamlPositions
from muniment.languages.yaml import load as load_yaml


class Places(Protocol):
    """Finds spans by the identity of the template's containers."""

    def find(self, container: object, key: object = None) -> Span | None:
        """The span of a member from its key on, or of the whole container."""


class Text(NamedTuple):
    """A template's value and places; with diagnostics the value is None."""

    value: Any
    places: Places
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    repeated: tuple[tuple[str, Span, Span], ...] = ()
    """Keys that stand twice in one mapping."""
    further: tuple[Span, ...] = ()
    """Documents after the first one, which no deployment takes."""


class _Yaml:
    __slots__ = ("_positions",)

    def __init__(self, found: YamlPositions) -> None:
        self._positions = found

    def find(self, container: object, key: object = None) -> Span | None:
        """By identity, as the loader keeps it."""
        return self._positions.of(container) if key is None else self._positions.value(container, key)


class _Json:
    """Paths of all containers, made when the first place is asked for."""

    __slots__ = ("_paths", "_positions", "_value")

    def __init__(self, value: Any, text: str) -> None:
        self._value = value
        self._positions = positions(text)
        self._paths: dict[int, Path] | None = None

    def find(self, container: object, key: object = None) -> Span | None:
        """By the path of the container."""
        if self._paths is None:
            self._paths = dict(_paths(self._value))
        path = self._paths.get(id(container))
        if path is None:
            return None
        if key is None:
            return self._positions.of(path)
        return self._positions.value((*path, key)) if isinstance(key, str | int) else None


def _paths(value: Any) -> Iterator[tuple[int, Path]]:
    work: list[tuple[Any, Path]] = [(value, ())]
    while work:
        one, path = work.pop()
        members = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else None
        if members is not None:
            yield id(one), path
            work.extend((member, (*path, key)) for key, member in members)


def read_text(data: bytes) -> Text:
    """Reads a template; short forms of functions become their long ones. Never raises on content."""
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if head == b"{":
        found = load_json(data)
        if not found.diagnostics:
            places = _Json(found.value, found.text)
            return Text(found.value, places, found.text, (), positions(found.text).duplicates())
    stream = load_yaml(data, dialect="yamlv3", tags="cloudformation")
    documents = [one for one in stream.documents if not one.empty or one.diagnostics]
    wrong = (*stream.diagnostics, *(diagnostic for one in documents for diagnostic in one.diagnostics))
    if wrong or not documents:
        return Text(None, _Json(None, ""), stream.text, wrong)
    one, *others = documents
    further = tuple(other.span for other in others)
    return Text(one.value, _Yaml(one.positions), stream.text, (), one.duplicates, further)
