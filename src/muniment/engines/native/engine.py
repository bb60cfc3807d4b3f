"""Compiles native policies and judges resources with them."""

from collections.abc import Iterator
from typing import Final

from muniment.core.graph import Graph
from muniment.core.ports import Outcome
from muniment.engines.native.asserts import CompiledAssert
from muniment.engines.native.expressions import Expressions
from muniment.engines.native.functions import FUNCTIONS
from muniment.engines.native.scope import Subject, Subjects
from muniment.languages.cel import CelEvaluationError, Environment, Program
from muniment.languages.unknown import Cause, Unknown
from muniment.model.policy import Policy
from muniment.model.resource import Resource
from muniment.model.status import Status

_NAMES: Final = ("resource", "meta", "params", "settings", "anywhere")


class NativeEngine:
    """The engine of the native language; compiled environments are its own.

    `trusted` policies have compiled before: what they name is not checked again, and each compiles when it first has
    something to judge.
    """

    language = "native"

    def __init__(self, *, trusted: bool = False) -> None:
        self._expressions = Expressions(
            Environment(variables=_NAMES, functions=FUNCTIONS, null_safe=True, check=not trusted)
        )
        self._guards: dict[str, Guard] = {}
        self._subjects = Subjects()
        self._trusted = trusted

    def compile(self, policy: Policy) -> "NativeProgram":
        """Raises PolicyError, with file and the text that is wrong, if an expression does not compile."""
        if policy.applies not in self._guards:
            self._guards[policy.applies] = Guard(policy, self._expressions)
        program = NativeProgram(policy, self._expressions, self._guards[policy.applies], self._subjects)
        if not self._trusted:
            for item in program.asserts:
                item.telling  # noqa: B018  compiles it
        return program


class NativeProgram:
    """One policy, ready to judge."""

    __slots__ = ("_asserts", "_expressions", "_guard", "_subjects", "policy")

    def __init__(self, policy: Policy, expressions: Expressions, guard: "Guard", subjects: Subjects) -> None:
        self.policy = policy
        self._expressions = expressions
        self._guard = guard
        self._subjects = subjects
        self._asserts: tuple[CompiledAssert, ...] | None = None

    def judge(self, resource: Resource, graph: Graph) -> list[Outcome]:
        """The outcome of every assert; none where the policy does not apply."""
        subject = self._subjects.of(resource, graph)
        applies = self._guard.admits(subject)
        if applies is False:
            return []
        names = subject.names(self.policy.params)
        outcomes = [item.judge(names, subject) for item in self.asserts]
        return outcomes if applies is True else [_doubted(outcome, applies) for outcome in outcomes]

    @property
    def programs(self) -> Iterator[Program]:
        """Every expression that decides, for lint and documentation."""
        return (program for item in self.asserts for program in item.programs)

    @property
    def asserts(self) -> tuple["CompiledAssert", ...]:
        """The items of `assert`. Raises PolicyError if an expression does not compile."""
        if self._asserts is None:
            self._asserts = tuple(CompiledAssert(item, self.policy, self._expressions) for item in self.policy.asserts)
        return self._asserts


class Guard:
    """The `applies` of policies: asked once for each resource, however many policies have the same text."""

    __slots__ = ("_program",)

    def __init__(self, policy: Policy, expressions: Expressions) -> None:
        self._program = expressions.build(policy, policy.applies, "applies") if policy.applies else None

    def admits(self, subject: Subject) -> bool | Unknown:
        """True or false, or why it cannot be told: then policies judge, and what they find is as unsure."""
        if self._program is None:
            return True
        answer = subject.answers.get(self._program.text)
        if answer is None:
            answer = subject.answers[self._program.text] = self._ask(self._program, subject)
        return answer

    def _ask(self, program: Program, subject: Subject) -> bool | Unknown:
        try:
            answer = program.evaluate(subject.names({}))
        except CelEvaluationError as error:
            return Unknown((Cause("error", f"applies: {error}"),))
        if isinstance(answer, bool | Unknown):
            return answer
        return Unknown((Cause("error", f"applies gives {type(answer).__name__}, not true or false"),))


def _doubted(outcome: Outcome, doubt: Unknown) -> Outcome:
    """What an assert says where it is not sure that its policy applies: a fault is then no fault yet."""
    if outcome.status is not Status.FAIL:
        return outcome
    wrong = [cause.reference for cause in doubt.causes if cause.kind == "error"]
    if wrong:
        return outcome._replace(status=Status.ERROR, violations=(), error="; ".join(wrong))
    return outcome._replace(status=Status.UNKNOWN, violations=(), unknown=doubt.causes)
