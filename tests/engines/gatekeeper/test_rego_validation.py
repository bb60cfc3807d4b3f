"""Templates in Rego: what they see, what counts as a violation, and what they must not do."""

import pytest

from muniment.engines.gatekeeper.evaluation import ConstraintSet, Options
from muniment.engines.gatekeeper.review import of_admission_review, of_object
from muniment.errors import PolicyError
from muniment.languages.unknown import Cause, Unknown
from tests.engines.gatekeeper.objects import constraint, messages, template, thing

POD = thing(namespace="shop", spec={"hostNetwork": True})
ANY = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}


def rego(body):
    """The module of a template with one rule."""
    return f'package rule\n\nviolation[{{"msg": msg}}] {{\n  {body}\n}}\n'


def with_code(source):
    """A template whose code is a list."""
    value = template(code="-")
    value["spec"]["targets"][0] = {
        "target": "admission.k8s.gatekeeper.sh",
        "code": [{"engine": "Rego", "source": source}],
    }
    return value


def test_the_review_of_a_file_has_no_operation_and_no_user():
    """`input.review` is that of gator, and parameters are empty where there are none."""
    shown = "[input.review.operation, input.review.userInfo, input.review.kind.kind, input.parameters]"
    body = f'msg := sprintf("%v", [{shown}])'
    assert messages(rego(body), POD) == ['["", {}, "Pod", {}]']
    assert messages(rego("msg := input.parameters.x"), POD, schema=ANY, parameters={"x": "y"}) == ["y"]


def test_a_deleted_object_is_the_object():
    """Templates that look at `object` see what is deleted."""
    request = {"operation": "DELETE", "kind": {"group": "", "version": "v1", "kind": "Pod"}, "oldObject": POD}
    review = of_admission_review({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request})
    body = 'input.review.operation == "DELETE"; msg := input.review.object.metadata.name'
    assert messages(rego(body), review) == ["a"]


def test_a_rule_without_a_message_is_no_violation():
    """Messages are texts; equal ones with equal details count once."""
    module = (
        'package rule\nviolation[{"msg": 1}] { true }\nviolation[{"message": "a"}] { true }\nviolation["a"] { true }'
    )
    assert messages(module, POD) == []
    module = 'package rule\nviolation[{"msg": "a", "x": x}] { x := [1, 2][_] }\n'
    module += 'violation[{"msg": "a", "details": 1}] { true }'
    assert sorted(messages(module, POD)) == ["a", "a"]


def test_libraries_are_imported_by_their_packages():
    """Libraries may use each other, and stand below `lib`."""
    library = "package lib.names\nimport data.lib.more\nof(object) = more.upper_case(object.metadata.name)"
    other = "package lib.more\nupper_case(text) = upper(text)"
    value = with_code(
        {
            "version": "v0",
            "rego": 'package rule\nimport data.lib.names\nviolation[{"msg": names.of(input.review.object)}] { true }',
            "libs": [library, other],
        }
    )
    known = ConstraintSet()
    known.add_template(value)
    known.add_constraint(constraint())
    assert [one.message for one in known.review(of_object(POD))[0].answer.findings] == ["A"]


def test_the_version_chooses_the_dialect():
    """v1 needs `contains` and `if`; every other word means v0."""
    modern = 'package rule\nviolation contains {"msg": "x"} if true'
    for version, works in (("v1", True), ("v0", False), ("v2", False)):
        known = ConstraintSet()
        if works:
            known.add_template(with_code({"rego": modern, "version": version}))
        else:
            with pytest.raises(PolicyError):
                known.add_template(with_code({"rego": modern, "version": version}))


@pytest.mark.parametrize(
    ("module", "told"),
    [
        ("package rule\nallow { true }", "defines no rule violation"),
        ("package rule", "empty"),
        ("package rule\nviolation[{", "rego_parse_error"),
        ('package rule\nviolation[{"msg": x}] { true }', "unsafe"),
        ('package rule\nimport input.review\nviolation[{"msg": "x"}] { review }', "must not be imported"),
        ('package rule\nviolation[{"msg": "x"}] { data.other.x }', "reads data.other"),
        ('package rule\nviolation[{"msg": "x"}] { data[_] }', "reads data"),
        ('package rule\nimport data.rule2\nviolation[{"msg": "x"}] { rule2.x }', "reads data.rule2"),
        (rego('msg := http.send({"method": "get", "url": "http://x"}).body'), "http.send"),
        (rego('msg := external_data({"provider": "p", "keys": []})'), "external_data"),
        (rego('msg := sprintf("%v", [time.now_ns()])'), "time.now_ns"),
    ],
)
def test_a_module_that_no_cluster_accepts_does_not_load(module, told):
    """Missing rules, other data, and functions that need a network or a clock that nobody gave."""
    with pytest.raises(PolicyError, match=told):
        messages(module, POD)


def test_the_time_is_an_argument():
    """A caller that has a clock gives the time."""
    assert messages(rego('msg := sprintf("%v", [time.now_ns()])'), POD, options=Options(now_ns=7)) == ["7"]


def test_an_evaluation_that_fails_is_an_error():
    """Conflicting values are told; a builtin that fails is undefined, or an error for who asks for that."""
    conflict = 'package rule\nx = 1 { true }\nx = 2 { true }\nviolation[{"msg": "m"}] { x == 1 }'
    (told,) = messages(conflict, POD)
    assert "conflict" in told
    broken = rego('to_number("a") == 1; msg := "m"')
    assert messages(broken, POD) == []
    (told,) = messages(broken, POD, options=Options(strict=True))
    assert "to_number" in told


def test_the_inventory_is_what_else_was_given():
    """Objects by namespace, version, kind and name."""
    body = """other := data.inventory.namespace[ns]["v1"].Pod[name]
      name != input.review.object.metadata.name
      msg := sprintf("%v/%v", [ns, name])"""
    known = ConstraintSet()
    known.add_template(template(code=rego(body)))
    known.add_constraint(constraint())
    known.inventory.add(POD)
    assert known.review(of_object(POD))[0].answer.findings == ()
    known.inventory.add(thing(name="b", namespace="shop"))
    assert [one.message for one in known.review(of_object(POD))[0].answer.findings] == ["shop/b"]


def test_what_is_not_known_makes_the_answer_unknown():
    """Rego has no unknown values: one of them anywhere in the object leaves the answer open."""
    cause = Cause("renderer", "is not the same each time")
    known = ConstraintSet()
    known.add_template(template(code=rego('not input.review.object.spec.x; msg := "m"')))
    known.add_constraint(constraint())
    (judged,) = known.review(of_object(thing(spec={"a": [{"b": Unknown((cause,))}]})))
    assert judged.answer.unknown == (cause,)
    assert judged.answer.findings == ()


def test_two_engines_that_disagree_are_an_error():
    """CEL decides alone where nobody asks for both; else a disagreement is told."""
    value = template(code={"validations": [{"expression": "true"}]})
    value["spec"]["targets"][0]["code"].append({"engine": "Rego", "source": {"rego": rego('msg := "m"')}})
    for options, told in ((Options(), ()), (Options(compare=True), ("disagree",))):
        known = ConstraintSet(options)
        known.add_template(value)
        known.add_constraint(constraint())
        errors = known.review(of_object(POD))[0].answer.errors
        assert len(errors) == len(told)
        assert all(word in error for word, error in zip(told, errors, strict=True))
