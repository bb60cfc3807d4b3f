"""Constraints in a library are policies like any other: judged, placed, capped by their action, refused if broken."""

import json

import pytest
import yaml

from muniment.cli.main import main
from tests.engines.gatekeeper.objects import constraint, template, thing
from tests.engines.gatekeeper.test_expansion import expansion
from tests.engines.gatekeeper.test_rego_validation import rego

REQUIRED_LABELS = """\
package k8srequiredlabels

violation[{"msg": msg, "details": {"missing_labels": missing}}] {
  provided := {label | input.review.object.metadata.labels[label]}
  required := {label | label := input.parameters.labels[_]}
  missing := required - provided
  count(missing) > 0
  msg := sprintf("you must provide labels: %v", [missing])
}
"""
LABELS = {"type": "object", "properties": {"labels": {"type": "array", "items": {"type": "string"}}}}
COMPLIANCE = {
    "apiVersion": "constraints.gatekeeper.sh/v1beta1",
    "kind": "K8sRequiredLabels",
    "metadata": {"name": "require-compliance-labels"},
    "spec": {
        "enforcementAction": "deny",
        "match": {"kinds": [{"apiGroups": ["apps"], "kinds": ["Deployment"]}]},
        "parameters": {
            "labels": ["app.kubernetes.io/name", "compliance/data-classification", "compliance/owner"],
        },
    },
}
LABELLED = {"app.kubernetes.io/name": "a", "compliance/data-classification": "b", "compliance/owner": "c"}
PODS = {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}
HOST = {
    "validations": [
        {
            "expression": "object.spec.containers.all(c, !has(c.tty) || !c.tty)",
            "messageExpression": "object.spec.containers.filter(c, has(c.tty) && c.tty)[0].name + ' has a tty'",
        }
    ]
}


def required_labels(**annotations):
    """The template that the constraint is of."""
    return template("K8sRequiredLabels", code=REQUIRED_LABELS, schema=LABELS, annotations=annotations)


def deployment(name, **labels):
    """A Deployment with labels."""
    return thing("Deployment", name, api="apps/v1", metadata={"labels": labels}, spec={})


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Runs `check` over manifests with a library; gives exit code, results by address, and what was said."""
    monkeypatch.setenv("MUNIMENT_CACHE", str(tmp_path / "cache"))

    def run(rules, *values, select="rules/*"):
        for folder, documents in (("rules", rules), ("work", values)):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / "all.yaml").write_text(yaml.safe_dump_all(documents, sort_keys=False))
        monkeypatch.chdir(tmp_path)
        out = tmp_path / "out.json"
        out.unlink(missing_ok=True)
        code = main(["check", "work", "--base", ".", "--library", "rules", "--policy", select, "-o", f"json={out}"])
        results = json.loads(out.read_text())["results"] if out.exists() else []
        return code, {one["address"]: one for one in results}, "".join(capsys.readouterr())

    return run


def test_the_constraint_that_people_print_runs_as_it_is(check):
    """A constraint of an article, with the template that it belongs to: missing labels deny."""
    code, results, _ = check(
        [required_labels(), COMPLIANCE], deployment("bare", owner="me"), deployment("good", **LABELLED), thing("Pod")
    )
    assert code == 1
    assert {address: one["status"] for address, one in results.items()} == {
        "Deployment.apps/default/bare": "FAIL",
        "Deployment.apps/default/good": "PASS",
    }
    bare = results["Deployment.apps/default/bare"]
    assert bare["policy"] == "rules/K8sRequiredLabels/require-compliance-labels"
    assert bare["message"].startswith('you must provide labels: {"app.kubernetes.io/name", ')


def test_annotations_become_the_metadata_of_the_policy(check):
    """Severity, title and controls are read in the spellings of auditors; the constraint's own come first."""
    told = {"muniment.dev/controls": "SOC2 CC6.1, PCI-DSS 2.2.1", "metadata.gatekeeper.sh/title": "Labels"}
    rules = [required_labels(**told, **{"muniment.dev/severity": "low"}), yaml.safe_load(yaml.safe_dump(COMPLIANCE))]
    rules[1]["metadata"]["annotations"] = {"muniment.dev/severity": "critical"}
    code, results, _ = check(rules, deployment("bare"))
    (bare,) = results.values()
    assert (code, bare["severity"], bare["controls"]) == (1, "critical", ["soc2:CC6.1", "pci-dss:2.2.1"])
    rules[1]["metadata"]["annotations"] = {"muniment.dev/controls": "SOC2 CC6.1, SOC2 CC66"}
    _, _, complaint = check(rules, deployment("bare"))
    assert "no catalogue has soc2:CC66" in " ".join(complaint.split())
    rules[1]["metadata"]["annotations"] = {"muniment.dev/severity": "fatal"}
    code, _, complaint = check(rules, deployment("bare"))
    assert (code, "'fatal'" in complaint) == (3, True)


