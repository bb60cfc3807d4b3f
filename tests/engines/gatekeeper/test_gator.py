"""`muniment gator`: gator's arguments, output and exit codes, and no success where nothing was checked."""

import io
import json
import sys

import pytest
import yaml

from muniment.cli.main import main
from tests.engines.gatekeeper.objects import constraint, template, thing
from tests.engines.gatekeeper.test_expansion import DEPLOYMENT, expansion
from tests.engines.gatekeeper.test_rego_validation import rego

PODS = {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}
NO_HOST = {
    "validations": [
        {
            "expression": "!has(object.spec.hostNetwork) || !object.spec.hostNetwork",
            "messageExpression": "object.metadata.name + ' uses the host'",
        }
    ]
}
BAD = thing(name="bad", namespace="shop", spec={"hostNetwork": True})
GOOD = thing(name="good", namespace="shop", spec={})


@pytest.fixture
def gator(tmp_path, monkeypatch, capsys):
    """Runs a command in a folder with the given files; gives exit code, output and complaints."""

    def run(*arguments, stdin="", **files):
        for name, content in files.items():
            documents = content if isinstance(content, list) else [content]
            (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump_all(documents, sort_keys=False))
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = main(["gator", *arguments])
        return (code, *capsys.readouterr())

    return run


def policies(action="deny", match=PODS, code=NO_HOST):
    """A template and a constraint."""
    return [template(code=code), constraint(enforcementAction=action, match=match)]


@pytest.mark.parametrize(("action", "code"), [("deny", 1), ("warn", 0), ("dryrun", 0)])
def test_only_what_denies_fails(gator, action, code):
    """Every violation is shown, and the exit code is that of the enforcement action."""
    done = gator("test", "-f", ".", policies=policies(action), objects=[BAD, GOOD])
    assert done == (code, 'v1/Pod shop/bad: ["one"] Message: "bad uses the host"\n', "")


def test_a_scoped_action_counts_where_gator_is_its_point(gator):
    """An action for another point leaves a constraint unjudged, one for gator or for all is enforced."""
    spec = {"enforcementAction": "scoped", "match": PODS}
    for point, code in (("gator.gatekeeper.sh", 1), ("*", 1), ("audit.gatekeeper.sh", 0)):
        scoped = constraint(
            scopedEnforcementActions=[{"action": "deny", "enforcementPoints": [{"name": point}]}], **spec
        )
        done = gator(
            "test", "-f", ".", "--as-upstream", "-o", "json", policies=[template(code=NO_HOST), scoped], objects=BAD
        )
        assert done[0] == code
        assert (json.loads(done[1]) or [{}])[0].get("scopedActions") == (["deny"] if code else None)


def test_json_and_yaml_hold_constraint_and_object(gator):
    """The forms are gator's: JSON in its order of fields, YAML with its names; null and an empty list without any."""
    code, out, _ = gator("test", "-f", ".", "-o", "json", policies=policies(), objects=BAD)
    (one,) = json.loads(out)
    keys = ["target", "msg", "constraint", "enforcementAction", "violatingObject", "trace"]
    assert (code, list(one), one["violatingObject"]) == (1, keys, BAD)
    code, out, _ = gator("test", "-f", ".", "-o", "yaml")
    (one,) = yaml.safe_load(out)
    assert (one["result"]["msg"], one["result"]["enforcementaction"]) == ("bad uses the host", "deny")
    assert gator("test", "-f", ".", "-o", "json", objects=GOOD)[:2] == (0, "null\n")
    assert gator("test", "-f", ".", "-o", "yaml", objects=GOOD)[:2] == (0, "[]\n")


def test_objects_come_from_standard_input_too(gator):
    """What is piped is judged with what is named."""
    code, out, _ = gator("test", "-f", "policies.yaml", stdin=yaml.safe_dump(BAD), policies=policies())
    assert (code, "bad uses the host" in out) == (1, True)


