"""Rules in Rego as policies of a library: found, compiled and asked about resources."""

from typing import Any

import pytest

from muniment.core.graph import Graph
from muniment.engines.rego.engine import RegoEngine
from muniment.engines.rego.reader import RegoReader
from muniment.errors import PolicyError
from muniment.languages.unknown import Cause, Unknown
from muniment.model.document import Document, Location
from muniment.model.policy import Policy
from muniment.model.resource import Resource
from muniment.model.status import Severity, Status

MODULE = """package main

# METADATA
# title: No host network
# description: A pod on the host network sees its traffic.
# custom:
#   severity: high
deny_network contains msg if {
\tinput.spec.hostNetwork
\tmsg := sprintf("%s is on the host network", [input.metadata.name])
}

warn contains "no owner" if not input.metadata.labels.owner

exception contains ["network"] if input.metadata.labels.trusted
"""


class Nowhere:
    """Finds no places."""

    def locate(self, container: object, key: object = None) -> Location | None:
        """No place."""
        del container, key


def policies(text: str = MODULE) -> dict[str, Policy]:
    """The policies of a module by id."""
    found = RegoReader().policies([Document("lib/main.rego", text.encode())], "lib").policies
    return {policy.id: policy for policy in found}


def status(identity: str, attributes: dict[str, Any]) -> tuple[Status, list[str]]:
    """What a policy says of a resource, and its messages."""
    resource = Resource(
        kind="Pod",
        address="Pod/a",
        root="",
        name="a",
        format="kubernetes",
        attributes={"metadata": {"name": "a", "labels": {}}, **attributes},
        location=Location("pod.yaml", 1, 1),
        positions=Nowhere(),
    )
    outcome = RegoEngine().compile(policies()[identity]).judge(resource, Graph([resource]))[0]
    return outcome.status, [violation.message for violation in outcome.violations]


def test_each_judging_rule_is_a_policy() -> None:
    """Ids name library, package and rule; annotations give title, risk and severity; warn goes no further than that."""
    found = policies()
    assert set(found) == {"lib/main.deny_network", "lib/main.warn"}
    network = found["lib/main.deny_network"]
    assert (network.title, network.severity, network.mode) == ("No host network", Severity("high"), "enforce")
    assert found["lib/main.warn"].mode == "warn"


def test_rules_judge_resources() -> None:
    """A message fails, an exception skips, anything unknown is unknown."""
    fails = {"spec": {"hostNetwork": True}}
    trusted = {"metadata": {"name": "a", "labels": {"trusted": True}}, **fails}
    assert status("lib/main.deny_network", fails) == (Status.FAIL, ["a is on the host network"])
    assert status("lib/main.deny_network", {"spec": {}}) == (Status.PASS, [])
    assert status("lib/main.deny_network", trusted) == (Status.SKIP, [])
    unknown = {"spec": {"hostNetwork": Unknown((Cause("variable", "var.host"),))}}
    assert status("lib/main.deny_network", unknown) == (Status.UNKNOWN, [])


class Lines:
    """Knows the line of each key by its name, and of each item."""

    def locate(self, container: object, key: object = None) -> Location | None:
        """The place of a key or of a whole container."""
        lines = {"spec": 3, "hostNetwork": 4, "containers": 5}
        if isinstance(container, dict) and key is None and container.get("name") == "web":
            return Location("pod.yaml", 7, 7)
        line = lines.get(str(key), 0)
        return Location("pod.yaml", line, line) if line else None


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('deny contains "a" if input.spec.hostNetwork == true', 4),
        ('deny contains "a" if not input.spec.absent.deep', 3),
        ('deny contains sprintf("%s is bad", [c.name]) if some c in input.spec.containers', 7),
        ('deny contains "a" if input.kind == "Pod"', 1),
        ('deny contains "host used" if input.spec.hostNetwork\ndeny contains "kind" if input.absent', 4),
        ('deny contains x if { input.spec.hostNetwork; x := "a" }\ndeny contains "a" if input.absent', 1),
    ],
)
def test_violations_stand_where_the_rule_looked(body: str, line: int) -> None:
    """A violation is at the item that its message names, else at what the rule reads deepest, else at the object."""
    attributes = {"kind": "Pod", "spec": {"hostNetwork": True, "containers": [{"name": "web"}]}}
    resource = Resource(
        kind="Pod",
        address="Pod/a",
        root="",
        name="a",
        format="kubernetes",
        attributes=attributes,
        location=Location("pod.yaml", 1, 9),
        positions=Lines(),
    )
    program = RegoEngine().compile(policies(f"package main\n{body}\n")["lib/main.deny"])
    assert program.judge(resource, Graph([resource]))[0].violations[0].location.line == line


