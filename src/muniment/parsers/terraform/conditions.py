"""Conditions of a configuration that certainly do not hold: told to people, never a failure of a policy."""

from collections.abc import Iterator
from typing import Any

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.values import unmark_deep
from muniment.parsers.terraform.declarations import Declared, place
from muniment.parsers.terraform.instance import ModuleInstance
from muniment.parsers.terraform.names import NameScope

_OF_RESOURCES = frozenset({"precondition", "postcondition"})


def failed_conditions(instance: ModuleInstance) -> None:
    """Notes every `precondition`, `postcondition` and `check` of a module instance whose condition is known false."""
    for address, rule, scope in _conditions(instance):
        condition = rule.block.body.attributes.get("condition")
        if condition is None or _value(instance, rule, "condition", scope) is not False:
            continue
        message = _value(instance, rule, "error_message", scope)
        where = place(rule.file_of(condition), condition.start, condition.end)
        text = message if isinstance(message, str) else "the condition is false"
        instance.run.note(where, f"{address}: {rule.block.type} fails: {text}")


def _conditions(instance: ModuleInstance) -> Iterator[tuple[str, Declared, NameScope]]:
    for resource in instance.all_resources():
        for lifecycle in resource.declared.block.body.blocks:
            for rule in lifecycle.body.blocks if lifecycle.type == "lifecycle" else ():
                if rule.type in _OF_RESOURCES and not resource.repetition.unknown:
                    declared = Declared(rule, resource.declared.file_of(lifecycle))
                    yield resource.address, declared, resource.scope.with_self(resource)
    for name, output in instance.module.outputs.items():
        for rule in output.block.body.blocks:
            if rule.type == "precondition":
                yield f"{instance.prefix}output.{name}", Declared(rule, output.file_of(rule)), instance.names
    for check in instance.module.notices:
        for rule in check.block.body.blocks if check.block.type == "check" else ():
            if rule.type == "assert":
                label = check.block.labels[0].text if check.block.labels else ""
                yield f"{instance.prefix}check.{label}", Declared(rule, check.file_of(rule)), instance.names


def _value(instance: ModuleInstance, rule: Declared, name: str, scope: NameScope) -> Any:
    """One argument of a condition; None where it has no value or must not be shown."""
    attribute = rule.block.body.attributes.get(name)
    if attribute is None:
        return None
    try:
        value, marks = unmark_deep(instance.value(attribute, rule.file_of(attribute), scope))
    except HclError:
        return None
    return None if marks and name != "condition" else value
