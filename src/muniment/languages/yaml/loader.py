"""Reads a text into documents: decoding, the parser, and what to do when a document is broken."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal, NamedTuple

from muniment.languages.source import Diagnostic, LanguageError, LimitExceededError, Limits, LineIndex, Span
from muniment.languages.yaml.builder import Builder
from muniment.languages.yaml.positions import Positions
from muniment.languages.yaml.scalars import DIALECTS, Dialect

_ENCODINGS: Final = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\0\0", "utf-32-be"),
    (b"\0", "utf-16-be"),
)
"""First bytes, with and without a mark of the byte order."""
_WIDE: Final = frozenset({b"\xff", b"\xfe", b"\0"})
"""First bytes of texts that are not in UTF-8."""
_DOCUMENT: Final = re.compile(r"^---(?=[ \t\r\n]|$)", re.MULTILINE)


class YamlDocument(NamedTuple):
    """One document of a stream: its plain value, where everything stands, and what is wrong with it."""

    value: Any
    span: Span
    positions: Positions
    empty: bool = False
    """Whether there is nothing in it, or null."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Errors; with any of them `value` is None."""
    duplicates: tuple[tuple[str, Span, Span], ...] = ()
    """Keys that stand twice in one mapping, with both places; the last one counts."""
    tags: tuple[tuple[str, Span], ...] = ()
    """Tags that mean nothing here, with their places."""


class Stream(NamedTuple):
    """Everything in one text."""

    documents: tuple[YamlDocument, ...]
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is wrong with the text as a whole, such as its encoding or size."""


class _Task(NamedTuple):
    """What all parts of a text are read with."""

    lines: LineIndex
    dialect: Dialect
    limits: Limits
    functions: bool


def load(
    data: bytes | str,
    *,
    dialect: Literal["k8s", "yamlv3", "opa", "core12"] = "k8s",
    limits: Limits = Limits(),  # noqa: B008  a frozen value
    tags: Literal["", "cloudformation"] = "",
) -> Stream:
    """Reads a stream of documents. A document that is wrong is alone in that: the others are read.

    `tags="cloudformation"` turns short tags into functions. Never raises on content.
    """
    try:
        text = _decode(data, limits)
    except LanguageError as error:
        return Stream((), "", (error.diagnostic,))
    task = _Task(LineIndex(text), DIALECTS[dialect], limits, tags == "cloudformation")
    whole = _Reader(task, text)
    documents = whole.documents()
    if whole.resume >= 0:
        for first, part in _parts(text, whole.resume):
            documents += _Reader(task, part, first, alone=True).documents()
    return Stream(tuple(documents), text)


def _decode(data: bytes | str, limits: Limits) -> str:
    if len(data) > limits.size:
        message = f"the text is larger than {limits.size} bytes"
        raise LimitExceededError(Diagnostic("limit-exceeded", message, Span(1, 1, 1, 2)))
    if isinstance(data, str):
        return _whole(data).removeprefix("\ufeff")
    encoding = "utf-8"
    if data[:1] in _WIDE or data[1:2] == b"\0":
        little = "utf-32-le" if data[1:4] == b"\0\0\0" else "utf-16-le"
        encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), little)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"is not {encoding.upper()} text: {error.reason}"
        raise LanguageError(Diagnostic("encoding", message, Span(line, 1, line, 2))) from error


def _whole(text: str) -> str:
    """The text, if it has no half of a surrogate pair: no encoding of YAML has those."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise LanguageError(Diagnostic("encoding", error.reason, Span(line, 1, line, 2))) from error
    return text


def _parts(text: str, first: int) -> Iterator[tuple[int, str]]:
    """The documents from character `first` on, each with its offset: what is broken in one stays in it."""
    starts = [first, *(found.start() for found in _DOCUMENT.finditer(text, first + 1))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if not text[start:end].isspace():
            yield start, text[start:end]


class _Reader:
    """Reads the documents of a text that starts at character `first` of the file, up to the end or the first error."""

    __slots__ = ("_alone", "_first", "_line", "_start", "_task", "_text", "resume")

    def __init__(self, task: _Task, text: str, first: int = 0, *, alone: bool = False) -> None:
        self._task = task
        self._text = text
        self._first = first
        self._line = task.lines.position(first)[0] if first else 1
        self._alone = alone
        self._start = 0
        """Where the document starts that is being read."""
        self.resume = -1
        """After an error the character to go on at; -1 if all was read."""

    def documents(self) -> list[YamlDocument]:
        """What was read, and the document that could not be."""
        import yaml  # noqa: PLC0415  the parser loads when a text is read

        found: list[YamlDocument] = []
        try:
            self._read(_parser(yaml, self._text).get_event, yaml.events, found)
        except LanguageError as error:
            self._fail(found, error.diagnostic)
        except yaml.reader.ReaderError as error:
            # The parser reads ahead: the character may stand in a later document than the one it was reading.
            if self._alone:
                self._fail(found, self._character(error, in_bytes=yaml.__with_libyaml__))
            else:
                self.resume = self._start
        except yaml.YAMLError as error:
            self._fail(found, self._syntax(error))
        return found

    def _read(self, next_event: Callable[[], Any], events: Any, found: list[YamlDocument]) -> None:
        lines, dialect, limits, functions = self._task
        while True:
            event = next_event()
            kind = event.__class__
            if kind is events.DocumentStartEvent:
                start = event.start_mark
                self._start = start.index
                builder = Builder(dialect, limits, lines, self._first, functions=functions)
                end = builder.read(next_event, events).end_mark
                found.append(self._document(builder, start, end))
                self._start = end.index
            elif kind is events.StreamEndEvent:
                return

    def _document(self, builder: Builder, start: Any, end: Any) -> YamlDocument:
        line, value = self._line, builder.value
        return YamlDocument(
            value,
            Span(start.line + line, start.column + 1, end.line + line, end.column + 1),
            Positions(builder.tables, self._task.lines, self._first),
            value is None,
            (),
            tuple(builder.duplicates),
            tuple(builder.tags),
        )

    def _fail(self, found: list[YamlDocument], diagnostic: Diagnostic) -> None:
        """Adds the document that cannot be read; the next one starts at the next marker of documents."""
        index, text = self._task.lines, self._text
        following = None if self._alone else _DOCUMENT.search(text, self._start + 1)
        end = following.start() if following else len(text)
        span = index.span(self._start + self._first, end + self._first)
        found.append(YamlDocument(None, span, Positions({}, index), diagnostics=(diagnostic,)))
        self.resume = end if following else -1

    def _syntax(self, error: Any) -> Diagnostic:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "is no YAML"
        message = f"{error.context}: {problem}" if error.context else problem
        hint = "use spaces: tabs cannot indent" if "\\t" in message else ""
        return self._wrong(message, mark.index if mark else self._start, hint)

    def _character(self, error: Any, *, in_bytes: bool) -> Diagnostic:
        """A character that YAML does not allow; the parser in C gives its place in bytes."""
        place = error.position
        if in_bytes:
            place = len(self._text.encode()[:place].decode())
        message = f"the character U+{ord(self._text[place]):04X} is not allowed"
        return self._wrong(message, place, "escape it in double quotes")

    def _wrong(self, message: str, place: int, hint: str) -> Diagnostic:
        line, column = self._task.lines.position(self._first + place)
        return Diagnostic("syntax-error", message, Span(line, column, line, column + 1), hint)


def _parser(yaml: Any, text: str) -> Any:
    """The parser in C, or the pure one where the extension is absent."""
    return yaml.cyaml.CParser(text) if yaml.__with_libyaml__ else yaml.Loader(text)
