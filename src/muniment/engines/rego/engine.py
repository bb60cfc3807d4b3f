"""Judges resources by Conftest's rules: the engine of the language `rego`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from muniment.core.graph import Graph
from muniment.core.ports import Outcome
from muniment.engines.rego.configuration_builtins import NOTHING_TO_READ, ConfigurationBuiltins
from muniment.engines.rego.judging import Answer, Judge
from muniment.engines.rego.messages import worded
from muniment.engines.rego.places import Definition, definitions, place
from muniment.engines.rego.reader import LANGUAGE, parse_all
from muniment.engines.rego.rules import JudgingRule, judging_rules, namespaces
from muniment.errors import PolicyError
from muniment.languages.rego.ast import Module
from muniment.languages.rego.builtins import registry
from muniment.languages.rego.errors import RegoError, RegoEvaluationError
from muniment.languages.rego.policy import EvaluationOptions, compile_modules
from muniment.languages.rego.policy import Policy as RegoPolicy
from muniment.languages.unknown import Cause, Unknown
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
        return RegoProgram(policy, Judge(made.policy, rule.namespace, [rule], worded=worded), spoken)


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
    """One rule, ready to judge."""

    __slots__ = ("_judge", "_spoken", "policy")

    def __init__(self, policy: Policy, judge: Judge, spoken: tuple[Definition, ...]) -> None:
        self.policy = policy
        self._judge = judge
        self._spoken = spoken

    def judge(self, resource: Resource, graph: Graph) -> Sequence[Outcome]:
        """The outcome of the rule; a resource with anything unknown in it is not judged by its known parts alone."""
        del graph
        causes = tuple(dict.fromkeys(_unknown(resource.attributes)))
        if causes:
            return [Outcome(_NAME, (), Status.UNKNOWN, unknown=causes)]
        try:
            answer = self._judge.ask(resource.attributes, {}, _OPTIONS)
        except RegoEvaluationError as error:
            return [Outcome(_NAME, (), Status.ERROR, error=str(error))]
        violations = tuple(self._violations(answer, resource))
        return [Outcome(_NAME, (), _status(answer), violations)]

    def _violations(self, answer: Answer, resource: Resource) -> Iterator[Violation]:
        for finding in (*answer.failures, *answer.warnings):
            where = place(finding, resource, self._spoken)
            yield Violation(_NAME, finding.message, where, (("message", finding.message),))


def _status(answer: Answer) -> Status:
    if answer.failures or answer.warnings:
        return Status.FAIL
    return Status.SKIP if answer.exceptions else Status.PASS


def _unknown(value: Any) -> Iterator[Cause]:
    """Why parts of a value are unknown."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, Unknown):
            yield from current.causes or (Cause("value", ""),)
        elif isinstance(current, dict | list):
            if causes := getattr(current, "causes", ()):
                yield from causes
            stack.extend(current.values() if isinstance(current, dict) else current)
