"""Judges resources by Conftest's rules: the engine of the language `rego`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from muniment.core.graph import Graph
from muniment.core.ports import Outcome
from muniment.engines.rego.absences import absent
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
from muniment.languages.unknown import Cause
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
        missing = absent(made.modules, rule.namespace, rule.name, made.data)
        known = Knowledge(
            definitions(made.modules, rule.namespace, rule.name),
            layout(made.modules, rule.namespace),
            made.data,
            tuple(Cause("data", name) for name in missing),
        )
        return RegoProgram(policy, Judge(made.policy, rule.namespace, [rule], worded=worded), known)


class _Compiled(NamedTuple):
    """The modules of a library with their rules that judge, by what policies are called behind the library's name."""

    modules: list[Module]
    policy: RegoPolicy
    rules: Mapping[str, JudgingRule]
    data: Mapping[str, Any]

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
        policy = compile_modules(modules, ConfigurationBuiltins(registry(), NOTHING_TO_READ), content["data"])
    except RegoError as error:
        raise PolicyError(str(error), code="content") from error
    rules = (rule for namespace in namespaces(modules) for rule in judging_rules(modules, namespace))
    return _Compiled(modules, policy, {f"{rule.namespace}.{rule.name}": rule for rule in rules}, content["data"])


class Knowledge(NamedTuple):
    """What is known of a rule beside its code."""

    spoken: tuple[Definition, ...]
    listed: Layout | None
    data: Mapping[str, Any]
    absent: tuple[Cause, ...] = ()
    """Base documents that it reads and nobody gives."""


class RegoProgram:
    """One rule, ready to judge: each object, or the list of all of them."""

    __slots__ = ("_hearing", "_judge", "_known", "policy")

    def __init__(self, policy: Policy, judge: Judge, known: Knowledge) -> None:
        self.policy = policy
        self._judge = judge
        self._known = known
        self._hearing = Hearing(judge, known.listed, known.data, _OPTIONS) if known.listed else None

    def judge(self, resource: Resource, graph: Graph) -> Sequence[Outcome]:
        """The outcome of the rule; a resource with anything unknown in it is not judged by its known parts alone."""
        causes = causes_in(resource.attributes)
        if causes:
            return [Outcome(_NAME, (), Status.UNKNOWN, unknown=causes)]
        if self._hearing is not None:
            return self._told(self._hearing.of(graph), resource)
        try:
            answer = self._judge.ask(resource.attributes, self._known.data, _OPTIONS)
        except RegoEvaluationError as error:
            return [Outcome(_NAME, (), Status.ERROR, error=str(error))]
        return self._outcome((*answer.failures, *answer.warnings), resource, excepted=bool(answer.exceptions))

    def _told(self, heard: Heard, resource: Resource) -> Sequence[Outcome]:
        """What was said of this resource among all."""
        if heard.error:
            return [Outcome(_NAME, (), Status.ERROR, error=heard.error)]
        found = heard.findings.get(id(resource), ())
        return self._outcome(found, resource, excepted=heard.excepted, doubt=heard.doubt)

    def _outcome(
        self, findings: Iterable[Finding], resource: Resource, *, excepted: bool, doubt: tuple[Cause, ...] = ()
    ) -> Sequence[Outcome]:
        """Findings are failures; without any, and without an exception, whatever is in doubt forbids a pass."""
        doubt = (*self._known.absent, *doubt)
        violations = tuple(self._violations(findings, resource))
        if violations:
            return [Outcome(_NAME, (), Status.FAIL, violations)]
        if excepted:
            return [Outcome(_NAME, (), Status.SKIP)]
        return [Outcome(_NAME, (), Status.UNKNOWN if doubt else Status.PASS, unknown=doubt)]

    def _violations(self, findings: Iterable[Finding], resource: Resource) -> Iterator[Violation]:
        for one in findings:
            where = place(one, resource, self._known.spoken)
            yield Violation(_NAME, one.message, where, (("message", one.message),))
