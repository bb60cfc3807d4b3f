"""Strict reading of the project's own YAML files: every key known, every type right, every complaint with its line."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from muniment.errors import PolicyError
from muniment.languages import yaml
from muniment.languages.source import Span


class Places(Protocol):
    """Where the members of a file's mappings stand."""

    @property
    def span(self) -> Span:
        """The whole document."""

    @property
    def positions(self) -> "Members":
        """Of single members."""


class Members(Protocol):
    """Places of members by their container; None where a place is not known."""

    def key(self, container: object, key: object) -> Span | None:
        """The place of a key."""

    def of(self, container: object) -> Span | None:
        """The place of a container."""


class Fields:
    """A mapping of a content file, read key by key; what nobody reads is an unknown key.

    Complaints are collected in `problems` as `file:line: what`, so that one run shows all of them.
    """

    __slots__ = ("_document", "_mapping", "_own", "_read", "file", "problems")

    def __init__(self, mapping: Mapping[str, Any], document: "Places", file: str, problems: list[str]) -> None:
        self._mapping = mapping
        self._own = mapping
        self._document = document
        self._read: set[str] = set()
        self.file = file
        self.problems = problems

    def __contains__(self, key: str) -> bool:
        return key in self._mapping

    def complain(self, message: str, key: object = None) -> None:
        """Records a problem at `key`, or at the mapping as a whole."""
        positions = self._document.positions
        span = positions.key(self._own, key) if key is not None else None
        span = span or positions.of(self._own) or self._document.span
        self.problems.append(f"{self.file}:{span.line}: {message}")

    def place(self, key: str) -> str:
        """Where a key stands: `file:line`, or the file alone where lines are not known."""
        span = self._document.positions.key(self._own, key)
        return f"{self.file}:{span.line}" if span else self.file

    def peek(self, key: str) -> Any:
        """The value as it stands, None if absent; looking at it is not reading it."""
        return self._mapping.get(key)

    def raw(self, key: str) -> Any:
        """The value as it stands, None if absent."""
        self._read.add(key)
        return self._mapping.get(key)

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A text; anything else is a complaint."""
        value = self.raw(key)
        if value is None:
            if required:
                self.complain(f"`{key}` is missing")
            return default
        if not isinstance(value, str):
            self.complain(f"`{key}` must be a text, and is {describe(value)}: quote it", key)
            return default
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts."""
        value = self.raw(key)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) for item in items):
            self.complain(f"`{key}` must be a text or a list of texts", key)
            return ()
        return tuple(items)

    def choice(self, key: str, options: Iterable[str], default: str = "", *, required: bool = False) -> str:
        """One of a few words."""
        value = self.text(key, default, required=required)
        if value and value not in options:
            self.complain(f"`{key}` is {value!r}; it can be {', '.join(options)}", key)
            return default
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """A boolean."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.complain(f"`{key}` must be true or false", key)
            return default
        return value

    def mapping(self, key: str) -> "Fields | None":
        """A nested mapping, or None if absent."""
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.complain(f"`{key}` must be a mapping, and is {describe(value)}", key)
            return None
        return self.inner(value)

    def text_map(self, key: str) -> dict[str, str]:
        """A mapping of names to texts; scalars become their text, so that `n: 3` reads as the expression 3."""
        inner = self.mapping(key)
        if inner is None:
            return {}
        out = {}
        for name in inner.names():
            value = inner.raw(name)
            if isinstance(value, str):
                out[name] = value.strip()
            elif isinstance(value, bool):
                out[name] = "true" if value else "false"
            elif isinstance(value, int | float):
                out[name] = str(value)
            else:
                inner.complain(f"`{key}.{name}` must be an expression", name)
        return out

    def items(self, key: str) -> Sequence["Fields"]:
        """A list of mappings."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.complain(f"`{key}` must be a list of mappings", key)
            return ()
        return [self.inner(item) for item in value]

    def names(self) -> tuple[str, ...]:
        """All keys, in the file's order."""
        return tuple(self._mapping)

    def inner(self, mapping: Mapping[str, Any]) -> "Fields":
        """A mapping inside this one, of the same file."""
        return Fields(mapping, self._document, self.file, self.problems)

    def over(self, mapping: Mapping[str, Any]) -> "Fields":
        """Another mapping that is read as this file's, with lines where the keys are its own."""
        merged = Fields(mapping, self._document, self.file, self.problems)
        merged._own = self._mapping
        return merged

    def finish(self) -> None:
        """Complains about every key that nobody has read."""
        for key in self._mapping:
            if key not in self._read:
                self.complain(f"unknown key `{key}`; known here: {', '.join(sorted(self._read))}", key)


def read_fields(path: Path, file: str, problems: list[str]) -> Fields | None:
    """Reads a YAML file whose top is a mapping; None, with the problem recorded, if it is not one."""
    try:
        stream = yaml.load(path.read_bytes(), dialect="core12")
    except OSError as error:
        problems.append(f"{file}: cannot be read: {error.strerror}")
        return None
    diagnostics = [*stream.diagnostics, *(found for document in stream.documents for found in document.diagnostics)]
    problems.extend(f"{file}:{found.span.line}: {found.message}" for found in diagnostics)
    documents = [document for document in stream.documents if not document.empty]
    if len(documents) != 1 or not isinstance(documents[0].value, dict):
        if not diagnostics:
            problems.append(f"{file}: must hold one mapping")
        return None
    return Fields(documents[0].value, documents[0], file, problems)


def refuse(problems: Sequence[str], what: str) -> None:
    """Raises PolicyError if there are problems; shows at most twenty."""
    if problems:
        shown = "\n  ".join(problems[:20])
        more = f"\n  and {len(problems) - 20} more" if len(problems) > 20 else ""
        raise PolicyError(f"{what} does not load:\n  {shown}{more}", code="content")


def describe(value: Any) -> str:
    """What a YAML value is, in words for people."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    names: dict[type, str] = {str: "a text", list: "a list", dict: "a mapping"}
    return names.get(type(value), type(value).__name__)
