"""Where in a resource a fault is: at the item that the message names, else at what the rule reads of the input."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from muniment.engines.rego.judging import Finding
from muniment.languages.rego.ast import Module, Ref, Scalar, Var
from muniment.model.document import Location
from muniment.model.resource import Resource

Path = tuple[str, ...]

_IDENTITY: Final = frozenset({("apiVersion",), ("kind",), ("metadata", "name"), ("metadata", "namespace")})
"""What says which object it is: the fault is elsewhere."""
_VERB: Final = re.compile(r"%[-+# 0-9.*\[\]]*[a-zA-Z]")
_WORD: Final = re.compile(r"[A-Za-z0-9][-A-Za-z0-9_.]*")
_PATHS: Final = ("failedPaths", "reviewPaths", "deletePaths", "fixPaths")
"""Fields of results that say where in an object the fault is."""
_STEP: Final = re.compile(r"\[([^\]]+)\]|([^.\[\]]+)")


class Definition(NamedTuple):
    """What one definition of a rule reads of the input, and the texts that its messages are made of, in pieces."""

    paths: tuple[Path, ...]
    texts: tuple[tuple[str, ...], ...]

    def likeness(self, message: str) -> int:
        """How many characters of a message are those of a text of which it has every piece."""
        whole = (pieces for pieces in self.texts if all(piece in message for piece in pieces))
        return max((sum(map(len, pieces)) for pieces in whole), default=0)


def definitions(modules: Iterable[Module], namespace: str, name: str) -> tuple[Definition, ...]:
    """The definitions of a rule, in the order of the modules."""
    return tuple(
        Definition(tuple(dict.fromkeys(_paths(rule))), tuple(_texts(rule)))
        for module in modules
        if ".".join(module.package) == namespace
        for rule in module.rules
        if rule.name.lower() == name.lower()
    )


def _texts(node: Any) -> Iterator[tuple[str, ...]]:
    """The string literals of a part of a tree, between the verbs of Go's formats."""
    if isinstance(node, Scalar):
        if isinstance(node.value, str):
            yield tuple(piece for piece in _VERB.split(node.value) if piece)
    elif isinstance(node, tuple):
        for part in node:
            yield from _texts(part)


def _paths(node: Any) -> Iterator[Path]:
    """The constant beginnings of all references to the input within a part of a tree, in the order of the text."""
    if isinstance(node, Ref) and isinstance(node.head, Var) and node.head.name == "input":
        yield tuple(_constants(node.path))
    if isinstance(node, tuple):
        for part in node:
            yield from _paths(part)


def _constants(steps: Iterable[Any]) -> Iterator[str]:
    for step in steps:
        if not isinstance(step, Scalar) or not isinstance(step.value, str):
            return
        yield step.value


def place(finding: Finding, resource: Resource, spoken: Sequence[Definition]) -> Location:
    """Where a finding's own paths lead, else the item that its message names, else what its definition reads."""
    message = finding.message
    own = _deepest(resource, map(_steps, _paths_of(finding.metadata)))
    return own or _named(message, resource) or _deepest(resource, _speaker(message, spoken)) or resource.location


def _paths_of(metadata: Mapping[str, Any]) -> Iterator[str]:
    """The paths that a policy put beside a message, alone or with the value that should stand there."""
    for field in _PATHS:
        found = metadata.get(field)
        for one in found if isinstance(found, list) else ():
            path = one.get("path") if isinstance(one, dict) else one
            if isinstance(path, str):
                yield path


def _steps(path: str) -> Path:
    """The steps of `spec.containers[0].image` and `metadata.labels['a.b/c']`."""
    return tuple((inside or plain).strip("'\"") for inside, plain in _STEP.findall(path))


def _speaker(message: str, spoken: Sequence[Definition]) -> tuple[Path, ...]:
    """What the definition reads whose texts are most like the message; nothing where that cannot be told."""
    if len(spoken) == 1:
        return spoken[0].paths
    ranked = sorted(((one.likeness(message), place) for place, one in enumerate(spoken)), reverse=True)
    if not ranked or not ranked[0][0] or ranked[0][0] == ranked[1][0]:
        return ()
    return spoken[ranked[0][1]].paths


def _named(message: str, resource: Resource) -> Location | None:
    words = {word.rstrip(".") for word in _WORD.findall(message)}
    found = next((item for name, item in _items(resource.attributes) if name in words and name != resource.name), None)
    return None if found is None else resource.positions.locate(found)


def _items(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The members of lists that have a name."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, dict):
            stack.extend(current.values())
        elif isinstance(current, list):
            stack.extend(current)
            yield from (
                (one["name"], one) for one in current if isinstance(one, dict) and isinstance(one.get("name"), str)
            )


def _deepest(resource: Resource, paths: Iterable[Path]) -> Location | None:
    """The place of the longest path, as far as it is there."""
    best: tuple[int, Location] | None = None
    for path in paths:
        if path in _IDENTITY:
            continue
        depth, location = _reached(resource, path)
        if location is not None and (best is None or depth > best[0]):
            best = depth, location
    return best[1] if best else None


def _reached(resource: Resource, path: Path) -> tuple[int, Location | None]:
    """How far a path leads, and where that is."""
    value: Any = resource.attributes
    depth, location = 0, None
    for step in path:
        key = _member(value, step)
        if key is None:
            break
        location = resource.positions.locate(value, key) or location
        value = value[key]
        depth += 1
    return depth, location


def _member(value: Any, step: str) -> str | int | None:
    """The key or position that a step of a path means; None where nothing is there."""
    if isinstance(value, list) and step.isdecimal():
        return int(step) if int(step) < len(value) else None
    return step if isinstance(value, dict) and step in value else None
