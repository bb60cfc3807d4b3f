"""Roots, files, variables, calls and providers: what a configuration is before its expressions are."""

import json

import pytest

from muniment.errors import UsageError
from muniment.languages.unknown import OpenMap, Unknown
from tests.parsers.terraform.modules import read, readings, resources

MODULE = """\
variable "name" {}
resource "aws_s3_bucket" "this" {
  bucket = var.name
}
"""


def test_a_called_folder_is_a_root_only_for_those_who_call_it_from_outside() -> None:
    """A module that only examples call is a library and judged by itself as well."""
    call = 'module "a" {\n  source = "%s"\n  name = "a"\n}\n'
    found = readings(
        {
            "main.tf": call % "./modules/inner",
            "modules/inner/main.tf": MODULE,
            "modules/library/main.tf": MODULE,
            "examples/one/main.tf": call % "../../modules/library",
        }
    )
    assert sorted(found) == [".", "examples/one", "modules/library"]
    assert "module.a.aws_s3_bucket.this" in {one.address for one in found["."].resources}
    chosen = readings({"a/main.tf": "", "b/main.tf": ""}, {"roots": ["b*"]})
    assert sorted(chosen) == ["b"]
    with pytest.raises(UsageError):
        readings({"a/main.tf": ""}, {"roots": ["c"]})


def test_overrides_are_merged_by_argument_and_nested_blocks_by_type() -> None:
    """An override replaces arguments and all nested blocks of its types, keeps the rest, and its lines are its own."""
    found = read(
        {
            "main.tf": 'resource "aws_x" "a" {\n  one = 1\n  two = 2\n  rule { n = 1 }\n  rule { n = 2 }\n'
            "  lifecycle {\n    prevent_destroy = true\n    create_before_destroy = true\n  }\n}\n",
            "main_override.tf": '\n\nresource "aws_x" "a" {\n  two = 3\n  dynamic "rule" {\n    for_each = [7]\n'
            "    content { n = rule.value }\n  }\n  lifecycle {\n    prevent_destroy = false\n  }\n}\n"
            'resource "aws_x" "b" {}\n',
        }
    )
    one = next(one for one in found.resources if one.address == "aws_x.a")
    assert one.attributes == {"one": 1, "two": 3, "rule": [{"n": 7}]}
    assert one.meta["lifecycle"] == {"prevent_destroy": False, "create_before_destroy": True}
    place = one.positions.locate(one.attributes, "two")
    assert place is not None
    assert (place.path, place.line) == ("main_override.tf", 4)
    assert [lost.message for lost in found.unread] == ["there is no resource aws_x.b to override"]


def test_variables_come_from_files_in_order_and_the_command_line_last() -> None:
    """Later wins: environment, terraform.tfvars, its JSON, automatic files by name, the command line as written."""
    texts = {
        "main.tf": 'variable "v" {\n  type = string\n}\nvariable "l" {\n  type = list(number)\n}\n'
        'resource "aws_x" "a" {\n  v = var.v\n  l = var.l\n}\n',
        "terraform.tfvars": 'v = "file"\nl = [1]\nother = 1\n',
    }
    environment = {"environment": {"v": "env", "l": "[9]"}}

    def values(more: dict[str, str], **settings: object) -> object:
        return resources(texts | more, environment | settings)["aws_x.a"].attributes

    assert values({}) == {"v": "file", "l": [1]}
    assert values({"terraform.tfvars.json": '{"v": "json", "l": [1.5]}'}) == {"v": "json", "l": [1.5]}
    automatic = {"b.auto.tfvars": 'v = "b"', "a.auto.tfvars.json": '{"v": "a"}'}
    assert values(automatic) == {"v": "b", "l": [1]}
    named = {"n.tfvars": 'v = "named"'}
    assert values(named, var_files=("n.tfvars",), given=(("value", 'l=["2"]'),)) == {"v": "named", "l": [2]}
    assert values(named, given=(("value", "v=[x"), ("file", "n.tfvars"))) == {"v": "named", "l": [1]}
    assert values(named, given=(("file", "n.tfvars"), ("value", "v=[x"))) == {"v": "[x", "l": [1]}
    assert "terraform.tfvars: . has no variable other" in read(texts).notes


