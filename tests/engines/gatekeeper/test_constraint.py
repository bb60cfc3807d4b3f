"""Templates and constraints that a cluster would not store are not loaded here either."""

import pytest

from muniment.engines.gatekeeper.constraint import read_constraint
from muniment.engines.gatekeeper.enforcement import AUDIT, GATOR, WEBHOOK, read_enforcement
from muniment.engines.gatekeeper.errors import SchemaError
from muniment.engines.gatekeeper.template import read_template
from muniment.errors import PolicyError
from tests.engines.gatekeeper.objects import constraint, template

SCHEMA = {
    "type": "object",
    "required": ["labels"],
    "properties": {
        "labels": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[a-z/.]+$"}},
        "count": {"type": "integer", "minimum": 1, "default": 2},
        "port": {"x-kubernetes-int-or-string": True},
        "mode": {"type": "string", "enum": ["a", "b"], "nullable": True},
        "extra": {"type": "object", "additionalProperties": {"type": "number", "multipleOf": 0.5}},
        "deep": {"type": "object", "properties": {"on": {"type": "boolean", "default": True}}},
    },
}


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({}, "labels: is required"),
        ({"labels": "owner"}, "must be of type array, and is string"),
        ({"labels": []}, "at least 1"),
        ({"labels": ["OWNER"]}, "must match"),
        ({"labels": ["a"], "count": 0}, "at least 1"),
        ({"labels": ["a"], "count": True}, "must be of type integer, and is boolean"),
        ({"labels": ["a"], "port": 1.5}, "integer or string"),
        ({"labels": ["a"], "mode": "c"}, "must be one of a, b"),
        ({"labels": ["a"], "extra": {"x": 0.7}}, "multiple of 0.5"),
    ],
)
def test_parameters_that_do_not_fit_are_refused_by_the_schema(parameters, told):
    """Each word of a structural schema refuses what it is for, and says where."""
    with pytest.raises(SchemaError, match=told):
        read_constraint(constraint(parameters=parameters), read_template(template(schema=SCHEMA)))


def test_absent_parameters_have_the_defaults_of_the_schema():
    """Defaults are filled in at every depth that is there, and null stays where it may be."""
    parameters = {"labels": ["a"], "deep": {}, "mode": None}
    read = read_constraint(constraint(parameters=parameters), read_template(template(schema=SCHEMA)))
    assert read.parameters == {**parameters, "count": 2, "deep": {"on": True}}


@pytest.mark.parametrize(
    "spec",
    [
        {"parameters": {"labels": ["a"], "lables": ["a"]}},
        {"paramters": {"labels": ["a"]}, "parameters": {"labels": ["a"]}},
        {"match": {"kindz": []}, "parameters": {"labels": ["a"]}},
    ],
)
def test_a_misspelt_field_is_an_error(spec):
    """What nobody declared would be dropped by a cluster, and the constraint would judge something else."""
    with pytest.raises(PolicyError, match="unknown fields"):
        read_constraint(constraint(**spec), read_template(template(schema=SCHEMA)))


def test_old_templates_take_parameters_that_they_do_not_declare():
    """`legacySchema`, the default before v1, keeps unknown fields; v1 without a schema has no parameters at all."""
    old = template(schema={"properties": {"known": {"type": "string"}}})
    old["apiVersion"] = "templates.gatekeeper.sh/v1beta1"
    read = read_constraint(constraint(parameters={"other": 1}), read_template(old))
    assert read.parameters == {"other": 1}
    with pytest.raises(PolicyError, match=r"unknown fields: spec\.parameters"):
        read_constraint(constraint(parameters={"other": 1}), read_template(template()))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"metadata": {"name": "other"}}, "must be called 'rule'"),
        ({"apiVersion": "templates.gatekeeper.sh/v2"}, "none of v1"),
        ({"spec": {"crd": {"spec": {"names": {"kind": "Rule"}}}, "targets": []}}, "exactly one target"),
        ({"spec": {"crd": {"spec": {"names": {"kind": "Rule"}}}, "targets": [{"target": "x"}]}}, "is not admission"),
        ({"spec": {"targets": [{"target": "admission.k8s.gatekeeper.sh"}]}}, "names.kind is missing"),
    ],
)
def test_a_template_that_no_cluster_accepts_is_refused(change, told):
    """Name, version, target and kind are held to Gatekeeper's rules."""
    with pytest.raises(PolicyError, match=told):
        read_template({**template(), **change})


@pytest.mark.parametrize(
    ("spec", "point", "mode"),
    [
        ({}, AUDIT, "enforce"),
        ({"enforcementAction": "warn"}, AUDIT, "warn"),
        ({"enforcementAction": "dryrun"}, WEBHOOK, "audit"),
        (
            {
                "enforcementAction": "scoped",
                "scopedEnforcementActions": [
                    {"action": "deny", "enforcementPoints": [{"name": WEBHOOK}]},
                    {"action": "warn", "enforcementPoints": [{"name": "*"}]},
                ],
            },
            WEBHOOK,
            "enforce",
        ),
        (
            {
                "enforcementAction": "scoped",
                "scopedEnforcementActions": [{"action": "deny", "enforcementPoints": [{"name": WEBHOOK}]}],
            },
            GATOR,
            "audit",
        ),
    ],
)
def test_the_enforcement_action_says_how_far_a_constraint_goes(spec, point, mode):
    """deny, warn and dryrun are modes; scoped ones count where their point is, the hardest first."""
    assert read_enforcement(spec).mode(point) == mode


@pytest.mark.parametrize(
    "spec",
    [
        {"enforcementAction": "dny"},
        {"enforcementAction": "scoped"},
        {
            "enforcementAction": "scoped",
            "scopedEnforcementActions": [{"action": "dny", "enforcementPoints": [{"name": "*"}]}],
        },
        {
            "enforcementAction": "scoped",
            "scopedEnforcementActions": [{"action": "deny", "enforcementPoints": [{"name": "x"}]}],
        },
    ],
)
def test_an_action_that_enforces_nothing_is_an_error(spec):
    """A misspelt action is shown by Gatekeeper and never enforced: here it does not load."""
    with pytest.raises(PolicyError):
        read_enforcement(spec)


@pytest.mark.parametrize(
    "schema",
    [
        [],
        {"type": "text"},
        {"properties": {"a": {"type": 1}}},
        {"required": "a"},
        {"required": [1]},
        {"items": {"pattern": "("}},
        {"additionalProperties": 1},
        {"anyOf": [{"maxLength": "1"}]},
    ],
)
def test_a_schema_that_is_none_is_refused(schema):
    """A word with a value of another type would check nothing."""
    with pytest.raises(PolicyError, match="openAPIV3Schema"):
        read_template(template(schema=schema))
