"""A schema made of a document: its types with their extensions, and whether it is one (section 3)."""

from collections.abc import Iterable
from typing import Any, Final, NoReturn

from muniment.languages.rego.builtins.graphql.cursor import Node
from muniment.languages.rego.builtins.graphql.prelude import PRELUDE
from muniment.languages.rego.builtins.graphql.schema_documents import parse_schema
from muniment.languages.rego.signatures import BuiltinError

_REDEFINABLE: Final = frozenset({"include", "skip", "deprecated", "specifiedBy", "defer", "oneOf"})
_LISTS: Final = ("Directives", "Interfaces", "Fields", "Types", "EnumValues")
INPUTS: Final = frozenset({"SCALAR", "ENUM", "INPUT_OBJECT"})
OUTPUTS: Final = frozenset({"SCALAR", "OBJECT", "INTERFACE", "UNION", "ENUM"})
COMPOSITES: Final = frozenset({"OBJECT", "INTERFACE", "UNION"})
NULL: Final = 6


def refuse(message: str) -> NoReturn:
    """Raises the error of a document that is not what it should be."""
    raise BuiltinError(message)


def named_type(kind: Node) -> str:
    """The name within a type's lists."""
    while not kind.get("NamedType"):
        kind = kind["Elem"]
    return str(kind["NamedType"])


def type_text(kind: Node) -> str:
    """A type as it is written."""
    inner = kind.get("NamedType") or f"[{type_text(kind['Elem'])}]"
    return f"{inner}{'!' if kind.get('NonNull') else ''}"


def by_name(nodes: Iterable[Node]) -> dict[str, Node]:
    """Parts of a document by their names; of equal names the first."""
    found: dict[str, Node] = {}
    for node in nodes:
        found.setdefault(node["Name"], node)
    return found


class Schema:
    """Types and directives by name, the types of operations, and which objects an abstract type stands for."""

    __slots__ = ("directives", "possible", "roots", "types")

    def __init__(self, document: Node) -> None:
        base = parse_schema(PRELUDE)
        self.types: dict[str, dict[str, Any]] = {}
        for node in base["Definitions"]:
            self.types[node["Name"]] = {**node, "BuiltIn": True}
        for node in document.get("Definitions", ()):
            if node["Name"] in self.types:
                refuse(f"Cannot redeclare type {node['Name']}.")
            self.types[node["Name"]] = dict(node)
        for node in document.get("Extensions", ()):
            self._extend(node)
        self.directives = by_name(base["Directives"])
        for node in document.get("Directives", ()):
            if node["Name"] in self.directives and node["Name"] not in _REDEFINABLE:
                refuse(f"Cannot redeclare directive {node['Name']}.")
            self.directives[node["Name"]] = node
        self.possible = self._possible_types()
        self.roots = self._roots(document)

    def _extend(self, node: Node) -> None:
        known = self.types.setdefault(node["Name"], {"Kind": node["Kind"], "Name": node["Name"]})
        if known["Kind"] != node["Kind"]:
            kinds = f"{known['Kind']}, not {node['Kind']}"
            refuse(f"Cannot extend type {node['Name']} because the base type is a {kinds}.")
        for name in _LISTS:
            if node.get(name):
                known[name] = [*known.get(name, ()), *node[name]]

    def _possible_types(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for name, node in self.types.items():
            if node["Kind"] == "UNION":
                found.setdefault(name, set()).update(node.get("Types", ()))
            if node["Kind"] == "OBJECT":
                for abstract in (name, *node.get("Interfaces", ())):
                    found.setdefault(abstract, set()).add(name)
        return {name: frozenset(names) for name, names in found.items()}

    def _roots(self, document: Node) -> dict[str, str]:
        """The types of `query`, `mutation` and `subscription`."""
        declared = document.get("Schema", [])
        if len(declared) > 1:
            refuse("Cannot have multiple schema entry points, consider schema extensions instead.")
        names = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}
        roots = {} if declared else {kind: name for kind, name in names.items() if name in self.types}
        for node in (*declared, *document.get("SchemaExtension", ())):
            for entry in node.get("OperationTypes", ()):
                if entry["Type"] not in self.types:
                    refuse(f"Schema root {entry['Operation']} refers to a type {entry['Type']} that does not exist.")
                roots[entry["Operation"]] = entry["Type"]
        return roots

    def fields(self, type_name: str) -> dict[str, Node]:
        """The fields that can be asked of a type, those of introspection too."""
        node = self.types.get(type_name, {})
        found = by_name(node.get("Fields", ()))
        if node.get("Kind") in COMPOSITES:
            found["__typename"] = _field("__typename", "String", non_null=True)
        if type_name == self.roots.get("query"):
            found["__schema"] = _field("__schema", "__Schema", non_null=True)
            argument = {"Name": "name", "Type": {"NamedType": "String", "NonNull": True}}
            found["__type"] = {**_field("__type", "__Type", non_null=False), "Arguments": [argument]}
        return found

    def kind(self, type_name: str) -> str:
        """The kind of a type, empty if there is no such type."""
        return str(self.types.get(type_name, {}).get("Kind", ""))


def _field(name: str, type_name: str, *, non_null: bool) -> Node:
    return {"Name": name, "Type": {"NamedType": type_name, "NonNull": non_null}}
