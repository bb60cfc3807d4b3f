"""The parts of a plan as its readers need them; what does not have the documented shape is left out, never guessed."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from muniment.languages.json_source import Path

_GONE: Final = (["delete"], ["forget"])
_EARLY: Final = frozenset({"0.1", "0.2"})
_DEEPEST: Final = 64
"""Levels of child modules."""


class Entry(NamedTuple):
    """What a plan says of one resource instance."""

    address: str
    module: str
    """Address of the module instance; empty at the root."""
    mode: str
    kind: str
    name: str
    key: str | int | None
    after: Mapping[str, Any]
    unknown: Any
    """True where a value is known after apply, in the shape of `after`."""
    sensitive: Any
    path: Path
    """Where the entry stands in the plan."""
    values: Path
    """Where `after` stands in the plan."""
    change: Mapping[str, Any]
    """What policies read as `change`."""

    @property
    def block(self) -> str:
        """The address without the instance's own key."""
        local = f"{'data.' if self.mode == 'data' else ''}{self.kind}.{self.name}"
        return f"{self.module}.{local}" if self.module else local

    @property
    def gone(self) -> bool:
        """Whether nothing of it will be left."""
        return self.change.get("actions") in _GONE


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """The value if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def is_read(plan: Mapping[str, Any]) -> bool:
    """Whether the format's version is one whose meaning is known."""
    version = str(plan.get("format_version"))
    return version in _EARLY or version.partition(".")[0] == "1"


def is_incomplete(plan: Mapping[str, Any]) -> bool:
    """Whether planning failed or left parts for later: what is not there proves nothing then."""
    return plan.get("errored") is True or plan.get("complete") is False or bool(plan.get("deferred_changes"))


def entries(plan: Mapping[str, Any]) -> Iterator[Entry]:
    """Everything that will exist or cease to: the changes, or the planned values where no changes are listed."""
    changes = plan.get("resource_changes")
    if isinstance(changes, list):
        for place, one in enumerate(changes):
            found = _changed(mapping(one), ("resource_changes", place))
            if found is not None:
                yield found
    else:
        yield from _planned(plan, "planned_values")
    listed = {str(one.get("address")) for one in sequence(changes) if isinstance(one, dict)}
    for one in _planned(mapping(plan.get("prior_state")), "values", ("prior_state",)):
        if one.mode == "data" and one.address not in listed:
            yield one


def _changed(one: Mapping[str, Any], path: Path) -> Entry | None:
    change = mapping(one.get("change"))
    after = change.get("after")
    said = {
        "actions": sequence(change.get("actions")),
        "reason": one.get("action_reason"),
        "previous_address": one.get("previous_address"),
        "replace_paths": sequence(change.get("replace_paths")),
        "importing": change.get("importing"),
        "deposed": one.get("deposed"),
    }
    return _entry(
        one,
        mapping(after),
        change.get("after_unknown"),
        change.get("after_sensitive"),
        path,
        (*path, "change", "after"),
        {name: value for name, value in said.items() if value is not None},
    )


def _planned(state: Mapping[str, Any], key: str, above: Path = ()) -> Iterator[Entry]:
    """The resources of a state's modules, the root's first."""
    work: list[tuple[Any, Path]] = [(mapping(state.get(key)).get("root_module"), (*above, key, "root_module"))]
    for _ in range(_DEEPEST):
        below: list[tuple[Any, Path]] = []
        for module, path in work:
            inner = mapping(module)
            for place, one in enumerate(sequence(inner.get("resources"))):
                here = (*path, "resources", place)
                resource = {"module_address": inner.get("address"), **mapping(one)}
                found = _entry(
                    resource,
                    mapping(resource.get("values")),
                    None,
                    resource.get("sensitive_values"),
                    here,
                    (*here, "values"),
                    {},
                )
                if found is not None:
                    yield found
            children = enumerate(sequence(inner.get("child_modules")))
            below.extend((child, (*path, "child_modules", place)) for place, child in children)
        work = below


def _entry(
    one: Mapping[str, Any],
    after: Mapping[str, Any],
    unknown: Any,
    sensitive: Any,
    path: Path,
    values: Path,
    change: Mapping[str, Any],
) -> Entry | None:
    texts = [one.get(name) for name in ("address", "type", "name")]
    if not all(isinstance(text, str) and text for text in texts):
        return None
    address, kind, name = map(str, texts)
    index = one.get("index")
    return Entry(
        address,
        str(one.get("module_address") or ""),
        str(one.get("mode") or "managed"),
        kind,
        name,
        index if isinstance(index, str | int) else None,
        after,
        unknown,
        sensitive,
        path,
        values,
        change,
    )
