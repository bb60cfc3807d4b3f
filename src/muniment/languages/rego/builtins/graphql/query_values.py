"""Whether values and variables of a query have the types that arguments want (sections 5.6 and 5.8)."""

import re
from collections.abc import Iterator
from typing import Final

from muniment.languages.rego.builtins.graphql.cursor import Node
from muniment.languages.rego.builtins.graphql.schema import NULL, Schema, by_name, refuse, type_text
from muniment.languages.rego.builtins.graphql.schema_rules import unique

_VARIABLE, _INT, _FLOAT, _STRING, _BLOCK, _BOOLEAN, _ENUM, _LIST, _OBJECT = 0, 1, 2, 3, 4, 5, 7, 8, 9
_TEXTS: Final = frozenset({_STRING, _BLOCK})
_SCALARS: Final = {
    "Int": frozenset({_INT}),
    "Float": frozenset({_INT, _FLOAT}),
    "String": _TEXTS,
    "Boolean": frozenset({_BOOLEAN}),
    "ID": frozenset({_INT, *_TEXTS}),
}
_INT32: Final = 2**31


def check_value(schema: Schema, value: Node, kind: Node) -> None:
    """Refuses a value that is not of a type; variables are looked at elsewhere, custom scalars take anything."""
    if value["Kind"] == _VARIABLE:
        return
    if value["Kind"] == NULL:
        if kind.get("NonNull"):
            refuse(f'Expected value of type "{type_text(kind)}", found null.')
        return
    if "Elem" in kind:
        items = [child["Value"] for child in value.get("Children", ())] if value["Kind"] == _LIST else [value]
        for item in items:
            check_value(schema, item, kind["Elem"])
        return
    _check_named(schema, value, kind)


def _check_named(schema: Schema, value: Node, kind: Node) -> None:
    name, definition = kind["NamedType"], schema.types.get(kind["NamedType"], {})
    if definition.get("Kind") == "INPUT_OBJECT":
        _check_object(schema, value, definition)
    elif definition.get("Kind") == "ENUM":
        if value["Kind"] != _ENUM or value["Raw"] not in {one["Name"] for one in definition.get("EnumValues", ())}:
            refuse(f'Value "{value["Raw"]}" does not exist in "{name}" enum.')
    elif name in _SCALARS and value["Kind"] not in _SCALARS[name]:
        refuse(f"{name} cannot represent value: {value['Raw']}")
    elif name == "Int" and (not re.fullmatch("-?[0-9]{1,10}", value["Raw"]) or abs(int(value["Raw"])) > _INT32):
        refuse(f"Int cannot represent non 32-bit signed integer value: {value['Raw']}")


def _check_object(schema: Schema, value: Node, definition: Node) -> None:
    if value["Kind"] != _OBJECT:
        refuse(f'Expected value of type "{definition["Name"]}", found {value["Raw"]}.')
    children = value.get("Children", ())
    unique((child["Name"] for child in children), 'There can be only one input field named "%s".')
    fields, given = by_name(definition.get("Fields", ())), by_name(children)
    for name, child in given.items():
        if name not in fields:
            refuse(f'Field "{name}" is not defined by type "{definition["Name"]}".')
        check_value(schema, child["Value"], fields[name]["Type"])
    for name, field in fields.items():
        if field["Type"].get("NonNull") and "DefaultValue" not in field and name not in given:
            refuse(f'Field "{definition["Name"]}.{name}" of required type was not provided.')


def check_variable_use(schema: Schema, value: Node, wanted: Node, variables: dict[str, Node]) -> Iterator[str]:
    """The names of the variables within a value. Refuses those that are unknown or of another type."""
    kind, has_default = wanted["Type"], "DefaultValue" in wanted
    if value["Kind"] == _VARIABLE:
        variable = variables.get(value["Raw"])
        if variable is None:
            refuse(f'Variable "${value["Raw"]}" is not defined.')
        _check_position(variable, kind, has_default=has_default)
        yield value["Raw"]
    fields = by_name(schema.types.get(kind.get("NamedType", ""), {}).get("Fields", ()))
    for child in value.get("Children", ()):
        inner = {"Type": kind["Elem"]} if "Elem" in kind else fields.get(child["Name"], {"Type": kind})
        yield from check_variable_use(schema, child["Value"], inner, variables)


def _check_position(variable: Node, kind: Node, *, has_default: bool) -> None:
    given = variable["Type"]
    default = variable.get("DefaultValue")
    if kind.get("NonNull") and not given.get("NonNull") and (has_default or (default and default["Kind"] != NULL)):
        kind = {**kind, "NonNull": False}
    if not _fits(given, kind):
        shown = f'"${variable["Variable"]}" of type "{type_text(given)}"'
        refuse(f'Variable {shown} used in position expecting type "{type_text(kind)}".')


def _fits(given: Node, wanted: Node) -> bool:
    if wanted.get("NonNull") and not given.get("NonNull"):
        return False
    if "Elem" in wanted:
        return "Elem" in given and _fits(given["Elem"], wanted["Elem"])
    return given.get("NamedType") == wanted.get("NamedType") and "Elem" not in given
