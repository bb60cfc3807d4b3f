"""From the reads of a judgement to what it rests on: stable paths and values for the fingerprint, and a place."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from muniment.languages.unknown import Unknown
from muniment.model.document import Location
from muniment.model.resource import Resource

Read = tuple[Any, Any, Any]
"""(container, key, value) as the evaluator saw it."""

_NAMES: Final = ("name", "containerPort", "sid", "Sid", "key", "id")
"""Members by which an element of a list is known, in order of preference; without one it is known by its place."""


class Paths:
    """Paths of all containers of some resources, by identity: built when the first violation asks."""

    __slots__ = ("_paths",)

    def __init__(self, judged: Resource) -> None:
        self._paths: dict[int, str] = {}
        self._walk(judged.attributes, "")

    def add(self, joined: Iterable[Resource]) -> None:
        """Knows the containers of more resources, by their addresses."""
        for resource in joined:
            if id(resource.attributes) not in self._paths:
                self._walk(resource.attributes, f"{resource.address}:")

    def of(self, container: object, key: object) -> str:
        """`spec.containers[web].image`; a container that was computed on the way has the path `~`."""
        path = self._paths.get(id(container), "~")
        if isinstance(key, str) and isinstance(container, dict):
            return f"{path}.{key}" if path else key
        if isinstance(container, list) and isinstance(key, int) and key < len(container):
            return f"{path}[{_label(container[key], key)}]"
        return f"{path}[{key}]"

    def _walk(self, value: Any, path: str) -> None:
        stack = [(value, path)]
        paths = self._paths
        while stack:
            current, here = stack.pop()
            if isinstance(current, dict):
                paths.setdefault(id(current), here)
                stack.extend(
                    (member, f"{here}.{key}" if here else str(key))
                    for key, member in current.items()
                    if isinstance(member, dict | list)
                )
            else:
                paths.setdefault(id(current), here)
                stack.extend(
                    (member, f"{here}[{_label(member, place)}]")
                    for place, member in enumerate(current)
                    if isinstance(member, dict | list)
                )


def _label(element: Any, place: int) -> str:
    if isinstance(element, dict):
        for name in _NAMES:
            value = element.get(name)
            if isinstance(value, str | int):
                return str(value)
    return str(place)


def material(reads: Iterable[Read], paths: Paths, sensitive: frozenset[int]) -> tuple[tuple[str, Any], ...]:
    """What a violation rests on: each scalar that was read, once, sorted by path. Containers only lead to them."""
    found: dict[str, Any] = {}
    for container, key, value in reads:
        if container is None or isinstance(container, str | Unknown):
            continue
        if value and isinstance(value, dict | list):
            continue
        found[paths.of(container, key)] = _stable(value, hidden=id(container) in sensitive)
    return tuple(sorted(found.items()))


def _stable(value: Any, *, hidden: bool) -> Any:
    """A value as the fingerprint keeps it: never a secret, never a cause's details, never a float."""
    if hidden:
        return "sensitive"
    if isinstance(value, Unknown):
        return "unknown:" + ",".join(sorted({cause.kind for cause in value.causes}))
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, dict):
        return {}
    if isinstance(value, list | tuple):
        return []
    return str(value)


def locate(read: Read, resources: Mapping[int, Resource]) -> Location | None:
    """The place of what was read: the member, or the container that should hold it."""
    container, key, value = read
    if container is None or isinstance(container, Unknown):
        return None
    for resource in resources.values():
        place = None if value is None else resource.positions.locate(container, key)
        if place is None and isinstance(value, dict | list):
            place = resource.positions.locate(value)
        place = place or resource.positions.locate(container)
        if place is not None:
            return place
    return None
