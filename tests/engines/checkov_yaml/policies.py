"""Policies in Checkov's language, one for each operator and form, made from short rows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

BUCKET: Final = ["aws_s3_bucket"]

_ROWS: Final[tuple[tuple[str, Any], ...]] = (
    ("equals", "alpha"),
    ("equals", 10),
    ("equals", "10"),
    ("equals", True),
    ("equals", "true"),
    ("equals", ["alpha", "beta"]),
    ("equals", {"alpha": "one", "b": "two"}),
    ("equals", "None"),
    ("equals", ""),
    ("equals_ignore_case", "Alpha"),
    ("equals_ignore_case", "TRUE"),
    ("exists", None),
    ("is_true", None),
    ("is_false", None),
    ("is_empty", None),
    ("is_not_empty", None),
    ("contains", "alpha"),
    ("contains", "beta"),
    ("within", ["alpha", 10, None]),
    ("within", ["ALPHA", "10", True]),
    ("within", "alphabet"),
    ("subset", ["alpha", "beta", "b", "c"]),
    ("subset", [1, 10, 20, 30]),
    ("intersects", ["beta", 10, "b"]),
    ("intersects", "alpha"),
    ("starting_with", "al"),
    ("ending_with", "ha"),
    ("regex_match", "^[a-z]+$"),
    ("regex_match", "al"),
    ("regex_match", "pha"),
    ("regex_match", "^(?!al).*$"),
    ("regex_match", "None"),
    ("greater_than", 5),
    ("greater_than", "5"),
    ("greater_than", 0),
    ("greater_than_or_equal", 10),
    ("less_than", 10),
    ("less_than", "b"),
    ("less_than_or_equal", 10),
    ("less_than_or_equal", 0),
    ("length_equals", 1),
    ("length_equals", "2"),
    ("length_greater_than", 1),
    ("length_greater_than_or_equal", 2),
    ("length_less_than", 2),
    ("length_less_than_or_equal", 5),
    ("number_of_words_equals", 1),
    ("number_of_words_equals", 3),
    ("number_of_words_greater_than", 1),
    ("number_of_words_greater_than_or_equal", 3),
    ("number_of_words_less_than", 3),
    ("number_of_words_less_than_or_equal", 1),
    ("range_includes", 10),
    ("range_includes", "5-15"),
    ("range_includes", ["1500", 20]),
    ("range_includes", "1900-3000"),
    ("cidr_range_subset", "10.0.0.0/8"),
    ("cidr_range_subset", ["10.0.0.0/8", "fd00::/16"]),
)
"""Operators on the attribute `x`, each with its opposite below."""

_OPPOSITES: Final = {
    "equals": "not_equals",
    "equals_ignore_case": "not_equals_ignore_case",
    "exists": "not_exists",
    "contains": "not_contains",
    "within": "not_within",
    "subset": "not_subset",
    "intersects": "not_intersects",
    "starting_with": "not_starting_with",
    "ending_with": "not_ending_with",
    "regex_match": "not_regex_match",
    "length_equals": "length_not_equals",
    "number_of_words_equals": "number_of_words_not_equals",
    "range_includes": "range_not_includes",
    "cidr_range_subset": "cidr_range_not_subset",
}

_PATHS: Final[tuple[tuple[str, str, Any], ...]] = (
    ("rule.name", "equals", "a"),
    ("rule.enabled", "is_true", None),
    ("rule.0.name", "equals", "a"),
    ("rule.1.name", "equals", "b"),
    ("rule.*.name", "equals", "b"),
    ("rule.*.name", "not_equals", "b"),
    ("rule.*.name", "exists", None),
    ("rule.*.name", "not_exists", None),
    ("rule.*.ports", "contains", 22),
    ("rule.*.ports", "not_contains", 22),
    ("rule.*.ports.*", "greater_than", 100),
    ("rule.*.inner.*.depth", "equals", 2),
    ("rule.*.enabled", "is_false", None),
    ("rule.1.inner.0.depth", "equals", 1),
    ("tags.Name", "equals", "one"),
    ("tags.Name", "exists", None),
    ("tags.Team", "number_of_words_equals", 3),
    ("policy.Statement.Effect", "equals", "Allow"),
    ("policy.Statement.*.Effect", "equals", "Deny"),
    ("policy.Statement.*.Action", "contains", "s3:*"),
    ("policy.Statement.0.Action", "equals", "s3:*"),
    ("policy.Statement.*.Resource", "equals", "*"),
    ("policy.Version", "exists", None),
    ("policy.Statement", "length_equals", 2),
    ("rule", "length_greater_than", 1),
    ("rule", "exists", None),
)

_JSON_PATHS: Final[tuple[tuple[str, str, Any], ...]] = (
    ("$.x", "equals", "alpha"),
    ("$.x[*]", "equals", "alpha"),
    ("rule[0].name", "equals", "a"),
    ("$.rule[*].name", "equals", "a"),
    ("$.rule[*].ports[*]", "less_than", 100),
    ("$.rule[1].name", "equals", "b"),
    ("$.rule[0:1].name", "equals", "a"),
    ("$.policy.Statement[*].Effect", "equals", "Allow"),
    ("$.policy.Statement[?(@.Effect == 'Allow')].Action", "contains", "*"),
    ("$.policy.Statement[?(@.Effect == 'Allow')].Action[*]", "equals", "*"),
    ("$.policy.Statement[?(@.Effect == 'Deny' & @.Action == 's3:Get')].Resource", "contains", "b"),
    ("$.policy.Statement[?(@.Effect == Allow)]", "exists", None),
    ("$.policy.Statement[?(@.Effect != 'Allow')]", "not_exists", None),
    ("$..Effect", "equals", "Allow"),
    ("$.policy..Action", "exists", None),
    ("$.tags['Name']", "equals", "one"),
    ("$.tags.*", "regex_match", "^[a-z ]+$"),
    ("$.rule[*].inner[*].depth", "greater_than", 1),
    ("$.rule[*].missing", "not_exists", None),
)

_TREES: Final[tuple[tuple[str, Any], ...]] = (
    ("any", {"resource_types": BUCKET}),
    ("any-one-name", {"resource_types": "aws_s3_bucket"}),
    ("and", {"and": [["rule.name", "equals", "a"], ["rule.enabled", "is_true", None]]}),
    ("or", {"or": [["x", "equals", "alpha"], ["x", "equals", 10]]}),
    ("not", {"not": ["x", "exists", None]}),
    ("not-list", {"not": [["x", "exists", None]]}),
    (
        "nested",
        {"or": [{"and": [["x", "exists", None], {"not": [["x", "equals", "alpha"]]}]}, ["tags", "exists", None]]},
    ),
    (
        "taggable",
        {"cond_type": "attribute", "resource_types": "taggable", "attribute": "tags.Name", "operator": "exists"},
    ),
    (
        "two-types",
        {
            "and": [
                {"cond_type": "attribute", "resource_types": BUCKET, "attribute": "x", "operator": "exists"},
                {
                    "cond_type": "attribute",
                    "resource_types": ["aws_subnet"],
                    "attribute": "map_public_ip_on_launch",
                    "operator": "is_false",
                },
            ]
        },
    ),
    ("allowed", {"cond_type": "resource", "resource_types": BUCKET, "operator": "exists"}),
    ("refused", {"cond_type": "resource", "resource_types": ["aws_eip"], "operator": "not_exists"}),
    (
        "module",
        {
            "cond_type": "attribute",
            "resource_types": ["module"],
            "attribute": "source",
            "operator": "starting_with",
            "value": "./",
        },
    ),
    (
        "data",
        {
            "cond_type": "attribute",
            "resource_types": ["data.aws_iam_policy_document"],
            "attribute": "statement.actions",
            "operator": "contains",
            "value": "s3:Get",
        },
    ),
    (
        "provider",
        {
            "cond_type": "attribute",
            "resource_types": ["provider"],
            "attribute": "region",
            "operator": "equals",
            "value": "eu-central-1",
        },
    ),
)


def _connection(operator: str, types: list[str], connected: list[str] | str) -> dict[str, Any]:
    return {
        "cond_type": "connection",
        "operator": operator,
        "resource_types": types,
        "connected_resource_types": connected,
    }


def _only(*types: str, operator: str = "within") -> dict[str, Any]:
    return {"cond_type": "filter", "attribute": "resource_type", "operator": operator, "value": list(types)}


_PRIVATE: Final = {
    "cond_type": "attribute",
    "resource_types": ["aws_subnet"],
    "attribute": "map_public_ip_on_launch",
    "operator": "is_false",
}
_I: Final = ["aws_instance"]
_S: Final = ["aws_subnet"]
_CONNECTIONS: Final[tuple[tuple[str, Any], ...]] = (
    ("exists", _connection("exists", _I, _S)),
    ("not-exists", _connection("not_exists", _I, _S)),
    ("one-exists", _connection("one_exists", _I, _S)),
    ("nobody", _connection("exists", _I, ["aws_vpc"])),
    ("nobody-not", _connection("not_exists", ["aws_eip"], ["aws_vpc"])),
    ("turned", _connection("exists", _S, _I)),
    ("and-filter", {"and": [_only("aws_instance"), _connection("exists", _I, _S)]}),
    ("and-fit", {"and": [_connection("exists", _I, _S), _PRIVATE]}),
    ("and-fit-filter", {"and": [_only("aws_instance"), _connection("exists", _I, _S), _PRIVATE]}),
    ("all", _connection("exists", _S, "all")),
    ("filter-not", {"and": [_only("aws_instance"), _connection("not_exists", _I, _S)]}),
    ("or-fit", {"or": [_connection("exists", _I, _S), _PRIVATE]}),
    ("or-two", {"or": [_connection("exists", _I, _S), _connection("not_exists", ["aws_eip"], _I)]}),
    (
        "nested",
        {
            "and": [
                _only("aws_subnet"),
                {"or": [_connection("exists", _I, _S), _connection("exists", ["aws_eip"], _S)]},
                _PRIVATE,
            ]
        },
    ),
)
"""Trees with connections; shared between the ends."""


def definitions() -> Iterator[tuple[str, Any]]:
    """(id, definition) of every policy."""
    for number, (operator, value) in enumerate(_ROWS):
        yield f"CKV2_X_{number}", _attribute("x", operator, value)
        if operator in _OPPOSITES:
            yield f"CKV2_X_{number}N", _attribute("x", _OPPOSITES[operator], value)
    for number, row in enumerate(_PATHS):
        yield f"CKV2_PATH_{number}", _attribute(*row)
    for number, (path, operator, value) in enumerate(_JSON_PATHS):
        yield f"CKV2_JSON_{number}", _attribute(path, f"jsonpath_{operator}", value)
    for name, tree in _TREES:
        yield f"CKV2_TREE_{name}", _tree(tree)
    for name, tree in _CONNECTIONS:
        yield f"CKV2_CONN_{name}", tree


def _attribute(path: str, operator: str, value: Any) -> dict[str, Any]:
    row = {"cond_type": "attribute", "resource_types": BUCKET, "attribute": path, "operator": operator}
    return row if value is None else row | {"value": value}


def _tree(tree: Any) -> Any:
    """Rows of three texts become conditions."""
    if isinstance(tree, list) and isinstance(tree[0], str) and len(tree) == 3:
        return _attribute(*tree)
    if not isinstance(tree, dict):
        return tree
    return {
        key: [_tree(item) for item in value]
        if key in {"and", "or", "not"} and isinstance(value[0], list | dict)
        else _tree(value)
        for key, value in tree.items()
    }


def write_policies(folder: Path) -> dict[str, Any]:
    """Writes every policy into a file of its own; gives the definitions by id."""
    made = dict(definitions())
    for identity, definition in made.items():
        policy = {
            "metadata": {"id": identity, "name": f"Policy {identity}", "category": "GENERAL_SECURITY"},
            "scope": {"provider": "aws"},
            "definition": definition,
        }
        (folder / f"{identity}.yaml").write_text(json.dumps(policy))
    return made
