"""A resource as Checkov's policies see it: every value under its dotted path, single blocks without a number.

Checkov flattens what it reads, and by rules that differ between Terraform and everything else. Policies depend on
them: `versioning.enabled` is a member of the only block, `ingress.1.from_port` of one among several.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from muniment.engines.checkov_yaml.answers import OperandError, is_open
from muniment.languages.unknown import OpenList, OpenMap, Unknown
from muniment.model.resource import Resource

_MOST: Final = 100_000
"""Paths of one resource."""
_JSON: Final = ("{", "[")


class Cell(NamedTuple):
    """One value, and the container of the resource that it stands in."""

    value: Any
    container: Any
    key: Any


class View:
    """All paths of one resource. `open` are those whose members may be missing, `root` its attributes."""

    __slots__ = ("cells", "open", "root")

    def __init__(self, cells: Mapping[str, Cell], names: Iterable[str]) -> None:
        self.cells = cells
        self.root = {name: cells[name].value for name in names if name in cells}
        self.open = tuple((path, cell.value.causes) for path, cell in cells.items() if is_open(cell.value))

    def find(self, path: str) -> Any:
        """The value at a path: None if there is none, unknown if what should hold it is not all known."""
        cell = self.cells.get(path)
        if cell is not None:
            return cell.value
        for above in prefixes(path):
            cell = self.cells.get(above)
            if cell is not None:
                return Unknown(cell.value.causes) if is_open(cell.value) else None
        return None

    def nearest(self, path: str) -> Cell | None:
        """What stands at a path, or at the longest beginning of it."""
        return next((self.cells[one] for one in (path, *prefixes(path)) if one in self.cells), None)


def prefixes(path: str) -> Iterator[str]:
    """The beginnings of a dotted path, the longest first."""
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def view_of(resource: Resource) -> View:
    """Raises OperandError for a resource with too many values."""
    cells: dict[str, Cell] = {}
    flat = _Terraform(cells) if resource.format.startswith("terraform") else _Plain(cells)
    for name, value in resource.attributes.items():
        flat.top(name, value, resource.attributes)
    return View(cells, resource.attributes)


class _Plain:
    """Manifests: a list at the top that has one member is that member too."""

    __slots__ = ("_cells",)

    def __init__(self, cells: dict[str, Cell]) -> None:
        self._cells = cells

    def top(self, name: str, value: Any, container: Any) -> None:
        """An attribute of the resource."""
        self._add(name, value, container, name)
        if isinstance(value, list) and len(value) == 1 and not isinstance(value, OpenList):
            self._add(name, value[0], value, 0)

    def _add(self, path: str, value: Any, container: Any, key: Any) -> None:
        self._put(path, value, container, key)
        if isinstance(value, dict):
            for name, member in value.items():
                self._add(f"{path}.{name}", member, value, name)
        elif isinstance(value, list):
            for place, member in enumerate(value):
                self._add(f"{path}.{place}", member, value, place)

    def _put(self, path: str, value: Any, container: Any, key: Any) -> None:
        if len(self._cells) >= _MOST:
            raise OperandError(f"the resource has more than {_MOST} values")
        self._cells[path] = Cell(value, container, key)


class _Terraform(_Plain):
    """Terraform: a single block has no number, nor has a single member of a list inside an object.

    Texts that say a boolean are one, and texts in JSON are what they say.
    """

    def top(self, name: str, value: Any, container: Any) -> None:
        """An attribute or the blocks of one name."""
        self._member(name, value, container, name)

    def _member(self, path: str, value: Any, container: Any, key: Any) -> Any:
        """A member of a block; gives the value as policies see it."""
        if not isinstance(value, list):
            return self._object(path, value, container, key)
        if len(value) == 1 and isinstance(value[0], dict) and not isinstance(value, OpenList):
            return self._block(path, value[0], value, 0)
        members = [
            self._block(f"{path}.{place}", member, value, place)
            if isinstance(member, dict)
            else self._object(f"{path}.{place}", member, value, place)
            for place, member in enumerate(value)
        ]
        seen = OpenList(members, value.causes) if isinstance(value, OpenList) else members
        self._put(path, seen, container, key)
        return seen

    def _block(self, path: str, body: dict[str, Any], container: Any, key: Any) -> Any:
        members = {name: self._member(f"{path}.{name}", member, body, name) for name, member in body.items()}
        seen = OpenMap(members, body.causes) if isinstance(body, OpenMap) else members
        self._put(path, seen, container, key)
        return seen

    def _object(self, path: str, value: Any, container: Any, key: Any) -> Any:
        """A value inside of an expression. What a text in JSON says has the text's place; its top is as written."""
        if isinstance(value, str):
            seen = _read(value)
            if isinstance(seen, dict | list):
                self._inner(path, seen, container, key, placed=False)
            self._put(path, seen, container, key)
            return seen
        return self._inner(path, value, container, key, placed=True)

    def _inner(self, path: str, value: Any, container: Any, key: Any, *, placed: bool) -> Any:
        if isinstance(value, list) and len(value) == 1 and not isinstance(value, OpenList):
            container, key, value = (value, 0, value[0]) if placed else (container, key, value[0])
        seen = value
        if isinstance(value, dict):
            seen = {
                name: self._inner(f"{path}.{name}", member, *_place(value, name, container, key, placed), placed=placed)
                for name, member in value.items()
            }
            seen = OpenMap(seen, value.causes) if isinstance(value, OpenMap) else seen
        elif isinstance(value, list):
            seen = [
                self._inner(f"{path}.{place}", item, *_place(value, place, container, key, placed), placed=placed)
                for place, item in enumerate(value)
            ]
            seen = OpenList(seen, value.causes) if isinstance(value, OpenList) else seen
        elif isinstance(value, str):
            seen = _BOOLEANS.get(value, value)
        self._put(path, seen, container, key)
        return seen


_BOOLEANS: Final[Mapping[str, Any]] = {"true": True, "false": False}


def _place(container: Any, key: Any, text: Any, text_key: Any, placed: bool) -> tuple[Any, Any]:  # noqa: FBT001  one of two pairs
    return (container, key) if placed else (text, text_key)


def _read(text: str) -> Any:
    """A text of a configuration: true, false, what JSON says, or itself."""
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if not text.lstrip().startswith(_JSON):
        return text
    import json  # noqa: PLC0415  only such texts pay for it

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
