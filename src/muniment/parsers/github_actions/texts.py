"""Values of workflows in one form: triggers, permissions, `uses`, and the expressions of every text."""

import re
from collections.abc import Iterator
from typing import Any, Final

from muniment.languages.unknown import Cause, Unknown
from muniment.parsers.github_actions.places import ActionPlaces
from muniment.parsers.github_expressions import Expression, find_expressions, whole_expression

_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_DEPTH: Final = 30


def triggers(value: Any) -> dict[str, Any]:
    """`on` as a table: event -> what limits it, an empty table without limits."""
    if isinstance(value, str):
        return {value: {}}
    if isinstance(value, list):
        return {event: {} for event in value if isinstance(event, str)}
    return (
        {event: {} if limits is None else limits for event, limits in value.items()} if isinstance(value, dict) else {}
    )


def access(permissions: Any) -> Any:
    """Permissions as a table: scope -> `read`, `write`, `none`; the scope `*` is all; None where nothing is set."""
    if permissions is None:
        return None
    if isinstance(permissions, dict):
        return {scope: str(level) for scope, level in permissions.items()}
    if permissions in {"read-all", "write-all"}:
        return {"*": permissions.removesuffix("-all")}
    return Unknown((Cause("expression", str(permissions)),))


def used(text: Any) -> dict[str, Any] | None:
    """What `uses` names; `pinned` is a whole commit or a digest. None without a text."""
    if not isinstance(text, str):
        return None
    docker, local = text.startswith("docker://"), text.startswith(("./", "../"))
    name, _, ref = text.partition("@")
    owner, _, rest = name.partition("/") if not docker and not local else ("", "", "")
    repository, _, path = rest.partition("/")
    pinned = "@sha256:" in text if docker else _COMMIT.fullmatch(ref) is not None
    return {
        "text": text,
        "owner": owner.lower(),
        "repository": repository.lower(),
        "path": text if local else path,
        "ref": ref,
        "image": text.removeprefix("docker://") if docker else None,
        "pinned": pinned,
        "local": local,
        "docker": docker,
    }


def expression_views(raw: Any, places: ActionPlaces, without: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """Every expression below a mapping, members in `without` left out: field, what it reads, and its own text."""
    views: list[dict[str, Any]] = []
    for container, key, field in _texts(raw, "", without, 0):
        text = container[key]
        found = find_expressions(text)
        if field == "if" and not found:
            found = (whole_expression(text),)
        for one in found:
            view = _view(one, field)
            place = places.find(container, key, text[one.start : one.end])
            for part in (view, view["contexts"], view["functions"]):
                places.put(part, place)
            views.append(view)
    return views


def _view(one: Expression, field: str) -> dict[str, Any]:
    return {
        "field": field,
        "text": one.text,
        "contexts": list(one.contexts),
        "functions": list(one.functions),
        "valid": one.node is not None,
    }


def _texts(value: Any, field: str, without: frozenset[str], depth: int) -> Iterator[tuple[Any, Any, str]]:
    """(container, key, dotted field) of every text below a value."""
    if depth > _DEPTH:
        return
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        if depth == 0 and key in without:
            continue
        inner = f"{field}.{key}" if field else str(key)
        if isinstance(member, str):
            yield value, key, inner
        else:
            yield from _texts(member, inner, without, depth + 1)
