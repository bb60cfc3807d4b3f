"""Tests a library of policies: all cases, and the lint that looks at cases."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from muniment.app.cases import CaseResult, case_intake, keys_of, lint, policies_below, run_cases
from muniment.app.pipeline import resources_of
from muniment.app.plan import Plan
from muniment.app.registry import engine
from muniment.model.policy import Policy

SHIPPED: Final = Path(__file__).resolve().parents[1] / "library" / "policies"

_OF_FUNCTIONS: Final = frozenset(
    {
        "registry",
        "repository",
        "tag",
        "digest",
        "pinned",
        "manager",
        "statements",
        "version",
        "sid",
        "effect",
        "actions",
        "notActions",
        "resources",
        "notResources",
        "principals",
        "notPrincipals",
        "conditions",
        "operator",
        "values",
        "type",
        "id",
        "key",
        "name",
        "words",
        "flags",
    }
)
"""Members of what functions give: no case has to set them."""


def test_library(plan: Plan, folder: Path | None, below: str, now: datetime) -> tuple[int, int, tuple[CaseResult, ...]]:
    """How many policies and cases there are, and what is wrong. `folder` None is the shipped library."""
    place = SHIPPED if folder is None else (folder / "policies" if (folder / "policies").is_dir() else folder)
    policies = [
        policy for policy in policies_below(plan.all_policies, below) if (place / policy.id / "policy.yaml").is_file()
    ]
    done = [result for policy in policies for result in run_cases(policy, place / policy.id / "cases", plan, now)]
    problems = [result for result in done if result.problem]
    for policy in policies:
        cases = place / policy.id / "cases"
        problems.extend(lint(policy, cases, _keys(policy, cases), _read_names(policy)))
    return len(policies), len(done), tuple(sorted(problems))


def _read_names(policy: Policy) -> frozenset[str]:
    """The attribute names in a policy's expressions."""
    program: Any = engine(policy.language).compile(policy)
    skipped = {"resource", "params", "settings", "meta", "anywhere", *policy.let, *policy.params}
    names = {
        step
        for one in program.programs
        for path in one.paths
        for step in path[1:]
        if step != "*" and path[0] not in {"params", "settings", "meta"}
    }
    return frozenset(names - skipped)


def _keys(policy: Policy, cases: Path) -> frozenset[str]:
    """Every key that the resources of a policy's cases have."""
    names: set[str] = set(_OF_FUNCTIONS)
    for case in sorted(cases.iterdir()) if cases.is_dir() else ():
        for resource in resources_of(*case_intake(policy, case)):
            names.update(keys_of(resource.attributes))
    return frozenset(names)
