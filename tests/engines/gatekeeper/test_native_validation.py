"""Templates in CEL: what they see, what they say, and what they may cost."""

import pytest

from muniment.engines.gatekeeper.evaluation import ConstraintSet, Options
from muniment.engines.gatekeeper.review import of_admission_review, of_object
from muniment.errors import PolicyError
from muniment.languages.unknown import Cause, Unknown
from tests.engines.gatekeeper.objects import constraint, messages, template, thing

POD = thing(namespace="shop", spec={"hostNetwork": True})
ANY = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}


def validation(expression, **more):
    """A source of one validation."""
    return {"validations": [{"expression": expression, **more}]}


def test_a_message_is_the_expressions_then_the_text_then_the_expression_itself():
    """A message expression that gives nothing that can be shown gives way."""
    assert messages(validation("false", message="no", messageExpression="'not ' + object.kind"), POD) == ["not Pod"]
    for unfit in ("''", "'a\\nb'", "object.none", "'x' + string(1/0)"):
        assert messages(validation("false", message=" no ", messageExpression=unfit), POD) == ["no"]
    assert messages(validation(" 1 == 2 "), POD) == ["failed expression: 1 == 2"]


def test_every_validation_that_fails_is_a_violation():
    """One failing validation does not hide the next."""
    source = {"validations": [{"expression": "false", "message": text} for text in ("a", "b")]}
    assert messages(source, POD) == ["a", "b"]


def test_variables_are_the_parameters_the_object_and_those_before():
    """`variables.params` is null without parameters, and its fields are then absent."""
    source = {
        "variables": [
            {"name": "limit", "expression": "has(variables.params.max) ? variables.params.max : 0"},
            {"name": "more", "expression": "variables.limit + 1"},
        ],
        "validations": [
            {"expression": "false", "messageExpression": "string(variables.more) + ' ' + variables.anyObject.kind"}
        ],
    }
    assert messages(source, POD) == ["1 Pod"]
    assert messages(source, POD, schema=ANY, parameters={"max": 4}) == ["5 Pod"]


def test_a_deleted_object_is_the_old_one():
    """On DELETE `object` is null, and `anyObject` is what is deleted."""
    request = {
        "operation": "DELETE",
        "kind": {"group": "", "version": "v1", "kind": "Pod"},
        "oldObject": POD,
        "userInfo": {"username": "kim"},
    }
    review = of_admission_review({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request})
    holding = "object == null && variables.anyObject == oldObject && request.userInfo.username == 'kim'"
    assert messages(validation(holding), review) == []


def test_an_error_denies_unless_the_source_ignores_errors():
    """The failure policy decides; an error is told with its expression."""
    assert messages(validation("object.spec.none == 1"), POD) == [
        "expression 'object.spec.none == 1' resulted in error: no such key: none"
    ]
    assert messages({**validation("object.spec.none == 1"), "failurePolicy": "Ignore"}, POD) == []
    assert messages(validation("object.spec.none == 1"), POD, options=Options(failure_policy="Ignore")) == []


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (["object.kind == 'Pod'"], ["refused"]),
        (["object.kind == 'Node'"], []),
        (["object.none", "object.kind == 'Node'"], []),
    ],
)
def test_a_match_condition_that_is_false_outweighs_errors(conditions, found):
    """Conditions choose what is validated."""
    named = [{"name": f"c{place}", "expression": text} for place, text in enumerate(conditions)]
    assert messages({**validation("false", message="refused"), "matchCondition": named}, POD) == found


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({"validations": []}, "no validations"),
        (validation("object.spec."), "does not compile"),
        (validation("'text'"), "gives string, not bool"),
        (validation("variables.none"), "nothing before it defines"),
        (validation("params.x == 1"), "undeclared reference"),
        ({**validation("true"), "variables": [{"name": "params", "expression": "1"}]}, "is taken"),
        (
            {**validation("true"), "variables": [{"name": "gatekeeper_internal_x", "expression": "1"}]},
            "Gatekeeper's own",
        ),
        (
            {**validation("true"), "variables": [{"name": "a", "expression": "variables.b"}]},
            "nothing before it defines",
        ),
        ({**validation("true"), "failurePolicy": "Warn"}, "Fail or Ignore"),
    ],
)
def test_a_source_that_cannot_work_does_not_load(source, told):
    """What would be an error in every review is one at the start."""
    with pytest.raises(PolicyError, match=told):
        messages(source, POD)


def test_the_budget_is_that_of_one_constraint():
    """Variables count: what they cost is gone for the validations that read them."""
    pod = thing(spec={"list": list(range(1100))})
    source = {
        "variables": [
            {"name": f"v{n}", "expression": "object.spec.list.all(a, object.spec.list.all(b, b < 2000))"}
            for n in range(3)
        ],
        "validations": [{"expression": "variables.v0 && variables.v1 && variables.v2"}],
    }
    (told,) = messages(source, pod)
    assert "budget" in told


def test_what_is_not_known_is_neither_a_violation_nor_a_pass():
    """A value that a renderer leaves open makes the answer unknown, with its cause."""
    known = ConstraintSet()
    known.add_template(template(code=validation("object.spec.hostNetwork == false")))
    known.add_constraint(constraint())
    cause = Cause("renderer", "is not the same each time")
    (judged,) = known.review(of_object(thing(spec={"hostNetwork": Unknown((cause,))})))
    assert judged.answer.findings == ()
    assert judged.answer.unknown == (cause,)
