"""Expansion and what instances read of each other: addresses, edges, dynamic blocks, conditions, errors."""

import pytest

from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown
from muniment.model.resource import Reference
from tests.parsers.terraform.modules import read, resources

UNKNOWN = 'variable "u" {}\n'


@pytest.mark.parametrize(
    ("head", "addresses"),
    [
        ("count = 2", ["aws_x.a[0]", "aws_x.a[1]"]),
        ("count = 0", []),
        ("count = var.u", ["aws_x.a[*]"]),
        ("count = -1", ["aws_x.a[*]"]),
        ('for_each = toset(["b", "a"])', ['aws_x.a["a"]', 'aws_x.a["b"]']),
        ('for_each = { "c\\"d" = 1, "a b" = 2, "é" = 3 }', ['aws_x.a["a b"]', 'aws_x.a["c\\"d"]', 'aws_x.a["é"]']),
        ('for_each = toset(["a", var.u])', ['aws_x.a["a"]', "aws_x.a[*]"]),
        ('for_each = concat(["a"], var.u)', ['aws_x.a["a"]', "aws_x.a[*]"]),
        ("for_each = { a = var.u }", ['aws_x.a["a"]']),
        ("for_each = toset([1, 2])", ["aws_x.a[*]"]),
        ("for_each = null", ["aws_x.a[*]"]),
        ('for_each = sensitive(["a"])', ["aws_x.a[*]"]),
        ("for_each = aws_x.a", ["aws_x.a[*]"]),
    ],
)
def test_instances_have_terraforms_addresses(head: str, addresses: list[str]) -> None:
    """Known keys make instances; what cannot be told or is wrong leaves one that stands for all, never none."""
    found = resources(f'{UNKNOWN}resource "aws_x" "a" {{\n  {head}\n}}\n')
    assert [address for address in found if address.startswith("aws_x")] == addresses
    assert all(bool(one.existence) == address.endswith("[*]") for address, one in found.items() if "aws_x" in address)


def test_a_list_in_for_each_is_judged_by_member_and_told() -> None:
    """Terraform refuses a list; its members are judged all the same, and a note says so."""
    reading = read('resource "aws_x" "a" {\n  for_each = ["k", "v"]\n  name = each.value\n}\n')
    assert [one.attributes["name"] for one in reading.resources] == ["k", "v"]
    (note,) = reading.notes
    assert note.startswith("main.tf:2: for_each is a list")


def test_too_many_instances_are_refused_and_not_expanded() -> None:
    """A count beyond the limit is Unread, and one instance stands for all."""
    reading = read('resource "aws_x" "a" {\n  count = 1000000\n}\n')
    assert [one.address for one in reading.resources] == ["aws_x.a[*]"]
    assert [lost.reason for lost in reading.unread] == ["limit-exceeded"]


def test_references_lead_to_the_instance_also_through_each_value() -> None:
    """An edge names the instance that a value comes from, through locals, outputs and chained for_each."""
    found = resources(
        """\
resource "aws_bucket" "b" {
  for_each = toset(["x", "y"])
}
locals { first = aws_bucket.b["x"].id }
resource "aws_rule" "chained" {
  for_each = aws_bucket.b
  bucket   = each.value.id
}
resource "aws_rule" "one" { bucket = local.first }
resource "aws_rule" "any" { buckets = [for one in aws_bucket.b : one.arn] }
"""
    )
    assert found['aws_rule.chained["y"]'].references == (Reference("bucket", 'aws_bucket.b["y"]', ""),)
    assert found["aws_rule.one"].references == (Reference("bucket", 'aws_bucket.b["x"]', "id"),)
    assert found["aws_rule.any"].references == (Reference("buckets", "aws_bucket.b[*]", ""),)


def test_dynamic_blocks_over_what_is_unknown_leave_the_list_open() -> None:
    """Known members make blocks beside static ones; unknown collections and wrong ones leave the list open."""
    text = """\
variable "u" {}
resource "aws_x" "a" {
  rule { port = 1 }
  dynamic "rule" {
    for_each = %s
    iterator = one
    content {
      port = one.value
      dynamic "inner" {
        for_each = [one.key]
        content { key = inner.value }
      }
    }
  }
}
"""
    rules = resources(text % "[2]")["aws_x.a"].attributes["rule"]
    assert rules == [{"port": 1}, {"port": 2, "inner": [{"key": 0}]}]
    for collection, shown in (("var.u", 1), ("null", 1), ("toset([1, var.u])", 3), ("[for x in [1] : x if var.u]", 1)):
        rules = resources(text % collection)["aws_x.a"].attributes["rule"]
        assert isinstance(rules, OpenList)
        assert len(rules) == shown


def test_sets_with_unknown_members_are_open() -> None:
    """Two members that are not known may be one: how many a set has is not told."""
    found = resources(f'{UNKNOWN}resource "aws_x" "a" {{\n  two = toset([var.u, "a"])\n  one = toset([var.u])\n}}\n')
    attributes = found["aws_x.a"].attributes
    assert isinstance(attributes["two"], OpenList)
    assert type(attributes["one"]) is list


def test_known_parts_of_values_stay_known() -> None:
    """What is known of a string, a document or an object can be judged."""
    text = """\
variable "u" {}
resource "aws_x" "a" {
  image  = "${var.u}/app:latest"
  policy = jsonencode({ Effect = "Allow", Resource = var.u })
  tags   = merge({ a = 1 }, var.u)
}
"""
    attributes = resources(text)["aws_x.a"].attributes
    assert isinstance(attributes["image"], PartialString)
    assert attributes["image"].suffix == "/app:latest"
    assert attributes["policy"].structure["Effect"] == "Allow"
    assert isinstance(attributes["tags"], OpenMap)
    assert isinstance(attributes["tags"]["a"], Unknown)