def test_a_violation_stands_where_the_item_is_that_it_names(check):
    """A message that names a container leads to its lines."""
    pod = thing(spec={"containers": [{"name": "web", "image": "a"}, {"name": "shell", "image": "b", "tty": True}]})
    code, results, _ = check([template(code=HOST), constraint(match=PODS)], pod)
    (one,) = results.values()
    assert (code, one["status"], one["message"], one["line"]) == (1, "FAIL", "shell has a tty", 9)


@pytest.mark.parametrize(("action", "code"), [("deny", 1), ("warn", 0), ("dryrun", 0)])
def test_the_action_is_a_ceiling(check, action, code):
    """What only warns in the cluster does not deny here."""
    rules = [template(code=rego('msg := "m"')), constraint(enforcementAction=action, match=PODS)]
    assert check(rules, thing())[0] == code


def test_labels_of_a_namespace_are_never_guessed(check):
    """Without the Namespace the answer is unknown; with it, it is the selector's."""
    match = {**PODS, "namespaceSelector": {"matchLabels": {"team": "a"}}}
    rules = [template(code=rego('msg := "m"')), constraint(match=match)]
    assert [one["status"] for one in check(rules, thing(namespace="shop"))[1].values()] == ["UNKNOWN"]
    for team, statuses in (("a", ["FAIL"]), ("b", [])):
        space = thing("Namespace", "shop", metadata={"labels": {"team": team}})
        assert [one["status"] for one in check(rules, thing(namespace="shop"), space)[1].values()] == statuses


def test_the_inventory_is_what_is_judged_together(check):
    """A template that compares objects sees the others of the run, in the namespace that they will live in."""
    body = """other := data.inventory.namespace[ns]["v1"].Service[name].spec.selector
      name != input.review.object.metadata.name
      other == input.review.object.spec.selector
      msg := sprintf("as %v/%v", [ns, name])"""
    rules = [template(code=rego(body)), constraint(match={"kinds": [{"apiGroups": [""], "kinds": ["Service"]}]})]
    services = [
        thing("Service", name, spec={"selector": {"app": app}})
        for name, app in (("one", "1"), ("two", "1"), ("three", "2"))
    ]
    _, results, _ = check(rules, *services)
    assert {address: one["message"] for address, one in results.items() if one["status"] == "FAIL"} == {
        "Service/default/one": "as default/two",
        "Service/default/two": "as default/one",
    }


def test_what_a_workload_makes_is_judged_as_the_workload(check):
    """A constraint on pods reaches a Deployment through an expansion, and nothing without one."""
    workload = thing(
        "Deployment", "w", "shop", "apps/v1", spec={"template": {"spec": {"containers": [{"name": "c", "tty": True}]}}}
    )
    rules = [template(code=HOST), constraint(match=PODS)]
    assert check(rules, workload)[1] == {}
    (one,) = check([*rules, expansion()], workload)[1].values()
    assert (one["status"], one["message"]) == ("FAIL", "[Implied by expand] c has a tty")
    (one,) = check([*rules, expansion(source="spec.none")], workload)[1].values()
    assert one["status"] == "ERROR"


