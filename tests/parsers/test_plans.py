"""Plans: the same resources as configuration shows them, with what apply will do, and never a secret."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.core.ports import Reading, Unit
from muniment.languages.unknown import Unknown
from muniment.model.document import Document
from muniment.parsers.terraform import TerraformParser
from muniment.parsers.terraform.plans import PlanParser
from tests.parsers.files import Files

RECORDED = Path(__file__).parent / "recorded-plan"
"""What `terraform show -json` of Terraform 1.11.4 printed for the configuration beside it."""

GROUP = {"address": "aws_security_group.g", "mode": "managed", "type": "aws_security_group", "name": "g"}


def plan(*changes: dict[str, Any], **more: Any) -> bytes:
    """A plan of some changes."""
    return json.dumps({"format_version": "1.2", "resource_changes": changes, **more}).encode()


def change(after: Any, actions: tuple[str, ...] = ("create",), **more: Any) -> dict[str, Any]:
    """The entry of a group."""
    return {**GROUP, "change": {"actions": list(actions), "after": after, **more}}


def written(**expressions: Any) -> dict[str, Any]:
    """A configuration that writes some arguments of the group."""
    return {"root_module": {"resources": [{**GROUP, "expressions": expressions}]}}


def read(data: bytes, *beside: Document) -> Reading:
    """What the parser makes of a plan."""
    document = Document("infra/plan.json", data)
    (unit,) = PlanParser().units((document,), ())
    return PlanParser().resources(unit, Files(document, *beside))


def attributes(data: bytes) -> dict[str, Any]:
    """The view of the only resource."""
    return next(one.attributes for one in read(data).resources if one.kind == "aws_security_group")


def recorded(*, joined: bool) -> tuple[Reading, Reading]:
    """The recorded plan, with or without its configuration, and the configuration's own reading."""
    names = ("main.tf", "m/main.tf")
    files = [Document(f"infra/{name}", (RECORDED / name).read_bytes()) for name in names]
    parser = TerraformParser()
    own = parser.resources(Unit("terraform", "infra", (files[0],)), Files(*files))
    return read((RECORDED / "plan.json").read_bytes(), *(files if joined else ())), own


def test_recorded_addresses_and_edges() -> None:
    """A plan has the addresses that the configuration expands to, and its edges through modules and instances."""
    found, own = recorded(joined=False)
    managed = {one.address: one for one in found.resources if one.kind == "terraform_data"}
    assert managed.keys() == {one.address for one in own.resources if one.kind == "terraform_data"}
    assert managed["terraform_data.y[1]"].references[0][:2] == ("input", "terraform_data.x[1]")
    assert managed["terraform_data.z"].references[0].target == "terraform_data.x[*]"
    edge = ("input", 'module.m["a"].terraform_data.t', "output")
    assert edge in managed["terraform_data.x[0]"].references


def test_recorded_join() -> None:
    """Beside its configuration a plan has lines, comments and the edges that run through local values."""
    found, own = recorded(joined=True)
    lines = {one.address: one.location for one in own.resources}
    managed = {one.address: one for one in found.resources if one.kind == "terraform_data"}
    assert {address: one.location for address, one in managed.items()} == {name: lines[name] for name in managed}
    behind = managed["terraform_data.behind_local"]
    assert behind.references[0].target == "terraform_data.z"
    assert behind.positions.locate(behind.attributes, "input") == next(
        one.positions.locate(one.attributes, "input") for one in own.resources if one.address == behind.address
    )
    (comment,) = found.candidates
    assert comment.addresses == ("terraform_data.x[0]", "terraform_data.x[1]")
    assert comment.root == "infra/plan.json"
    assert f"{len(managed)} of {len(managed)} joined" in found.ledger[0].reason


