"""Small policies and results for tests of the core."""

from muniment.model.document import Location
from muniment.model.policy import Assert, ControlLink, Policy
from muniment.model.result import AssertResult, Result, Violation
from muniment.model.status import Severity, Status


def policy(identity: str, severity: str = "high", **more: object) -> Policy:
    """A policy that judges pods."""
    made = Policy(
        id=identity,
        title=f"{identity} is wrong",
        severity=Severity(severity),
        risk="said elsewhere",
        kinds=("Pod",),
        controls=(),
        fix="mend it",
        category="config",
        owner="tests",
        asserts=(Assert(name="holds", that="true"),),
    )
    return made._replace(**more)


def link(control: str, relationship: str = "subset", strength: str = "direct") -> ControlLink:
    """A link to a control of a framework called `f`."""
    return ControlLink("f", control, "it proves it", relationship, strength)


def result(of: Policy, status: Status, address: str = "Pod/a/b", **more: object) -> Result:
    """The answer of a policy about one pod."""
    place = Location("a.yaml", 3, 1, 9, 1)
    violations = (Violation("holds", "wrong", place, ()),) if status is Status.FAIL else ()
    made = Result(
        of.id,
        status,
        of.severity,
        "Pod",
        "a.yaml",
        address,
        place,
        place,
        fingerprint="f" * 64 if status is Status.FAIL else "",
        aliases=of.all_aliases,
        asserts=tuple(AssertResult(item.name, item.aliases, status) for item in of.asserts),
        violations=violations,
    )
    return made._replace(**more)