def test_an_error_is_an_error_and_no_pass(check):
    """What cannot be evaluated leaves the run incomplete."""
    rules = [template(code={"validations": [{"expression": "object.spec.none.x == 1"}]}), constraint(match=PODS)]
    code, results, _ = check(rules, thing(spec={}))
    assert (code, [one["status"] for one in results.values()]) == (5, ["ERROR"])


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ([constraint()], "no template defines Rule"),
        ([template(code=rego("msg := x"))], "unsafe"),
        ([template(code=HOST), constraint(paramters={})], "unknown fields: spec.paramters"),
        ([template(code=HOST), constraint(enforcementAction="dny")], "'dny' enforces nothing"),
        ([template(code=HOST), constraint(), constraint()], "twice"),
        ([template(code=HOST), constraint(), expansion(source="")], "has no templateSource"),
    ],
)
def test_a_broken_library_stops_the_run(check, rules, told):
    """Nothing is judged by half a library; the complaint names the file."""
    if len(rules) == 1 and rules[0]["kind"] == "ConstraintTemplate":
        rules = [*rules, constraint()]
    code, results, complaint = check(rules, thing())
    assert (code, results, told in complaint) == (3, {}, True)


def test_a_template_without_a_constraint_is_noted(check):
    """It judges nothing, which somebody should know."""
    code, _, complaint = check(
        [template(code=HOST), constraint(match=PODS), template("Other", code=HOST)], thing(spec={"containers": []})
    )
    assert (code, "the template Other has no constraint" in complaint) == (0, True)


@pytest.mark.parametrize(
    ("expression", "line"),
    [
        ("!object.spec.hostNetwork", 10),
        ("object.spec.containers.all(c, has(c.securityContext))", 9),
        ("size(object.spec.containers) > 2", 6),
        ("variables.host == false", 10),
        ("object.metadata.name != 'a'", 3),
    ],
)
def test_a_violation_stands_where_the_expression_looked_last(check, expression, line):
    """The value that decides, the item that lacks it, or the list; a name leads to what holds it."""
    source = {
        "variables": [{"name": "host", "expression": "object.spec.hostNetwork"}],
        "validations": [{"expression": expression, "message": "no"}],
    }
    containers = [{"name": "b", "securityContext": {}}, {"name": "c"}]
    pod = {**thing(), "spec": {"containers": containers, "hostNetwork": True}}
    _, results, _ = check([template(code=source), constraint(match=PODS)], pod)
    assert [one["line"] for one in results.values()] == [line]


def test_a_kind_that_is_misspelt_is_noted(check):
    """A constraint that can never match says so in the report."""
    rules = [template(code=HOST), constraint(match={"kinds": [{"apiGroups": [""], "kinds": ["Pods"]}]})]
    assert "the kind Pods is not known: is it Pod?" in check(rules, thing(spec={}))[2]


def test_a_name_that_the_object_shares_is_the_objects(check):
    """A message about the Deployment `web` does not point at its container `web`, one about the container does."""
    pod = {**thing(name="web"), "spec": {"containers": [{"name": "web", "image": "i"}]}}
    for message, line in (("web is too small", 1), ("container web is too small", 7)):
        rules = [template(code=rego(f'msg := "{message}"')), constraint(match=PODS)]
        assert [one["line"] for one in check(rules, pod)[1].values()] == [line]


def test_a_fault_of_rego_is_told_with_its_line_in_the_file(check):
    """Modules stand inside of YAML; their lines are those of the file that people open."""
    rule = template(code=rego("msg := y") + "\n# the end\n")
    rule["spec"]["targets"][0]["libs"] = ["package lib.a\n\nx = 1", "package lib.b\n\nx = 1 {\n  y"]
    code, _, told = check([rule, constraint(match=PODS)], thing())
    assert (code, "rules/all.yaml:" in told) == (3, True)
    line = int(told.partition("rego_parse_error")[0].rpartition("all.yaml:")[2].partition(":")[0])
    text = yaml.safe_dump_all([rule, constraint(match=PODS)], sort_keys=False).splitlines()
    assert "lib.b" in "".join(text[line - 6 : line])
