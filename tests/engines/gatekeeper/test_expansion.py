"""What a workload will make is made here, and what makes itself is refused."""

import pytest

from muniment.engines.gatekeeper.errors import ReviewError
from muniment.engines.gatekeeper.expansion import Expander
from muniment.errors import PolicyError
from tests.engines.gatekeeper.objects import thing


def expansion(name="expand", source="spec.template", kinds=("Deployment",), made="Pod", **more):
    """An ExpansionTemplate from the group apps to the core group."""
    applies = [{"groups": ["apps"], "versions": ["v1"], "kinds": list(kinds)}]
    spec = {"applyTo": applies, "templateSource": source, "generatedGVK": {"group": "", "version": "v1", "kind": made}}
    return {
        "apiVersion": "expansion.gatekeeper.sh/v1beta1",
        "kind": "ExpansionTemplate",
        "metadata": {"name": name},
        "spec": {**spec, **more},
    }


DEPLOYMENT = thing(
    "Deployment", "Web", "shop", "apps/v1", spec={"template": {"metadata": {"labels": {"a": "b"}}, "spec": {"x": 1}}}
)


def test_a_child_has_its_parents_namespace_and_a_name_of_its_own():
    """The child is the template with kind, namespace, name and owner; the parent stays as it was."""
    (child,) = Expander([expansion(enforcementAction="warn")], []).expanded(DEPLOYMENT)
    owner = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "Web", "uid": ""}
    assert child.value == thing(
        "Pod", "web-pod", "shop", metadata={"labels": {"a": "b"}, "ownerReferences": [owner]}, spec={"x": 1}
    )
    assert (child.template, child.action) == ("expand", "warn")
    assert "name" not in DEPLOYMENT["spec"]["template"]["metadata"]


def test_children_are_expanded_and_mutated_in_turn():
    """A mutator for generated objects acts on what is made, before that is expanded further."""
    chain = [
        expansion("cron", "spec.jobTemplate", ("CronJob",), "Job"),
        expansion("job", "spec.template", applyTo=[{"groups": [""], "versions": ["v1"], "kinds": ["Job"]}]),
    ]
    rule = {
        "apiVersion": "mutations.gatekeeper.sh/v1",
        "kind": "Assign",
        "metadata": {"name": "m"},
        "spec": {
            "applyTo": [{"groups": [""], "versions": ["v1"], "kinds": ["Job"]}],
            "match": {"source": "Generated"},
            "location": "spec.template.spec.x",
            "parameters": {"assign": {"value": 2}},
        },
    }
    cron = thing("CronJob", "n", api="apps/v1", spec={"jobTemplate": {"spec": {"template": {"spec": {"x": 1}}}}})
    made = Expander(chain, [rule]).expanded(cron)
    assert [(one.value["metadata"]["name"], one.template) for one in made] == [("n-job-pod", "job"), ("n-job", "cron")]
    assert made[0].value["spec"] == {"x": 2}


def test_an_object_without_the_source_cannot_be_expanded():
    """A workload whose template is missing is an error, not a workload without pods."""
    with pytest.raises(ReviewError, match=r"spec\.template"):
        Expander([expansion()], []).expanded(thing("Deployment", api="apps/v1", spec={}))


@pytest.mark.parametrize(
    "change",
    [
        {"source": ""},
        {"generatedGVK": {}},
        {"applyTo": []},
        {"name": "n" * 64},
        {"enforcementAction": "dny"},
        {"applyTo": [{"groups": [""], "versions": ["v1"], "kinds": ["Pod"]}]},
    ],
)
def test_an_expansion_that_no_cluster_accepts_is_refused(change):
    """Missing parts, long names and self-edges do not load."""
    with pytest.raises(PolicyError):
        Expander([expansion(**change)], [])
