"""One promise: the same resource has the same status, whether configuration or a plan shows it."""

from datetime import UTC, datetime
from pathlib import Path

from muniment.app.cases import case_intake, judge_case
from muniment.app.checking import stream_intake
from muniment.app.pipeline import resources_of, run
from muniment.app.plan import build_plan, shipped_library
from muniment.app.settings import Settings
from muniment.core.select import Selection
from muniment.languages.unknown import PartialString
from muniment.model.assessment import Assessment
from muniment.model.resource import Resource
from tests.parsers.plans import plan_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
POLICIES = Path(__file__).resolve().parents[2] / "src/muniment/library/policies"
STRIDE = 7
"""One case of so many is tried: all of them take half a minute."""


def test_status_is_the_same_from_both_doors() -> None:
    """Every policy of Terraform's kinds says of a plan what it says of the configuration, wherever that is known."""
    library = shipped_library()
    plan = build_plan(Settings(waivers=()), Path(), library=library)
    cases = [
        (policy, case)
        for policy in library.policies
        for case in (POLICIES / policy.id / "cases").glob("*.tf")
        if not any("meta." in text for text in (policy.applies, *(one.that for one in policy.asserts)))
        # what only the configuration says
    ]
    compared = 0
    for policy, case in sorted(cases, key=str)[::STRIDE]:
        own = plan._replace(selection=Selection((policy,), {}))
        resources = resources_of(*case_intake(policy, case))
        if any(_is_partly_known(one) for one in resources):
            continue
        intake, read = stream_intake(plan_of(resources), "plan.json", "")
        planned = _statuses(run(intake, own, read, now=NOW))
        wanted = {
            address: status
            for address, status in _statuses(judge_case(policy, case, own, NOW)).items()
            if status in {"PASS", "FAIL", "SKIP"}
        }
        assert {address: planned.get(address) for address in wanted} == wanted, case
        compared += len(wanted)
    assert compared > 50


def _statuses(assessment: Assessment) -> dict[str, str]:
    return {one.address: str(one.status) for one in assessment.results if not one.kind.startswith("terraform.")}


def _is_partly_known(resource: Resource) -> bool:
    """Whether configuration knows parts of a text of which a plan knows nothing."""
    stack = list(resource.attributes.values())
    while stack:
        value = stack.pop()
        if isinstance(value, PartialString):
            return True
        if isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return False
