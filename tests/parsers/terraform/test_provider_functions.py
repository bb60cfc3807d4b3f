"""Functions of providers: what can be read is, and the rest is not known."""

import base64
import json
from pathlib import Path

import pytest

from muniment.languages.hcl.functions.json_text import encode_json
from muniment.languages.unknown import Unknown
from tests.parsers.terraform.modules import resources
from tests.parsers.terraform.oracle import needs_terraform, terraform

NEEDED = 'terraform {\n  required_providers {\n    terraform = { source = "terraform.io/builtin/terraform" }\n  }\n}\n'
DECODED = (
    'a = 1 + 2\nb = ["x${3}", { c = null, "d e" = true }]\n# c\nl = [for x in [1, 2]: x * 2]\nt = <<E\n  text\nE\n'
)
REFUSED = ("a = var.x\n", 'a = upper("x")\n', "a {}\n", "a = 1\na = 2\n", "a = \n")


def _seen(text: str, call: str = 'provider::terraform::decode_tfvars(file("x.txt"))') -> object:
    main = f'{NEEDED}resource "terraform_data" "d" {{\n  input = {call}\n}}\n'
    return resources({"main.tf": main, "x.txt": text})["terraform_data.d"].attributes["input"]


def test_variable_files_are_read_as_values() -> None:
    """Expressions without names and calls are evaluated; a text that is not known gives nothing that is."""
    wanted = {"a": 3, "b": ["x3", {"c": None, "d e": True}], "l": [2, 4], "t": "  text\n"}
    seen = _seen(DECODED)
    assert isinstance(seen, dict)
    assert json.loads(encode_json(seen)) == wanted
    assert _seen("") == {}
    for call in ("provider::terraform::decode_tfvars(terraform_data.d.id)", "provider::terraform::encode_expr(1)"):
        assert isinstance(_seen("", call), Unknown)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_variable_file_is_an_error(text: str) -> None:
    """Names, calls, blocks and broken syntax have no value."""
    seen = _seen(text)
    assert isinstance(seen, Unknown)
    assert seen.causes[0].kind == "error"


@needs_terraform
def test_terraform_reads_the_same(tmp_path: Path) -> None:
    """Its console gives the same values, and refuses the same texts."""
    (tmp_path / "main.tf").write_text(NEEDED, "utf-8")
    terraform(tmp_path, "init", "-no-color")
    for text in (DECODED, "", *REFUSED):
        (tmp_path / "x.txt").write_text(text, "utf-8")
        call = 'provider::terraform::decode_tfvars(file("x.txt"))'
        said = terraform(tmp_path, "console", text=f'try(base64encode(jsonencode({call})), "error")\n')
        seen = _seen(text)
        assert _decoded(said) == ("error" if isinstance(seen, Unknown) else json.loads(encode_json(seen)))


def _decoded(said: str) -> object:
    text = said.strip().strip('"')
    return text if text == "error" else json.loads(base64.b64decode(text))
