"""Reads documents of type systems: definitions and extensions of types, directives and the schema (section 3)."""

from collections.abc import Callable
from typing import Final

from muniment.languages.rego.builtins.graphql.cursor import Cursor, Node, pruned
from muniment.languages.rego.builtins.graphql.tokens import BLOCK, END, NAME, STRING

KINDS: Final = {
    "scalar": "SCALAR",
    "type": "OBJECT",
    "interface": "INTERFACE",
    "union": "UNION",
    "enum": "ENUM",
    "input": "INPUT_OBJECT",
}
_LOCATIONS: Final = frozenset(
    (
        *("QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"),
        *("VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE"),
        *("UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION"),
    )
)


def parse_schema(text: str) -> Node:
    """The definitions of a text. Raises BuiltinError if it is no such document."""
    cursor = Cursor(text)
    found: dict[str, list[Node]] = {
        name: [] for name in ("Schema", "SchemaExtension", "Directives", "Definitions", "Extensions")
    }
    while not cursor.at(END):
        description = _description(cursor)
        word = cursor.token.value if cursor.at(NAME) else ""
        if word == "extend":
            if description:
                raise cursor.unexpected(cursor.last)
            cursor.next()
            name, node = _extension(cursor)
            found[name].append(node)
        elif word == "schema":
            found["Schema"].append(_schema(cursor, description))
        elif word == "directive":
            found["Directives"].append(_directive(cursor, description))
        elif word in KINDS:
            found["Definitions"].append(_definition(cursor, description))
        else:
            raise cursor.unexpected()
    return pruned(dict(found))


def _description(cursor: Cursor) -> str:
    return cursor.next().value if cursor.token.kind in {STRING, BLOCK} else ""


def _extension(cursor: Cursor) -> tuple[str, Node]:
    """An extension, and the list that it belongs to; one that adds nothing is an error at what follows it."""
    if cursor.at(NAME, "schema"):
        name, node = "SchemaExtension", _schema(cursor, "")
    elif cursor.at(NAME) and cursor.token.value in KINDS:
        name, node = "Extensions", _definition(cursor, "")
    else:
        raise cursor.unexpected()
    if not node.keys() - {"BuiltIn", "Description", "Kind", "Name"}:
        raise cursor.unexpected()
    return name, node


def _schema(cursor: Cursor, description: str) -> Node:
    def operation() -> Node:
        token = cursor.next()
        if token.value not in {"query", "mutation", "subscription"}:
            raise cursor.unexpected(token)
        cursor.expect(":")
        return {"Operation": token.value, "Type": cursor.name()}

    cursor.next()
    directives = cursor.directives(constant=True)
    operations = cursor.some("{", "}", operation)
    return pruned({"Description": description, "Directives": directives, "OperationTypes": operations})


def _definition(cursor: Cursor, description: str) -> Node:
    word = cursor.next().value
    name = cursor.name()
    interfaces = _interfaces(cursor) if word in {"type", "interface"} else []
    node: Node = {"BuiltIn": False, "Description": description, "Kind": KINDS[word], "Name": name}
    node |= {"Interfaces": interfaces, "Directives": cursor.directives(constant=True)}
    if word in {"type", "interface"}:
        node["Fields"] = cursor.some("{", "}", lambda: _field(cursor))
    elif word == "input":
        node["Fields"] = cursor.some("{", "}", lambda: _input_value(cursor))
    elif word == "enum":
        node["EnumValues"] = cursor.some("{", "}", lambda: _enum_value(cursor))
    elif word == "union":
        node["Types"] = _separated(cursor, "|", cursor.name) if cursor.skip("=") else []
    return pruned(node)


def _interfaces(cursor: Cursor) -> list[str]:
    return _separated(cursor, "&", cursor.name) if cursor.skip(NAME, "implements") else []


def _separated(cursor: Cursor, mark: str, read: Callable[[], str]) -> list[str]:
    """What stands between marks, which may stand before the first one too."""
    cursor.skip(mark)
    found = [read()]
    while cursor.skip(mark):
        found.append(read())
    return found


def _field(cursor: Cursor) -> Node:
    description = _description(cursor)
    name = cursor.name()
    arguments = cursor.some("(", ")", lambda: _input_value(cursor))
    cursor.expect(":")
    node = {"Description": description, "Name": name, "Arguments": arguments, "Type": cursor.type()}
    return pruned({**node, "Directives": cursor.directives(constant=True)})


def _input_value(cursor: Cursor) -> Node:
    description = _description(cursor)
    name = cursor.name()
    cursor.expect(":")
    kind = cursor.type()
    default = cursor.value(constant=True) if cursor.skip("=") else None
    node = {"Description": description, "Name": name, "DefaultValue": default, "Type": kind}
    return pruned({**node, "Directives": cursor.directives(constant=True)})


def _enum_value(cursor: Cursor) -> Node:
    description = _description(cursor)
    name = cursor.name()
    return pruned({"Description": description, "Name": name, "Directives": cursor.directives(constant=True)})


def _directive(cursor: Cursor, description: str) -> Node:
    cursor.next()
    cursor.expect("@")
    name = cursor.name()
    arguments = cursor.some("(", ")", lambda: _input_value(cursor))
    repeatable = cursor.skip(NAME, "repeatable")
    cursor.keyword("on")
    locations = _separated(cursor, "|", lambda: _location(cursor))
    node = {"Description": description, "Name": name, "Arguments": arguments}
    return pruned({**node, "Locations": locations, "IsRepeatable": repeatable})


def _location(cursor: Cursor) -> str:
    name = cursor.name()
    if name not in _LOCATIONS:
        raise cursor.unexpected(cursor.last)
    return name
