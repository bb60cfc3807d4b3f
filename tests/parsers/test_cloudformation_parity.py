"""One promise: what a template and a Terraform configuration say alike has the same status."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from muniment.app.cases import case_intake, judge_case
from muniment.app.checking import stream_intake
from muniment.app.pipeline import resources_of, run
from muniment.app.plan import Plan, build_plan, shipped_library
from muniment.app.settings import Settings
from muniment.core.select import Selection
from muniment.model.policy import Policy
from tests.parsers.templates import CannotBeWrittenError, template_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
POLICIES = Path(__file__).resolve().parents[2] / "src/muniment/library/policies"
STRIDE = 5
"""One case of so many is tried: all of them take half a minute."""
MOST_UNMAPPED = 1
"""Verdicts that a template cannot give for lack of a mapping; falls, never rises."""


def test_status_is_the_same_from_both_doors() -> None:
    """Every policy says of a template what it says of the configuration; what nothing maps is unknown, never passed."""
    library = shipped_library()
    plan = build_plan(Settings(waivers=()), Path(), library=library)
    cases = [
        (policy, case)
        for policy in library.policies
        if not any("meta." in item.that or "meta.format" in item.when for item in policy.asserts)  # one format's own
        for case in (POLICIES / policy.id / "cases").glob("*.tf")
    ]
    pairs = [
        (f"{policy.id} {case.name} {name}", wanted, found)
        for policy, case in sorted(cases, key=str)[::STRIDE]
        for name, wanted, found in _pairs(policy, case, plan._replace(selection=Selection((policy,), {})))
    ]
    assert len(pairs) > 80
    different = [pair for pair in pairs if pair[1] not in pair[2]]
    assert [pair for pair in different if pair[2] != {"UNKNOWN"}] == []
    assert len(different) <= MOST_UNMAPPED, different


def _pairs(policy: Policy, case: Path, plan: Plan) -> Iterator[tuple[str, str, set[str]]]:
    """Logical id, the status of the configuration, and those of the template that says the same."""
    resources = [one for one in resources_of(*case_intake(policy, case)) if one.kind.startswith("aws_")]
    try:
        text, ids = template_of(resources)
    except CannotBeWrittenError:
        return
    intake, read = stream_intake(text, "template.json", "")
    found: dict[str, set[str]] = {}
    for one in run(intake, plan, read, now=NOW).results:
        found.setdefault(one.address.split(".")[1], set()).add(str(one.status))
    for one in judge_case(policy, case, plan, NOW).results:
        if one.address in ids and one.status in {"PASS", "FAIL"}:
            yield ids[one.address], str(one.status), found.get(ids[one.address], set())
