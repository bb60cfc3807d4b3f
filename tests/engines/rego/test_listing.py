"""Rules that walk through a list of objects, as those of other projects do, are shown all of them at once."""

from typing import Any

import pytest

from muniment.core.graph import Graph
from muniment.core.ports import Outcome
from muniment.engines.rego.engine import RegoEngine
from muniment.engines.rego.listing import layout
from muniment.engines.rego.reader import RegoReader
from muniment.languages.rego.modules import parse_module
from muniment.languages.unknown import Cause, Unknown
from muniment.model.document import Document, Location
from muniment.model.resource import Resource
from muniment.model.status import Status


class Nowhere:
    """Finds no places."""

    def locate(self, container: object, key: object = None) -> Location | None:
        """No place."""
        del container, key
        return None


def made(kind: str, name: str, **fields: Any) -> Resource:
    """A resource of a file that is called like it."""
    metadata = {"name": name, "namespace": "shop"}
    return Resource(
        kind=kind,
        address=f"{kind}/{name}",
        root="",
        name=name,
        format="kubernetes",
        attributes={"kind": kind, "metadata": metadata, **fields},
        location=Location(f"{name}.yaml", 1, 9),
        positions=Nowhere(),
    )


def outcomes(body: str, resources: list[Resource], *, doubt: tuple[Cause, ...] = ()) -> list[Outcome]:
    """What the rule `deny` of a module says of each resource, in v0 of the language."""
    (policy,) = RegoReader().policies([Document("lib/main.rego", f"package main\n{body}\n".encode())], "lib").policies
    program = RegoEngine().compile(policy)
    graph = Graph(resources, open=doubt)
    return [program.judge(one, graph)[0] for one in resources]


PODS = [made("Pod", "good", spec={"hostNetwork": False}), made("Pod", "bad", spec={"hostNetwork": True})]
HOSTS = """deny[found] {
    pod := input[_]
    pod.spec.hostNetwork
    found := {"message": "host", "about": {"objects": [pod]}}
}"""
SELECTED = """deny[{"msg": "nothing is selected", "object": service, "relatedObjects": input}] {
    service := input[_]
    service.kind == "Service"
    not any_selected(service)
}
any_selected(service) { input[_].metadata.labels == service.spec.selector }"""
SERVICE = made("Service", "web", spec={"selector": {"app": "web"}})


def test_a_finding_goes_to_the_object_that_it_holds() -> None:
    """Other objects of the list have passed, and so has what is only related."""
    assert [one.status for one in outcomes(HOSTS, PODS)] == [Status.PASS, Status.FAIL]
    assert [one.status for one in outcomes(SELECTED, [*PODS, SERVICE])] == [Status.PASS, Status.PASS, Status.FAIL]


@pytest.mark.parametrize(("message", "place"), [("pod bad is wrong", 1), ("one is wrong", 0)])
def test_a_finding_that_holds_no_object_is_not_lost(message: str, place: int) -> None:
    """It goes to the object that its message names, else to the first."""
    found = outcomes(f'deny["{message}"] {{ input[_].spec.hostNetwork }}', PODS)
    assert [at for at, one in enumerate(found) if one.status is Status.FAIL] == [place]


def test_combined_input_has_paths_and_contents() -> None:
    """Rules for Conftest's combined input see each object in its file."""
    body = 'deny[sprintf("%s: bad", [file.path])] { file := input[_]; file.contents.spec.hostNetwork }'
    assert [one.violations[0].message for one in outcomes(body, PODS) if one.violations] == ["bad.yaml: bad"]


def test_nobody_passes_where_other_objects_are_missing() -> None:
    """A rule that joins objects leaves doubt if some are not known; one that looks at each by itself does not."""
    hidden = made("Pod", "hidden", spec=Unknown((Cause("variable", "spec"),)))
    known = made("Pod", "web", labels={})
    known.attributes["metadata"]["labels"] = {"app": "web"}
    assert [one.status for one in outcomes(SELECTED, [SERVICE, known])] == [Status.PASS, Status.PASS]
    assert [one.status for one in outcomes(SELECTED, [known, hidden])] == [Status.UNKNOWN, Status.UNKNOWN]
    assert [one.status for one in outcomes(SELECTED, [known], doubt=(Cause("scope", ""),))] == [Status.UNKNOWN]
    assert [one.status for one in outcomes(HOSTS, [*PODS, hidden])] == [Status.PASS, Status.FAIL, Status.UNKNOWN]


def test_an_error_is_one_for_every_object() -> None:
    """Nobody passes what could not be evaluated."""
    body = "deny[x] { input[_].kind; x := f(1) }\nf(x) = y { y := [1, 2][_] }"
    assert [one.status for one in outcomes(body, PODS)] == [Status.ERROR, Status.ERROR]


@pytest.mark.parametrize(
    "body",
    [
        'deny contains "a" if input.kind == "Pod"',
        'deny contains "a" if { some field in input; field.kind; input.metadata }',
        'deny contains key if { some key; input[key]; startswith(key, "x-") }',
        'deny contains "a" if f(input)\nf(object) if object.kind == "Pod"',
    ],
)
def test_rules_that_read_fields_of_the_input_judge_one_object(body: str) -> None:
    """Iterating alone makes no list: the fields of one object can be walked through as well."""
    assert layout([parse_module(f"package main\n{body}\n")], "main") is None
