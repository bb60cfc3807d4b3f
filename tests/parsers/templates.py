"""Templates for tests: the least that makes every block of a type, and what says the same as Terraform resources."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown
from muniment.model.resource import Resource
from muniment.parsers.cloudformation import translations
from muniment.parsers.cloudformation.entries import WHOLE, Block, Default, Entries, Entry, Fixed, Kind, Read
from muniment.parsers.cloudformation.kinds.table import KINDS


def skeleton(kind: Kind) -> dict[str, Any]:
    """The least properties of a type that make all blocks and parts of it."""
    out: dict[str, Any] = {}
    _fill(out, kind.entries)
    for part in kind.parts:
        if part.path != WHOLE:
            inner: dict[str, Any] = {}
            _fill(inner, part.entries)
            out[part.path] = [inner] if part.path in {"Policies", "MethodSettings"} else inner
    return out


def _fill(out: dict[str, Any], entries: Entries) -> None:
    for name, entry in entries.items():
        if isinstance(entry, Block):
            inner = out if entry.path == WHOLE else _at(out, entry.path or _pascal(name))
            _fill(inner, entry.entries)


def _at(out: dict[str, Any], path: str) -> dict[str, Any]:
    """The object at a path of properties, made on the way."""
    for step in path.split(".") if path else ():
        out = out.setdefault(step, {})
    return out


def _pascal(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def template(resources: Iterable[tuple[str, str, Any]], **sections: Any) -> bytes:
    """A template of resources: logical id, type, properties."""
    body = {name: {"Type": kind, "Properties": properties} for name, kind, properties in resources}
    return json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": body, **sections}, indent=1).encode()


class CannotBeWrittenError(Exception):
    """Raised for what a template cannot say, or says in a way that has no single inverse."""


def template_of(resources: Sequence[Resource]) -> tuple[bytes, dict[str, str]]:
    """A template that says what some Terraform resources say, and the logical id of each of them.

    Raises CannotBeWrittenError.
    """
    types = {kind.kind: (name, kind) for name, kind in reversed(list(KINDS.items())) if "Serverless" not in name}
    ids = {one.address: f"R{place}" for place, one in enumerate(resources)}
    body: dict[str, Any] = {}
    for one in resources:
        if one.kind in types:
            name, kind = types[one.kind]
            body[ids[one.address]] = {"Type": name, "Properties": _properties(kind.entries, one, ids)}
    for one in resources:
        if one.kind not in types:
            ids[one.address] = _into_parent(one, resources, types, ids, body)
    parameters = {"Late": {"Type": "String"}}
    return json.dumps({"Parameters": parameters, "Resources": body}, indent=1).encode(), ids


def _into_parent(
    one: Resource,
    resources: Sequence[Resource],
    types: Mapping[str, tuple[str, Kind]],
    ids: Mapping[str, str],
    body: dict[str, Any],
) -> str:
    """Writes a part into the resource that it points at, and gives that one's logical id."""
    for other in resources:
        for part in types[other.kind][1].parts if other.kind in types else ():
            if part.kind == one.kind and part.path != WHOLE and _points(one, part.link, other):
                entries = {name: entry for name, entry in part.entries.items() if name != part.link}
                body[ids[other.address]]["Properties"][part.path] = _properties(entries, one, ids, part.link)
                return ids[other.address]
    raise CannotBeWrittenError(one.address)


def _points(one: Resource, link: str, other: Resource) -> bool:
    return any(path == link and target == other.address for path, target, _ in one.references)


def _properties(entries: Entries, one: Resource, ids: Mapping[str, str], link: str = "") -> dict[str, Any]:
    if any(isinstance(one.attributes.get(path), str) for path, _, _ in one.references):
        raise CannotBeWrittenError("a text that is known, and refers to a resource")
    out: dict[str, Any] = {}
    _invert(out, entries, {name: value for name, value in one.attributes.items() if name != link}, "", ids)
    return out


def _invert(out: dict[str, Any], entries: Entries, view: Mapping[str, Any], above: str, ids: Mapping[str, str]) -> None:
    """Writes the properties that a view was read from."""
    for name, entry in entries.items():
        if isinstance(entry, Default) and view.get(name) is None:
            raise CannotBeWrittenError(f"{above}{name} left out means something else in a template")
    for name, value in view.items():
        entry, path = entries.get(name), f"{above}{name}"
        if value is None or name not in entries:
            continue
        if entry is None or isinstance(entry, Fixed) or (isinstance(entry, Block) and (entry.key or entry.where)):
            raise CannotBeWrittenError(path)
        written = entry if isinstance(entry, str) else entry.path
        if isinstance(entry, Block):
            _invert_block(out, name, entry, value, path, ids)
        elif written == WHOLE:
            raise CannotBeWrittenError(path)
        else:
            *way, last = (written or _pascal(name)).split(".")
            _at(out, ".".join(way))[last] = _written(entry, value, ids)


def _invert_block(out: dict[str, Any], name: str, entry: Block, value: Any, path: str, ids: Mapping[str, str]) -> None:
    if not isinstance(value, list) or type(value) is not list or (entry.path == WHOLE and len(value) != 1):
        raise CannotBeWrittenError(path)
    views: list[dict[str, Any]] = []
    for one in value:
        inner: dict[str, Any] = out if entry.path == WHOLE else {}
        _invert(inner, entry.entries, one, f"{path}.", ids)
        views.append(inner)
    if entry.path != WHOLE:
        *way, last = (entry.path or _pascal(name)).split(".")
        _at(out, ".".join(way))[last] = views[0] if len(views) == 1 and not last.endswith("s") else views


def _written(entry: Entry, value: Any, ids: Mapping[str, str]) -> Any:
    """A value as a template writes it."""
    if isinstance(value, PartialString | OpenList | OpenMap):
        raise CannotBeWrittenError(str(value))
    translate = entry.translate if isinstance(entry, Read | Default) else None
    if translate is None or isinstance(value, Unknown):
        return _plain(value, ids)
    inverse = _INVERSES.get(translate)
    if inverse is None:
        raise CannotBeWrittenError(str(entry))
    return _plain(inverse(value), ids)


def _plain(value: Any, ids: Mapping[str, str]) -> Any:
    """A value with references in place of what is unknown in it: to a resource, or to what nobody says."""
    if isinstance(value, dict):
        return {key: _plain(member, ids) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(member, ids) for member in value]
    if not isinstance(value, Unknown):
        return value
    address, _, attribute = value.causes[0].reference.rpartition(".")
    if address not in ids:
        return {"Ref": "Late"}
    return {"Fn::GetAtt": [ids[address], "Arn"]} if attribute == "arn" else {"Ref": ids[address]}


def _one(value: Any) -> Any:
    if not isinstance(value, list) or len(value) != 1:
        raise CannotBeWrittenError("several values")
    return value[0]


_INVERSES: Mapping[Any, Callable[[Any], Any]] = {
    translations.enabled: lambda value: "Enabled" if value is True else "Disabled",
    translations.kebab: lambda value: "".join(word.capitalize() for word in str(value).split("-")),
    translations.listed: _one,
    translations.number: lambda value: value,
    translations.tags: lambda value: [{"Key": key, "Value": one} for key, one in value.items()],
}