def test_what_a_workload_makes_is_judged_and_told_of_the_workload(gator):
    """The message names the expansion, and the expansion's action replaces the constraint's."""
    workload = {**DEPLOYMENT, "spec": {"template": {"spec": {"hostNetwork": True}}}}
    code, out, _ = gator("test", "-f", ".", policies=policies(), objects=[workload, expansion()])
    assert (code, out) == (
        1,
        'apps/v1/Deployment shop/Web: ["one"] Message: "[Implied by expand] web-pod uses the host"\n',
    )
    assert gator("test", "-f", ".", objects=[workload, expansion(enforcementAction="warn")])[0] == 0


UNCHECKED = {
    "no constraint": ([template(code=NO_HOST)], GOOD, "no constraint"),
    "no template": ([thing("ConfigMap")], GOOD, "no ConstraintTemplate"),
    "a misspelt kind": (policies(match={"kinds": [{"apiGroups": [""], "kinds": ["Pdo"]}]}), BAD, "is it Pod?"),
    "the wrong group": (policies(match={"kinds": [{"apiGroups": ["apps"], "kinds": ["Pod"]}]}), BAD, "lives in ''"),
    "nothing that matches": (policies(), thing("Secret"), "no constraint looks at any object"),
}


@pytest.mark.parametrize(("rules", "value", "told"), UNCHECKED.values(), ids=UNCHECKED)
def test_a_run_that_checked_nothing_is_no_success(gator, rules, value, told):
    """Where gator ends with 0 the command ends with 1 and says why; `--as-upstream` brings the 0 back."""
    code, _, complaint = gator("test", "-f", ".", policies=rules, objects=value)
    assert (code, told in complaint) == (1, True)
    assert gator("test", "-f", ".", "--as-upstream")[0] == 0


def test_an_action_that_is_misspelt_does_not_load(gator):
    """Gator prints such violations and ends with 0."""
    code, _, complaint = gator("test", "-f", ".", policies=policies("dny"), objects=BAD)
    assert (code, "'dny' enforces nothing" in complaint) == (1, True)


def test_a_namespace_that_is_not_given_is_a_violation(gator):
    """Labels of a namespace are never guessed, not even those of `default`."""
    match = {**PODS, "namespaceSelector": {"matchLabels": {"team": "a"}}}
    pod = thing(namespace="default", spec={})
    code, out, _ = gator("test", "-f", ".", policies=policies(match=match), objects=pod)
    assert (code, "the namespace default is not given" in out) == (1, True)
    space = thing("Namespace", "default", metadata={"labels": {"team": "a"}})
    assert gator("test", "-f", ".", objects=[pod, space])[0] == 0


def suite(*cases, **more):
    """A suite with one test."""
    test = {"name": "hosts", "template": "rule.yaml", "constraint": "one.yaml", "cases": list(cases), **more}
    return {"apiVersion": "test.gatekeeper.sh/v1alpha1", "kind": "Suite", "tests": [test]}


RULES = dict(zip(("rule", "one"), policies(), strict=True))
FILES = {**RULES, "bad": BAD, "good": GOOD, "secret": thing("Secret")}


def test_a_suite_tells_case_by_case(gator):
    """Numbers, yes and no, and messages are asserted; the output is that of Go's tests."""
    cases = (
        {"name": "bad", "object": "bad.yaml", "assertions": [{"violations": 1, "message": "uses the host$"}]},
        {"name": "good", "object": "good.yaml", "assertions": [{"violations": "no"}]},
        {"name": "wrong", "object": "good.yaml", "assertions": [{"message": "host"}]},
        {"name": "later", "object": "none.yaml", "assertions": [{}], "skip": True},
    )
    code, out, complaint = gator("verify", "suite.yaml", "-v", suite=suite(*cases), **FILES)
    assert (code, complaint) == (1, "FAIL\n")
    for line in (
        "--- PASS: bad",
        "--- PASS: good",
        "--- FAIL: wrong",
        "=== SKIP  later",
        "--- FAIL: hosts",
        "FAIL\tsuite.yaml",
    ):
        assert line in out
    assert 'got 0 violations containing "host" but want at least 1' in out
    assert gator("verify", "suite.yaml", "--run", "hosts//^(bad|good)$")[0] == 0
    assert gator("verify", "suite.yaml", "--run", "wrong")[0] == 1


