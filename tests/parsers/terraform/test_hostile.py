"""Whatever stands in a tree, reading it ends with resources and reasons, never with an exception."""

from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.core.ports import Unit
from muniment.parsers.terraform import TerraformParser
from tests.parsers.files import Files
from tests.parsers.terraform.configurations import configurations
from tests.parsers.terraform.expressions import DECLARATIONS
from tests.parsers.terraform.modules import documents

MORE = """\
provider "aws" {
  default_tags { tags = { a = var.name } }
}
module "inner" {
  source    = "./inner"
  for_each  = var.rules
  providers = { aws = aws.eu }
  value     = each.key
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["s3:*"]
    dynamic "principals" {
      for_each = var.names
      content {
        type        = "AWS"
        identifiers = [principals.value]
      }
    }
  }
  override_policy_documents = [jsonencode({ Statement = { Sid = "a" } })]
}
resource "kubernetes_pod" "p" {
  metadata { name = var.name }
  lifecycle {
    ignore_changes = all
    precondition {
      condition     = self.id == ""
      error_message = "no"
    }
  }
}
moved {
  from = aws_x.a
  to   = aws_x.b
}
check "c" {
  assert { condition = var.on }
}
"""
FILES = configurations(7, 1)[0]
MAIN = FILES["main.tf"] + MORE
JUNK = st.text(st.sampled_from('{}[]()="$%.,:?!&|<>*/+-#\\\n é0a'), max_size=8)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(MAIN)), st.integers(0, 400), JUNK, st.sampled_from((0, 1, 2)))
def test_no_content_makes_the_parser_raise(start: int, length: int, junk: str, way: int) -> None:
    """Cut, doubled and disturbed files are read or Unread, and read the same the second time."""
    end = min(start + length, len(MAIN))
    text = (MAIN[:start] + junk + MAIN[end:], MAIN[:end] + junk + MAIN[start:], junk + MAIN[start:end])[way]
    files = documents({**FILES, "main.tf": text, "terraform.tfvars": junk, "x.auto.tfvars.json": f"{{{junk}"})
    unit = Unit("terraform", ".", tuple(one for one in files if one.path == "main.tf"))
    first, second = (TerraformParser().resources(unit, Files(*files)) for _ in range(2))
    assert all(lost.reason and lost.message for lost in first.unread)
    assert [one.address for one in first.resources] == [one.address for one in second.resources]
    assert repr([one.attributes for one in first.resources]) == repr([one.attributes for one in second.resources])
    for resource in first.resources:
        assert resource.positions.locate(resource.attributes) is not None


def test_what_grows_without_end_ends() -> None:
    """Loops that multiply, modules that nest and values that double are refused, with a reason."""
    doubling = "\n".join(f"  l{n + 1} = [local.l{n}, local.l{n}]" for n in range(60))
    text = f'{DECLARATIONS}locals {{\n  l0 = [1]\n{doubling}\n}}\nresource "aws_x" "a" {{\n  v = local.l60\n}}\n'
    unit = Unit("terraform", ".", tuple(documents({"main.tf": text})))
    (one, *_) = TerraformParser().resources(unit, Files(*unit.documents)).resources
    assert one.attributes["v"].causes[0].kind == "error"
    nested = {
        f"{'m/' * depth}main.tf": 'module "m" {\n  source = "./m"\n  count = 3\n}\nresource "aws_x" "a" {}\n'
        for depth in range(9)
    }
    files = documents(nested)
    reading = TerraformParser().resources(Unit("terraform", ".", tuple(files[:1])), Files(*files))
    assert "limit-exceeded" in {lost.reason for lost in reading.unread}
