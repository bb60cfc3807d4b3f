"""An expression that is wrong spoils what reads it, and nothing beside it."""

from typing import Any

import pytest

from muniment.core.ports import Unit
from muniment.languages.unknown import Unknown
from muniment.model.document import Document
from muniment.parsers.terraform import TerraformParser
from tests.parsers.files import Files


def _attributes(text: str) -> dict[str, Any]:
    document = Document("main.tf", text.encode())
    reading = TerraformParser().resources(Unit("terraform", ".", (document,)), Files(document))
    return reading.resources[0].attributes


def _error(value: Any) -> str:
    assert isinstance(value, Unknown)
    assert [cause.kind for cause in value.causes] == ["error"]
    return value.causes[0].reference


@pytest.mark.parametrize(
    "name", ["var.lost", "local.lost", "aws_vpc.lost.id", "data.aws_vpc.lost.id", "module.lost.id"]
)
def test_an_undeclared_name_leaves_the_members_beside_it(name: str) -> None:
    """A list keeps what it says, and the member that nothing declares carries the error with its line."""
    members = _attributes(f'resource "aws_x" "y" {{\n  a = ["seen",\n    {name}]\n}}\n')["a"]
    assert members[0] == "seen"
    assert _error(members[1]).startswith("at main.tf:3: there is no ")


@pytest.mark.parametrize("text", ['try(var.lost, "seen")', '"a" == var.lost', "[for x in var.lost: x]", "False"])
def test_what_needs_the_undeclared_name_is_wrong_itself(text: str) -> None:
    """No function, comparison or loop turns the error into an answer."""
    _error(_attributes(f'resource "aws_x" "y" {{\n  a = {text}\n}}\n')["a"])
