"""What a schema must fulfil: every type is defined and whole, and uses others as it may."""

from collections.abc import Iterable
from typing import Final

from muniment.languages.rego.builtins.graphql.cursor import Node
from muniment.languages.rego.builtins.graphql.schema import (
    INPUTS,
    NULL,
    OUTPUTS,
    Schema,
    by_name,
    named_type,
    refuse,
    type_text,
)

_NO_VALUES: Final = frozenset({"true", "false", "null"})


def read_schema(document: Node) -> Schema:
    """The schema of a document. Raises BuiltinError if it is none."""
    schema = Schema(document)
    for node in (*document.get("Schema", ()), *document.get("SchemaExtension", ())):
        check_directives(schema, node, "SCHEMA")
    for name in sorted(schema.types):
        _check_type(schema, schema.types[name])
    _check_cycles(schema)
    for directive in schema.directives.values():
        _check_name(directive["Name"])
        _check_arguments(schema, directive.get("Arguments", ()), directive["Name"])
    return schema


def _check_name(name: str) -> None:
    if name.startswith("__"):
        refuse(f'Name "{name}" must not begin with "__", which is reserved by GraphQL introspection.')


def _check_type(schema: Schema, node: Node) -> None:
    kind, name = node["Kind"], node["Name"]
    for field in node.get("Fields", ()):
        _check_field(schema, node, field)
    for member in node.get("Types", ()):
        if schema.kind(member) != "OBJECT":
            refuse(
                f'{kind} type "{member}" must be OBJECT.' if member in schema.types else f'Undefined type "{member}".'
            )
    for interface in node.get("Interfaces", ()):
        _check_interface(schema, node, interface)
    wanted = {"OBJECT": "Fields", "INTERFACE": "Fields", "INPUT_OBJECT": "Fields", "ENUM": "EnumValues"}.get(kind, "")
    if wanted and not node.get(wanted):
        refuse(f"{kind} {name}: must define one or more of its {wanted}.")
    for value in node.get("EnumValues", ()):
        if value["Name"] in _NO_VALUES:
            refuse(f"{kind} {name}: non-enum value {value['Name']}.")
        check_directives(schema, value, "ENUM_VALUE")
    for parts in (node.get("Fields", ()), node.get("EnumValues", ())):
        unique((part["Name"] for part in parts), f"{name}: %s can only be defined once.")
    unique(node.get("Types", ()), f"Union type {name} can only include type %s once.")
    if not node.get("BuiltIn"):
        _check_name(name)
    check_directives(schema, node, kind, once=False)


