"""Compiles native policies and judges resources with them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from muniment.core.graph import Graph
from muniment.core.ports import Outcome
from muniment.engines.native.functions import FUNCTIONS
from muniment.engines.native.message import Message
from muniment.engines.native.reads import Read, locate, material
from muniment.engines.native.scope import ElementScope, Observe, Scope, Subject, Subjects
from muniment.errors import PolicyError
from muniment.languages.cel import CelError, CelEvaluationError, Environment, Program
from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown
from muniment.model.document import Location
from muniment.model.policy import Assert, Policy
from muniment.model.resource import Resource
from muniment.model.result import Violation
from muniment.model.status import Status, worst

_NAMES: Final = ("resource", "meta", "params", "settings", "anywhere")


class NativeEngine:
    """The engine of the native language; compiled environments are its own.

    `trusted` policies have compiled before: what they name is not checked again, and each compiles when it first has
    something to judge.
    """

    language = "native"

    def __init__(self, *, trusted: bool = False) -> None:
        self._environment = Environment(variables=_NAMES, functions=FUNCTIONS, null_safe=True, check=not trusted)
        self._guards: dict[str, Guard] = {}
        self._subjects = Subjects()
        self._trusted = trusted

    def compile(self, policy: Policy) -> "NativeProgram":
        """Raises PolicyError, with file and the text that is wrong, if an expression does not compile."""
        if policy.applies not in self._guards:
            self._guards[policy.applies] = Guard(policy, self._environment)
        program = NativeProgram(policy, self._environment, self._guards[policy.applies], self._subjects)
        if not self._trusted:
            program.asserts  # noqa: B018  compiles them
        return program


class NativeProgram:
    """One policy, ready to judge."""

    __slots__ = ("_asserts", "_environment", "_guard", "_subjects", "policy")

    def __init__(self, policy: Policy, environment: Environment, guard: "Guard", subjects: Subjects) -> None:
        self.policy = policy
        self._environment = environment
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
            self._asserts = tuple(CompiledAssert(item, self.policy, self._environment) for item in self.policy.asserts)
        return self._asserts


class Guard:
    """The `applies` of policies: asked once for each resource, however many policies have the same text."""

    __slots__ = ("_program",)

    def __init__(self, policy: Policy, environment: Environment) -> None:
        self._program = _build(environment, policy, policy.applies, "applies") if policy.applies else None

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


class CompiledAssert:
    """One item of `assert`, compiled."""

    __slots__ = (
        "_at",
        "_each",
        "_element_lets",
        "_kinds",
        "_lets",
        "_message",
        "_pass",
        "_position",
        "_skip",
        "_that",
        "_variable",
        "_when",
        "aliases",
        "name",
    )

    def __init__(self, item: Assert, policy: Policy, environment: Environment) -> None:
        def build(text: str, where: str) -> Program:
            return _build(scope, policy, text, where)

        texts = {**policy.let, **item.let}
        names = [*texts, *((item.variable, item.position) if item.each else ())]
        scope = environment.extend(variables=names)
        lets = {name: build(text, f"let.{name}") for name, text in texts.items()}
        self.name = item.name
        self.aliases = item.aliases
        self._pass = Outcome(item.name, item.aliases, Status.PASS)
        self._skip = Outcome(item.name, item.aliases, Status.SKIP)
        self._kinds = frozenset(item.kinds or policy.kinds)
        self._when = build(item.when, f"{item.name}.when") if item.when else None
        self._each = build(item.each, f"{item.name}.each") if item.each else None
        self._that = build(item.that, f"{item.name}.that")
        self._at = tuple(build(text, f"{item.name}.at") for text in item.at)
        self._variable, self._position = item.variable, item.position
        self._lets = lets
        self._element_lets = _dependent(lets, {item.variable, item.position}) if item.each else {}
        try:
            self._message = Message(item.message or policy.title, scope)
        except CelError as error:
            raise PolicyError(
                f"{policy.file or policy.id}: {item.name}.message: {error.diagnostic.message}", code="expression"
            ) from error

    @property
    def programs(self) -> Iterator[Program]:
        """Every expression that decides."""
        optional = (self._when, self._each, self._that)
        return (*(program for program in optional if program), *self._lets.values()).__iter__()

    def judge(self, names: Mapping[str, Any], subject: Subject) -> Outcome:
        """The outcome for one resource; errors of the judged data become an outcome, never an exception."""
        if self._kinds and subject.resource.kind not in self._kinds:
            return self._skip
        scope = Scope(names, self._lets)
        try:
            if self._each is None:
                return self._decide(scope, subject, None)
            return self._over_elements(scope, subject)
        except CelEvaluationError as error:
            return self._error(f"{self.name}: {error}")

    def _over_elements(self, scope: Scope, subject: Subject) -> Outcome:
        assert self._each is not None  # noqa: S101  judge() calls this for items with `each` only
        elements = self._each.evaluate(scope)
        if elements is None:
            return self._pass
        if isinstance(elements, Unknown):
            return self._unknown(elements.causes)
        outcomes = []
        for key, element in _members(elements):
            values = {**scope, self._variable: element, self._position: key}
            inner = ElementScope(values, scope, self._element_lets)
            try:
                outcomes.append(self._decide(inner, subject, (elements, key, element)))
            except CelEvaluationError as error:
                outcomes.append(self._error(f"{self.name}: {error}"))
        if isinstance(elements, OpenList | OpenMap):
            outcomes.append(self._unknown(elements.causes))
        return self._together(outcomes)

    def _decide(self, scope: Scope, subject: Subject, element: Read | None) -> Outcome:
        unsure: tuple[Cause, ...] | None = None
        if self._when is not None:
            applies = self._when.evaluate(scope)
            if isinstance(applies, Unknown):
                unsure = applies.causes
            elif applies is not True:
                return self._skip if applies is False else self._not_boolean(f"{self.name}.when", applies)
        holds = self._that.evaluate(scope)
        if holds is True:
            return self._pass
        if isinstance(holds, Unknown):
            return self._unknown(holds.causes)
        if holds is not False:
            return self._not_boolean(self.name, holds)
        if unsure is not None:
            return self._unknown(unsure)
        return self._pass._replace(status=Status.FAIL, violations=(self._violation(scope, subject, element),))

    def _unknown(self, causes: tuple[Cause, ...]) -> Outcome:
        """UNKNOWN; a value that is unknown because its expression is wrong is an ERROR."""
        wrong = [cause.reference for cause in causes if cause.kind == "error"]
        if wrong:
            return self._error("; ".join(wrong))
        return self._pass._replace(status=Status.UNKNOWN, unknown=causes)

    def _error(self, message: str) -> Outcome:
        return self._pass._replace(status=Status.ERROR, error=message)

    def _not_boolean(self, where: str, value: Any) -> Outcome:
        return self._error(f"{where} gives {type(value).__name__}, not true or false")

    def _together(self, outcomes: list[Outcome]) -> Outcome:
        """One outcome of all elements; no element holds."""
        statuses = {outcome.status for outcome in outcomes}
        if statuses <= {Status.PASS}:
            return self._pass
        return self._pass._replace(
            status=worst(statuses),
            violations=tuple(violation for outcome in outcomes for violation in outcome.violations),
            unknown=tuple(dict.fromkeys(cause for outcome in outcomes for cause in outcome.unknown)),
            error="; ".join(dict.fromkeys(outcome.error for outcome in outcomes if outcome.error)),
        )

    def _violation(self, scope: Scope, subject: Subject, element: Read | None) -> Violation:
        """Judges again, watching what is read: dear, and only done for what is wrong."""
        reads: list[Read] = []
        observe = _recorder(reads)
        names = {name: value for name, value in scope.items() if name not in self._lets}
        watched = Scope(names, self._lets, observe)
        self._that.trace(watched, observe)
        if element is not None and not isinstance(element[2], dict | list):
            reads.append(element)
        sensitive = subject.resource.sensitive
        place = self._place(watched, element, reads, subject.joined)
        return Violation(
            self.name,
            self._message.render(scope, sensitive),
            place or subject.resource.location,
            material(reads, subject.paths(), sensitive),
        )

    def _place(
        self, scope: Scope, element: Read | None, reads: list[Read], joined: Mapping[int, Resource]
    ) -> Location | None:
        """The first `at` that is present; else the block that should hold it; else the element or the last read."""
        fallback: Location | None = None
        for path in self._at:
            steps: list[Read] = []
            keep = _recorder(steps)
            try:
                value = path.trace(scope, keep)
            except CelEvaluationError:
                continue
            if not steps and element is not None and value is element[2]:
                steps = [element]
            solid = [step for step in steps if step[0] is not None]
            place = locate(solid[-1], joined) if solid else None
            if place is not None and value is not None:
                return place
            fallback = fallback or place
        if fallback is None and element is not None:
            fallback = locate(element, joined)
        if fallback is None and not self._at:
            found = (locate(read, joined) for read in reversed(reads) if read[2] is not None)
            fallback = next((place for place in found if place is not None), None)
        return fallback


def _build(environment: Environment, policy: Policy, text: str, where: str) -> Program:
    try:
        return environment.compile(text)
    except CelError as error:
        raise PolicyError(
            f"{policy.file or policy.id}: {where} does not compile: {error.diagnostic.message}\n    {text}",
            code="expression",
        ) from error


def _doubted(outcome: Outcome, doubt: Unknown) -> Outcome:
    """What an assert says where it is not sure that its policy applies: a fault is then no fault yet."""
    if outcome.status is not Status.FAIL:
        return outcome
    wrong = [cause.reference for cause in doubt.causes if cause.kind == "error"]
    if wrong:
        return outcome._replace(status=Status.ERROR, violations=(), error="; ".join(wrong))
    return outcome._replace(status=Status.UNKNOWN, violations=(), unknown=doubt.causes)


def _recorder(reads: list[Read]) -> Observe:
    def observe(container: Any, key: Any, value: Any) -> None:
        reads.append((container, key, value))

    return observe


def _dependent(lets: Mapping[str, Program], names: set[str]) -> dict[str, Program]:
    """The `let` names that read one of `names`, directly or through others."""
    out: dict[str, Program] = {}
    grown = True
    while grown:
        grown = False
        for name, program in lets.items():
            if name not in out and program.references & (names | out.keys()):
                out[name] = program
                grown = True
    return out


def _members(elements: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(elements, dict):
        return elements.items()
    if isinstance(elements, list | tuple):
        return enumerate(elements)
    raise CelEvaluationError(f"`each` gives {type(elements).__name__}, not a list or map")
