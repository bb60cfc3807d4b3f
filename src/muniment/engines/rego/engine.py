"""Judges resources by Conftest's rules: the engine of the language `rego`."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from muniment.core.graph import Graph
from muniment.core.ports import Outcome
from muniment.engines.rego.configuration_builtins import NOTHING_TO_READ, ConfigurationBuiltins
from muniment.engines.rego.hearing import Heard, Hearing
from muniment.engines.rego.judging import Finding, Judge
from muniment.engines.rego.listing import Layout, layout
from muniment.engines.rego.messages import worded
from muniment.engines.rego.places import Definition, definitions, place
from muniment.engines.rego.reader import LANGUAGE, parse_all
from muniment.engines.rego.rules import JudgingRule, judging_rules, namespaces
from muniment.engines.rego.unknowns import causes_in
from muniment.errors import PolicyError
from muniment.languages.rego.ast import Module
from muniment.languages.rego.builtins import registry
from muniment.languages.rego.errors import RegoError, RegoEvaluationError
from muniment.languages.rego.policy import EvaluationOptions, compile_modules
from muniment.languages.rego.policy import Policy as RegoPolicy
from muniment.model.policy import Policy
from muniment.model.resource import Resource
from muniment.model.result import Violation
from muniment.model.status import Status

_OPTIONS: Final = EvaluationOptions(steps=5_000_000)
_NAME: Final = "violation"


class RegoEngine:
    """Compiles rules; those of one library share its compiled modules."""

    language = LANGUAGE

    def __init__(self, *, trusted: bool = False) -> None:
        """A policy out of an index is compiled like any other: its code is needed anyway."""
        del trusted
        self._compiled: dict[str, _Compiled] = {}

    def compile(self, policy: Policy) -> "RegoProgram":
        """Raises PolicyError, with file and line, if the modules do not compile."""
        made = self._compiled.get(policy.source) or self._compiled.setdefault(policy.source, _compiled(policy.source))
        rule = made.rule(policy.id)
        spoken = definitions(made.modules, rule.namespace, rule.name)
        judge = Judge(made.policy, rule.namespace, [rule], worded=worded)
        return RegoProgram(policy, judge, spoken, layout(made.modules, rule.namespace))


class _Compiled(NamedTuple):
    """The modules of a library with their rules that judge, by what policies are called behind the library's name."""

    modules: list[Module]
    policy: RegoPolicy
    rules: Mapping[str, JudgingRule]

    def rule(self, name: str) -> JudgingRule:
        """The rule of a policy. Raises PolicyError if there is none."""
        while name:
            name = name.partition("/")[2]
            if name in self.rules:
                return self.rules[name]
        raise PolicyError("no rule of the library's modules has the name of this policy", code="content")


def _compiled(source: str) -> _Compiled:
    content = json.loads(source)
    try:
        modules = parse_all(content["modules"], content["dialect"])
        policy = compile_modules(modules, ConfigurationBuiltins(registry(), NOTHING_TO_READ))
    except RegoError as error:
        raise PolicyError(str(error), code="content") from error
    rules = (rule for namespace in namespaces(modules) for rule in judging_rules(modules, namespace))
    return _Compiled(modules, policy, {f"{rule.namespace}.{rule.name}": rule for rule in rules})


class RegoProgram:
    """One rule, ready to judge: each object, or the list of all of them."""

    __slots__ = ("_hearing", "_judge", "_spoken", "policy")

    def __init__(self, policy: Policy, judge: Judge, spoken: tuple[Definition, ...], listed: Layout | None) -> None:
        self.policy = policy
        self._judge = judge
        self._spoken = spoken
        self._hearing = Hearing(judge, listed, _OPTIONS) if listed else None

    def judge(self, resource: Resource, graph: Graph) -> Sequence[Outcome]:
        """The outcome of the rule; a resource with anything unknown in it is not judged by its known parts alone."""
        causes = causes_in(resource.attributes)
        if causes:
            return [Outcome(_NAME, (), Status.UNKNOWN, unknown=causes)]
        if self._hearing is not None:
            return [self._told(self._hearing.of(graph), resource)]
        try:
            answer = self._judge.ask(resource.attributes, {}, _OPTIONS)
        except RegoEvaluationError as error:
            return [Outcome(_NAME, (), Status.ERROR, error=str(error))]
        violations = self._violations((*answer.failures, *answer.warnings), resource)
        return [Outcome(_NAME, (), _status(violations, excepted=bool(answer.exceptions)), violations)]

    def _told(self, heard: Heard, resource: Resource) -> Outcome:
        """What was said of this resource among all."""
        if heard.error:
            return Outcome(_NAME, (), Status.ERROR, error=heard.error)
        violations = self._violations(heard.findings.get(id(resource), ()), resource)
        status = _status(violations, excepted=heard.excepted)
        if status is Status.PASS and heard.doubt:
            return Outcome(_NAME, (), Status.UNKNOWN, unknown=heard.doubt)
        return Outcome(_NAME, (), status, violations)

    def _violations(self, findings: Iterable[Finding], resource: Resource) -> tuple[Violation, ...]:
        return tuple(
            Violation(_NAME, one.message, place(one, resource, self._spoken), (("message", one.message),))
            for one in findings
        )


def _status(violations: Sequence[Violation], *, excepted: bool) -> Status:
    if violations:
        return Status.FAIL
    return Status.SKIP if excepted else Status.PASS
