"""JSON Schema: complaints keyword by keyword, and schemas that are none."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.rego.builtins.json_schema import match, verify
from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.signatures import BuiltinError, QueryContext

COMPLAINTS = [
    ({"type": ["string", "null"]}, "1", "invalid_type", "(root): Invalid type. Expected: string/null, given: integer"),
    ({"properties": {"a": {"type": "number"}}}, '{"a": "x"}', "invalid_type", "a: Invalid type. Expected: number"),
    ({"required": ["a"]}, "{}", "required", "(root): a is required"),
    ({"additionalProperties": False}, '{"b": 1}', "additional_property_not_allowed", "Additional property b"),
    ({"minimum": 3}, "2", "number_gte", "Must be greater than or equal to 3"),
    ({"minimum": 3, "exclusiveMinimum": True}, "3", "number_gt", "Must be greater than 3"),
    ({"exclusiveMaximum": 3}, "3", "number_lt", "Must be less than 3"),
    ({"multipleOf": 0.1}, "0.35", "multiple_of", "Must be a multiple of 0.1"),
    ({"maxLength": 1}, '"ab"', "string_lte", "String length must be less than or equal to 1"),
    ({"pattern": "^a"}, '"b"', "pattern", "Does not match pattern '^a'"),
    ({"format": "ipv4"}, '"1.2.3"', "format", "Does not match format 'ipv4'"),
    ({"format": "date-time"}, '"2020-01-32"', "format", "Does not match format 'date-time'"),
    ({"items": {"type": "string"}}, '["a", 1]', "invalid_type", "1: Invalid type"),
    ({"items": [{}], "additionalItems": False}, "[1, 2]", "array_no_additional_items", "No additional items"),
    ({"uniqueItems": True}, "[1, 1.0]", "unique", "array items[0,1] must be unique"),
    ({"contains": {"const": 1}}, "[2]", "contains", "At least one of the items must match"),
    ({"enum": ["a", 1]}, '"b"', "enum", '(root) must be one of the following: "a", 1'),
    ({"const": True}, "1", "const", "(root) does not match: true"),
    ({"not": {}}, "1", "number_not", "Must not validate the schema (not)"),
    ({"oneOf": [{}, True]}, "1", "number_one_of", "Must validate one and only one schema (oneOf)"),
    ({"if": {"const": 1}, "then": False}, "1", "condition_then", 'Must validate "then" as "if" was valid'),
    ({"dependencies": {"a": ["b"]}}, '{"a": 1}', "missing_dependency", "Has a dependency on b"),
    ({"propertyNames": {"maxLength": 1}}, '{"ab": 1}', "invalid_property_name", 'Property name of "ab"'),
    ({"patternProperties": {"^x": {"minItems": 1}}}, '{"xs": []}', "array_min_items", "xs: Array must have at least 1"),
    (
        {"definitions": {"a~b": {"maxProperties": 0}}, "$ref": "#/definitions/a~0b"},
        '{"a": 1}',
        "array_max_properties",
        "",
    ),
]
NO_SCHEMAS = [
    ({"type": "text"}, "has a primitive type that is NOT VALID -- given: /text/"),
    ({"properties": []}, "properties must be of an object"),
    ({"allOf": {}}, "allOf must be of an array"),
    ({"pattern": "("}, "error parsing regexp"),
    ({"minLength": -1}, "minLength must be greater than or equal to 0"),
    ({"multipleOf": 0}, "multipleOf must be strictly greater than 0"),
    ({"$ref": "#/definitions/absent"}, "Object has no key"),
    ({"$ref": "http://example.com/schema"}, "remote reference loading disabled"),
    (["type"], "Invalid type"),
]
KEYWORDS = st.sampled_from(
    ["type", "items", "properties", "required", "minimum", "multipleOf", "enum", "not", "anyOf", "$ref", "pattern"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-3, 3) | st.sampled_from(["string", "#", "a", "["]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYWORDS, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(("schema", "document", "kind", "text"), COMPLAINTS)
def test_a_document_is_told_what_it_breaks(schema: Any, document: str, kind: str, text: str) -> None:
    """Each keyword complains in OPA's words."""
    valid, faults = match(QueryContext(), document, schema)
    assert not valid
    assert any(fault["type"] == kind and text in fault["error"] for fault in faults)


def test_a_document_that_fulfils_a_schema_has_no_complaints() -> None:
    """Keywords look only at values of their own types."""
    schema = {
        "minimum": 3,
        "maxLength": 1,
        "items": False,
        "required": ["a"],
        "format": "unknown",
        "anyOf": [{}, False],
    }
    assert match(QueryContext(), '"x"', schema) == [True, []]


@pytest.mark.parametrize(("schema", "text"), NO_SCHEMAS)
def test_other_values_are_no_schemas(schema: Any, text: str) -> None:
    """A schema with a broken keyword is refused with the reason."""
    valid, reason = verify(QueryContext(), schema)
    assert not valid
    assert text in reason


def test_schemas_without_end_are_refused() -> None:
    """A schema that refers to itself ends with an error, not with the stack."""
    with pytest.raises(BuiltinError, match="too deep"):
        match(QueryContext(), "{}", {"$ref": "#"})


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYWORDS, JSON, max_size=4), JSON)
def test_any_values_are_judged_or_refused(schema: Any, document: Any) -> None:
    """Any schema and document end with an answer or an error of the port."""
    try:
        valid, faults = match(QueryContext(), document, schema)
    except (BuiltinError, RegoEvaluationError):
        return
    assert valid == (not faults)
