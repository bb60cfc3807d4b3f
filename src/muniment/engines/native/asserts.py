"""One item of `assert`, compiled: what it says of a resource."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from muniment.core.ports import Outcome
from muniment.engines.native.expressions import Expressions
from muniment.engines.native.message import Message
from muniment.engines.native.reads import Read
from muniment.engines.native.scope import ElementScope, Scope, Subject
from muniment.engines.native.telling import Telling
from muniment.errors import PolicyError
from muniment.languages.cel import CelError, CelEvaluationError, Program
from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown
from muniment.model.policy import Assert, Policy
from muniment.model.status import Status, worst


class CompiledAssert:
    """One item of `assert`, compiled."""

    __slots__ = (
        "_each",
        "_element_lets",
        "_expressions",
        "_item",
        "_kinds",
        "_lets",
        "_names",
        "_pass",
        "_policy",
        "_position",
        "_skip",
        "_telling",
        "_that",
        "_variable",
        "_when",
        "aliases",
        "name",
    )

    def __init__(self, item: Assert, policy: Policy, expressions: Expressions) -> None:
        texts = {**policy.let, **item.let}
        self._names = (*texts, *((item.variable, item.position) if item.each else ()))
        self._expressions = expressions
        self._item, self._policy = item, policy
        lets = {name: self._build(text, f"let.{name}") for name, text in texts.items()}
        self.name = item.name
        self.aliases = item.aliases
        self._pass = Outcome(item.name, item.aliases, Status.PASS)
        self._skip = Outcome(item.name, item.aliases, Status.SKIP)
        self._kinds = frozenset(item.kinds or policy.kinds)
        self._when = self._build(item.when, f"{item.name}.when") if item.when else None
        self._each = self._build(item.each, f"{item.name}.each") if item.each else None
        self._that = self._build(item.that, f"{item.name}.that")
        self._variable, self._position = item.variable, item.position
        self._lets = lets
        self._element_lets = _dependent(lets, {item.variable, item.position}) if item.each else {}
        self._telling: Telling | None = None

    def _build(self, text: str, where: str) -> Program:
        return self._expressions.build(self._policy, text, where, self._names)

    @property
    def telling(self) -> Telling:
        """What tells of violations; compiled for the first. Raises PolicyError if an expression does not compile."""
        if self._telling is None:
            item, policy = self._item, self._policy
            try:
                message = Message(item.message or policy.title, self._expressions, self._names)
            except CelError as error:
                raise PolicyError(
                    f"{policy.file or policy.id}: {item.name}.message: {error.diagnostic.message}", code="expression"
                ) from error
            self._telling = Telling(item.name, message, [self._build(text, f"{item.name}.at") for text in item.at])
        return self._telling

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
        passed, others = False, []
        for key, element in _members(elements):
            values = {**scope, self._variable: element, self._position: key}
            inner = ElementScope(values, scope, self._element_lets)
            try:
                outcome = self._decide(inner, subject, (elements, key, element))
            except CelEvaluationError as error:
                outcome = self._error(f"{self.name}: {error}")
            if outcome is self._pass:
                passed = True
            else:
                others.append(outcome)
        if isinstance(elements, OpenList | OpenMap):
            others.append(self._unknown(elements.causes))
        return self._together(others, passed=passed)

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
        violation = self.telling.violation(self._that, scope, self._lets, subject, element)
        return self._pass._replace(status=Status.FAIL, violations=(violation,))

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

    def _together(self, others: list[Outcome], *, passed: bool) -> Outcome:
        """One outcome of all elements: of those that do not simply pass, and whether any did. No element holds."""
        if not others:
            return self._pass
        statuses = {outcome.status for outcome in others}
        return self._pass._replace(
            status=worst(statuses | {Status.PASS} if passed else statuses),
            violations=tuple(violation for outcome in others for violation in outcome.violations),
            unknown=tuple(dict.fromkeys(cause for outcome in others for cause in outcome.unknown)),
            error="; ".join(dict.fromkeys(outcome.error for outcome in others if outcome.error)),
        )


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