@pytest.mark.parametrize("settings", [{"var_files": ("absent.tfvars",)}, {"var_files": ("bad.tfvars",)}])
def test_a_variable_file_that_was_named_must_be_there_and_read(settings: dict[str, object]) -> None:
    """What a person names is no matter of luck; a broken file that was only found is Unread."""
    texts = {"main.tf": "", "bad.tfvars": "v = ["}
    with pytest.raises(UsageError):
        read(texts, settings)
    assert [lost.reason for lost in read({"main.tf": "", "terraform.tfvars": "v = ["}).unread] == ["syntax-error"]


def test_variants_make_roots_of_their_own() -> None:
    """Each named set of variable files reads the root once more."""
    texts = {
        "envs/main.tf": 'variable "v" {}\nresource "aws_x" "a" {\n  v = var.v\n}\n',
        "envs/prod.tfvars": "v = 1\n",
        "other/main.tf": "",
    }
    found = readings(texts, {"variants": {"prod": ("prod.tfvars",)}})
    assert sorted(found) == ["envs", "envs#prod", "other"]
    assert found["envs#prod"].resources[0].attributes == {"v": 1}
    with pytest.raises(UsageError):
        readings(texts, {"variants": {"prod": ("absent.tfvars",)}})


def test_a_value_that_its_variable_refuses_is_an_error_and_no_failure() -> None:
    """A wrong type and a false validation make what reads the variable an error that says so."""
    text = """\
variable "port" {
  type    = number
  default = %s
  validation {
    condition     = var.port > 1000
    error_message = "The port must be above 1000."
  }
}
resource "aws_x" "a" {
  port = var.port
  other = 1
}
"""
    for value, words in (('"x"', "a number is required"), ("80", "The port must be above 1000.")):
        attributes = resources(text % value)["aws_x.a"].attributes
        assert attributes["other"] == 1
        assert attributes["port"].causes[0].kind == "error"
        assert words in attributes["port"].causes[0].reference
    assert resources(text % "8080")["aws_x.a"].attributes["port"] == 8080


def test_unknown_variables_say_where_they_are_declared() -> None:
    """A variable without a value is unknown, of its type, and names its declaration."""
    found = resources({"a.tf": '\nvariable "acl" {}\n', "main.tf": 'resource "aws_x" "a" {\n  acl = var.acl\n}\n'})
    (cause,) = found["aws_x.a"].attributes["acl"].causes
    assert (cause.kind, cause.reference, cause.place) == ("variable", "var.acl", "a.tf:2")


def test_modules_are_read_through_the_manifest_and_never_fetched() -> None:
    """What init installed is read if source and version fit; anything else is Unread with its reason."""
    call = 'module "m" {\n  source  = "a/b/c"\n  version = "%s"\n  name = "n"\n}\n'
    entry = {"Key": "m", "Source": "registry.terraform.io/a/b/c", "Version": "1.2.3", "Dir": ".terraform/modules/m"}
    manifest = {".terraform/modules/modules.json": json.dumps({"Modules": [entry]})}
    inside = {".terraform/modules/m/main.tf": MODULE}

    def answer(version: str, more: dict[str, str], **settings: object) -> tuple[list[str], list[str]]:
        found = readings({"main.tf": call % version} | more, settings)["."]
        return [lost.reason for lost in found.unread], [one.address for one in found.resources if one.kind[0] == "a"]

    judged = ["module.m.aws_s3_bucket.this"]
    assert answer("~> 1.2", manifest | inside) == ([], judged)
    assert answer("~> 2.0", manifest | inside) == (["module-version-mismatch"], [])
    assert answer("~> 1.2", {}) == (["module-not-available"], [])
    vendored = {"vendor/c/main.tf": MODULE}
    assert answer("1.0.0", vendored, modules={"a/b/c": "vendor/c"}, roots=["."]) == ([], judged)


