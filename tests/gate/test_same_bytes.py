"""The same inputs give the same bytes, whatever the process around them was like."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ESTATE = Path(__file__).resolve().parents[2] / "examples" / "estate"
FORMATS = ("json", "sarif", "junit", "html", "csv", "markdown")


def _reports(place: Path, out: Path, seed: str) -> dict[str, bytes]:
    """All reports of the estate at `place`, by format."""
    out.mkdir()
    outputs = [word for name in FORMATS for word in ("-o", f"{name}={out / name}")]
    done = subprocess.run(
        [sys.executable, "-m", "muniment", "check", ".", "--base", ".", "--now", "2026-11-01", *outputs],
        cwd=place,
        capture_output=True,
        check=False,
        env={"PYTHONHASHSEED": seed, "PATH": "/nonexistent", "HOME": str(out)},
    )
    assert done.returncode == 1, done.stderr.decode()
    return {name: (out / name).read_bytes() for name in FORMATS}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The reports under one hash seed."""
    return _reports(ESTATE, tmp_path_factory.mktemp("first") / "out", "1")


def test_hash_seed_does_not_matter(first: dict[str, bytes], tmp_path: Path) -> None:
    """Order in sets and dicts never reaches a report."""
    assert _reports(ESTATE, tmp_path / "out", "77") == first


def test_order_of_creation_does_not_matter(first: dict[str, bytes], tmp_path: Path) -> None:
    """A copy whose files were made in the reverse order is judged alike."""
    place = tmp_path / "estate"
    for path in sorted((one for one in ESTATE.rglob("*") if one.is_file()), reverse=True):
        goal = place / path.relative_to(ESTATE)
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, goal)
    assert _reports(place, tmp_path / "out", "1") == first