def test_a_constraint_that_should_not_fit_its_schema(gator):
    """`invalid` holds if the schema refuses the constraint, and for no other reason."""
    schema = {"type": "object", "properties": {"labels": {"type": "array", "items": {"type": "string"}}}}
    rule = template(code=NO_HOST, schema=schema)
    wrong, unknown = constraint(parameters={"labels": 1}), constraint(parameters={"label": []})
    assert gator("verify", "suite.yaml", suite=suite(invalid=True), rule=rule, one=wrong)[0] == 0
    for valid_or_other in (unknown, constraint()):
        assert gator("verify", "suite.yaml", one=valid_or_other)[0] == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({**suite(), "tests": []}, "the suite has no tests"),
        (suite(), "the test has no cases"),
        (suite({"name": "s", "object": "secret.yaml", "assertions": [{"violations": "no"}]}), "matches no object"),
    ],
)
def test_a_suite_that_shows_nothing_fails(gator, content, told):
    """No tests, no cases, and a constraint that none of the objects concerns, are no success."""
    code, out, _ = gator("verify", "suite.yaml", suite=content, **FILES)
    assert (code, told in out) == (1, True)
    assert gator("verify", "suite.yaml", "--as-upstream")[0] == 0


@pytest.mark.parametrize(
    "case",
    [
        {"name": "c", "object": "bad.yaml"},
        {"name": "c", "object": "bad.yaml", "assertions": [{"violations": -1}]},
        {"name": "c", "object": "bad.yaml", "assertions": [{"violations": "none"}]},
        {"name": "c", "object": "bad.yaml", "assertions": [{"message": "("}]},
        {"name": "c", "assertions": [{}]},
        {"name": "c", "object": "none.yaml", "assertions": [{}]},
        {"name": "c", "object": "bad.yaml", "assertion": [{}]},
    ],
)
def test_a_case_that_cannot_be_run_fails(gator, case):
    """Missing files and assertions, bad numbers and patterns, unknown keys."""
    assert gator("verify", "suite.yaml", suite=suite(case), **FILES)[0] == 1


def test_a_folder_without_suites_is_no_success(gator):
    """Gator ends with 0; `/...` looks below the folder."""
    assert gator("verify", ".", **FILES)[0] == 1
    assert gator("verify", "./...", "--as-upstream")[0] == 0


def test_expand_shows_what_is_made(gator):
    """YAML by default, JSON when asked for; nothing made is no success."""
    code, out, _ = gator("expand", "-n", ".", objects=[DEPLOYMENT, expansion()])
    assert (code, yaml.safe_load(out)["metadata"]["name"]) == (0, "web-pod")
    code, out, _ = gator("expand", "-n", ".", "-f", "json")
    assert (code, json.loads(out)["kind"]) == (0, "Pod")
    assert gator("expand", "-n", ".", objects=GOOD)[0] == 1


def test_the_suites_of_a_library_are_tested_with_its_policies(gator, capsys):
    """`policy test` runs what `gator verify` runs, and fails with it."""
    good = {"name": "good", "object": "good.yaml", "assertions": [{"violations": "no"}]}
    gator("verify", "suite.yaml", suite=suite(good), **FILES)
    assert main(["policy", "test", "."]) == 0
    assert capsys.readouterr().out == "1 suites, 1 cases, 0 problems\n"
    gator("verify", "suite.yaml", suite=suite({**good, "assertions": [{}]}))
    assert main(["policy", "test", "."]) == 1
    assert "✗ suite.yaml  hosts/good" in capsys.readouterr().out


def test_an_object_that_is_very_deep_is_judged_or_refused(gator):
    """Neither ends in a traceback, as deep as YAML may be."""
    for depth, known in ((200, {0}), (450, {0, 1})):
        text = (
            '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": '
            + '{"a": ' * depth
            + "1"
            + "}" * (depth + 1)
        )
        code, out, _ = gator(
            "test",
            "-f",
            "policies.yaml",
            "-f",
            "expansion.yaml",
            "-o",
            "json",
            stdin=text,
            policies=policies(),
            expansion=expansion(),
        )
        assert (code in known, "Traceback" in out) == (True, False)


