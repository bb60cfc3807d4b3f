"""Plans for tests: made of what the configuration says, as `terraform show -json` would print it before any apply."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from muniment.languages.unknown import OpenList, OpenMap, Unknown
from muniment.model.resource import Resource
from muniment.parsers.terraform.addresses import without_keys

_LATE = object()
"""Stands for what is left out of `after`: only apply will know it."""


def plan_of(resources: Iterable[Resource], **more: Any) -> bytes:
    """A plan that creates the resources; unknown and partly known values are known after apply."""
    kept = [one for one in resources if not one.kind.startswith("terraform.")]
    return json.dumps(
        {
            "format_version": "1.2",
            "resource_changes": [change(one) for one in kept],
            "configuration": {"root_module": _configuration([one for one in kept if not one.meta["module"]])},
            "complete": True,
            "errored": False,
            **more,
        },
        indent=1,
    ).encode()


def change(resource: Resource, **more: Any) -> dict[str, Any]:
    """The entry of one resource that will be created."""
    return {
        **_identity(resource),
        "address": resource.address,
        "change": {
            "actions": ["read" if resource.meta["mode"] == "data" else "create"],
            "before": None,
            "after": _known(resource.attributes),
            "after_unknown": {"id": True, "computed": True, **_unknown(resource.attributes)},
            "before_sensitive": False,
            "after_sensitive": {},
        },
        **more,
    }


def _identity(resource: Resource) -> dict[str, Any]:
    return {"mode": resource.meta["mode"], "type": resource.meta["type"], "name": resource.name}


def _known(value: Any) -> Any:
    if isinstance(value, Unknown | OpenList | OpenMap):
        return _LATE
    if isinstance(value, dict):
        return {key: known for key, member in value.items() if (known := _known(member)) is not _LATE}
    if isinstance(value, list | tuple):
        return [None if (known := _known(member)) is _LATE else known for member in value]
    return value


def _unknown(value: Any) -> Any:
    if isinstance(value, Unknown | OpenList | OpenMap):
        return True
    if isinstance(value, dict):
        return {key: late for key, member in value.items() if (late := _unknown(member))}
    if isinstance(value, list | tuple):
        return [_unknown(member) for member in value]
    return False


def _configuration(resources: Iterable[Resource]) -> dict[str, Any]:
    blocks = {}
    for one in resources:
        targets: dict[str, list[str]] = {}
        for path, target, attribute in one.references:
            target_block = target.removesuffix("[*]")
            targets.setdefault(path, []).extend(
                [f"{target_block}.{attribute}", target_block] if attribute else [target_block]
            )
        expressions = _expressions(one.attributes, "", targets)
        blocks[one.block] = {**_identity(one), "address": without_keys(one.block), "expressions": expressions}
    return {"resources": list(blocks.values())}


def _expressions(value: Mapping[str, Any], above: str, targets: Mapping[str, list[str]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, member in value.items():
        path = f"{above}{name}"
        if path in targets:
            out[name] = {"references": targets[path]}
        elif isinstance(member, list) and member and all(isinstance(one, dict) for one in member):
            out[name] = [_expressions(one, f"{path}.", targets) for one in member]
        elif isinstance(member, Unknown | OpenList | OpenMap):
            out[name] = {"references": ["var.late"]}
        else:
            out[name] = {"constant_value": _known(member)}
    return out
