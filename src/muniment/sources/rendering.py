"""What a renderer gives back: manifests that know where their lines come from, or the reason why there are none."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from muniment.languages.unknown import Cause, OpenMap
from muniment.model.derived import Derived, Origin
from muniment.model.document import Document, Location
from muniment.model.resource import Resource
from muniment.model.result import Unread

if TYPE_CHECKING:
    from muniment.languages.yaml import Positions

MISSING: Final = "missing-renderer"


class Rendering(NamedTuple):
    """A chart or overlay, rendered or not."""

    root: str
    documents: tuple[Document, ...] = ()
    consumed: frozenset[str] = frozenset()
    """Paths of the files that went into it and are not judged as they lie there."""
    unread: tuple[Unread, ...] = ()
    stand_in: Resource | None = None
    """Stands for what could not be rendered."""
    version: str = ""
    """The renderer and its version."""


def refused(root: str, kind: str, name: str, lost: Unread, consumed: frozenset[str]) -> Rendering:
    """A rendering that was not made: the reason, and a resource of `kind` of which nothing is known."""
    causes = (Cause(lost.reason, root),)
    stand_in = Resource(
        kind=kind,
        address=f"{kind}/{name}",
        root=root,
        name=name,
        format="kubernetes",
        attributes=OpenMap({}, causes),
        location=lost.location,
        positions=Nowhere(),
        existence=causes,
    )
    return Rendering(root, consumed=consumed, unread=(lost,), stand_in=stand_in)


class Nowhere:
    """The positions of a resource that nobody wrote."""

    __slots__ = ()

    def locate(self, _container: object, _key: object = None) -> Location | None:
        """Nothing has a place."""
        return None


def source_lines(rendered: Iterable[str], source: Sequence[str], path: str) -> list[Origin]:
    """For each rendered line the line of a template that it most likely came from.

    A line that stands in the template as it is, once, is exact. Others are found by their key, forward from the
    last one found, then anywhere; a line without either belongs to the line above it.
    """
    whole, keyed = _index(source)
    out: list[Origin] = []
    last = 0
    for line in rendered:
        text = line.strip()
        if line.startswith("---"):
            last = 0
        same = whole.get(text, ())
        found = _forward(same, last) or _forward(keyed.get(_key(text), ()), last)
        if found and text:
            last = found
        out.append(Origin(path, last, exact=len(same) == 1 and bool(text)))
    return out


def _index(source: Sequence[str]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Lines of a template by their text and by their key."""
    whole: dict[str, list[int]] = {}
    keyed: dict[str, list[int]] = {}
    for number, line in enumerate(source, 1):
        text = line.strip()
        if text:
            whole.setdefault(text, []).append(number)
            keyed.setdefault(_key(text), []).append(number)
    return whole, keyed


def _key(text: str) -> str:
    """`image` of `- image: web`; the whole text of a line without a key."""
    head, colon, _ = text.lstrip("- ").partition(":")
    return head.strip("\"'") if colon else text


def _forward(numbers: Sequence[int], last: int) -> int:
    return next((number for number in numbers if number > last), numbers[0] if numbers else 0)


class Input(NamedTuple):
    """A loaded container of an input file, and the way to its places."""

    path: str
    positions: "Positions"
    container: object


def traced_lines(count: int, rendered: Input, inputs: Sequence[Input]) -> tuple[Origin, ...]:
    """For each of `count` rendered lines the line of the inputs that has the same member, by the path to it.

    Of several inputs the first counts that has the value as it is now, else the first that has the member.
    """
    lines = [Origin(inputs[0].path, _first_line(inputs[0])) if inputs else Origin(rendered.path)] * count
    stack = [(rendered.container, list(inputs))]
    while stack:
        container, sources = stack.pop()
        for key, member in _members(container):
            span = rendered.positions.value(container, key)
            held = [(source, _counterpart(source.container, key, member)) for source in sources]
            found = [(source, place) for source, place in held if place is not None]
            if not found or span is None:
                continue
            source, place = next((one for one in found if _at(one[0].container, one[1]) == member), found[0])
            written = source.positions.value(source.container, place)
            if written is not None:
                lines[span.line - 1 : span.end_line] = [Origin(source.path, written.line)] * (
                    min(span.end_line, count) - span.line + 1
                )
            if isinstance(member, dict | list):
                inner = [Input(one.path, one.positions, _at(one.container, at)) for one, at in found]
                stack.append((member, inner))
    return tuple(lines)


def _first_line(source: Input) -> int:
    span = source.positions.of(source.container)
    return span.line if span else 1


def _members(container: object) -> list[tuple[object, object]]:
    if isinstance(container, dict):
        return list(container.items())
    return list(enumerate(container)) if isinstance(container, list) else []


def _counterpart(container: object, key: object, member: object) -> object | None:
    """The key of the same member in an input; an element of a list is known by its name, else by its place."""
    if isinstance(container, dict):
        return key if key in container else None
    if not isinstance(container, list) or not isinstance(key, int):
        return None
    if isinstance(member, dict) and "name" in member:
        names = [one.get("name") if isinstance(one, dict) else None for one in container]
        return names.index(member["name"]) if member["name"] in names else None
    return key if key < len(container) else None


def _at(container: Any, key: Any) -> Any:
    return container[key]


def derived(
    path: str, text: str, origin: str, lines: Sequence[Origin], unstable: frozenset[int] = frozenset()
) -> Derived:
    """A rendered manifest."""
    return Derived(path, text.encode(), origin=origin, lines=tuple(lines), unstable=unstable)
