"""Whoever is judged does not set the gate: with a base side, what is in force there rules."""

import subprocess
from pathlib import Path

import pytest

from tests.gate.running import BUCKET, BUCKET_POLICY, PRIVILEGED, PRIVILEGED_POLICY, Ended, Files, check, run, write
from tests.gate.test_known_failures import WAIVER

GIT = "/usr/bin:/bin:/usr/local/bin"
SINCE = ("--since", "HEAD", "--now", "2026-12-01")
NEW = BUCKET.replace('"b"', '"c"')
STRICT = 'schema: 1\npolicies: {select: ["aws/s3/*", "kubernetes/workload/*"]}\n'


def _committed(folder: Path, files: Files) -> None:
    """A repository with one commit."""
    folder.mkdir(exist_ok=True)
    write(folder, files)
    identity = ("-c", "user.name=ana", "-c", "user.email=ana@example.com")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "before")):
        subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def _since(folder: Path, files: Files) -> Ended:
    """The answer about a change that writes those files."""
    return check(folder, *SINCE, files=files, path=GIT)


def _listed(ended: Ended) -> set[tuple[str, str, str]]:
    return {(one["state"], one["what"], one["path"]) for one in ended.report["gate_changes"]}


def test_what_is_not_new_does_not_deny(tmp_path: Path) -> None:
    """A failure of the base side is not new, a second one is."""
    tree = tmp_path / "tree"
    _committed(tree, {"main.tf": BUCKET})
    same = _since(tree, {"main.tf": "\n" + BUCKET})
    assert (same.code, same.states(BUCKET_POLICY)) == (0, {".:aws_s3_bucket.b": "unchanged"})
    more = _since(tree, {"more.tf": NEW})
    assert (more.code, more.states(BUCKET_POLICY)[".:aws_s3_bucket.c"]) == (1, "new")
    assert _listed(more) == set()


@pytest.mark.parametrize(
    "files",
    [
        {"muniment.yaml": 'schema: 1\nexclude: [{path: "new/**", reason: fixtures, owner: ana}]\n'},
        {"muniment.yaml": 'schema: 1\ngate: {fail-on: ["severity>=critical"]}\n'},
        {"muniment.yaml": 'schema: 1\npolicies: {select: ["kubernetes/*"]}\n'},
        {"pyproject.toml": '[tool.muniment]\nschema = 1\n[tool.muniment.policies]\nselect = ["kubernetes/*"]\n'},
    ],
    ids=["exclude", "threshold", "selection", "table"],
)
def test_row_37_configuration(tmp_path: Path, files: Files) -> None:
    """A configuration that comes with the change has no say about it, and is listed."""
    tree = tmp_path / "tree"
    _committed(tree, {"main.tf": BUCKET})
    ended = _since(tree, {"new/main.tf": BUCKET, **files})
    assert ended.code == 1
    assert ended.states(BUCKET_POLICY)["new:aws_s3_bucket.b"] == "new"
    assert _listed(ended) == {("added", "configuration", next(iter(files)))}
    assert "1 change to the gate itself: the base side rules" in ended.report["decision"]["reasons"]


def test_row_37_configuration_that_is_removed(tmp_path: Path) -> None:
    """Removing the configuration does not remove what it asks for."""
    tree = tmp_path / "tree"
    _committed(tree, {"main.tf": BUCKET, "muniment.yaml": STRICT})
    (tree / "muniment.yaml").unlink()
    ended = _since(tree, {"more.tf": NEW})
    assert _listed(ended) == {("removed", "configuration", "muniment.yaml")}
    assert {one["policy"].split("/")[0] for one in ended.report["results"]} == {"aws"}


def test_row_37_waiver(tmp_path: Path) -> None:
    """A waiver that comes with the change does not cover it; one that was there before does."""
    tree = tmp_path / "tree"
    waiver = WAIVER.format(policy=BUCKET_POLICY, scope=".:aws_s3_bucket.c")
    _committed(tree, {"main.tf": BUCKET, "muniment.yaml": STRICT})
    words = ("--policy", BUCKET_POLICY, *SINCE)
    files: Files = {"more.tf": NEW, ".muniment/waivers/W-2026-0001.yaml": waiver}
    ended = check(tree, *words, files=files, path=GIT)
    assert ended.code == 1
    assert _listed(ended) == {("added", "waiver", ".muniment/waivers/W-2026-0001.yaml")}
    (tree / "more.tf").unlink()
    _committed(tree, {})
    later = check(tree, *words, files={"more.tf": NEW}, path=GIT)
    assert (later.code, _listed(later)) == (0, set())