def unique(names: Iterable[str], complaint: str) -> None:
    """Refuses a name that stands twice; `%s` in the complaint is the name."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            refuse(complaint % name)
        seen.add(name)


def _check_field(schema: Schema, node: Node, field: Node) -> None:
    _check_name(field["Name"])
    used = named_type(field["Type"])
    if used not in schema.types:
        refuse(f"Undefined type {used}.")
    is_input = node["Kind"] == "INPUT_OBJECT"
    if schema.kind(used) not in (INPUTS if is_input else OUTPUTS):
        allowed = ", ".join(sorted(INPUTS if is_input else OUTPUTS))
        refuse(f"{node['Kind']} {node['Name']}: field must be one of {allowed}.")
    _check_arguments(schema, field.get("Arguments", ()), "")
    check_directives(schema, field, "INPUT_FIELD_DEFINITION" if is_input else "FIELD_DEFINITION")


def _check_arguments(schema: Schema, arguments: Iterable[Node], directive: str) -> None:
    for argument in arguments:
        _check_name(argument["Name"])
        used = named_type(argument["Type"])
        if used not in schema.types:
            refuse(f"Undefined type {used}.")
        if schema.kind(used) not in INPUTS:
            shown = type_text(argument["Type"])
            why = f"{schema.kind(used)} is not a valid input type"
            refuse(f"cannot use {shown} as argument {argument['Name']} because {why}")
        check_directives(schema, argument, "ARGUMENT_DEFINITION", directive)


def check_directives(schema: Schema, node: Node, location: str, within: str = "", *, once: bool = True) -> None:
    """Refuses directives that are unknown, stand where they may not, or have the wrong arguments."""
    directives = node.get("Directives", ())
    for directive in directives:
        name = directive["Name"]
        if within and name == within:
            refuse(f"Directive {within} cannot refer to itself.")
        known = schema.directives.get(name)
        if known is None:
            refuse(f"Undefined directive {name}.")
        if location not in known["Locations"]:
            refuse(f"Directive {name} is not applicable on {location}.")
        _check_directive_arguments(directive, known)
    if once:
        single = (one["Name"] for one in directives if not schema.directives[one["Name"]].get("IsRepeatable"))
        unique(single, "The directive %s can only be used once at this location.")


def _check_directive_arguments(directive: Node, known: Node) -> None:
    given, wanted = by_name(directive.get("Arguments", ())), by_name(known.get("Arguments", ()))
    for name in given:
        if name not in wanted:
            refuse(f"Undefined argument {name} for directive {directive['Name']}.")
    for name, argument in wanted.items():
        needed = argument["Type"].get("NonNull") and "DefaultValue" not in argument
        if needed and (name not in given or given[name]["Value"]["Kind"] == NULL):
            refuse(f"Argument {name} for directive {directive['Name']} cannot be null.")


def _check_interface(schema: Schema, node: Node, interface: str) -> None:
    """Whether a type has what an interface asks for."""
    name, known = node["Name"], schema.types.get(interface)
    if known is None:
        refuse(f'Undefined type "{interface}".')
    if known["Kind"] != "INTERFACE":
        refuse(f'"{interface}" is a non interface type {known["Kind"]}.')
    fields = by_name(node.get("Fields", ()))
    for wanted in known.get("Fields", ()):
        found = fields.get(wanted["Name"])
        if found is None:
            refuse(f"For {name} to implement {interface} it must have a field called {wanted['Name']}.")
        if not _is_covariant(schema, wanted["Type"], found["Type"]):
            shown = type_text(wanted["Type"])
            refuse(f"For {name} to implement {interface} the field {wanted['Name']} must have type {shown}.")
        _check_same_arguments(wanted, found, f"For {name} to implement {interface} the field {wanted['Name']}")
    for ancestor in known.get("Interfaces", ()):
        if ancestor not in node.get("Interfaces", ()):
            refuse(f"Type {name} must implement {ancestor} because it is implemented by {interface}.")


def _check_same_arguments(wanted: Node, found: Node, complaint: str) -> None:
    known, given = by_name(wanted.get("Arguments", ())), by_name(found.get("Arguments", ()))
    for name, argument in known.items():
        if name not in given:
            refuse(f"{complaint} must have the same arguments but it is missing {name}.")
        if type_text(argument["Type"]) != type_text(given[name]["Type"]):
            refuse(f"{complaint} must have the same arguments but {name} has the wrong type.")
    for name, argument in given.items():
        if name not in known and argument["Type"].get("NonNull") and "DefaultValue" not in argument:
            refuse(f"{complaint} must not require more arguments, but {name} is required.")


def _is_covariant(schema: Schema, wanted: Node, found: Node) -> bool:
    if wanted.get("NonNull") and not found.get("NonNull"):
        return False
    name = wanted.get("NamedType")
    if name:
        return found.get("NamedType") in {name, *schema.possible.get(name, ())}
    return "Elem" in found and _is_covariant(schema, wanted["Elem"], found["Elem"])


def _check_cycles(schema: Schema) -> None:
    """Refuses input objects that need themselves."""
    needs = {
        name: [
            used
            for field in node.get("Fields", ())
            if field["Type"].get("NonNull")
            and schema.kind(used := field["Type"].get("NamedType", "")) == "INPUT_OBJECT"
        ]
        for name, node in schema.types.items()
        if node["Kind"] == "INPUT_OBJECT"
    }
    for start, direct in needs.items():
        reached, queue = set[str](), list(direct)
        while queue:
            name = queue.pop()
            if name not in reached:
                reached.add(name)
                queue += needs[name]
        if start in reached:
            refuse(f'Cannot reference Input Object "{start}" within itself through a series of non-null fields.')
