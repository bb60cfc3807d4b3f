"""Heads of rules and comprehensions as lines of their bodies: what references in them iterate over binds variables."""

from collections.abc import Callable, Sequence

from muniment.languages.rego.ast import Body, Equation, Expression, Term, Var
from muniment.languages.rego.variables import uses


def as_lines(heads: Sequence[Term], bound: frozenset[str], fresh: Callable[[], Var]) -> tuple[Body, list[Term]]:
    """Lines that give `fresh` variables the values of those heads that bind any, and the heads with these variables."""
    lines: list[Expression] = []
    made: list[Term] = []
    for head in heads:
        if not uses(head, bound).binds:
            made.append(head)
            continue
        variable = fresh()
        equation = Equation(variable, head, False, head.start, head.end)
        lines.append(Expression(equation, start=head.start, end=head.end))
        made.append(variable)
    return tuple(lines), made