def test_row_37_baseline(tmp_path: Path) -> None:
    """A baseline that grows in the change does not make its failures known."""
    tree = tmp_path / "tree"
    setting = f"{STRICT}baseline: known.yaml\n"
    _committed(tree, {"main.tf": BUCKET, "muniment.yaml": setting, "known.yaml": "schema: 1\nentries: []\n"})
    write(tree, {"more.tf": NEW})
    assert run(tree, "baseline", "create", ".").returncode == 0
    ended = _since(tree, {})
    assert ended.code == 1
    assert _listed(ended) == {("changed", "baseline", "known.yaml")}


def test_row_37_policy(tmp_path: Path) -> None:
    """A policy of the tree's own library is read from the base side; a case of it is no part of the gate."""
    tree = tmp_path / "tree"
    policy = (
        "title: Pod without label\nseverity: low\nrisk: nobody owns it\ncontrols: {}\ncategory: config\nowner: ana\n"
        "kinds: [Pod]\nassert: {that: 'has(resource.metadata.labels)', message: no label}\nfix: add one\n"
    )
    setting = "schema: 1\npolicies: {select: [own/label], library: [./lib]}\n"
    _committed(tree, {"a.yaml": PRIVILEGED, "muniment.yaml": setting, "lib/own/label/policy.yaml": policy})
    weaker = policy.replace("has(resource.metadata.labels)", "true")
    files = {"b.yaml": PRIVILEGED, "lib/own/label/policy.yaml": weaker, "lib/own/label/cases/pass-a.yaml": PRIVILEGED}
    ended = _since(tree, files)
    assert set(ended.statuses("own/label").values()) == {"FAIL"}
    assert ended.code == 1
    assert _listed(ended) == {("changed", "policy", "lib/own/label/policy.yaml")}


def test_row_37_skip_comment(tmp_path: Path) -> None:
    """A comment that comes with the change asks for nothing yet; one that was there before is heard."""
    tree = tmp_path / "tree"
    asked = BUCKET.replace("{\n", "{\n  # checkov:skip=CKV_AWS_18:no readers\n", 1)
    policy = "aws/s3/no-access-log"
    _committed(tree, {"main.tf": asked.replace('"b"', '"a"')})
    words = ("--policy", policy, *SINCE)
    ended = check(tree, *words, files={"more.tf": asked}, path=GIT)
    assert {one["address"]: one["effect"] for one in ended.results(policy)} == {
        "aws_s3_bucket.a": "warn",
        "aws_s3_bucket.b": "deny",
    }
    assert _listed(ended) == {("added", "skip comment", "more.tf")}


def test_row_37_broken_gate_does_not_get_in(tmp_path: Path) -> None:
    """A change whose own configuration or waivers do not load is refused, though they do not rule it."""
    tree = tmp_path / "tree"
    _committed(tree, {"main.tf": BUCKET})
    assert _since(tree, {"muniment.yaml": "schema: 1\nnonsense: 1\n"}).code == 2
    (tree / "muniment.yaml").unlink()
    assert _since(tree, {".muniment/waivers/W-1.yaml": "policies: [a]\n"}).code == 3


def test_since_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    """Paths of both sides are relative to the same base, wherever it is in the repository."""
    top = tmp_path / "tree"
    _committed(top, {"sub/a.yaml": PRIVILEGED, "other/b.yaml": PRIVILEGED})
    ended = check(top / "sub", *SINCE, path=GIT)
    assert set(ended.states(PRIVILEGED_POLICY).values()) == {"unchanged"}
    assert ended.report["changes"] == []


@pytest.mark.parametrize("words", [("--rev", "HEAD"), ("--baseline", "known.yaml")], ids=" ".join)
def test_since_goes_alone(tmp_path: Path, words: tuple[str, ...]) -> None:
    """An option that would do nothing beside it is wrong use."""
    assert check(tmp_path, "--since", "HEAD", *words, path=GIT).code == 2


def test_since_is_no_option_of_git(tmp_path: Path) -> None:
    """A revision that looks like an option is not one."""
    tree = tmp_path / "tree"
    _committed(tree, {"main.tf": BUCKET})
    assert check(tree, "--since=--all", path=GIT).code == 2
