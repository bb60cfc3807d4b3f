"""Builds the value of one document from parser events: one loop, an explicit stack, the places beside the values."""

from collections.abc import Callable
from typing import Any

from muniment.languages.source import Diagnostic, LanguageError, LimitExceededError, Limits, LineIndex, Span
from muniment.languages.yaml.keys import key_text
from muniment.languages.yaml.positions import FIRST, MEMBER, Table
from muniment.languages.yaml.scalars import MERGE, BadValueError, Dialect
from muniment.languages.yaml.tags import CORE, core_scalar, function_argument, function_key, is_core_scalar


class Builder:
    """One document in the making. The text that the parser reads starts at character `first` of `index`'s text."""

    __slots__ = (
        "_aliased",
        "_anchors",
        "_dialect",
        "_first",
        "_functions",
        "_index",
        "_limits",
        "_wrappers",
        "duplicates",
        "tables",
        "tags",
        "value",
    )

    def __init__(self, dialect: Dialect, limits: Limits, index: LineIndex, first: int, *, functions: bool) -> None:
        self._dialect = dialect
        self._limits = limits
        self._index = index
        self._first = first
        self._functions = functions
        self._aliased = 0
        self._anchors: dict[str, tuple[Any, int] | None] = {}
        self._wrappers: list[tuple[Table, Any]] = []
        self.value: Any = None
        self.tables: dict[int, Table] = {}
        self.duplicates: list[tuple[str, Span, Span]] = []
        self.tags: list[tuple[str, Span]] = []

    def read(self, next_event: Callable[[], Any], events: Any) -> Any:  # noqa: PLR0915  see the comment
        """Takes events up to the end of the document, and gives that last one.

        Raises LanguageError for what YAML allows and the dialect, JSON or the limits do not.
        """
        # All reading passes through this loop: its state is in locals, and plain members cost no call.
        scalar, alias, document_end = events.ScalarEvent, events.AliasEvent, events.DocumentEndEvent
        map_start, map_end = events.MappingStartEvent, events.MappingEndEvent
        list_end = events.SequenceEndEvent
        words, number, tables = self._dialect.words, self._dialect.number, self.tables
        most, deepest = self._limits.nodes, self._limits.data_depth
        root: list[Any] = []
        container: Any = root
        child: Any = None
        table: Table = [root, 0, 0]
        stack: list[tuple[Any, Table, Any, int]] = []
        mapping, key, nodes = False, None, 0
        key_start = key_end = end = 0
        event: Any = None
        try:
            while True:
                event = next_event()
                kind = event.__class__
                if kind is scalar:
                    value = event.value
                    end = event.end_mark.index
                    if event.tag is not None or event.anchor is not None:
                        value = self._marked_scalar(event)
                    elif event.style:
                        pass
                    elif value in words:
                        value = words[value]
                    elif value < ":":
                        value = number(value)
                    if key is not None:
                        if key in container:
                            value = self._twice(container, table, key, value, (key_start, key_end))
                        container[key] = value if value is not MERGE else "<<"
                        table += (key, key_start, key_end, end)
                        key = None
                    elif mapping:
                        key, key_start, key_end = value, event.start_mark.index, end
                        if key.__class__ is not str:
                            key = key_text(value, event.value, self._dialect, top=len(stack) == 1)
                    else:
                        container.append(value if value is not MERGE else "<<")
                        table += (event.start_mark.index, end)
                    continue
                if kind is map_end or kind is list_end:
                    nodes += len(container)
                    if nodes > most:
                        raise self._limit(f"the document has over {most} values", event)
                    if mapping and MERGE in container:
                        _merge(container)
                    above, above_table, opened, before = stack.pop()
                    if opened.flow_style:
                        end = event.end_mark.index
                    table[2] = above_table[-1] = end
                    container, table = above, above_table
                    mapping = container.__class__ is dict
                    if opened.anchor is not None:
                        last = container[table[-MEMBER] if mapping else -1]
                        self._anchors[opened.anchor] = last, nodes - before
                    continue
                if kind is document_end:
                    break
                start = event.start_mark.index
                if kind is alias:
                    value, size = self._alias(event, nodes, stack)
                    end = event.end_mark.index
                    nodes += size
                    if nodes > most:
                        raise self._limit(f"the document has over {most} values", event)
                else:
                    value = child = {} if kind is map_start else []
                    if event.tag is not None or event.anchor is not None:
                        value = self._marked_container(event, child)
                if key is not None:
                    if key in container:
                        value = self._twice(container, table, key, value, (key_start, key_end))
                    container[key] = value
                    table += (key, key_start, key_end, end)
                    key = None
                elif mapping:
                    key, key_start, key_end = value, start, end
                    if key.__class__ is not str:
                        key = key_text(value, "", self._dialect, top=len(stack) == 1)
                    continue
                else:
                    container.append(value)
                    table += (start, end)
                if kind is not alias:
                    if len(stack) >= deepest:
                        raise self._limit(f"nested over {deepest} deep", event)
                    stack.append((container, table, event, nodes))
                    container = child
                    tables[id(child)] = table = [child, start, end]
                    mapping = kind is map_start
        except BadValueError as error:
            raise LanguageError(self._diagnostic("syntax-error", str(error), event)) from error
        self.value = root[0] if root else None
        for outer, inner in self._wrappers:
            outer[2] = outer[-1] = tables[id(inner)][2]
        return event

    def _diagnostic(self, code: str, message: str, event: Any) -> Diagnostic:
        line, column = self._index.position(self._first + event.start_mark.index)
        return Diagnostic(code, message, Span(line, column, line, column + 1))

    def _limit(self, message: str, event: Any) -> LimitExceededError:
        return LimitExceededError(self._diagnostic("limit-exceeded", message, event))

    def _span(self, start: int, end: int) -> Span:
        return self._index.span(self._first + start, self._first + end)

    def _marked_scalar(self, event: Any) -> Any:
        """The value of a scalar that has a tag or an anchor."""
        value = self._tagged_scalar(event) if event.tag is not None else event.value
        if event.tag is None and not event.style:
            value = self._dialect.words.get(value, value) if value == "<<" else self._dialect.resolve(value)
        if event.anchor is not None:
            self._anchors[event.anchor] = value, 1
        return value

    def _tagged_scalar(self, event: Any) -> Any:
        tag, text = event.tag, event.value
        if tag == "!":
            return text
        name = tag.removeprefix(CORE)
        if name != tag and is_core_scalar(name):
            return core_scalar(name, text, self._dialect)
        if self._functions and tag.startswith("!"):
            return self._function(event, function_argument(tag, text), event.end_mark.index)
        self._note_tag(event)
        return text if event.style else self._dialect.resolve(text)

    def _marked_container(self, event: Any, container: Any) -> Any:
        """The value of a container that has a tag or an anchor: itself, or the function that the tag stands for."""
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        tag = event.tag
        if tag is None or tag == "!":
            return container
        if self._functions and tag.startswith("!"):
            return self._function(event, container, -1)
        if tag.startswith(CORE) and is_core_scalar(tag.removeprefix(CORE)):
            raise BadValueError(f"a container is no {tag.removeprefix(CORE)}")
        self._note_tag(event)
        return container

    def _function(self, event: Any, argument: Any, end: int) -> dict[str, Any]:
        """A short form of CloudFormation as the mapping that it stands for; the key's place is the tag's."""
        start, key = event.start_mark.index, function_key(event.tag)
        value = {key: argument}
        table: Table = [value, start, end, key, start, start + len(event.tag), end]
        self.tables[id(value)] = table
        if end < 0:
            self._wrappers.append((table, argument))
        return value

    def _note_tag(self, event: Any) -> None:
        start = event.start_mark.index
        self.tags.append((event.tag, self._span(start, start + len(event.tag))))

    def _alias(self, event: Any, nodes: int, stack: list[tuple[Any, Table, Any, int]]) -> tuple[Any, int]:
        """What an alias stands for, and its nodes. The object is shared: only who walks over it pays for its size."""
        name = event.anchor
        known = self._anchors.get(name)
        if known is None:
            inside = name in self._anchors
            raise BadValueError(
                f"the alias *{name} stands inside its own anchor" if inside else f"no anchor is called {name!r}"
            )
        value, size = known
        self._aliased += size - 1
        limits, expanded = self._limits, nodes + size
        if expanded > limits.alias_floor:
            parsed = expanded - self._aliased + sum(len(frame[0]) for frame in stack)
            if expanded > parsed * limits.alias_ratio:
                raise self._limit(f"aliases multiply to over {expanded} values", event)
        return value, size

    def _twice(self, container: Any, table: Table, key: Any, value: Any, place: tuple[Any, Any]) -> Any:
        """Notes a key that stands twice, and forgets the first place; what two merge keys name is one list."""
        before = container[key]
        if key is MERGE:
            return [
                *(before if isinstance(before, list) else [before]),
                *(value if isinstance(value, list) else [value]),
            ]
        at = FIRST + MEMBER * table[FIRST::MEMBER].index(key)
        first, again = self._span(table[at + 1], table[at + 2]), self._span(*place)
        if self._dialect.strict:
            message = f"the key {key!r} stands twice; it stands first in line {first.line}"
            raise LanguageError(Diagnostic("duplicate-key", message, again, "remove one"))
        self.duplicates.append((key, first, again))
        del table[at : at + MEMBER]
        return value


def _merge(container: dict[Any, Any]) -> None:
    """Adds the members of merged mappings: own keys win whatever their order, an earlier mapping wins over a later."""
    merged = container.pop(MERGE)
    for source in merged if isinstance(merged, list) else [merged]:
        if not isinstance(source, dict):
            raise BadValueError("a merge needs a mapping or a list of mappings")
        for key, member in source.items():
            container.setdefault(key, member)
