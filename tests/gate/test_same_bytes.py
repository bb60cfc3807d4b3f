"""The same inputs give the same bytes, whatever the process around them was like."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from muniment.app.checking import Base, directory_intake
from muniment.app.pipeline import run
from muniment.app.plan import build_plan
from muniment.app.registry import REPORTS
from muniment.app.settings import Settings
from muniment.model.result import Result

ESTATE = Path(__file__).resolve().parents[2] / "examples" / "estate"
FORMATS = tuple(REPORTS)


def _reports(place: Path, out: Path, *words: str, cwd: Path | None = None, **environment: str) -> dict[str, bytes]:
    """All reports of the estate at `place`, by format."""
    out.mkdir()
    outputs = [word for name in FORMATS for word in ("-o", f"{name}={out / name}")]
    command = [sys.executable, "-m", "muniment", "check", str(place), "--base", str(place), "--now", "2026-11-01"]
    done = subprocess.run(
        [*command, *outputs, *words],
        cwd=cwd or place,
        capture_output=True,
        check=False,
        env={"PYTHONHASHSEED": "1", "PATH": "/nonexistent", "HOME": str(out), **environment},
    )
    assert done.returncode == 1, done.stderr.decode()
    return {name: (out / name).read_bytes() for name in FORMATS}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The reports under one hash seed."""
    return _reports(ESTATE, tmp_path_factory.mktemp("first") / "out")


def test_hash_seed_does_not_matter(first: dict[str, bytes], tmp_path: Path) -> None:
    """Order in sets and dicts never reaches a report."""
    assert _reports(ESTATE, tmp_path / "out", PYTHONHASHSEED="77") == first


def test_order_of_creation_does_not_matter(first: dict[str, bytes], tmp_path: Path) -> None:
    """A copy whose files were made in the reverse order is judged alike."""
    place = tmp_path / "estate"
    for path in sorted((one for one in ESTATE.rglob("*") if one.is_file()), reverse=True):
        goal = place / path.relative_to(ESTATE)
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, goal)
    assert _reports(place, tmp_path / "out") == first


def test_place_clock_and_language_do_not_matter(first: dict[str, bytes], tmp_path: Path) -> None:
    """No path of this machine, no time zone and no language reaches a report."""
    assert _reports(ESTATE, tmp_path / "out", cwd=tmp_path, TZ="Asia/Kathmandu", LC_ALL="tr_TR.UTF-8") == first


@pytest.mark.parametrize("workers", ["1", "2", "8"])
def test_workers_and_cache_do_not_matter(first: dict[str, bytes], tmp_path: Path, workers: str) -> None:
    """One process or several, nothing kept or everything: the reports are those of the first run."""
    words, kept = ("--workers", workers), str(tmp_path / "cache")
    assert _reports(ESTATE, tmp_path / "none", *words, "--no-cache") == first
    assert _reports(ESTATE, tmp_path / "cold", *words, MUNIMENT_CACHE=kept) == first
    assert _reports(ESTATE, tmp_path / "warm", *words, MUNIMENT_CACHE=kept) == first


def _of_root(base: Path, paths: tuple[str, ...], root: str) -> list[Result]:
    """What is said of one root, of whatever else was asked in the same run."""
    settings = Settings(waivers=())
    intake, read = directory_intake(Base(base, paths), settings)
    found = run(intake, build_plan(settings, base), read, now=datetime(2026, 11, 1, tzinfo=UTC))
    return [result for result in found.results if result.root == root]


def test_roots_in_one_process_do_not_touch_each_other(tmp_path: Path) -> None:
    """Two roots with the same names, alone, together and in either order: what is said of each stays the same."""
    role = 'resource "aws_iam_role_policy" "p" {\n  role = "r"\n  policy = data.aws_iam_policy_document.d.json\n}\n'
    statement = 'statement {\n    actions = ["ACTION"]\n    resources = ["*"]\n  }'
    document = f'data "aws_iam_policy_document" "d" {{\n  {statement}\n}}\n'
    for name, action in (("a", "*"), ("b", "s3:GetObject")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(role + document.replace("ACTION", action), "utf-8")
    alone = {root: _of_root(tmp_path, (root,), root) for root in ("a", "b")}
    assert alone["a"] != alone["b"]
    for paths in (("b",), ("a",), ("a", "b"), ("b", "a"), ("",)):
        for root in ("a", "b"):
            if paths in {("",), (root,)} or root in paths:
                assert _of_root(tmp_path, paths, root) == alone[root]
