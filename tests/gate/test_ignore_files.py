"""Ignore files of Trivy ask as skip comments do: for a tree or some paths, until a day, and never in silence."""

from pathlib import Path

import pytest

from tests.gate.running import BUCKET, Ended, Files, check
from tests.gate.test_base_side import GIT, SINCE, _committed

POLICY = "aws/s3/no-access-log"
ID = "AVD-AWS-0089"
TREE: Files = {"main.tf": BUCKET, "infra/main.tf": BUCKET, "infra/site/main.tf": BUCKET}


def _effects(tmp_path: Path, files: Files) -> tuple[Ended, dict[str, str]]:
    """What the gate makes of the failures, by their module."""
    ended = check(tmp_path, "--policy", POLICY, "--now", "2026-12-01", files={**TREE, **files})
    return ended, {one["root"]: one["effect"] for one in ended.results(POLICY)}


def _all(effect: str, **more: str) -> dict[str, str]:
    return {".": effect, "infra": effect, "infra/site": effect} | more


@pytest.mark.parametrize(
    ("files", "effects"),
    [
        ({".trivyignore": ID}, _all("warn")),
        ({".trivyignore": f"{ID} exp:2026-12-02"}, _all("warn")),
        ({".trivyignore": f"{ID} exp:2026-12-01"}, _all("deny")),
        ({"infra/.trivyignore": ID}, _all("warn", **{".": "deny"})),
        (
            {".trivyignore.yaml": f"misconfigurations: [{{id: {ID}, paths: ['infra/*.tf']}}]"},
            _all("deny", infra="warn"),
        ),
        ({".trivyignore": "AVD-AWS-9999\nCVE-2020-1234"}, _all("deny")),
    ],
    ids=["tree", "before its day", "on its day", "folder", "paths", "foreign"],
)
def test_an_entry_covers_its_tree_or_paths_until_its_day(tmp_path: Path, files: Files, effects: dict[str, str]) -> None:
    """Mild failures that are covered warn, all others deny, and the status stays what it is."""
    ended, found = _effects(tmp_path, files)
    assert found == effects
    assert ended.code == (1 if "deny" in effects.values() else 0)
    assert set(ended.statuses(POLICY).values()) == {"FAIL"}
    assert not ended.reasons()


def test_every_entry_is_listed(tmp_path: Path) -> None:
    """The report names each entry, and what became of it."""
    text = f"{ID}\nAVD-AWS-9999\nAVD-AWS-0092 exp:2020-01-01\n"
    ended, _ = _effects(tmp_path, {".trivyignore": text})
    assert [(one["id"], one["state"], one["matched"]) for one in ended.report["waivers"]] == [
        (ID, "requested", 3),
        ("AVD-AWS-9999", "foreign", 0),
        ("AVD-AWS-0092", "expired", 0),
    ]


def test_a_malformed_file_is_said(tmp_path: Path) -> None:
    """An entry that cannot be understood makes the run incomplete; the others are heard."""
    ended, found = _effects(tmp_path, {".trivyignore": f"{ID}\nAVD-AWS-0092 expires 2027\n"})
    assert ended.reasons() == {(".trivyignore", "syntax-error")}
    assert (ended.code, found) == (5, _all("warn"))


def test_an_unknown_id_is_an_error(tmp_path: Path) -> None:
    """An id that nothing has is wrong use, with its place and the nearest id."""
    ended = check(tmp_path, files={**TREE, ".trivyignore": "\naws/s3/no-acces-log"})
    assert ended.code == 2
    assert ".trivyignore:2" in ended.said
    assert POLICY in ended.said


def test_an_entry_that_comes_with_the_change_asks_for_nothing(tmp_path: Path) -> None:
    """Widening an ignore file in the judged change is listed and has no effect on it."""
    tree = tmp_path / "tree"
    narrow = f"misconfigurations: [{{id: {ID}, paths: ['a/**']}}]"
    _committed(tree, {"a/main.tf": "", ".trivyignore.yaml": narrow})
    files = {"a/main.tf": BUCKET, "b/main.tf": BUCKET, ".trivyignore.yaml": narrow.replace("a/**", "**")}
    ended = check(tree, "--policy", POLICY, *SINCE, files=files, path=GIT)
    assert {one["effect"] for one in ended.results(POLICY)} == {"deny"}
    assert [(one["state"], one["what"], one["path"]) for one in ended.report["gate_changes"]] == [
        ("added", "skip comment", ".trivyignore.yaml")
    ]