@pytest.mark.parametrize(
    ("result", "message", "line"),
    [
        ('{"msg": "a", "failedPaths": ["spec.containers[0]"]}', "a", 5),
        ('{"alertMessage": "b", "reviewPaths": [], "fixPaths": [{"path": "spec[\'hostNetwork\']"}]}', "b", 4),
        ('{"title": "", "message": "c", "failedPaths": ["spec.hostNetwork.absent", 1]}', "c", 4),
        ('{"score": 7, "failedPaths": ["absent"]}', '{"failedPaths": ["absent"], "score": 7}', 3),
    ],
)
def test_results_of_other_contracts_are_heard(result: str, message: str, line: int) -> None:
    """A result without `msg` is told by its own message or as it is, at the place that its own paths lead to."""
    attributes = {"kind": "Pod", "spec": {"hostNetwork": True, "containers": [{"name": "web"}]}}
    resource = Resource(
        kind="Pod",
        address="Pod/a",
        root="",
        name="a",
        format="kubernetes",
        attributes=attributes,
        location=Location("pod.yaml", 1, 9),
        positions=Lines(),
    )
    module = f"package main\ndeny contains result if {{\n\tinput.spec\n\tresult := {result}\n}}\n"
    outcome = RegoEngine().compile(policies(module)["lib/main.deny"]).judge(resource, Graph([resource]))[0]
    assert [(one.message, one.location.line) for one in outcome.violations] == [(message, line)]


def test_annotations_of_every_scope_say_what_a_rule_is() -> None:
    """The nearest annotation that has a key decides; controls are read in the spellings of auditors."""
    module = """# METADATA
# title: Network
# scope: package
# custom:
#   severity: CRITICAL
#   controls: {soc2: [CC6.6, CC6.1]}
#   recommended_action: Leave it out.
package main

# METADATA
# title: No host network
# description: A pod on the host network
#   sees its traffic.
# custom:
#   controls: [SOC2 CC6.6, "PCI-DSS 1.3.1; hipaa:164.312(a)(1)"]
deny_network contains "a" if input.spec.hostNetwork

deny_ipc contains "b" if input.spec.hostIPC
"""
    found = policies(module)
    network, ipc = found["lib/main.deny_network"], found["lib/main.deny_ipc"]
    assert (network.title, network.severity, network.fix) == ("No host network", Severity.CRITICAL, "Leave it out.")
    assert [link.id for link in network.controls] == ["soc2:CC6.6", "pci-dss:1.3.1", "hipaa:164.312(a)(1)"]
    assert {link.why for link in network.controls} == {"A pod on the host network sees its traffic."}
    assert (ipc.title, [link.id for link in ipc.controls]) == ("Network", ["soc2:CC6.6", "soc2:CC6.1"])
    with pytest.raises(PolicyError, match=r"data\.main\.deny_network: custom\.controls: 'SOC2' is no control"):
        policies(module.replace("[SOC2 CC6.6,", "[SOC2,"))


def test_rules_of_a_library_share_its_modules_and_differ_in_digest() -> None:
    """A library with many rules is no larger than its modules, and no rule is taken for another."""
    found = list(policies().values())
    assert len({id(policy.source) for policy in found}) == 1
    assert len({policy.digest for policy in found}) == len(found) > 1
    with pytest.raises(PolicyError, match="no rule of the library's modules"):
        RegoEngine().compile(found[0]._replace(id="lib/main.deny_other"))


def test_old_and_broken_modules() -> None:
    """A folder that is no Rego v1 is read as v0; what is neither is refused with file and line."""
    assert set(policies('package main\ndeny[msg] { msg := "a" }\n')) == {"lib/main.deny"}
    with pytest.raises(PolicyError, match=r"lib/main\.rego:3"):
        policies("package main\ndeny contains\n")
    with pytest.raises(PolicyError, match="undefined function nope"):
        policies("package main\ndeny contains nope(1)\n")


def test_only_modules_are_claimed() -> None:
    """A file is of this language by its name and its package."""
    reader = RegoReader()
    assert reader.claim(Document("a.rego", b"# c\npackage a\n"))
    assert not reader.claim(Document("a.rego", b""))
    assert not reader.claim(Document("a_test.rego", b"package a\n"))
    assert not reader.claim(Document("src.rego", b"package a\nviolation[x] { input.review.object }\n"))
    assert reader.claim(Document("lib.rego", b"package lib\nobject = input.review.object { input.review }\n"))
    assert not reader.claim(Document("a.yaml", b"package a\n"))
