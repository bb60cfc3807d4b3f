"""K8sNativeValidation: templates in CEL, with the variables and the budget that Gatekeeper gives them."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, Final, NamedTuple

from muniment.engines.gatekeeper.answer import NOTHING, Answer, Finding
from muniment.engines.gatekeeper.inventory import Inventory
from muniment.engines.gatekeeper.manifests import sequence, text
from muniment.engines.gatekeeper.review import Review
from muniment.errors import PolicyError
from muniment.languages.cel import Authorizer, Budget, CelError, CelEvaluationError, Environment, Program
from muniment.languages.cel import environment_for as libraries_of
from muniment.languages.cel.types import BOOL, DYN, STRING, Type
from muniment.languages.unknown import Cause, Unknown

BUDGET: Final = 1_000_000
"""Cost that one constraint may spend on one review; match conditions have the same again."""
_LONGEST_MESSAGE: Final = 5 * 1024
"""Bytes."""
_RESERVED: Final = "gatekeeper_internal_"
_OWN: Final = ("params", "anyObject")
_REQUEST: Final = (
    *("kind", "resource", "subResource", "requestKind", "requestResource", "requestSubResource", "name"),
    *("namespace", "operation", "userInfo", "dryRun", "options"),
)
"""What CEL sees of a request: neither its id nor its objects."""
_ROOTS: Final = ("object", "oldObject", "request", "namespaceObject", "authorizer", "variables")

Observe = Callable[[Any, Any, Any], None]


class Validation(NamedTuple):
    """One demand of a template."""

    holds: Program
    says: Program | None
    message: str


class NativeValidation:
    """A compiled source."""

    __slots__ = ("_conditions", "_ignores_errors", "_validations", "_variables")

    def __init__(self, source: Mapping[str, Any], environment: Environment, *, failure_policy: str = "Fail") -> None:
        """Raises PolicyError for an expression that does not compile. `failure_policy` counts where it says none."""
        policy = source.get("failurePolicy") or failure_policy
        if policy not in {"Fail", "Ignore"}:
            raise PolicyError(f"failurePolicy is {policy!r}; it can be Fail or Ignore")
        self._ignores_errors = policy == "Ignore"
        self._variables: dict[str, Program] = {}
        for name, expression in _named(source, "variables"):
            if name in (*_OWN, *self._variables):
                raise PolicyError(f"the variable name {name} is taken")
            self._variables[name] = self._compile(environment, expression, f"the variable {name}", None)
        self._conditions = tuple(
            (name, self._compile(environment, expression, f"the match condition {name}", BOOL))
            for name, expression in _named(source, "matchCondition")
        )
        rows = sequence(source, "validations")
        self._validations = tuple(self._validation(environment, row, place) for place, row in enumerate(rows))
        if not self._validations:
            raise PolicyError("there are no validations: nothing would ever be refused")

    def _validation(self, environment: Environment, row: Any, place: int) -> Validation:
        where = f"validations[{place}]"
        says = text(row, "messageExpression").strip()
        return Validation(
            self._compile(environment, text(row, "expression"), f"{where}.expression", BOOL),
            self._compile(environment, says, f"{where}.messageExpression", STRING) if says else None,
            text(row, "message").strip(),
        )

    def _compile(self, environment: Environment, expression: str, where: str, wanted: Type | None) -> Program:
        try:
            program = environment.compile(expression)
        except CelError as error:
            raise PolicyError(f"{where} does not compile: {error.diagnostic.message}", code="expression") from error
        for path in program.paths:
            if path[0] == "variables" and len(path) > 1 and path[1] not in (*_OWN, *self._variables, "*"):
                raise PolicyError(f"{where} reads the variable {path[1]}, which nothing before it defines")
        if wanted is not None and program.type not in {wanted, DYN}:
            raise PolicyError(f"{where} gives {program.type}, not {wanted}", code="expression")
        return program

    def judge(self, review: Review, parameters: Mapping[str, Any] | None, _inventory: Inventory) -> Answer:
        """Holds a review against every validation. CEL sees no inventory."""
        scope, variables = self._names(review, parameters, None)
        errors, unknown, applies = self._applies(scope)
        if not applies:
            return NOTHING if self._ignores_errors else Answer((), errors, unknown)
        return self._validate(scope, variables, unknown)

    def watch(self, review: Review, parameters: Mapping[str, Any] | None, assertion: str, observe: Observe) -> None:
        """Tells `observe` of everything that one validation reads: dear, and only done for what is wrong."""
        scope, variables = self._names(review, parameters, observe)
        for place, validation in enumerate(self._validations):
            if _called(place) == assertion:
                with suppress(CelEvaluationError):
                    variables.meter.spend(validation.holds, scope, observe)

    def _names(
        self, review: Review, parameters: Mapping[str, Any] | None, observe: Observe | None
    ) -> "tuple[dict[str, Any], Variables]":
        scope = _scope(review, parameters)
        variables = Variables(self._variables, scope, {"params": parameters, "anyObject": review.subject}, observe)
        scope["variables"] = variables
        return scope, variables

    def _applies(self, scope: dict[str, Any]) -> tuple[tuple[str, ...], tuple[Cause, ...], bool]:
        """(errors, causes of doubt, whether validations are asked): a condition that is false outweighs errors."""
        meter = Meter()
        errors: list[str] = []
        unknown: list[Cause] = []
        for name, condition in self._conditions:
            try:
                value = meter.spend(condition, scope, None)
            except CelEvaluationError as error:
                errors.append(f"match condition {name!r} resulted in error: {error}")
                continue
            if value is False:
                return (), (), False
            if isinstance(value, Unknown):
                unknown += value.causes
            elif value is not True:
                errors.append(f"match condition {name!r} gave neither true nor false")
        return tuple(errors), tuple(unknown), not errors

    def _validate(self, scope: dict[str, Any], variables: "Variables", doubt: tuple[Cause, ...]) -> Answer:
        findings: list[Finding] = []
        errors: list[str] = []
        unknown: list[Cause] = []
        for place, validation in enumerate(self._validations):
            try:
                value = variables.meter.spend(validation.holds, scope, None)
            except CelEvaluationError as error:
                errors.append(f"expression '{validation.holds.text.strip()}' resulted in error: {error}")
                continue
            if isinstance(value, Unknown):
                unknown += value.causes
            elif value is False:
                findings.append(Finding(_message(validation, scope, variables), None, _called(place)))
            elif value is not True:
                errors.append(f"expression '{validation.holds.text.strip()}' gave neither true nor false")
        if doubt and (findings or unknown):
            return Answer((), (), (*doubt, *unknown))
        return Answer(tuple(findings), () if self._ignores_errors else tuple(errors), tuple(unknown))


class Meter:
    """What the expressions of one constraint have cost so far."""

    __slots__ = ("spent",)

    def __init__(self) -> None:
        self.spent = 0

    def spend(self, program: Program, scope: Mapping[str, Any], observe: Observe | None) -> Any:
        """The value of a program. Raises CelEvaluationError, also when all together have cost too much."""
        left = max(BUDGET - self.spent, 0)
        budget = Budget(left)
        try:
            value = program.evaluate(scope, budget) if observe is None else program.trace(scope, observe, budget)
        finally:
            self.spent += left - budget.remaining
        if self.spent > BUDGET:
            raise CelEvaluationError("the budget of the constraint has run out", code="limit-exceeded")
        return value


class Variables(dict[str, Any]):
    """`variables` of the expressions: each is evaluated when it is first read, and kept."""

    __slots__ = ("_failed", "_programs", "_scope", "meter", "observe")

    def __init__(
        self,
        programs: Mapping[str, Program],
        scope: Mapping[str, Any],
        given: Mapping[str, Any],
        observe: Observe | None,
    ) -> None:
        super().__init__(given)
        self._programs = programs
        self._scope = scope
        self._failed: dict[str, CelEvaluationError] = {}
        self.meter = Meter()
        self.observe = observe

    def __contains__(self, name: object) -> bool:
        return name in self._programs or super().__contains__(name)

    def __missing__(self, name: str) -> Any:
        if name in self._failed:
            raise self._failed[name]
        program = self._programs[name]
        try:
            value = self[name] = self.meter.spend(program, self._scope, self.observe)
        except CelEvaluationError as error:
            told = CelEvaluationError(f'composited variable "{name}" fails to evaluate: {error}', code=error.code)
            self._failed[name] = told
            raise told from error
        return value


def native_environment(version: str = "") -> Environment:
    """The environment of a release of Kubernetes, as `1.33`; of the newest one without a version."""
    return Environment(
        libraries=libraries_of(version), variables=dict.fromkeys(_ROOTS, DYN), homogeneous=True, cost="kubernetes"
    )


def _scope(review: Review, parameters: Mapping[str, Any] | None) -> dict[str, Any]:
    request = review.request
    return {
        "object": None if review.deletes else request["object"],
        "oldObject": request["oldObject"],
        "request": {"dryRun": False, **{key: request[key] for key in _REQUEST if key in request}},
        "namespaceObject": review.namespace_object,
        "authorizer": Authorizer(),
        "params": parameters,
    }


def _called(place: int) -> str:
    """How a validation is known, by its place."""
    return f"validation-{place + 1}"


def _named(source: Mapping[str, Any], key: str) -> Iterable[tuple[str, str]]:
    for row in sequence(source, key):
        name = text(row, "name")
        if name.startswith(_RESERVED):
            raise PolicyError(f"{key}: the name {name} begins with {_RESERVED}, which is Gatekeeper's own")
        yield name, text(row, "expression")


def _message(validation: Validation, scope: Mapping[str, Any], variables: Variables) -> str:
    """What the message expression gives, if that can be shown; else the message; else the expression itself."""
    if validation.says is not None:
        try:
            value = variables.meter.spend(validation.says, scope, None)
        except CelEvaluationError:
            value = None
        shown = value.strip() if isinstance(value, str) else ""
        if shown and "\n" not in shown and len(shown.encode("utf-8", "replace")) <= _LONGEST_MESSAGE:
            return shown
    return validation.message or f"failed expression: {validation.holds.text.strip()}"
