"""What policies read of a resource beside its attributes: `meta.lifecycle`, `meta.provider`, `meta.depends_on` ..."""

from typing import Any

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import Attribute
from muniment.languages.hcl.values import plain
from muniment.languages.unknown import Cause, Unknown
from muniment.parsers.terraform.declarations import Declared
from muniment.parsers.terraform.providers import configuration_of
from muniment.parsers.terraform.resource_instance import ResourceInstance
from muniment.parsers.terraform.written import names_of

_LISTS = frozenset({"ignore_changes", "replace_triggered_by"})


def meta_of(one: ResourceInstance) -> dict[str, Any]:
    """The meta-arguments of an instance; `key` is its instance key, where it has one."""
    out: dict[str, Any] = {
        "type": one.kind,
        "module": one.instance.prefix.rstrip("."),
        "mode": one.mode,
        "provider": configuration_of(one),
    }
    if one.repetition.key is not None:
        out["key"] = one.repetition.key
    body = one.declared.block.body
    if "depends_on" in body.attributes:
        out["depends_on"] = names_of(body.attributes["depends_on"])
    lifecycle = lifecycle_of(one)
    if lifecycle is not None:
        out["lifecycle"] = lifecycle
    return out


def lifecycle_of(one: ResourceInstance) -> dict[str, Any] | None:
    """The arguments of a block's `lifecycle`; None without one."""
    found = None
    for block in one.declared.block.body.blocks:
        if block.type == "lifecycle":
            found = _lifecycle(one, Declared(block, one.declared.file_of(block)))
    return found


def _lifecycle(one: ResourceInstance, declared: Declared) -> dict[str, Any]:
    return {
        name: names_of(attribute) if name in _LISTS else _value(one, attribute, declared)
        for name, attribute in declared.block.body.attributes.items()
    }


def _value(one: ResourceInstance, attribute: Attribute, declared: Declared) -> Any:
    file = one.declared.foreign.get(id(attribute), declared.file)
    try:
        return plain(one.instance.value(attribute, file, one.scope))
    except HclError as error:
        return Unknown((Cause("error", error.diagnostic.message),))
