"""What a query must fulfil to be answered by a schema (section 5)."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from muniment.languages.rego.builtins.graphql.cursor import Node
from muniment.languages.rego.builtins.graphql.query_values import check_value, check_variable_use
from muniment.languages.rego.builtins.graphql.schema import COMPOSITES, INPUTS, Schema, by_name, named_type, refuse
from muniment.languages.rego.builtins.graphql.schema_rules import check_directives, unique

_LOCATIONS: Final = {"query": "QUERY", "mutation": "MUTATION", "subscription": "SUBSCRIPTION"}


class Task(NamedTuple):
    """What all rules look at."""

    schema: Schema
    fragments: dict[str, Node]
    variables: dict[str, Node]
    """Those of the operation that is looked at."""
    used: set[str]
    """Names of variables that the operation uses."""
    spread: set[str]
    """Names of fragments that the operation uses."""


def check_query(schema: Schema, document: Node) -> None:
    """Refuses a document that the schema cannot answer."""
    operations, fragments = document.get("Operations", []), document.get("Fragments", [])
    unique((one["Name"] for one in operations if one.get("Name")), 'There can be only one operation named "%s".')
    unique((one["Name"] for one in fragments), 'There can be only one fragment named "%s".')
    if len(operations) > 1 and not all(one.get("Name") for one in operations):
        refuse("This anonymous operation must be the only defined operation.")
    known = by_name(fragments)
    _check_cycles(known)
    spread: set[str] = set()
    for operation in operations:
        variables = {one["Variable"]: one for one in operation.get("VariableDefinitions", ())}
        task = Task(schema, known, variables, set(), set())
        _check_operation(task, operation)
        spread |= task.spread
    for fragment in fragments:
        _check_fragment(schema, fragment)
        if fragment["Name"] not in spread:
            refuse(f'Fragment "{fragment["Name"]}" is never used.')


def _check_cycles(fragments: dict[str, Node]) -> None:
    uses = {name: [one["Name"] for one in _spreads(node)] for name, node in fragments.items()}
    for start, direct in uses.items():
        reached, queue = set[str](), list(direct)
        while queue:
            name = queue.pop()
            if name not in reached:
                reached.add(name)
                queue += uses.get(name, [])
        if start in reached:
            refuse(f'Cannot spread fragment "{start}" within itself.')


def _spreads(node: Node) -> Iterator[Node]:
    """The named fragments that are used within a part of a document."""
    for selection in node.get("SelectionSet", ()):
        if "Alias" in selection or "TypeCondition" in selection:
            yield from _spreads(selection)
        else:
            yield selection


def _check_fragment(schema: Schema, fragment: Node) -> None:
    condition = fragment.get("TypeCondition", "")
    if schema.kind(condition) not in COMPOSITES:
        why = "cannot condition on non composite type" if condition in schema.types else "is on an unknown type"
        refuse(f'Fragment "{fragment.get("Name", "")}" {why} "{condition}".')
    check_directives(schema, fragment, "FRAGMENT_DEFINITION")


def _check_operation(task: Task, operation: Node) -> None:
    root = task.schema.roots.get(operation["Operation"])
    if root is None:
        refuse(f'Schema does not support operation type "{operation["Operation"]}"')
    unique(
        (one["Variable"] for one in operation.get("VariableDefinitions", ())),
        'There can be only one variable named "$%s".',
    )
    for variable in task.variables.values():
        _check_variable(task, variable)
    _check_directives(task, operation, _LOCATIONS[operation["Operation"]])
    if operation["Operation"] == "subscription" and len(list(_fields(task, operation))) > 1:
        refuse("A subscription must select only one top level field.")
    _check_selections(task, operation, root)
    for name in task.variables:
        if name not in task.used:
            refuse(f'Variable "${name}" is never used.')


def _check_variable(task: Task, variable: Node) -> None:
    used = named_type(variable["Type"])
    if used not in task.schema.types:
        refuse(f'Unknown type "{used}".')
    if task.schema.kind(used) not in INPUTS:
        refuse(f'Variable "${variable["Variable"]}" cannot be non-input type "{used}".')
    if "DefaultValue" in variable:
        check_value(task.schema, variable["DefaultValue"], variable["Type"])
    check_directives(task.schema, variable, "VARIABLE_DEFINITION")


def _check_directives(task: Task, node: Node, location: str) -> None:
    check_directives(task.schema, node, location)
    for directive in node.get("Directives", ()):
        known = task.schema.directives[directive["Name"]]
        _check_arguments(task, directive, known)


def _check_arguments(task: Task, node: Node, known: Node) -> None:
    """Whether arguments are those of a field or directive, with values and variables of their types."""
    wanted = by_name(known.get("Arguments", ()))
    unique((one["Name"] for one in node.get("Arguments", ())), 'There can be only one argument named "%s".')
    for argument in node.get("Arguments", ()):
        name = argument["Name"]
        if name not in wanted:
            refuse(f'Unknown argument "{name}" on "{node["Name"]}".')
        check_value(task.schema, argument["Value"], wanted[name]["Type"])
        task.used.update(check_variable_use(task.schema, argument["Value"], wanted[name], task.variables))
    given = {one["Name"] for one in node.get("Arguments", ())}
    for name, argument in wanted.items():
        if argument["Type"].get("NonNull") and "DefaultValue" not in argument and name not in given:
            refuse(f'"{node["Name"]}" argument "{name}" is required, but it was not provided.')


def _check_selections(task: Task, node: Node, parent: str, seen: frozenset[str] = frozenset()) -> None:
    for selection in node.get("SelectionSet", ()):
        if "Alias" in selection:
            _check_field(task, selection, parent, seen)
        elif "TypeCondition" in selection:
            condition = selection["TypeCondition"] or parent
            _check_fragment(task.schema, {"Name": "", "TypeCondition": condition})
            _check_overlap(task.schema, condition, parent)
            _check_directives(task, selection, "INLINE_FRAGMENT")
            _check_selections(task, selection, condition, seen)
        else:
            _check_spread(task, selection, parent, seen)
    _check_merging(task, node, parent)


def _check_field(task: Task, field: Node, parent: str, seen: frozenset[str]) -> None:
    known = task.schema.fields(parent).get(field["Name"])
    if known is None:
        refuse(f'Cannot query field "{field["Name"]}" on type "{parent}".')
    _check_arguments(task, field, known)
    _check_directives(task, field, "FIELD")
    used = named_type(known["Type"])
    if task.schema.kind(used) in COMPOSITES:
        if not field.get("SelectionSet"):
            refuse(f'Field "{field["Name"]}" of type "{used}" must have a selection of subfields.')
        _check_selections(task, field, used, seen)
    elif field.get("SelectionSet"):
        refuse(f'Field "{field["Name"]}" must not have a selection since type "{used}" has no subfields.')


def _check_spread(task: Task, spread: Node, parent: str, seen: frozenset[str]) -> None:
    name = spread["Name"]
    fragment = task.fragments.get(name)
    if fragment is None:
        refuse(f'Unknown fragment "{name}".')
    task.spread.add(name)
    _check_directives(task, spread, "FRAGMENT_SPREAD")
    _check_overlap(task.schema, fragment["TypeCondition"], parent)
    if name not in seen:
        _check_selections(task, fragment, fragment["TypeCondition"], seen | {name})


def _check_overlap(schema: Schema, condition: str, parent: str) -> None:
    """Whether a fragment's type can be what stands there."""
    ours, theirs = schema.possible.get(condition, frozenset()), schema.possible.get(parent, frozenset())
    if condition != parent and not ours & theirs:
        refuse(f'Fragment cannot be spread here as objects of type "{parent}" can never be of type "{condition}".')


def _fields(task: Task, node: Node, depth: int = 0) -> Iterator[Node]:
    """The fields that are selected, those of fragments too."""
    for selection in node.get("SelectionSet", ()):
        if "Alias" in selection:
            yield selection
        elif "TypeCondition" in selection:
            yield from _fields(task, selection, depth)
        elif depth < 20:
            yield from _fields(task, task.fragments.get(selection["Name"], {}), depth + 1)


def _check_merging(task: Task, node: Node, parent: str) -> None:
    """Whether fields of one name in the answer are one field with the same arguments."""
    known: dict[str, Node] = {}
    for field in _fields(task, {"SelectionSet": [one for one in node.get("SelectionSet", ()) if "Alias" in one]}):
        other = known.setdefault(field["Alias"], field)
        same = other["Name"] == field["Name"] and other.get("Arguments") == field.get("Arguments")
        if not same:
            refuse(f'Fields "{field["Alias"]}" of "{parent}" conflict because they are different fields.')
