"""Expressions that do not always evaluate all their operands: the conditional, `&&` and `||`."""

from typing import Any

from muniment.languages.hcl import nodes, operators
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.scope import Code, Frame, Scope
from muniment.languages.hcl.types import BOOL
from muniment.languages.hcl.values import mark, unknown, unmark
from muniment.languages.unknown import Unknown


def leaves_alone(other: nodes.Expression, chosen: nodes.Expression) -> bool:
    """Whether a branch shows without evaluation that it neither converts nor marks the branch that is chosen."""
    if not isinstance(other, nodes.Literal):
        return False
    first, second = _shown_type(other), _shown_type(chosen)
    return first is type(None) or second is type(None) or (first is second and first is not object)


def _shown_type(node: nodes.Expression) -> type:
    if isinstance(node, nodes.Literal):
        kind = type(node.value)
        return kind if kind in (str, bool, type(None)) else int
    return str if isinstance(node, nodes.Template) else object


def other_branch(code: Code, scope: Scope, frame: Frame) -> Any:
    """The value of the branch that is not taken, of which only type and marks matter; its errors do not."""
    try:
        return code(scope, frame)
    except HclError as error:
        if error.static:
            raise
        return Unknown()


def _beside_unknown(first: Any, right: Code, decisive: bool, scope: Scope, frame: Frame) -> Any:  # noqa: FBT001  which operator
    """`&&` or `||` whose left side is unknown: it may turn out to decide, so errors of the right side do not count."""
    marks = unmark(first)[1]
    try:
        second = right(scope, frame)
        decided = operators.decides(second, decisive)
    except HclError as error:
        if error.static:
            raise
        return mark(unknown((first,)), marks)
    return mark(decisive if decided else unknown((first, second), BOOL), marks | unmark(second)[1])


def choose_branch(value: Any, yes: Code, no: Code, scope: Scope, frame: Frame) -> Any:
    """The conditional for a condition that is no plain bool."""
    decided, _ = operators.condition(value)
    if isinstance(decided, Unknown):
        return operators.choose(value, other_branch(yes, scope, frame), other_branch(no, scope, frame))
    taken, left = (yes, no) if decided else (no, yes)
    chosen, other = taken(scope, frame), other_branch(left, scope, frame)
    return operators.choose(value, *((chosen, other) if decided else (other, chosen)))


def short_circuit(node: nodes.Binary, left: Code, right: Code) -> Code:
    """`&&` or `||`: false or true on either side decides, and on the left before the right is looked at."""
    decisive = node.operator == "||"
    operator = operators.either if decisive else operators.both
    start, end = node.start, node.end

    def evaluate(scope: Scope, frame: Frame) -> Any:
        try:
            first = left(scope, frame)
            if first is decisive:
                return decisive
            if type(first) is not bool and operators.decides(first, decisive):
                return mark(decisive, unmark(first)[1])
            if isinstance(unmark(first)[0], Unknown):
                return _beside_unknown(first, right, decisive, scope, frame)
            second = right(scope, frame)
            if type(first) is bool is type(second):
                return second
            if operators.decides(second, decisive):
                return mark(decisive, unmark(first)[1] | unmark(second)[1])
            return operator(first, second)
        except HclError as error:
            raise error.at(start, end) from None

    return evaluate
