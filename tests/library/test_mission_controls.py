"""The controls that the product was founded for, row by row: backed by policies where files can show it, or a gap."""

import json
import subprocess
import sys
from typing import Any, Final

import pytest

from muniment.app.frameworks import linked_policies
from muniment.app.plan import shipped_library
from tests.material import SHARED, needs_material

SHOWN: Final = {
    "admission": {"kubernetes"},
    "iac-scan": {"aws", "azure", "google", "kubernetes"},
    "ci-gate": {"dockerfile", "github-actions"},
}
"""Enforcement points whose objects lie in files, with the families of policies that look at them."""
GAPS: Final = {
    (
        "pci-dss",
        "7.2.1",
        "admission",
    ): "who may do what is a model on paper; roles and accounts are preconditions of it",
    ("pci-dss", "6.3.2", "admission"): "a manifest does not tell what is in an image",
}
"""Points that no file proves, and why."""


def _rows() -> list[dict[str, Any]]:
    if SHARED is None:
        return []
    rows: list[dict[str, Any]] = json.loads((SHARED / "catalog" / "mission-controls.json").read_text("utf-8"))[
        "controls"
    ]
    return rows


def _name(row: dict[str, Any]) -> str:
    return f"{row['framework']} {row['id']}"


@pytest.fixture(scope="module")
def told() -> dict[tuple[str, str], dict[str, Any]]:
    """What `muniment framework coverage` says about each control."""
    command = [sys.executable, "-m", "muniment", "framework", "coverage", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {(one["framework"], row["id"]): row for one in json.loads(done.stdout) for row in one["controls"]}


@needs_material
@pytest.mark.parametrize("row", _rows(), ids=_name)
def test_each_point_that_files_show_is_enforced(row: dict[str, Any]) -> None:
    """A stable policy of the point's family has a direct link, or the point is one that no file proves."""
    links = linked_policies(shipped_library().policies, row["framework"]).get(row["id"], [])
    families = {
        policy.id.partition("/")[0] for policy, link in links if policy.status == "stable" and link.strength == "direct"
    }
    shown = [point for point in row["enforcement_points"] if point in SHOWN]
    missing = {(row["framework"], row["id"], point) for point in shown if not families & SHOWN[point]}
    assert missing == {gap for gap in GAPS if gap[:2] == (row["framework"], row["id"])}


@needs_material
@pytest.mark.parametrize("row", _rows(), ids=_name)
def test_each_row_is_tested_or_a_gap_with_its_reason(row: dict[str, Any], told: dict[tuple[str, str], Any]) -> None:
    """Coverage counts the row, names its policies, and says why where there are none."""
    found = told[row["framework"], row["id"]]
    assert found["tested"] == bool(found["policies"])
    assert found["tested"] != bool(found["reason"])
