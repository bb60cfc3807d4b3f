"""What cannot be told before Terraform runs is unknown, a policy that breaks is an error: neither is a pass."""

from pathlib import Path

import pytest

from tests.gate.running import BUCKET, PRIVILEGED, check

DYNAMIC = """variable "rules" {}
resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = var.rules
    content {
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8"]
      description = "inside"
    }
  }
}
"""
JOINED = """resource "aws_s3_bucket" "b" {}
module "access" {
  source = "example/access/aws"
  bucket = aws_s3_bucket.b.id
}
"""


BROKEN = """title: A
severity: low
risk: none
controls: {}
category: config
owner: ana
kinds: [Pod]
let: {many: '[MANY]'}
assert: {that: 'THAT', message: wrong}
fix: none
""".replace("MANY", ", ".join(map(str, range(99))))


def test_row_23_dynamic_over_unknown(tmp_path: Path) -> None:
    """Blocks of an unknown number are an open list: that none of them is open to all cannot be told."""
    ended = check(tmp_path, "--policy", "aws/security-group/*", files={"main.tf": DYNAMIC})
    assert ended.statuses("aws/security-group/open-ingress") == {"aws_security_group.g": "UNKNOWN"}


def test_row_24_join_target_in_an_unread_module(tmp_path: Path) -> None:
    """A bucket's access block may be in the module that is not there, so its absence is not found."""
    ended = check(tmp_path, "--policy", "aws/s3/*", files={"main.tf": JOINED})
    assert ended.statuses("aws/s3/no-public-access-block")["aws_s3_bucket.b"] == "UNKNOWN"
    assert ended.code == 5


@pytest.mark.parametrize(
    "value", ["provider::aws::arn_parse(var.x)", "nosuchfunction(1)", "timestamp()", "uuid()"], ids=str
)
def test_row_25_function_that_cannot_be_evaluated(tmp_path: Path, value: str) -> None:
    """What depends on it is unknown or an error, never a default."""
    text = f'variable "x" {{}}\nresource "aws_s3_bucket" "b" {{\n  acl = {value}\n}}\n'
    ended = check(tmp_path, "--policy", "aws/s3/public-acl", files={"main.tf": text})
    assert set(ended.statuses("aws/s3/public-acl").values()) <= {"UNKNOWN", "ERROR"}
    assert ended.statuses("aws/s3/public-acl") or ended.reasons()


@pytest.mark.parametrize(
    ("that", "said"),
    [
        ("resource.metadata.name + 1 > 2", "no such overload"),
        ("resource.metadata.name", "not true or false"),
        ("many.all(a, many.all(b, many.all(c, many.all(d, a + b + c + d >= 0))))", "budget"),
    ],
    ids=["crashes", "gives text", "never ends"],
)
def test_row_26_policy_that_breaks(tmp_path: Path, that: str, said: str) -> None:
    """A policy that crashes, gives nonsense or exceeds its budget is an error that the gate answers for."""
    policy = BROKEN.replace("THAT", that)
    ended = check(
        tmp_path,
        "--library",
        "lib",
        "--policy",
        "own/broken",
        files={"a.yaml": PRIVILEGED, "lib/own/broken/policy.yaml": policy},
    )
    assert ended.report is not None, ended.said
    (result,) = ended.results("own/broken")
    assert result["status"] == "ERROR"
    assert said in result["error"]
    assert ended.code == 5


def test_row_25_what_is_known_is_still_judged(tmp_path: Path) -> None:
    """A function that nobody knows does not take the rest of the file with it."""
    text = BUCKET + 'resource "aws_s3_bucket" "c" {\n  bucket = nosuchfunction(1)\n}\n'
    assert check(tmp_path, files={"main.tf": text}).statuses("aws/s3/public-acl")["aws_s3_bucket.b"] == "FAIL"
