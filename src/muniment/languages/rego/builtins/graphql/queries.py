"""Reads executable documents: operations and fragments (section 2.2)."""

from muniment.languages.rego.builtins.graphql.cursor import Cursor, Node, fault, pruned
from muniment.languages.rego.builtins.graphql.tokens import END, NAME

_OPERATIONS = frozenset({"query", "mutation", "subscription"})


def parse_query(text: str) -> Node:
    """The operations and fragments of a text. Raises BuiltinError if it is no such document."""
    cursor = Cursor(text)
    operations, fragments = list[Node](), list[Node]()
    while not cursor.at(END):
        if cursor.at(NAME, "fragment"):
            fragments.append(_fragment(cursor))
        elif cursor.at("{") or (cursor.at(NAME) and cursor.token.value in _OPERATIONS):
            operations.append(_operation(cursor))
        else:
            raise cursor.unexpected()
    return pruned({"Operations": operations, "Fragments": fragments})


def _operation(cursor: Cursor) -> Node:
    if cursor.at("{"):
        return {"Operation": "query", "Name": "", "SelectionSet": _selections(cursor)}
    kind = cursor.next().value
    name = cursor.next().value if cursor.at(NAME) else ""
    return pruned(
        {
            "Operation": kind,
            "Name": name,
            "VariableDefinitions": _variables(cursor),
            "Directives": cursor.directives(),
            "SelectionSet": _selections(cursor),
        }
    )


def _variables(cursor: Cursor) -> list[Node]:
    def variable() -> Node:
        cursor.expect("$")
        name = cursor.name()
        cursor.expect(":")
        kind = cursor.type()
        default = cursor.value(constant=True) if cursor.skip("=") else None
        directives = cursor.directives()
        return pruned(
            {"Variable": name, "Type": kind, "DefaultValue": default, "Directives": directives, "Used": False}
        )

    return cursor.some("(", ")", variable)


def _selections(cursor: Cursor) -> list[Node]:
    if not cursor.at("{"):
        raise fault(f"Expected {{, found {cursor.token.kind}", cursor.token)
    return cursor.some("{", "}", lambda: _spread(cursor) if cursor.at("...") else _field(cursor))


def _field(cursor: Cursor) -> Node:
    alias = cursor.name()
    return pruned(
        {
            "Alias": alias,
            "Name": cursor.name() if cursor.skip(":") else alias,
            "Arguments": cursor.arguments(constant=False),
            "Directives": cursor.directives(),
            "SelectionSet": _selections(cursor) if cursor.at("{") else [],
        }
    )


def _spread(cursor: Cursor) -> Node:
    """A named fragment, or one that is written out."""
    cursor.next()
    if cursor.at(NAME) and cursor.token.value != "on":
        name = cursor.name()
        return pruned({"Name": name, "Directives": cursor.directives()})
    condition = cursor.name() if cursor.skip(NAME, "on") else ""
    directives = cursor.directives()
    return pruned({"TypeCondition": condition, "Directives": directives, "SelectionSet": _selections(cursor)})


def _fragment(cursor: Cursor) -> Node:
    cursor.next()
    if cursor.at(NAME, "on"):
        raise cursor.unexpected()
    name = cursor.name()
    variables = _variables(cursor)
    cursor.keyword("on")
    return pruned(
        {
            "Name": name,
            "VariableDefinition": variables,
            "TypeCondition": cursor.name(),
            "Directives": cursor.directives(),
            "SelectionSet": _selections(cursor),
        }
    )
