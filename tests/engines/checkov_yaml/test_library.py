"""A folder of policies in several languages, from the command line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.engines.checkov_yaml.judging import policy_text

_GOOD: Final = {
    "cond_type": "attribute",
    "resource_types": ["aws_s3_bucket"],
    "attribute": "tags.owner",
    "operator": "exists",
}
_NATIVE: Final = """\
title: Bucket has no name
severity: low
risk: Nobody knows it.
category: config
owner: us
kinds: [aws_s3_bucket]
controls: {}
assert:
  that: default(resource.bucket, "") != ""
  at: resource.bucket
fix: bucket = "name"
"""


def _check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "muniment", "check", "tree", "--library", "policies", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tree with one bucket, beside an empty library."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "tree").mkdir()
    (tmp_path / "policies").mkdir()
    (tmp_path / "tree" / "main.tf").write_text('resource "aws_s3_bucket" "b" {}\n')
    return tmp_path


def test_one_folder_holds_several_languages(folder: Path) -> None:
    """Native folders and files of Checkov stand side by side, and ids of both select."""
    (folder / "policies" / "s3" / "no-name").mkdir(parents=True)
    (folder / "policies" / "s3" / "no-name" / "policy.yaml").write_text(_NATIVE)
    (folder / "policies" / "checkov").mkdir()
    (folder / "policies" / "checkov" / "owner.yaml").write_text(policy_text(_GOOD))
    answer = _check(folder, "--policy", "CKV2_TEST", "--policy", "s3/no-name", "-o", "json")
    told = json.loads(answer.stdout)
    assert answer.returncode == 1
    assert sorted(result["policy"] for result in told["results"]) == ["policies/CKV2_TEST", "s3/no-name"]


@pytest.mark.parametrize(
    ("text", "place", "complaint"),
    [
        (policy_text(_GOOD | {"operator": "equal"}), "bad.yaml:1", "unknown operator 'equal'"),
        (policy_text(_GOOD | {"cond_type": "atribute"}), "bad.yaml:1", "unknown condition type 'atribute'"),
        (policy_text(_GOOD, frameworks=["terrafrom"]), "bad.yaml:1", "unknown framework 'terrafrom'"),
        (policy_text(_GOOD, severity="URGENT"), "bad.yaml:1", "unknown severity 'URGENT'"),
        (policy_text({"not": [_GOOD, _GOOD]}), "bad.yaml:1", "`not` takes exactly one condition"),
        (policy_text({"and": [_GOOD], "or": [_GOOD]}), "bad.yaml:1", "stand side by side"),
        (policy_text(_GOOD | {"operator": "regex_match", "value": "("}), "bad.yaml:1", "does not compile"),
        (policy_text(_GOOD | {"operator": "jsonpath_exists", "attribute": "$.["}), "bad.yaml:1", "cannot be read"),
        ("metadata:\n  id: X\n  name: x\ndefinition:\n  and:\n   - a: b\n", "bad.yaml:2", "`metadata.category`"),
        ("metadata: {id: X}\ndefinition:\n  and: [\n", "bad.yaml:4", ""),
    ],
)
def test_row_28_a_policy_that_is_wrong_ends_the_run(folder: Path, text: str, place: str, complaint: str) -> None:
    """An unknown operator, type or framework and malformed YAML are exit 3 with file and line; nothing is judged."""
    (folder / "policies" / "good.yaml").write_text(policy_text(_GOOD))
    (folder / "policies" / "bad.yaml").write_text(text)
    answer = _check(folder)
    assert (answer.returncode, answer.stdout) == (3, "")
    assert place in answer.stderr
    assert complaint in answer.stderr


def test_line_of_an_unknown_operator(folder: Path) -> None:
    """The line is that of the operator."""
    text = (
        "metadata: {id: X, name: x, category: IAM}\ndefinition:\n  or:\n"
        "    - cond_type: attribute\n      resource_types: [aws_s3_bucket]\n      attribute: a\n      operator: equal\n"
    )
    (folder / "policies" / "bad.yaml").write_text(text)
    assert "policies/bad.yaml:7: unknown operator 'equal'" in _check(folder).stderr


def test_what_is_no_policy_is_named(folder: Path) -> None:
    """A check in Python is never run, and a file in no language is not passed over in silence."""
    (folder / "policies" / "good.yaml").write_text(policy_text(_GOOD))
    (folder / "policies" / "check.py").write_text("from checkov.common import x\nraise SystemExit(9)\n")
    (folder / "policies" / "other.yaml").write_text("a: 1\n")
    answer = _check(folder, "--policy", "CKV2_TEST", "-o", "json")
    notes = json.loads(answer.stdout)["ledger"]["notes"]
    assert any("check.py: a check in Python, which is not run" in note for note in notes)
    assert any("not a policy in any language: policies/other.yaml" in note for note in notes)


def test_two_files_with_one_id_are_refused(folder: Path) -> None:
    """An id stands for one policy."""
    for name in ("one.yaml", "two.yaml"):
        (folder / "policies" / name).write_text(policy_text(_GOOD))
    answer = _check(folder)
    assert (answer.returncode, "policies/CKV2_TEST is defined twice" in answer.stderr) == (3, True)


def test_a_library_without_a_policy_is_refused(folder: Path) -> None:
    """An empty folder is a mistake of the caller."""
    assert _check(folder).returncode == 2


def test_a_skip_comment_names_the_policy(folder: Path) -> None:
    """The id of a policy of one's own works in Checkov's comments."""
    (folder / "policies" / "good.yaml").write_text(policy_text(_GOOD))
    source = 'resource "aws_s3_bucket" "b" {\n  #checkov:skip=CKV2_TEST:the owner is known\n}\n'
    (folder / "tree" / "main.tf").write_text(source)
    answer = _check(folder, "--policy", "CKV2_TEST", "-o", "json")
    told: dict[str, Any] = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert told["waivers"][0]["state"] == "requested"


def test_nothing_of_it_loads_without_such_a_policy(folder: Path) -> None:
    """A run with our own policies alone imports no other engine."""
    program = (
        "import sys\nfrom muniment.cli.main import main\nmain(['check', 'tree', '-o', 'json'])\n"
        "found = [name for name in sys.modules if 'checkov' in name]\nsys.exit(repr(found) if found else 0)\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