def test_sensitive_values_are_marked() -> None:
    """Every container that holds a sensitive value is marked, at any depth."""
    found, _ = recorded(joined=False)
    one = next(one for one in found.resources if one.address == "terraform_data.x[0]")
    assert id(one.attributes["input"]["c"]) in one.sensitive
    whole = read(plan(change({"tags": {"k": "v"}, "l": ["v"]}, after_sensitive={"tags": True, "l": [True]})))
    (group,) = whole.resources
    assert {id(group.attributes), id(group.attributes["tags"]), id(group.attributes["l"])} <= group.sensitive


def test_values_that_apply_will_know() -> None:
    """Absent and marked is unknown, absent alone is nothing; a list keeps the places of its unknown members."""
    entry = change(
        {"name": None, "ingress": [{"to_port": 1}], "ids": ["a", None]},
        after_unknown={"vpc_id": True, "ingress": [{"cidr": True}], "ids": [False, True], "o": {"p": True}},
    )
    view = attributes(plan(entry))
    assert "name" not in view
    assert isinstance(view["vpc_id"], Unknown)
    assert view["ids"][0] == "a"
    assert isinstance(view["ids"][1], Unknown)
    assert isinstance(view["ingress"][0]["cidr"], Unknown)
    assert isinstance(view["o"]["p"], Unknown)


def test_what_nobody_wrote_is_absent() -> None:
    """A computed attribute and an empty block that nobody wrote are nothing, as they are in configuration."""
    entry = change({"ingress": [], "egress": []}, after_unknown={"id": True, "vpc_id": True})
    expressions = written(vpc_id={"references": ["aws_vpc.v.id", "aws_vpc.v"]}, egress={"constant_value": []})
    view = attributes(plan(entry, configuration=expressions))
    assert view.keys() == {"egress", "vpc_id"}
    assert view["vpc_id"].causes[0].reference == "aws_vpc.v.id"


def test_a_dynamic_block_over_what_is_not_known_is_not_absent() -> None:
    """Terraform marks it as it marks what a provider computes; another resource of the type tells them apart."""
    late = {"id": True, "ingress": True, "outer": [{"inner": True}]}
    body = {"outer": [{"port": {"constant_value": 1}}]}
    entry = change({"egress": [], "outer": [{"port": 1}]}, after_unknown=late)
    other = {**GROUP, "address": "aws_security_group.other", "name": "other"}
    blocks = [{**GROUP, "expressions": body}, {**other, "expressions": body}]

    def seen(beside: dict[str, Any], **own: Any) -> dict[str, Any]:
        entries = ({**entry, "change": {**entry["change"], **own}}, {**other, "change": beside})
        found = read(plan(*entries, configuration={"root_module": {"resources": blocks}})).resources
        return next(one.attributes for one in found if one.address == GROUP["address"])

    known = {"actions": ["create"], "after": {"ingress": [], "outer": [{"inner": None}]}, "after_unknown": {"id": True}}
    absent = {"outer": [{"port": 1}]}
    assert seen({**known, "after": {}, "after_unknown": late}) == seen({**known, "actions": ["no-op"]}) == absent
    assert seen({**known, "after": {"ingress": [{}]}}) == absent
    told = seen(known)
    assert told.keys() == {"ingress", "outer"}
    assert isinstance(told["ingress"], Unknown)
    assert isinstance(told["outer"][0]["inner"], Unknown)
    assert isinstance(seen({}, actions=["update"])["ingress"], Unknown)


def test_what_goes_is_not_judged_as_what_is() -> None:
    """A deletion is a kind of its own, so that no policy and no join takes it for a resource that will be there."""
    found = read(plan(change(None, ("delete",)), change({}, ("no-op",), deposed=None)))
    assert [one.kind for one in found.resources] == ["aws_security_group", "terraform.deletion"]
    assert found.resources[1].attributes["actions"] == ["delete"]
    assert found.resources[0].meta["change"]["actions"] == ["no-op"]
    assert "1 deleted" in found.ledger[0].reason