def test_secrets_are_marked_where_they_are() -> None:
    """The container of a sensitive value is marked, and all that the value holds."""
    text = """\
variable "s" {
  default   = { k = ["v"] }
  sensitive = true
}
resource "aws_x" "a" {
  open  = { name = "n" }
  whole = var.s
}
"""
    one = resources(text)["aws_x.a"]
    hidden = (one.attributes, one.attributes["whole"], one.attributes["whole"]["k"])
    assert one.sensitive == {id(container) for container in hidden}


def test_errors_and_cycles_stay_with_what_reads_them() -> None:
    """A wrong expression is an error of its attribute, with file and line; the rest is judged."""
    text = """\
locals {
  a = local.b
  b = local.a
}
resource "aws_x" "a" {
  loop  = local.a
  none  = local.nothing
  value = nofunction(1)
  self  = self.id
  fine  = 1
}
"""
    attributes = resources(text)["aws_x.a"].attributes
    causes = {name: value.causes[0] for name, value in attributes.items() if isinstance(value, Unknown)}
    assert {cause.kind for cause in causes.values()} == {"error"}
    assert "cycle: local.a, local.b" in causes["loop"].reference
    assert causes["none"].reference == 'at main.tf:7: there is no local value "nothing"'
    assert 'there is no function "nofunction"' in causes["value"].reference
    assert attributes["fine"] == 1


def test_conditions_that_fail_are_told() -> None:
    """A precondition that is known false is a note on its line, with the author's words; no policy fails by it."""
    text = """\
resource "aws_x" "a" {
  size = 1
  lifecycle {
    precondition {
      condition     = self.size > 2
      error_message = "too small"
    }
    ignore_changes = [tags, rule[0].port]
    prevent_destroy = true
  }
}
"""
    reading = read(text)
    assert reading.notes == ("main.tf:5: aws_x.a: precondition fails: too small",)
    assert reading.resources[0].meta["lifecycle"]["ignore_changes"] == ["tags", "rule[0].port"]
    assert reading.resources[0].meta["lifecycle"]["prevent_destroy"] is True


@pytest.mark.parametrize(("version", "error"), [("~> 1.11.0", True), (">= 1.5", False), ("1.12.1", False)])
def test_operators_short_circuit_from_the_release_on_that_does(version: str, error: bool) -> None:  # noqa: FBT001  a case
    """`required_version` decides whether a guard on the left keeps the right side from failing."""
    text = f'terraform {{\n  required_version = "{version}"\n}}\nlocals {{\n  n = null\n}}\n'
    found = resources(f'{text}resource "aws_x" "a" {{\n  v = local.n != null && local.n.x\n}}\n')
    assert isinstance(found["aws_x.a"].attributes["v"], Unknown) is error


def test_functions_read_files_below_the_base_only() -> None:
    """Files are read from the source, listed in one folder or in all below it, and unknown outside."""
    texts = {
        "main.tf": 'resource "aws_x" "a" {\n  for_each = fileset(path.module, "p/*.json")\n'
        "  text = file(each.value)\n}\n"
        'resource "aws_x" "out" {\n  text = file("../secret")\n  none = file("absent")\n'
        '  deep = fileset(".", "**/*.json")\n  away = fileset("..", "**")\n  inner = fileset("p", "*/**")\n}\n',
        "p/q/.r/c.json": "3",
        "p/a.json": "1",
        "p/b.txt": "2",
    }
    found = resources(texts)
    assert found['aws_x.a["p/a.json"]'].attributes == {"text": "1"}
    out = found["aws_x.out"].attributes
    assert (out.pop("deep"), out.pop("inner")) == (["p/a.json", "p/q/.r/c.json"], ["q/.r/c.json"])
    causes = {name: value.causes[0].kind for name, value in out.items()}
    assert causes == {"text": "file", "none": "error", "away": "file"}


def test_data_sources_that_only_put_together_are_evaluated() -> None:
    """Policy documents and templates are known where their arguments are, and keep their structure where not."""
    text = """\
variable "u" {}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["s3:Get"]
    resources = ["*", "arn:&{aws:username}"]
    condition {
      test     = "NumericLessThan"
      variable = "x"
      values   = [1.5]
    }
  }
}
data "google_iam_policy" "g" {
  binding {
    role    = "roles/owner"
    members = ["allUsers", var.u]
  }
}
data "template_file" "t" {
  template = "$${name}!"
  vars     = { name = "n" }
}
resource "aws_x" "a" {
  json     = jsondecode(data.aws_iam_policy_document.d.json)
  rendered = data.template_file.t.rendered
}
"""
    found = resources(text)
    statement = {
        "Effect": "Allow",
        "Action": "s3:Get",
        "Resource": ["*", "arn:${aws:username}"],
        "Condition": {"NumericLessThan": {"x": 1.5}},
    }
    assert found["aws_x.a"].attributes["json"] == {"Version": "2012-10-17", "Statement": [statement]}
    assert found["aws_x.a"].attributes["rendered"] == "n!"
    binding = found["data.google_iam_policy.g"].attributes["policy_data"].structure["bindings"][0]
    assert (binding["role"], binding["members"][0]) == ("roles/owner", "allUsers")
