"""The use case of `gator test`: every object of the input is reviewed by the constraints of the input."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from muniment.app.gator.files import Manifest
from muniment.engines.gatekeeper.answer import Answer, Finding, implied
from muniment.engines.gatekeeper.constraint import Constraint
from muniment.engines.gatekeeper.enforcement import ACTIONS, GATOR, SCOPED
from muniment.engines.gatekeeper.evaluation import ConstraintSet, Judged, Options
from muniment.engines.gatekeeper.expansion import Expander
from muniment.engines.gatekeeper.lint import mismatches
from muniment.engines.gatekeeper.manifests import kind_of, namespace_of, role_of
from muniment.engines.gatekeeper.match import GENERATED
from muniment.engines.gatekeeper.review import Review, of_object
from muniment.model.kubernetes import BUILT_IN, CLUSTER_SCOPED


class Violation(NamedTuple):
    """One violation as gator tells it."""

    constraint: Constraint
    message: str
    details: Any
    """None where the language has none."""
    action: str
    scoped: tuple[str, ...]
    """The actions at gator's enforcement point, where the action is `scoped`."""
    value: Mapping[str, Any]
    """The object; for what was expanded the one that it comes from."""

    def is_as_hard_as(self, action: str) -> bool:
        """Whether its action, or one of its scoped ones, is that or a harder one."""
        hard = ACTIONS[: ACTIONS.index(action) + 1]
        return any(one in hard for one in (self.action, *self.scoped))


class Reviewed(NamedTuple):
    """What a run found, and what it left unjudged."""

    violations: tuple[Violation, ...]
    problems: tuple[str, ...] = ()
    """Why an answer of no violations would say nothing."""
    prints: tuple[str, ...] = ()


def review_all(manifests: Sequence[Manifest], options: Options, beside: Sequence[Manifest] = ()) -> Reviewed:
    """Reviews all objects; those `beside` are in the inventory and nothing more.

    Raises PolicyError, ReviewError and MutationError for what stops gator too.
    """
    known = constraint_set(manifests, options)
    for one in beside:
        known.inventory.add(one.value)
    values = [one.value for one in manifests]
    expander = expander_of(values)
    matched: set[tuple[str, str]] = set()
    violations: list[Violation] = []
    prints: list[str] = []
    for value in values:
        for judged, action in _judged(value, known, expander):
            matched.add(judged.constraint.key)
            violations += told(judged, value, action)
            prints += judged.answer.prints
    violations.sort(key=lambda one: (one.action, one.message))
    return Reviewed(tuple(violations), tuple(_problems(known, values, matched)), tuple(prints))


def constraint_set(manifests: Iterable[Manifest], options: Options) -> ConstraintSet:
    """The templates and constraints of the input, with everything in it as the inventory. Raises PolicyError."""
    known, values = ConstraintSet(options), [one.value for one in manifests]
    for value in values:
        if role_of(value) == "template":
            known.add_template(value)
    for value in values:
        if role_of(value) == "constraint":
            known.add_constraint(value)
    for value in values:
        known.inventory.add(value)
    return known


def expander_of(values: Sequence[Mapping[str, Any]]) -> Expander:
    """The expansions and mutators of the input. Raises PolicyError."""
    return Expander(
        [value for value in values if role_of(value) == "expansion"],
        [value for value in values if role_of(value) == "mutator"],
    )


def judge(review: Review, known: ConstraintSet) -> list[Judged]:
    """The answers of the constraints that are enforced at gator's point."""
    return [one for one in known.review(review) if _is_enforced(one.constraint)]


def told(judged: Judged, value: Mapping[str, Any], action: str = "") -> Iterator[Violation]:
    """The violations in an answer: an error is one, and so is doubt. `action` replaces the constraint's."""
    constraint = judged.constraint
    enforcement = constraint.enforcement
    scoped = enforcement.at(GATOR) if enforcement.action == SCOPED else ()
    for message, details, _ in _findings(judged.answer):
        yield Violation(constraint, message, details, action or enforcement.action, scoped, value)


def _findings(answer: Answer) -> Iterator[Finding]:
    yield from answer.findings
    yield from (Finding(error) for error in answer.errors)
    for cause in answer.unknown:
        yield Finding(f"cannot be told: the {cause.kind} {cause.reference} is not given")


def _judged(value: Mapping[str, Any], known: ConstraintSet, expander: Expander) -> Iterator[tuple[Judged, str]]:
    """The answers about an object and all that it expands to, with the action that an expansion says."""
    namespace = _namespace(value)
    space = known.inventory.namespaces.get(namespace)
    for judged in judge(of_object(value, namespace=namespace, namespace_object=space), known):
        yield judged, ""
    for child in expander.expanded(value, space):
        inner = _namespace(child.value)
        generated = of_object(child.value, namespace=inner, namespace_object=space, source=GENERATED)
        for judged in judge(generated, known):
            yield Judged(judged.constraint, implied(judged.answer, child.template)), child.action


def _namespace(value: Mapping[str, Any]) -> str:
    """The namespace that an object will live in: `default` for one that must have a namespace and names none."""
    group, _, kind = kind_of(value)
    known = group in BUILT_IN.get(kind, ()) and (f"{kind}.{group}" if group else kind) not in CLUSTER_SCOPED
    return namespace_of(value) or ("default" if known else "")


def _is_enforced(constraint: Constraint) -> bool:
    return constraint.enforcement.action != SCOPED or bool(constraint.enforcement.at(GATOR))


def _problems(
    known: ConstraintSet, values: Sequence[Mapping[str, Any]], matched: set[tuple[str, str]]
) -> Iterator[str]:
    """Why the run may have judged nothing, or not what was meant."""
    if not known.kinds:
        yield "there is no ConstraintTemplate in the input"
    if not known.constraints:
        yield "there is no constraint in the input: nothing was judged"
        return
    if not matched:
        yield "no constraint looks at any object of the input: nothing was judged"
    kinds = [(kind_of(value).group, kind_of(value).kind) for value in values]
    for constraint in known.constraints.values():
        if constraint.key not in matched:
            yield from (f"{'/'.join(constraint.key)}: {wrong}" for wrong in mismatches(constraint, kinds))
