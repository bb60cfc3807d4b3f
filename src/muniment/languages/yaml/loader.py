"""Builds documents from the event stream: one loop, an explicit stack, the place of everything beside the values."""

from typing import Any, Final, NamedTuple

from muniment.languages.source import Diagnostic, LanguageError, LimitExceededError, Limits, Span
from muniment.languages.yaml.positions import Flat, Positions
from muniment.languages.yaml.scalars import NotJsonError, Resolve, resolver
from muniment.languages.yaml.tags import Tagged, tagged

_BOMS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
_MERGE: Final = "<<"


class YamlDocument(NamedTuple):
    """One document of a stream: its plain value, where everything stands, and what is wrong with it."""

    value: Any
    span: Span
    positions: Positions
    empty: bool = False
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


def load(
    data: bytes | str,
    *,
    dialect: str = "k8s",
    limits: Limits = Limits(),  # noqa: B008  a frozen value
    tags: str = "",
) -> Stream:
    """Reads a stream of documents. A document that is wrong is alone in that: the others are read.

    `dialect` is `k8s`, `yamlv3` or `core12`; `tags="cloudformation"` turns short tags into functions.
    Never raises on content.
    """
    try:
        text = _decode(data, limits)
    except LanguageError as error:
        return Stream((), "", (error.diagnostic,))
    strict = dialect != "k8s"
    documents: list[YamlDocument] = []
    first = 0
    lines: list[str] | None = None
    while True:
        builder = _Builder(text if not first else "\n".join((lines or [])[first:]), first, dialect, limits, tags)
        documents.extend(builder.documents(strict=strict))
        if builder.failed_at < 0:
            break
        lines = lines if lines is not None else text.split("\n")
        first = _next_document(lines, builder.failed_at)
        if first >= len(lines):
            break
    return Stream(tuple(documents), text)


def _decode(data: bytes | str, limits: Limits) -> str:
    if len(data) > limits.size:
        raise LimitExceededError(_diagnostic("limit-exceeded", f"the text is larger than {limits.size} bytes", (0, 0)))
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and data[1:2] == b"\0":
        encoding = "utf-16-le"
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n")
        raise LanguageError(
            _diagnostic("encoding", f"is not {encoding.upper()} text: {error.reason}", (line, 0))
        ) from error


def _next_document(lines: list[str], line: int) -> int:
    """The first line after `line` that starts a document."""
    for number in range(line + 1, len(lines)):
        if lines[number].startswith("---") and lines[number][3:4] in {"", " ", "\t", "\r"}:
            return number
    return len(lines)


def _diagnostic(code: str, message: str, mark: tuple[int, int], hint: str = "") -> Diagnostic:
    line, column = mark
    return Diagnostic(code, message, Span(line + 1, column + 1, line + 1, column + 2), hint)


class _Builder:
    """Reads the documents of a text from line `offset` of the file on, until the end or an error."""

    __slots__ = ("_dialect", "_limits", "_offset", "_resolve", "_tags", "_text", "failed_at")

    def __init__(self, text: str, offset: int, dialect: str, limits: Limits, tags: str) -> None:
        self._text = text
        self._offset = offset
        self._dialect = dialect
        self._limits = limits
        self._tags = tags
        self._resolve = resolver(dialect)
        self.failed_at = -1

    def documents(self, *, strict: bool) -> list[YamlDocument]:
        import yaml  # noqa: PLC0415  the parser loads when a text is read

        found: list[YamlDocument] = []
        events = _events(yaml, self._text)
        one: _Document | None = None
        start = (self._offset, 0)
        try:
            for event in events:
                kind = type(event).__name__
                if kind == "DocumentStartEvent":
                    mark = event.start_mark
                    start = (mark.line + self._offset, mark.column)
                    one = _Document(self._resolve, self._offset, self._limits, self._tags, strict=strict)
                elif kind == "DocumentEndEvent" and one is not None:
                    found.append(one.finish(start, (event.end_mark.line + self._offset, event.end_mark.column)))
                    one = None
                elif one is not None:
                    one.take(kind, event)
        except LanguageError as error:
            found.append(self._failed(start, error.diagnostic))
        except yaml.YAMLError as error:
            found.append(self._failed(start, self._syntax(error)))
        return found

    def _failed(self, start: tuple[int, int], diagnostic: Diagnostic) -> YamlDocument:
        self.failed_at = max(diagnostic.span.line - 1, start[0])
        span = Span(start[0] + 1, start[1] + 1, diagnostic.span.line, diagnostic.span.column)
        return YamlDocument(None, span, Positions({}), diagnostics=(diagnostic,))

    def _syntax(self, error: Any) -> Diagnostic:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = (mark.line + self._offset, mark.column) if mark else (self._offset, 0)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "is no YAML"
        context = getattr(error, "context", None)
        message = f"{context}: {problem}" if context else str(problem)
        hint = "use spaces: tabs cannot indent" if "\\t" in message else ""
        return _diagnostic("syntax-error", message, place, hint)


