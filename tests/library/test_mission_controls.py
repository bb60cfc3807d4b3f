"""Each control that the project was founded for is backed by policies that work, or is a gap with its reason."""

import json
from typing import Any, Final

import pytest

from muniment.app.plan import shipped_library
from muniment.model.policy import Policy
from tests.library.test_library import LIBRARY
from tests.material import SHARED

pytestmark = pytest.mark.skipif(SHARED is None, reason="the list of these controls is not on this machine")

IN_FILES: Final = {"admission", "iac-scan", "ci-gate"}
"""Points where what is enforced lies in files: manifests, configuration, pipelines."""
GAPS: Final = {
    "pci-dss:11.3.1": "how often running workloads were scanned is told by runs, and nothing here watches what runs",
}
"""Rows that no file can show, and why."""


def rows() -> list[dict[str, Any]]:
    """The rows of the founding document's tables."""
    if SHARED is None:
        return []
    found: list[dict[str, Any]] = json.loads((SHARED / "catalog" / "mission-controls.json").read_text("utf-8"))[
        "controls"
    ]
    return found


ROWS: Final = {f"{row['framework']}:{row['id']}": row for row in rows()}


@pytest.fixture(scope="module")
def policies() -> tuple[Policy, ...]:
    """The stable policies of the library."""
    return tuple(policy for policy in shipped_library().policies if policy.status == "stable")


def backing(control: str, policies: tuple[Policy, ...]) -> dict[str, set[str]]:
    """The policies that are linked to a control, each with the strengths of its links."""
    found: dict[str, set[str]] = {}
    for policy in policies:
        for link in policy.controls:
            if link.id == control:
                found.setdefault(policy.id, set()).add(link.strength)
    return found


def sorts_of_cases(policy: str) -> set[str]:
    """What the cases of a policy expect: pass, fail, unknown."""
    return {path.name.partition("-")[0] for path in (LIBRARY / "policies" / policy / "cases").iterdir()}


@pytest.mark.parametrize("control", sorted(ROWS))
def test_a_row_is_backed_or_is_a_gap(control: str, policies: tuple[Policy, ...]) -> None:
    """A row that files can show has policies; one that they cannot is listed, and nobody claims it by the way."""
    found = backing(control, policies)
    if control in GAPS:
        assert not IN_FILES & set(ROWS[control]["enforcement_points"])
        assert not found, "it is backed now: it is no gap any more"
        return
    assert found, f"no policy is linked to {control}"


@pytest.mark.parametrize("control", sorted(ROWS.keys() - GAPS.keys()))
def test_what_backs_a_row_works(control: str, policies: tuple[Policy, ...]) -> None:
    """Among what backs a row some policy is held by a failing, a passing and an unknown case."""
    complete = [
        policy for policy in backing(control, policies) if {"pass", "fail", "unknown"} <= sorts_of_cases(policy)
    ]
    assert complete, f"no policy of {control} has cases of all three sorts"
