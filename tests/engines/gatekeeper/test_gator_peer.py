"""The same input through gator itself: objects, violations and exit codes are equal, message by message.

The program is found by MUNIMENT_GATOR or on the PATH; without it these tests skip.
"""

import json
import os
import random
import shutil
import subprocess
import sys

import pytest
import yaml

from tests.engines.gatekeeper.objects import constraint, template, thing
from tests.engines.gatekeeper.test_expansion import DEPLOYMENT, expansion
from tests.engines.gatekeeper.test_gator import BAD, GOOD, NO_HOST, PODS
from tests.engines.gatekeeper.test_mutation import POD, mutator
from tests.engines.gatekeeper.test_rego_validation import rego

GATOR = os.environ.get("MUNIMENT_GATOR") or shutil.which("gator")  # noqa: TID251  tests have no settings module
pytestmark = pytest.mark.skipif(GATOR is None, reason="gator is not on this machine")

SEEN = rego('msg := sprintf("%v %v", [input.review.object.metadata.name, input.review.kind])')
MATCHES = (
    {},
    PODS,
    {"kinds": [{"kinds": ["Pod"]}]},
    {"namespaces": ["sh*"]},
    {"namespaces": ["other"]},
    {"excludedNamespaces": ["*op"]},
    {"scope": "Namespaced"},
    {"labelSelector": {"matchExpressions": [{"key": "l", "operator": "NotIn", "values": ["1"]}]}},
    {"name": "b*"},
    {"source": "Original"},
    {"source": "Generated"},
)
SPACE = thing("Namespace", "shop", metadata={"labels": {"team": "a"}})
WORKLOAD = {**DEPLOYMENT, "spec": {"template": {"metadata": {"labels": {"l": "1"}}, "spec": {"hostNetwork": True}}}}


def both(folder, *arguments):
    """What gator and ours answer: (exit code, output) of each."""
    for program in ([GATOR], [sys.executable, "-m", "muniment", "gator"]):
        more = ["--as-upstream"] if program[0] != GATOR else []
        done = subprocess.run([*program, *arguments, *more], cwd=folder, input=b"", capture_output=True, check=False)
        yield done.returncode, done.stdout.decode()


def written(folder, *values):
    """A file with some objects."""
    (folder / "in.yaml").write_text(yaml.safe_dump_all(values, sort_keys=False))


@pytest.mark.parametrize("match", MATCHES, ids=str)
@pytest.mark.parametrize("code", [NO_HOST, SEEN], ids=["cel", "rego"])
def test_violations_are_those_of_gator(tmp_path, match, code):
    """JSON for JSON: what matches, what is said, what is shown of constraint and object, and the exit code."""
    rules = [template(code=code), constraint(match={"kinds": [{"apiGroups": ["", "apps"]}], **match})]
    written(tmp_path, *rules, expansion(), BAD, GOOD, SPACE, WORKLOAD)
    (code_there, there), (code_here, here) = both(tmp_path, "test", "-f", "in.yaml", "-o", "json")
    assert code_here == code_there
    assert _sorted(json.loads(here)) == _sorted(json.loads(there))


def test_yaml_says_what_json_says(tmp_path):
    """YAML has gator's own names for the fields, and the same values."""
    written(tmp_path, *[template(code=SEEN), constraint(match=PODS)], BAD, GOOD)
    (_, there), (_, here) = both(tmp_path, "test", "-f", "in.yaml", "-o", "yaml")
    assert _sorted(yaml.safe_load(here)) == _sorted(yaml.safe_load(there))


def _sorted(results):
    return sorted(json.dumps(one, sort_keys=True) for one in results or ())


def values(chance, depth=2):
    """A random value of JSON that locations may or may not fit."""
    kind = chance.random()
    if depth == 0 or kind < 0.4:
        return chance.choice([1, "t", True, "img:1", "docker.io/lib/x:2", 80])
    if kind < 0.7:
        names = chance.sample(["a", "b", "x.y", "name", "port"], chance.randint(0, 3))
        return {name: values(chance, depth - 1) for name in names}
    items = ({"name": "n1", "a": values(chance, depth - 1)}, {"name": "n2"}, {"port": 80}, values(chance, depth - 1))
    return chance.choices(items, k=chance.randint(0, 3))


def mutators(chance):
    """A random mutator of pods, right or wrong."""
    steps = [
        chance.choice(["a", "b", '"x.y"']) + chance.choice(["", "", "[name: *]", "[name: n1]", "[port: 80]"])
        for _ in range(chance.randint(1, 3))
    ]
    location = ".".join(["spec", *steps])
    tested = ".".join(["spec", *steps[: chance.randint(0, len(steps))]])
    tests = [{"subPath": tested, "condition": chance.choice(["MustExist", "MustNotExist"])}]
    kind, parameters = chance.choice(
        [
            ("Assign", {"assign": {"value": values(chance)}}),
            ("Assign", {"assign": {"value": {"name": "n1", "z": 1}}}),
            ("Assign", {"assign": {"fromMetadata": {"field": "name"}}}),
            (
                "ModifySet",
                {"operation": chance.choice(["merge", "prune"]), "values": {"fromList": ["t", {"name": "n2"}]}},
            ),
            ("AssignImage", {"assignDomain": "r.io", "assignTag": ":9"}),
        ]
    )
    more = {"pathTests": tests} if chance.random() < 0.4 else {}
    return mutator(kind, f"m{chance.random()}"[:9], location=location, parameters={**parameters, **more}, **POD)


@pytest.mark.parametrize("seed", range(25))
def test_mutations_are_those_of_gator(tmp_path, seed):
    """Random mutators on random pods: refused by both, or the same object comes out."""
    chance = random.Random(seed)  # noqa: S311  the same cases every time
    spec = {name: values(chance) for name in ("a", "b", "x.y")}
    workload = {**DEPLOYMENT, "spec": {"template": {"spec": spec}}}
    written(tmp_path, workload, expansion(), *(mutators(chance) for _ in range(2)))
    (code_there, there), (code_here, here) = both(tmp_path, "expand", "-n", "in.yaml")
    assert code_here == code_there
    assert list(yaml.safe_load_all(here)) == list(yaml.safe_load_all(there))