def _events(yaml: Any, text: str) -> Any:
    """The events of the C parser, or of the pure one where the extension is absent."""
    parser = yaml.cyaml.CParser(text) if yaml.__with_libyaml__ else yaml.Loader(text)
    next_event, check = parser.get_event, parser.check_event
    while check():
        yield next_event()


class _Document:
    """One document in the making. `_stack` holds the open containers; `_table` is the flat table of the top one."""

    __slots__ = (
        "_anchors",
        "_counts",
        "_duplicates",
        "_expanded",
        "_key",
        "_key_end",
        "_key_mark",
        "_limits",
        "_merges",
        "_offset",
        "_parsed",
        "_resolve",
        "_seen",
        "_stack",
        "_strict",
        "_tables",
        "_tags_mode",
        "_top",
        "_unknown_tags",
        "_value",
    )

    def __init__(self, resolve: Resolve, offset: int, limits: Limits, tags: str, *, strict: bool) -> None:
        self._resolve = resolve
        self._offset = offset
        self._limits = limits
        self._tags_mode = tags
        self._strict = strict
        self._anchors: dict[str, tuple[Any, int] | None] = {}
        self._stack: list[_Frame] = []
        self._tables: dict[int, Flat] = {}
        self._duplicates: list[tuple[str, Span, Span]] = []
        self._unknown_tags: list[tuple[str, Span]] = []
        self._value: Any = None
        self._seen = False
        self._parsed = 0
        self._expanded = 0

    def take(self, kind: str, event: Any) -> None:
        """Takes one event of the document's content."""
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            self._close(event)
        elif kind == "MappingStartEvent":
            self._open(event, {})
        elif kind == "SequenceStartEvent":
            self._open(event, [])
        elif kind == "AliasEvent":
            self._alias(event)

    def finish(self, start: tuple[int, int], end: tuple[int, int]) -> YamlDocument:
        """The document, whole."""
        span = Span(start[0] + 1, start[1] + 1, end[0] + 1, end[1] + 1)
        return YamlDocument(
            self._value,
            span,
            Positions(self._tables),
            empty=not self._seen or self._value is None,
            duplicates=tuple(self._duplicates),
            tags=tuple(self._unknown_tags),
        )

    def _mark(self, mark: Any) -> tuple[int, int]:
        return mark.line + self._offset, mark.column

    def _scalar(self, event: Any) -> None:
        start, end = self._mark(event.start_mark), self._mark(event.end_mark)
        value: Any = event.value
        tag = event.tag
        merge = False
        if tag is not None and tag != "!":
            value = self._tagged(tag, value, start)
        elif event.style is None or event.style == "":
            merge = value == _MERGE and not (self._strict and self._resolve is resolver("core12"))
            try:
                value = self._resolve(value)
            except NotJsonError as error:
                raise LanguageError(_diagnostic("syntax-error", f"{error} is no JSON number", start)) from error
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        self._add(value, start, end, 1, merge=merge)

    def _tagged(self, tag: str, value: Any, start: tuple[int, int]) -> Any:
        try:
            done = tagged(tag, value, self._tags_mode, self._resolve)
        except ValueError as error:
            raise LanguageError(_diagnostic("syntax-error", str(error), start)) from error
        if isinstance(done, Tagged):
            self._unknown_tags.append((tag, Span(start[0] + 1, start[1] + 1, start[0] + 1, start[1] + 1 + len(tag))))
            return done.value
        return done

    def _open(self, event: Any, container: Any) -> None:
        if len(self._stack) >= self._limits.data_depth:
            mark = self._mark(event.start_mark)
            raise LimitExceededError(_diagnostic("limit-exceeded", f"nested over {self._limits.data_depth} deep", mark))
        start = self._mark(event.start_mark)
        self._stack.append(_Frame(container, start, event.anchor, event.tag))
        if event.anchor:
            self._anchors[event.anchor] = None

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        end = self._mark(event.end_mark)
        container = frame.container
        table = frame.table
        table[1] = end if not frame.last_end or end[0] == frame.start[0] else frame.last_end
        self._tables[id(container)] = table
        value = container
        if frame.merges:
            _merge(container, frame.merges, frame.own)
        if frame.tag is not None and frame.tag != "!":
            value = self._tagged(frame.tag, container, frame.start)
        if frame.anchor:
            self._anchors[frame.anchor] = (value, frame.size)
        self._add(value, frame.start, table[1], frame.size, merge=False)

    def _alias(self, event: Any) -> None:
        start, end = self._mark(event.start_mark), self._mark(event.end_mark)
        if event.anchor not in self._anchors:
            raise LanguageError(_diagnostic("syntax-error", f"no anchor is called {event.anchor!r}", start))
        known = self._anchors[event.anchor]
        if known is None:
            raise LanguageError(
                _diagnostic("syntax-error", f"the alias *{event.anchor} stands inside its own anchor", start)
            )
        self._add(known[0], start, end, known[1], merge=False)

    def _count(self, size: int, mark: tuple[int, int]) -> None:
        """Counts nodes as a reader of the value would meet them, aliases each time."""
        self._parsed += 1
        self._expanded += size
        limits = self._limits
        bomb = self._expanded > limits.alias_floor and self._expanded > self._parsed * limits.alias_ratio
        if self._expanded > limits.nodes or bomb:
            raise LimitExceededError(
                _diagnostic("limit-exceeded", f"aliases and nodes multiply to over {self._expanded} values", mark)
            )

    def _add(self, value: Any, start: tuple[int, int], end: tuple[int, int], size: int, *, merge: bool) -> None:
        """Puts a finished node into the container around it, as key, value or item."""
        self._count(size if not isinstance(value, dict | list) or size == 1 else 1, start)
        if not self._stack:
            self._value = value
            self._seen = True
            return
        frame = self._stack[-1]
        frame.size += size
        container = frame.container
        if type(container) is list:
            frame.table += (len(container), start, end, end)
            container.append(value)
            frame.last_end = end
        elif frame.has_key:
            frame.has_key = False
            self._member(frame, value, end)
        else:
            frame.has_key = True
            frame.key, frame.key_mark, frame.key_end, frame.key_merges = value, start, end, merge

    def _member(self, frame: "_Frame", value: Any, end: tuple[int, int]) -> None:
        container = frame.container
        frame.last_end = end
        if frame.key_merges:
            frame.merges.append((value, frame.key_mark))
            return
        key = frame.key
        if type(key) is not str:
            key = self._text_key(key, frame.key_mark)
        if key in frame.own:
            self._twice(frame, key)
        frame.own.add(key)
        container[key] = value
        frame.table += (key, frame.key_mark, frame.key_end, end)

    def _text_key(self, key: Any, mark: tuple[int, int]) -> str:
        """A key that is no text, as the text that JSON would have."""
        if self._strict and self._resolve is resolver("core12"):
            raise LanguageError(_diagnostic("syntax-error", f"the key {key!r} is no text: quote it", mark))
        if isinstance(key, bool):
            return "true" if key else "false"
        if isinstance(key, int | float):
            return str(key)
        raise LanguageError(_diagnostic("syntax-error", "a key must be a text, a number or a boolean", mark))

    def _twice(self, frame: "_Frame", key: str) -> None:
        before = Positions({id(frame.container): frame.table}).key(frame.container, key)
        mark = frame.key_mark
        span = Span(mark[0] + 1, mark[1] + 1, frame.key_end[0] + 1, frame.key_end[1] + 1)
        if self._strict:
            at = f"; it stands first in line {before.line}" if before else ""
            raise LanguageError(Diagnostic("duplicate-key", f"the key {key!r} stands twice{at}", span, "remove one"))
        self._duplicates.append((key, before or span, span))