def test_modules_that_call_themselves_or_take_no_such_argument_are_refused() -> None:
    """A cycle of calls and an argument that no variable takes are told, with the address of the call."""
    cycle = {"main.tf": 'module "a" {\n  source = "./a"\n}\n', "a/main.tf": 'module "b" {\n  source = "../a"\n}\n'}
    assert [lost.reason for lost in read(cycle).unread] == ["module-cycle"]
    wrong = {"main.tf": 'module "a" {\n  source = "./a"\n  nope = 1\n}\n', "a/main.tf": ""}
    (lost,) = readings(wrong)["."].unread
    assert (lost.location.line, lost.message) == (3, 'module.a: the module has no variable "nope"')


def test_provider_configurations_are_passed_down_and_add_their_tags() -> None:
    """Default tags come from the configuration that a resource uses, wherever it stands."""
    found = readings(
        {
            "main.tf": 'provider "aws" {\n  default_tags {\n    tags = { a = "root" }\n  }\n}\n'
            'provider "aws" {\n  alias = "eu"\n  default_tags {\n    tags = { a = "eu" }\n  }\n}\n'
            'resource "aws_x" "a" {\n  provider = aws.eu\n  tags = { b = "own" }\n}\n'
            'module "m" {\n  source = "./m"\n  providers = { aws.main = aws.eu }\n}\n',
            "m/main.tf": 'resource "aws_x" "main" {\n  provider = aws.main\n}\nresource "aws_x" "own" {}\n'
            'variable "t" {}\nresource "aws_x" "open" {\n  tags = var.t\n}\n',
        }
    )["."]
    tags = {one.address: one.attributes.get("tags_all") for one in found.resources}
    assert tags["aws_x.a"] == {"a": "eu", "b": "own"}
    assert tags["module.m.aws_x.main"] == {"a": "eu"}
    assert tags["module.m.aws_x.own"] == {"a": "root"}
    assert isinstance(tags["module.m.aws_x.open"], OpenMap)
    assert isinstance(tags["module.m.aws_x.open"]["a"], Unknown)
    google = (
        'provider "google" {\n  default_labels = { a = "1" }\n}\nresource "google_x" "a" {\n  labels = { b = "2" }\n}\n'
    )
    assert resources(google)["google_x.a"].attributes["effective_labels"] == {"a": "1", "b": "2"}


def test_blocks_that_are_no_resources_have_kinds_of_their_own() -> None:
    """Policies may look at variables, outputs, settings, moves, imports, removals, checks and ephemeral resources."""
    text = """\
terraform {
  required_version = ">= 1.5"
  backend "s3" { bucket = "b" }
}
variable "v" { default = 1 }
output "o" { value = var.v }
moved {
  from = aws_x.old
  to   = aws_x.new
}
import {
  to = aws_x.new
  id = "i-1"
}
removed {
  from = aws_x.gone
  lifecycle { destroy = false }
}
check "health" {
  data "http" "site" { url = "u" }
  assert {
    condition     = var.v == 2 && data.http.site.url == "u"
    error_message = "not two"
  }
}
ephemeral "aws_secret" "s" { name = "n" }
resource "aws_x" "new" { secret = ephemeral.aws_secret.s.value }
"""
    reading = read(text)
    found = {one.kind: one for one in reading.resources}
    assert {kind for kind in found if kind.startswith("terraform.")} == {
        *("terraform.settings", "terraform.backend", "terraform.variable", "terraform.output"),
        *("terraform.moved", "terraform.import", "terraform.removed", "terraform.check"),
    }
    assert found["terraform.moved"].attributes == {"from": "aws_x.old", "to": "aws_x.new"}
    assert found["terraform.removed"].meta["lifecycle"] == {"destroy": False}
    assert reading.unread == ()
    assert found["data.http"].address == "data.http.site"
    assert found["ephemeral.aws_secret"].address == "ephemeral.aws_secret.s"
    assert isinstance(found["aws_x"].attributes["secret"], Unknown)
    assert reading.notes == ("main.tf:22: check.health: assert fails: not two",)


