"""A set of templates and constraints, compiled, that answers reviews."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple, Protocol

from muniment.engines.gatekeeper.answer import Answer
from muniment.engines.gatekeeper.constraint import Constraint, read_constraint
from muniment.engines.gatekeeper.inventory import Inventory
from muniment.engines.gatekeeper.manifests import kind_of, name_of
from muniment.engines.gatekeeper.match import NamespaceMissingError
from muniment.engines.gatekeeper.native_validation import NativeValidation, Observe, native_environment
from muniment.engines.gatekeeper.review import Review
from muniment.engines.gatekeeper.template import Template, read_template
from muniment.errors import PolicyError
from muniment.languages.cel import Environment
from muniment.languages.unknown import Cause


class Options(NamedTuple):
    """How templates are run."""

    engines: tuple[str, ...] = ("native", "rego")
    """In order of precedence: the first that a template has code for decides."""
    compare: bool = False
    """Whether the other engine is asked too, and a disagreement is an error."""
    failure_policy: str = "Fail"
    """Of native sources that say none."""
    kubernetes: str = ""
    """Release of Kubernetes whose CEL libraries are there; the newest one if empty."""
    now_ns: int | None = None
    """The time that Rego sees, nanoseconds since 1970; None hides it from templates."""
    strict: bool = False
    """Whether a builtin of Rego that fails is an error where nothing else is found."""
    prints: bool = False
    """Whether `print` of Rego speaks."""


class Validation(Protocol):
    """Compiled code of a template, in either language."""

    def judge(self, review: Review, parameters: Mapping[str, Any] | None, inventory: Inventory) -> Answer:
        """What it says about a review. Never raises on content."""


class CompiledTemplate:
    """A template, ready to judge for its constraints."""

    __slots__ = ("_others", "_validation", "template")

    def __init__(self, template: Template, environment: Environment, options: Options) -> None:
        """Raises PolicyError if its code does not compile."""
        self.template = template
        try:
            wanted = None if options.compare else 1
            made = list(islice(_validations(template, environment, options), wanted))
        except PolicyError as error:
            raise PolicyError(f"template {template.kind}: {error}", code=error.code, hint=error.hint) from error
        if not made:
            raise PolicyError(f"template {template.kind}: has no code for {' or '.join(options.engines)}")
        self._validation, *self._others = made

    def watch(self, review: Review, constraint: Constraint, assertion: str, observe: Observe) -> None:
        """Tells `observe` of everything that a validation reads; Rego tells nothing."""
        if isinstance(self._validation, NativeValidation):
            self._validation.watch(review, constraint.parameters, assertion, observe)

    def judge(self, review: Review, constraint: Constraint, inventory: Inventory) -> Answer:
        """What the template says about a review for one constraint."""
        answer = self._validation.judge(review, constraint.parameters, inventory)
        for other in self._others:
            also = other.judge(review, constraint.parameters, inventory)
            if _verdict(also) != _verdict(answer):
                told = f"CEL and Rego of the template disagree: {_verdict(answer)} and {_verdict(also)}"
                return Answer(errors=(*answer.errors, told))
        return answer


def _validations(template: Template, environment: Environment, options: Options) -> Iterator[Validation]:
    """The compiled code for each engine that is asked, in order of precedence."""
    for engine in options.engines:
        if engine == "native" and template.native is not None:
            yield NativeValidation(template.native, environment, failure_policy=options.failure_policy)
        elif engine == "rego" and template.rego is not None:
            from muniment.engines.gatekeeper.rego_validation import RegoValidation  # noqa: PLC0415  it loads a language

            yield RegoValidation(template.rego, now_ns=options.now_ns, strict=options.strict, prints=options.prints)


class Judged(NamedTuple):
    """What one constraint that looks at a review says about it."""

    constraint: Constraint
    answer: Answer


class ConstraintSet:
    """Templates, constraints and the inventory."""

    __slots__ = ("_environment", "_options", "_templates", "constraints", "inventory")

    def __init__(self, options: Options = Options(), environment: Environment | None = None) -> None:  # noqa: B008  a frozen value
        self._options = options
        self._environment = environment or native_environment(options.kubernetes)
        self._templates: dict[str, CompiledTemplate] = {}
        self.constraints: dict[tuple[str, str], Constraint] = {}
        self.inventory = Inventory()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of constraints that templates define, sorted."""
        return tuple(sorted(self._templates))

    def add_template(self, value: Mapping[str, Any]) -> None:
        """Raises PolicyError for a template that no cluster would accept or that does not compile."""
        template = read_template(value)
        self._templates[template.kind] = CompiledTemplate(template, self._environment, self._options)

    def add_constraint(self, value: Mapping[str, Any]) -> Constraint:
        """Raises SchemaError or PolicyError for a constraint that no cluster would accept."""
        kind = kind_of(value).kind
        compiled = self._templates.get(kind)
        if compiled is None:
            raise PolicyError(f"constraint {kind}/{name_of(value)}: no template defines {kind}", code="no-template")
        constraint = read_constraint(value, compiled.template)
        self.constraints[constraint.key] = constraint
        return constraint

    def review(self, review: Review) -> list[Judged]:
        """The answers of the constraints that look at a review, by kind and name."""
        judged = (self._judge(review, self.constraints[key]) for key in sorted(self.constraints))
        return [one for one in judged if one is not None]

    def watch(self, review: Review, assertion: str, observe: Observe) -> None:
        """Tells `observe` of what the constraints read of a review in one assertion."""
        for constraint in self.constraints.values():
            self._templates[constraint.kind].watch(review, constraint, assertion, observe)

    def _judge(self, review: Review, constraint: Constraint) -> Judged | None:
        try:
            if not review.matches(constraint.match):
                return None
        except NamespaceMissingError as error:
            return Judged(constraint, Answer(unknown=(Cause("namespace", str(error)),)))
        return Judged(constraint, self._templates[constraint.kind].judge(review, constraint, self.inventory))


def _verdict(answer: Answer) -> str:
    if answer.errors:
        return "an error"
    if answer.findings:
        return "a violation"
    return "cannot be told" if answer.unknown else "no violation"