class _Frame:
    """An open container."""

    __slots__ = (
        "anchor",
        "container",
        "has_key",
        "key",
        "key_end",
        "key_mark",
        "key_merges",
        "last_end",
        "merges",
        "own",
        "size",
        "start",
        "table",
        "tag",
    )

    def __init__(self, container: Any, start: tuple[int, int], anchor: str | None, tag: str | None) -> None:
        self.container = container
        self.start = start
        self.anchor = anchor
        self.tag = tag
        self.table: Flat = [start, start]
        self.own: set[str] = set()
        self.merges: list[tuple[Any, tuple[int, int]]] = []
        self.has_key = False
        self.key: Any = None
        self.key_mark = self.key_end = start
        self.key_merges = False
        self.last_end: tuple[int, int] | None = None
        self.size = 1


def _merge(container: dict[str, Any], merges: list[tuple[Any, tuple[int, int]]], own: set[str]) -> None:
    """Adds merged members: explicit keys win whatever their order, an earlier map wins over a later one."""
    for value, mark in merges:
        for source in value if isinstance(value, list) else [value]:
            if not isinstance(source, dict):
                raise LanguageError(_diagnostic("syntax-error", "a merge needs a mapping or a list of mappings", mark))
            for key, member in source.items():
                if key not in own:
                    container.setdefault(key, member)
