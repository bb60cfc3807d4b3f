"""Whatever stands in Gatekeeper's objects, it is judged or refused: no other error leaves the engine."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.app.gator.files import Manifest
from muniment.app.gator.review import review_all
from muniment.engines.gatekeeper.engine import GatekeeperEngine
from muniment.engines.gatekeeper.errors import MutationError, ReviewError
from muniment.engines.gatekeeper.evaluation import Options
from muniment.engines.gatekeeper.mutation.system import Mutations
from muniment.engines.gatekeeper.reader import GatekeeperReader
from muniment.engines.gatekeeper.review import of_admission_review
from muniment.errors import PolicyError
from muniment.model.document import Document
from tests.engines.gatekeeper.objects import constraint, template, thing
from tests.engines.gatekeeper.test_constraint import SCHEMA
from tests.engines.gatekeeper.test_expansion import DEPLOYMENT, expansion
from tests.engines.gatekeeper.test_mutation import POD, mutator
from tests.engines.gatekeeper.test_rego_validation import rego

MATCH = {
    "kinds": [{"apiGroups": ["", "apps"], "kinds": ["Pod"]}],
    "namespaces": ["a*"],
    "scope": "Namespaced",
    "name": "x",
    "labelSelector": {"matchLabels": {"a": "b"}, "matchExpressions": [{"key": "a", "operator": "In", "values": ["b"]}]},
    "namespaceSelector": {"matchLabels": {"a": "b"}},
    "source": "All",
}
SCOPED = [{"action": "deny", "enforcementPoints": [{"name": "*"}]}]
SOURCE = {
    "variables": [{"name": "v", "expression": "object.kind"}],
    "matchCondition": [{"name": "c", "expression": "true"}],
    "validations": [{"expression": "variables.v != 'Pod'", "messageExpression": "'a'", "message": "b"}],
}
IMAGE = {"location": "spec.c[name: *].image", "parameters": {"assignTag": ":1", "pathTests": []}, **POD}
OBJECTS = [
    template(code=SOURCE, schema=SCHEMA, annotations={"muniment.dev/controls": "SOC2 CC6.1"}),
    template("Other", code=rego('msg := "m"')),
    constraint(match=MATCH, parameters={"labels": ["a"]}, enforcementAction="scoped", scopedEnforcementActions=SCOPED),
    constraint("Other"),
    expansion(),
    mutator("AssignImage", **IMAGE),
    DEPLOYMENT,
    thing(namespace="abc", spec={"c": [{"name": "n", "image": "i"}]}),
]
JUNK = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "x", "*", "[", [], [None], ["a"], {}, {"": None}, {"a": {"b": []}}, [[{}]]]
)


def spoilt(values, choose, junk):
    """The objects with one part replaced, and which one is the caller's choice."""
    copy = json.loads(json.dumps(values))
    current = copy
    while True:
        keys = list(current) if isinstance(current, dict) else list(range(len(current)))
        key = choose(st.sampled_from(keys))
        inner = current[key]
        if not isinstance(inner, dict | list) or not inner or choose(st.booleans()):
            current[key] = junk
            return copy
        current = inner


@settings(max_examples=100, deadline=None)
@given(st.data(), JUNK)
def test_every_object_is_judged_or_refused(data, junk):
    """One part of a whole run is replaced by something else."""
    values = spoilt(OBJECTS, data.draw, junk)
    manifests = [Manifest(value, "f") for value in values if isinstance(value, dict)]
    try:
        review_all(manifests, Options())
    except (PolicyError, ReviewError, MutationError):
        return


@settings(max_examples=100, deadline=None)
@given(st.data(), JUNK)
def test_every_library_loads_or_is_refused(data, junk):
    """The same for the files of a library, and what loads compiles."""
    values = spoilt(OBJECTS[:6], data.draw, junk)
    text = "\n---\n".join(map(json.dumps, values))
    document = Document("f.yaml", text.encode())
    reader = GatekeeperReader()
    reader.claim(document)
    try:
        for policy in reader.policies([document], "lib").policies:
            GatekeeperEngine().compile(policy)
    except PolicyError:
        return


@settings(max_examples=100, deadline=None)
@given(st.data(), JUNK)
def test_every_request_is_a_review_or_refused(data, junk):
    """The same for what an API server sends."""
    request = {
        "uid": "1",
        "kind": {"group": "", "version": "v1", "kind": "Pod"},
        "operation": "UPDATE",
        "userInfo": {"username": "a"},
        "object": thing(),
        "oldObject": thing(),
    }
    (value,) = spoilt(
        [{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}], data.draw, junk
    )
    try:
        if isinstance(value, dict):
            of_admission_review(value)
    except ReviewError:
        return


@settings(max_examples=100, deadline=None)
@given(st.data(), JUNK)
def test_every_object_is_mutated_or_refused(data, junk):
    """The same for an object under mutators that expect another shape."""
    rules = [
        mutator("AssignImage", **IMAGE),
        mutator("AssignMetadata", location="metadata.labels.a", parameters={"assign": {"value": "b"}}),
    ]
    (value,) = spoilt([OBJECTS[-1]], data.draw, junk)
    try:
        if isinstance(value, dict):
            Mutations(rules).mutated(value, source="Original")
    except MutationError:
        return
