"""Renames: by which addresses a resource went before, as Terraform's own plans tell it where it is installed."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.parsers.terraform.modules import read, readings, resources
from tests.parsers.terraform.oracle import needs_terraform, terraform


def _block(name: str, more: str = "") -> str:
    return f'resource "terraform_data" "{name}" {{\n  {more}\n}}\n'


def _call(name: str, more: str = "", source: str = "./m") -> str:
    return f'module "{name}" {{\n  source = "{source}"\n  {more}\n}}\n'


def _moved(source: str, target: str) -> str:
    """A block that moves resources by name, modules where both ends say so."""
    whole = [one if one.startswith("module.") else f"terraform_data.{one}" for one in (source, target)]
    return f"moved {{\n  from = {whole[0]}\n  to   = {whole[1]}\n}}\n"


_KEYS = 'for_each = toset(["k", "l"])'
BEFORE = {
    "main.tf": "".join(
        (
            *(_block(name) for name in ("chain1", "plain", "into", "both1", "both2")),
            *(_block(name, "count = 2") for name in ("listed", "counted", "parted", "kept")),
            *(_block(name, _KEYS) for name in ("split", "single", "narrow")),
            *(_call(name) for name in ("old", "out", "deep", "one")),
            *(_call(name, _KEYS) for name in ("each", "inside")),
        )
    ),
    "m/main.tf": _block("a") + _block("b"),
}
AFTER = {
    "main.tf": "".join(
        (
            *(_block("chain3"), _moved("chain1", "chain2"), _moved("chain2", "chain3")),
            *(_block("plain", 'for_each = toset(["x y"])'), _moved("plain", 'plain["x y"]')),
            *(_call("taken", source="./n"), _moved("into", "module.taken.terraform_data.a")),
            *(_block("both2"), _moved("both1", "both2")),
            *(_block("renamed", "count = 2"), _moved("listed", "renamed")),
            *(_block("counted", _KEYS), _moved("counted[0]", 'counted["k"]'), _moved("counted[1]", 'counted["l"]')),
            *(_block("parted", "count = 1"), _block("part"), _moved("parted[1]", "part")),
            *(_block("keyed", 'for_each = toset(["0"])'), _moved("kept", "keyed")),
            *(_block("whole", _KEYS), _moved("split", "whole"), _block("part2", _KEYS)),
            *(_moved('split["k"]', 'part2["k"]'), _block("single"), _moved('single["l"]', "single")),
            *(_block("narrow2", "count = 1"), _moved('narrow["k"]', "narrow2[0]")),
            *(_call("new", source="./m"), _moved("module.old", "module.new")),
            *(_block("a"), _moved("module.out.terraform_data.a", "a")),
            *(_call("deeper"), _moved("module.deep.terraform_data.b", "module.deep.terraform_data.z")),
            *(_moved("module.deep", "module.middle"), _moved("module.middle", "module.deeper")),
            *(_call("one", 'for_each = toset(["k"])'), _moved("module.one", 'module.one["k"]')),
            *(_call("every", _KEYS), _moved("module.each", "module.every")),
            *(_call("inside", _KEYS), _moved("module.inside.terraform_data.a", "module.inside.terraform_data.b")),
        )
    ),
    "m/main.tf": _block("a2") + _block("b") + _moved("a", "a2"),
    "n/main.tf": _block("a"),
}


def _planned(folder: Path, before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str | None]:
    """The previous address of everything that Terraform keeps or creates when one configuration follows the other."""
    for texts, last in ((before, False), (after, True)):
        for path, text in texts.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        terraform(folder, "init", "-no-color")
        terraform(folder, *(("plan", "-out=plan") if last else ("apply", "-auto-approve")), "-no-color")
    changes = json.loads(terraform(folder, "show", "-json", "plan"))["resource_changes"]
    return {one["address"]: one.get("previous_address") for one in changes if one["change"]["actions"] != ["delete"]}


@needs_terraform
def test_former_addresses_are_those_of_terraforms_plan(tmp_path: Path) -> None:
    """Chains, keys, modules, their instances and inner moves: what was there before is found by its old address."""
    planned = _planned(tmp_path, BEFORE, AFTER)
    old, new = resources(BEFORE), read(AFTER)
    found = {one.address: one.former for one in new.resources if one.kind == "terraform_data"}
    assert {
        address: next((one for one in (address, *former) if one in old), None) for address, former in found.items()
    } == {address: previous or (address if address in old else None) for address, previous in planned.items()}
    assert new.unread == ()


@pytest.mark.parametrize(
    ("address", "former"),
    [
        ("terraform_data.chain3", ("terraform_data.chain2", "terraform_data.chain1")),
        ('terraform_data.whole["k"]', ()),
        (
            "module.new.terraform_data.a2",
            ("module.old.terraform_data.a2", "module.new.terraform_data.a", "module.old.terraform_data.a"),
        ),
        ("module.new", ("module.old",)),
        ('module.one["k"].terraform_data.b', ("module.one.terraform_data.b",)),
    ],
)
def test_the_latest_address_stands_first(address: str, former: tuple[str, ...]) -> None:
    """Chains are followed through modules, and a narrower move takes what it names from a wider one."""
    assert resources(AFTER)[address].former == former


REFUSED = {
    "is still declared": _block("a") + _block("b") + _moved("a", "b"),
    "is still declared.": _block("a", "count = 0") + _block("b") + _moved("a", "b"),
    "a[0] is still declared": _block("a", "count = 1") + _moved("a[0]", "a[1]"),
    "module.n is still declared": _call("n", "count = 0") + _call("o") + _moved("module.n", "module.o"),
    "cannot move to": _block("b") + _block("c") + _moved("a", "b") + _moved("a", "c"),
    "cannot move from": _block("c") + _moved("a", "c") + _moved("b", "c"),
    "lead back": _moved("a", "b") + _moved("b", "a"),
    "the moves lead back": _moved("module.a", "module.b")
    + _moved("module.b.terraform_data.x", "module.a.terraform_data.x"),
    "or to others that do": _block("b", "count = 1") + _moved("a", "b") + _moved("a", "b[0]"),
    "both ends are": _block("a") + _moved("a", "a"),
    "one is a module": _block("a") + _moved("module.q", "a"),
    "from and to have to be": _block("a") + "moved {\n  from = terraform_data.b\n}\n",
    "have to be the addresses": 'locals {\n  k = "k"\n}\n' + _block("b", _KEYS) + _moved("a", "b[local.k]"),
}


@pytest.mark.parametrize("message", REFUSED)
def test_moves_that_cannot_be_are_refused_and_carry_nothing_over(message: str) -> None:
    """A resource that still goes by the old address, two ways to go, a circle: unread with the line, and no alias."""
    found = readings({"main.tf": REFUSED[message], "m/main.tf": ""})["."]
    assert any(message.rstrip(".") in lost.message for lost in found.unread), found.unread
    assert all(lost.location.line > 1 or "back" in message for lost in found.unread)
    assert [one.former for one in found.resources if one.former] == []


@needs_terraform
def test_terraform_refuses_the_same_moves(tmp_path: Path) -> None:
    """None of them can be planned."""
    for place, text in enumerate(REFUSED.values()):
        folder = tmp_path / str(place)
        (folder / "m").mkdir(parents=True)
        (folder / "m" / "main.tf").write_text("", "utf-8")
        (folder / "main.tf").write_text(text, "utf-8")
        if "source =" in text:
            terraform(folder, "init", "-no-color")
        assert "terraform init" not in terraform(folder, "plan", "-no-color", failing=True)


def test_what_cannot_be_told_is_not_carried_over() -> None:
    """Nothing is kept from what may still be there, nor from a resource of another type, and people are told."""
    late = 'variable "v" {}\n'
    unsure = _block("a", "count = var.v") + _block("b") + _moved("a[0]", "b")
    other = 'resource "null_resource" "a" {}\nmoved {\n  from = terraform_data.a\n  to   = null_resource.a\n}\n'
    away = _call("gone", source="org/gone/x") + _block("b") + _moved("module.gone.terraform_data.a", "b")
    for text, told in ((late + unsure, "cannot be told"), (other, "another type"), (away, "cannot be told")):
        found = read(text)
        assert [note.split("nothing")[0] for note in found.notes if told in note]
        assert not any(one.former for one in found.resources)


def test_moves_are_read_in_json_syntax_and_do_not_multiply() -> None:
    """JSON has the same moves; a long chain of them ends at the nearest addresses, whatever it is."""
    blocks = {"resource": {"aws_x": {"b": {}}}, "moved": [{"from": 'aws_x.a["k.\\"x"]', "to": "aws_x.b"}]}
    assert resources({"main.tf.json": json.dumps(blocks)})["aws_x.b"].former == ('aws_x.a["k.\\"x"]',)
    chain = "".join(_moved(f"r{place}", f"r{place + 1}") for place in range(3000))
    former = resources(_block("r3000", "count = 300") + chain)["terraform_data.r3000[7]"].former
    assert (former[0], len(former)) == ("terraform_data.r2999[7]", 64)
