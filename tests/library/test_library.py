"""The shipped library: its cases hold, and what it claims is claimed once."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from muniment.content.library import load_library

LIBRARY = Path(__file__).resolve().parents[2] / "src" / "muniment" / "library"
GROUPS = sorted(path.name for path in (LIBRARY / "policies").iterdir() if path.is_dir())


@pytest.mark.parametrize("group", GROUPS)
def test_cases_hold(group: str) -> None:
    """Every case of every policy gives the verdicts it states."""
    done = subprocess.run(
        [sys.executable, "-m", "muniment", "policy", "test", str(LIBRARY / "policies" / group)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 cases" not in done.stdout


def test_policies_fit_on_a_screen() -> None:
    """The median policy has at most 45 lines."""
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in (LIBRARY / "policies").rglob("policy.yaml"))
    assert lengths[len(lengths) // 2] <= 45


def test_an_id_of_another_tool_belongs_to_one_stable_policy() -> None:
    """Who selects by Checkov's id gets one policy: two would make a waiver for one of them useless."""
    policies = load_library(LIBRARY).policies
    counts = Counter(
        alias for policy in policies if policy.status == "stable" for alias in policy.aliases if alias.startswith("CKV")
    )
    assert [alias for alias, number in counts.items() if number > 1] == []
