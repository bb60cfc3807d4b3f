"""Parts a line from the calls within its terms, each of which can be evaluated, and bind variables, before the line."""

from collections.abc import Callable, Iterator

from muniment.languages.rego.ast import (
    ArrayTerm,
    Block,
    Call,
    Equation,
    Every,
    Expression,
    Logical,
    ObjectTerm,
    Ref,
    SetTerm,
    Some,
    SomeIn,
    Term,
    Var,
)

_PREFIX = "~call"


def is_parted(name: str) -> bool:
    """Whether a variable stands for a call that was parted from its line."""
    return name.startswith(_PREFIX)


def parted(one: Expression) -> Iterator[Expression]:
    """The nested calls of a line as lines of their own, inner ones first, and what is left of it."""
    clause = one.term
    lines: list[Expression] = []

    def part(call: Call) -> Var:
        # Infix operators begin where their first operand does: the end tells them apart.
        name = Var(f"{_PREFIX}{call.start}-{call.end}", call.start, call.end)
        equation = Equation(name, call, False, call.start, call.end)
        lines.append(Expression(equation, withs=one.withs, start=call.start, end=call.end))
        return name

    if isinstance(clause, Equation):
        clause = clause._replace(left=_within(clause.left, part), right=_within(clause.right, part))
    elif not isinstance(clause, Block | Every | Logical | Some | SomeIn):
        clause = _within(clause, part)
    yield from lines
    yield one._replace(term=clause) if lines else one


def _within(term: Term, part: Callable[[Call], Var]) -> Term:
    """A term that keeps its own call, if it is one, but none inside of it."""

    def inner(child: Term) -> Term:
        found = _within(child, part)
        return part(found) if isinstance(found, Call) else found

    if isinstance(term, Ref):
        return term._replace(head=inner(term.head), path=tuple(map(inner, term.path)))
    if isinstance(term, Call):
        return term._replace(arguments=tuple(map(inner, term.arguments)))
    if isinstance(term, ArrayTerm | SetTerm):
        return term._replace(items=tuple(map(inner, term.items)))
    if isinstance(term, ObjectTerm):
        return term._replace(pairs=tuple((inner(key), inner(value)) for key, value in term.pairs))
    return term
