"""What is asked of the gate is what it does: thresholds, filters of reports, exclusions."""

from pathlib import Path

import pytest

from tests.gate.running import BUCKET, PRIVILEGED, PRIVILEGED_POLICY, check

OPEN = 'resource "aws_db_instance" "d" {\n  publicly_accessible = true\n}\n'


def test_row_5_only_what_is_critical_denies(tmp_path: Path) -> None:
    """Under a threshold of critical milder failures warn and a critical one still denies."""
    mild = check(tmp_path, "--fail-on", "severity>=critical", files={"main.tf": BUCKET})
    assert mild.code == 0
    assert "FAIL" in {one["status"] for one in mild.report["results"]}
    grave = check(tmp_path, "--fail-on", "severity>=critical", files={"data.tf": OPEN})
    assert grave.code == 1
    assert {one["severity"] for one in grave.report["results"] if one["effect"] == "deny"} == {"critical"}


@pytest.mark.parametrize(
    "words",
    [("--quiet",), ("--ascii",), ("--all", "--controls"), ("-o", "github"), ("-o", "sarif"), ("-o", "csv")],
    ids=" ".join,
)
def test_row_32_output_does_not_decide(tmp_path: Path, words: tuple[str, ...]) -> None:
    """No format and no way of showing changes the exit code or the results."""
    plain = check(tmp_path, files={"a.yaml": PRIVILEGED})
    shown = check(tmp_path, *words)
    assert (shown.code, shown.report["results"]) == (plain.code, plain.report["results"])
    assert {"PASS", "FAIL"} <= {one["status"] for one in shown.report["results"]}


def test_row_38_exclude_everything(tmp_path: Path) -> None:
    """A tree of which every file is excluded was not judged."""
    rule = 'schema: 1\nexclude: [{path: "*", reason: all of it, owner: ana}]\n'
    ended = check(tmp_path, files={"muniment.yaml": rule, "a.yaml": PRIVILEGED})
    assert ended.code == 5
    assert "nothing was judged" in ended.report["decision"]["reasons"]


def test_row_38_exclude_nothing(tmp_path: Path) -> None:
    """An entry that excludes nothing is a mistake of the configuration."""
    rule = 'schema: 1\nexclude: [{path: "absent/**", reason: fixtures, owner: ana}]\n'
    ended = check(tmp_path, files={"muniment.yaml": rule, "a.yaml": PRIVILEGED})
    assert ended.code == 2
    assert "absent/**" in ended.said


def test_row_38_exclude_elsewhere(tmp_path: Path) -> None:
    """A run on a part of the tree does not complain of entries for other parts."""
    rule = 'schema: 1\nexclude: [{path: "web/tests/**", reason: fixtures, owner: ana}]\n'
    files = {"muniment.yaml": rule, "api/a.yaml": PRIVILEGED, "web/tests/b.yaml": PRIVILEGED}
    ended = check(tmp_path, "api", files=files)
    assert ended.code == 1
    assert len(ended.statuses(PRIVILEGED_POLICY)) == 1