SYNC = '"[[{\\"groups\\": [\\"apps\\"], \\"versions\\": [\\"v1\\", \\"v2\\"], \\"kinds\\": [\\"A\\"]}]]"'.replace(
    "\\", ""
)


def sync_set(version):
    """A SyncSet with one kind."""
    spec = {"gvks": [{"group": "apps", "version": version, "kind": "A"}]}
    return {"apiVersion": "syncset.gatekeeper.sh/v1alpha1", "kind": "SyncSet", "metadata": {"name": "s"}, "spec": spec}


def test_what_templates_need_must_be_synced(gator):
    """One of the kinds of a requirement is enough, if the cluster has it; nothing known of the cluster is an error."""
    needs = template(code=NO_HOST, annotations={"metadata.gatekeeper.sh/requires-sync-data": SYNC})
    manifest = {"apiVersion": "gvkmanifest.gatekeeper.sh/v1alpha1", "kind": "GVKManifest", "metadata": {"name": "g"}}
    known = {**manifest, "spec": {"groups": {"apps": {"v1": ["A"]}}}}
    force = ("sync", "test", "-n", ".", "--force-omit-gvk-manifest")
    assert gator(*force, rule=needs)[0] == 1
    assert gator(*force, set=sync_set("v2"))[0] == 0
    assert gator("sync", "test", "-n", ".")[0] == 1
    assert gator("sync", "test", "-n", ".", manifest=known)[0] == 1
    assert gator("sync", "test", "-n", ".", set=sync_set("v1"))[0] == 0
    code, _, complaint = gator(*force, set=sync_set("v3"))
    assert (code, "rule:\n- apps/v1:A OR apps/v2:A" in complaint) == (1, True)
    assert gator(*force, rule=thing())[0] == 1


def test_what_a_policy_prints_is_shown_when_asked_for(gator):
    """`-v` shows it under its case, and after the violations."""
    rule = template(code=rego('print("seen", input.review.object.metadata.name, input.none); msg := "m"'))
    case = {"name": "c", "object": "bad.yaml", "assertions": [{"violations": 1}]}
    content = {"rule": rule, "one": constraint(match=PODS), "bad": BAD, "suite": suite(case)}
    assert "        === PRINT ===\n        seen bad <undefined>\n" in gator("verify", "suite.yaml", "-v", **content)[1]
    assert gator("test", "-f", ".", "-v")[1].endswith("\n\nseen bad <undefined>\n\n")
    assert "seen" not in gator("test", "-f", ".")[1]


def test_what_people_ask_of_gator(gator):
    """A milder action may fail, files may be left out, and objects may be there only to be looked up."""
    assert gator("test", "-f", ".", policies=policies("warn"), objects=[BAD, GOOD])[0] == 0
    assert gator("test", "-f", ".", "--fail-on", "warn")[0] == 1
    assert gator("test", "-f", ".", "--fail-on", "warn", "--exclude", "obj*", good=GOOD)[0] == 0
    body = 'data.inventory.namespace.shop["v1"].Pod.bad; msg := "bad is there"'
    gator("test", "-f", ".", rules=[template(code=rego(body)), constraint(match=PODS)], good=GOOD, bad=BAD)
    named = ("test", "-f", "rules.yaml", "-f", "good.yaml")
    assert (gator(*named)[0], gator(*named, "--inventory", "bad.yaml")[0]) == (0, 1)


def test_a_function_that_fails_is_told_where_nothing_else_is_found(gator):
    """An undefined call looks like no violation: gator ends with 0, and brings that back when asked to."""
    broken = rego('to_number("a") == 1; msg := "m"')
    code, out, _ = gator("test", "-f", ".", rules=[template(code=broken), constraint(match=PODS)], objects=GOOD)
    assert (code, "to_number" in out) == (1, True)
    assert gator("test", "-f", ".", "--as-upstream")[:2] == (0, "")