def test_prior_data_and_planned_values() -> None:
    """Data that planning has read is known; a plan without changes is read from its planned values."""
    data = {"address": "data.aws_ami.a", "mode": "data", "type": "aws_ami", "name": "a", "values": {"owner": "self"}}
    state = {"root_module": {"child_modules": [{"address": "module.m", "resources": [data]}]}}
    found = read(json.dumps({"format_version": "0.2", "planned_values": {}, "prior_state": {"values": state}}).encode())
    assert [(one.kind, one.meta["module"]) for one in found.resources] == [("data.aws_ami", "module.m")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (plan(change({}), format_version="9.0"), "format-version"),
        (plan(change({}), errored=True, complete=False), "plan-errored"),
        (plan(errored=True), "plan-errored"),
        (plan(change({}), deferred_changes=[{}]), "plan-errored"),
        (b"PK\x03\x04\x14\0\x08\0\x08\0" + b"\0" * 16 + b"tfplan", "binary-plan"),
        (b'{"encrypted_data": "", "encryption_version": "v0"}', "stand-in"),
        (b'{"format_version": "1.2", "resource_changes": [', "syntax-error"),
        (b'["format_version", "resource_changes"]', "syntax-error"),
    ],
)
def test_row_20_plans_that_prove_nothing(data: bytes, reason: str) -> None:
    """An errored, incomplete, future, binary or broken plan is unread; the resources that are there are judged."""
    found = read(data)
    assert [one.reason for one in found.unread] == [reason]
    assert len(found.resources) == (b"aws_security_group" in data and reason == "plan-errored")


def test_a_plan_of_another_folder_is_not_joined() -> None:
    """Configuration that lies beside a plan and is not what it was made from lends no lines."""
    other = Document("infra/main.tf", b'resource "aws_vpc" "v" {}')
    found = read(plan(change({}), configuration=written()), other)
    assert found.resources[0].location.path == "infra/plan.json"


KEYS = (
    "resources",
    "address",
    "type",
    "name",
    "mode",
    "change",
    "after",
    "after_unknown",
    "after_sensitive",
    "actions",
    "expressions",
    "references",
    "a",
    "root_module",
    "module_calls",
    "module",
    "outputs",
    "expression",
    "for_each_expression",
    "child_modules",
    "values",
    "index",
    "provider_config",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "a", "var.x", "module.m.o", "aws_x.y[0].id"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(("resource_changes", "configuration", "prior_state", "planned_values")), JSON))
def test_any_shape_is_read(content: dict[str, Any]) -> None:
    """No shape of a plan makes the parser fail."""
    found = read(json.dumps({"format_version": "1.2", **content}).encode())
    assert all(one.location.path == "infra/plan.json" for one in found.resources)


def test_former_addresses_are_the_plans_and_the_configurations() -> None:
    """Where a plan moves an instance from is told first; not from another type, nor from what will still be there."""
    here = {**GROUP, "change": {"actions": ["no-op"], "after": {}}}

    def former(previous: object, *more: dict[str, Any], text: str = "") -> tuple[str, ...]:
        beside = Document("infra/main.tf", f'resource "aws_security_group" "g" {{}}\n{text}'.encode())
        entries = ({**here, "previous_address": previous}, *more)
        found = read(plan(*entries, configuration=written()), beside).resources
        return next(one.former for one in found if one.address == GROUP["address"])

    old = 'module.m["a.b"].aws_security_group.old[0]'
    assert former(old) == (old,)
    moved = "moved {\n  from = aws_security_group.first\n  to   = aws_security_group.g\n}\n"
    assert former(old, text=moved) == (old, "aws_security_group.first")
    assert former("aws_security_group.first", text=moved) == ("aws_security_group.first",)
    live = {**here, "address": "aws_security_group.old", "name": "old"}
    assert former("aws_security_group.old", live) == ()
    assert [former(other) for other in ("aws_vpc.g", "nonsense", 7, None)] == [()] * 4
