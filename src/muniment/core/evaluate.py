"""Turns what programs say into Results. The only place with an idea of what pass, fail and unknown mean."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from muniment.core.graph import Graph
from muniment.core.ports import Outcome, Program
from muniment.model.policy import Policy
from muniment.model.resource import Resource
from muniment.model.result import AssertResult, Result
from muniment.model.status import RANK, Severity, Status, worst

if TYPE_CHECKING:
    from json import JSONEncoder


class Judge:
    """One program with what every Result of its policy shares.

    `chosen` are the asserts that were selected by an id of their own: the others then have no say.
    """

    __slots__ = ("_aliases", "_chosen", "_controls", "_program", "_severities", "policy")

    def __init__(self, program: Program, chosen: frozenset[str] | None = None) -> None:
        self.policy = program.policy
        self._program = program
        self._chosen = chosen
        self._aliases = program.policy.all_aliases
        self._controls = tuple(link.id for link in program.policy.controls)
        self._severities = {item.name: item.severity for item in program.policy.asserts if item.severity}

    def judge(self, resource: Resource, graph: Graph) -> Result | None:
        """The Result for one resource, None where the policy does not apply to it.

        A program that crashes is an ERROR result; it never disappears.
        """
        policy = self.policy
        try:
            outcomes = self._program.judge(resource, graph)
        except RecursionError:
            outcomes = [Outcome("", (), Status.ERROR, error="the policy or the resource is nested too deeply")]
        if not outcomes:
            return None
        if self._chosen is not None:
            outcomes = [outcome for outcome in outcomes if outcome.name in self._chosen]
        if len(outcomes) == 1 and outcomes[0].status in _QUIET:
            status = outcomes[0].status
        else:
            status = worst({outcome.status for outcome in outcomes})
        result = Result(
            policy.id,
            status,
            policy.severity,
            resource.kind,
            resource.root,
            resource.address,
            resource.location,
            resource.location,
            aliases=self._aliases,
            controls=self._controls,
            asserts=tuple(AssertResult(outcome.name, outcome.aliases, outcome.status) for outcome in outcomes),
            former=resource.former,
        )
        return result if status in _QUIET else self._explained(result, outcomes, resource)

    def _explained(self, result: Result, outcomes: Sequence[Outcome], resource: Resource) -> Result:
        if result.status is Status.FAIL and resource.existence:
            return result._replace(status=Status.UNKNOWN, message="fails if created", unknown=resource.existence)
        if result.status is Status.ERROR:
            error = "; ".join(outcome.error for outcome in outcomes if outcome.error)
            return result._replace(message=error, error=error)
        unknown = tuple(dict.fromkeys(cause for outcome in outcomes for cause in outcome.unknown))
        if result.status is Status.UNKNOWN:
            return result._replace(message="cannot be told", unknown=unknown)
        violations = tuple(violation for outcome in outcomes for violation in outcome.violations)
        return result._replace(
            severity=self._severity(outcomes),
            location=violations[0].location if violations else resource.location,
            message=_sentence([violation.message for violation in violations]),
            fingerprint=fingerprint(outcomes),
            violations=violations,
            unknown=unknown,
        )

    def _severity(self, outcomes: Iterable[Outcome]) -> Severity:
        """The worst severity of the asserts that fail."""
        failing = [outcome.name for outcome in outcomes if outcome.status is Status.FAIL]
        severities = {self._severities.get(name, self.policy.severity) for name in failing}
        return max(severities, key=RANK.__getitem__, default=self.policy.severity)


class Judges:
    """The judges for each kind of resource; a policy is compiled when its kind is first met."""

    __slots__ = ("_by_kind", "_chosen", "_compile", "_made", "_policies")

    def __init__(
        self,
        policies: Iterable[Policy],
        compile: Callable[[Policy], Program],  # noqa: A002  what it does
        chosen: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self._policies: dict[str, list[Policy]] = {}
        for policy in policies:
            for kind in dict.fromkeys((*policy.kinds, *(kind for item in policy.asserts for kind in item.kinds))):
                self._policies.setdefault(kind, []).append(policy)
        self._compile = compile
        self._chosen = chosen or {}
        self._made: dict[str, Judge] = {}
        self._by_kind: dict[tuple[str, str], tuple[Judge, ...]] = {}

    def applicable(self, kind: str, format: str) -> tuple[Policy, ...]:  # noqa: A002  the field's name
        """The policies that look at a kind, or at every kind of a format; sorted by id."""
        found = {policy.id: policy for name in (kind, format) for policy in self._policies.get(name, ())}
        return tuple(found[identity] for identity in sorted(found))

    def of(self, resource: Resource) -> tuple[Judge, ...]:
        """The judges of one resource, sorted by policy id. Raises PolicyError if a policy does not compile."""
        key = (resource.kind, resource.format)
        judges = self._by_kind.get(key)
        if judges is None:
            judges = self._by_kind[key] = tuple(self._judge(policy) for policy in self.applicable(*key))
        return judges

    def _judge(self, policy: Policy) -> Judge:
        if policy.id not in self._made:
            self._made[policy.id] = Judge(self._compile(policy), self._chosen.get(policy.id))
        return self._made[policy.id]


def evaluate(graph: Graph, judges: Judges) -> Iterator[Result]:
    """Judges every resource of a root, in the order of its resources and of the policies' ids."""
    for resource in graph.resources:
        for judge in judges.of(resource):
            result = judge.judge(resource, graph)
            if result is not None:
                yield result


def undecided(stand_in: Resource, policies: Iterable[Policy]) -> Iterator[Result]:
    """What stands for resources that could not be read, such as a chart or module: UNKNOWN for each policy."""
    for policy in policies:
        yield Result(
            policy.id,
            Status.UNKNOWN,
            policy.severity,
            stand_in.kind,
            stand_in.root,
            stand_in.address,
            stand_in.location,
            stand_in.location,
            message="cannot be told: what it judges could not be read",
            aliases=policy.all_aliases,
            controls=tuple(link.id for link in policy.controls),
            unknown=stand_in.existence,
            former=stand_in.former,
        )


def fingerprint(outcomes: Iterable[Outcome]) -> str:
    """SHA-256 of canonical JSON over the sorted (assert, path, value) of every violated assert."""
    canonical = _encoder().encode
    rows = sorted(
        {
            canonical([violation.assertion, path, value])
            for outcome in outcomes
            for violation in outcome.violations
            for path, value in (*violation.reads, ("", None))
        }
    )
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()


_QUIET = (Status.PASS, Status.SKIP)


def _encoder() -> "JSONEncoder":
    from json import JSONEncoder  # noqa: PLC0415  only a violation has a fingerprint

    return JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _sentence(messages: list[str]) -> str:
    """The first message, and how many others there are."""
    different = list(dict.fromkeys(messages))
    more = len(different) - 1
    return different[0] + (f" (and {more} more)" if more else "") if different else ""