def test_imports_and_removals_of_every_shape_are_read() -> None:
    """An import may be repeated, name instances in modules and identities; a removal may run provisioners."""
    text = """\
variable "late" {}
import {
  for_each = { a = "i-a", b = "i-b" }
  to       = module.m[each.key].aws_x.i[0]
  id       = each.value
  provider = aws.eu
}
import {
  to       = aws_x.z[var.late]
  identity = { name = "z", region = "eu" }
}
removed {
  from = module.gone
  lifecycle { destroy = true }
}
removed {
  from = aws_x.gone
  connection { host = self.ip }
  provisioner "local-exec" {
    when    = destroy
    command = "echo ${self.id}"
  }
}
"""
    reading = read({"main.tf": text, "more.tf.json": '{"import": {"to": "aws_x.j[\\"k\\"]", "id": "i"}}'})
    assert (reading.unread, reading.notes) == ((), ())
    imports = [one.attributes for one in reading.resources if one.kind == "terraform.import"]
    assert [one["to"] for one in imports] == [
        *('module.m["a"].aws_x.i[0]', 'module.m["b"].aws_x.i[0]', "aws_x.z[*]", 'aws_x.j["k"]'),
    ]
    assert [one.get("id") for one in imports] == ["i-a", "i-b", None, "i"]
    assert [one.address for one in reading.resources if one.kind == "terraform.removed"] == [
        *("removed.module.gone", "removed.aws_x.gone"),
    ]


def test_json_syntax_has_the_same_blocks() -> None:
    """What is a block in the native syntax is one in JSON: lifecycle, dynamic blocks, default tags, provider maps."""
    root = {
        "provider": {"aws": [{"alias": "eu", "default_tags": {"tags": {"a": "b"}}}]},
        "resource": {"aws_x": {"a": {
            "provider": "aws.eu",
            "depends_on": ["aws_y.b"],
            "lifecycle": {"prevent_destroy": True, "ignore_changes": ["tags"]},
            "dynamic": {"rule": {"for_each": [1], "content": {"n": "${rule.value}"}}},
        }}},
        "module": {"m": {"source": "./m", "providers": {"aws.main": "aws.eu"}}},
    }  # fmt: skip
    module = 'resource "aws_y" "b" {\n  provider = aws.main\n}\n'
    found = {
        one.address: one for one in readings({"main.tf.json": json.dumps(root), "m/main.tf": module})["."].resources
    }
    assert found["aws_x.a"].attributes == {"rule": [{"n": 1}], "tags_all": {"a": "b"}}
    assert found["aws_x.a"].meta["depends_on"] == ["aws_y.b"]
    assert found["aws_x.a"].meta["lifecycle"] == {"prevent_destroy": True, "ignore_changes": ["tags"]}
    assert found["module.m.aws_y.b"].attributes == {"tags_all": {"a": "b"}}


def test_opentofu_has_files_and_constructs_of_its_own() -> None:
    """`.tofu` files win over `.tf`; sources are evaluated early, providers repeat, blocks are enabled."""
    texts = {
        "main.tf": 'resource "aws_x" "old" {}\n',
        "main.tofu": 'variable "d" {\n  default = "./m"\n}\nmodule "m" {\n  source = var.d\n}\n'
        'provider "aws" {\n  alias = "by"\n  for_each = toset(["eu"])\n  region = each.value\n}\n'
        'resource "aws_x" "off" {\n  lifecycle { enabled = false }\n}\n'
        'resource "aws_x" "on" {\n  provider = aws.by["eu"]\n  text = urldecode("a%20b")\n}\n',
        "m/main.tofu": 'resource "aws_x" "in" {}\n',
    }
    reading = readings(texts)["."]
    assert [(line.path, line.state) for line in reading.ledger] == [("main.tf", "excluded")]
    found = {one.address: one for one in reading.resources}
    assert {address for address in found if "aws_x" in address} == {"aws_x.on", "module.m.aws_x.in"}
    assert found["aws_x.on"].attributes == {"text": "a b"}
    assert found["aws_x.on"].meta["provider"] == "aws.by"
    assert found['provider.aws.by["eu"]'].attributes == {"alias": "by", "region": "eu"}
