"""The other commands keep to the same settings, libraries and names as `check`."""

import json
from pathlib import Path

import pytest

from tests.gate.running import PRIVILEGED, run, write

POLICY = """title: Pod without label
severity: low
risk: nobody owns it
controls: {}
category: config
owner: ana
kinds: [Pod]
assert: {that: "has(resource.metadata.labels)", message: no label}
fix: add one
"""
CONFIGURATION = """schema: 1
policies:
  select: ["severity>=low"]
gate:
  fail-on: ["severity>=high"]
  unread: {no-parser: deny}
terraform: {workspace: live}
exclude:
  - {path: "**/testdata/**", reason: fixtures}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with a pod and, elsewhere, a library with one policy of its own."""
    folder = tmp_path / "tree"
    write(folder, {"a.yaml": PRIVILEGED})
    write(tmp_path / "lib", {"own/label/policy.yaml": POLICY})
    return folder


def test_baseline_and_waiver_take_a_library(tree: Path) -> None:
    """What a policy of one's own finds can be kept as known, and waived."""
    made = run(tree, "baseline", "create", ".", "--library", "../lib")
    assert made.returncode == 0, made.stderr
    assert "own/label" in (tree / ".muniment" / "baseline.yaml").read_text("utf-8")
    words = ("--reason", "the vendor adds it in May", "--requester", "ana", "--library", "../lib")
    asked = run(tree, "waiver", "request", "own/label", "a.yaml:Pod/default/NAME", *words)
    assert asked.returncode == 0, asked.stderr
    assert "own/label" in run(tree, "waiver", "list", "--library", "../lib").stdout


def test_config_show_speaks_the_file_s_language(tree: Path) -> None:
    """Every setting has the name that the file gives it, its value, and the line that set it."""
    write(tree, {"muniment.yaml": CONFIGURATION})
    rows = [line.split("  ", 1) for line in run(tree, "config", "show", "--origin").stdout.splitlines()]
    shown = {name: rest.split() for name, rest in rows}
    assert shown["gate.fail-on"][-2:] == ['["severity>=high"]', "muniment.yaml:5"]
    assert shown["gate.unread.no-parser"] == ["deny", "muniment.yaml:6"]
    assert shown["gate.unread.default"] == ["incomplete", "built-in"]
    assert shown["terraform.workspace"] == ["live", "muniment.yaml:7"]
    excluded = run(tree, "config", "show").stdout.partition("\nexclude ")[2].partition("\n")[0]
    assert json.loads(excluded) == [{"path": "**/testdata/**", "reason": "fixtures"}]
