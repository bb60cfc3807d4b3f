"""Which variables a term needs before it has a value, and which it binds by what it iterates over."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from muniment.languages.rego.ast import (
    ArrayTerm,
    Block,
    Body,
    Call,
    Clause,
    Comprehension,
    Equation,
    Every,
    Expression,
    Logical,
    ObjectTerm,
    Ref,
    SetTerm,
    Some,
    SomeIn,
    Template,
    Term,
    Var,
)
from muniment.languages.rego.names import ROOTS


class Uses(NamedTuple):
    """Variables that a term `needs`, and those that it `binds`: unbound ones in the paths of its references."""

    needs: frozenset[str]
    binds: frozenset[str]


_NONE = Uses(frozenset(), frozenset())


def children(term: Term) -> tuple[Term, ...]:
    """The terms that a term is made of; those of inner bodies are not among them."""
    if isinstance(term, Ref):
        return (term.head, *term.path)
    if isinstance(term, Call):
        return term.arguments
    if isinstance(term, ArrayTerm | SetTerm):
        return term.items
    if isinstance(term, ObjectTerm):
        return tuple(part for pair in term.pairs for part in pair)
    return ()


def uses(term: Term, outer: frozenset[str]) -> Uses:
    """What a term needs and binds; of the variables of inner bodies only those of `outer`, the body around, count."""
    if isinstance(term, Var):
        return _NONE if term.name in ROOTS else Uses(frozenset((term.name,)), frozenset())
    if isinstance(term, Ref):
        return _uses_of_ref(term, outer)
    if isinstance(term, Comprehension | Template):
        return Uses(frozenset(inner_names(term)) & outer, frozenset())
    return _together([uses(child, outer) for child in children(term)])


def _together(parts: list[Uses]) -> Uses:
    if not parts:
        return _NONE
    binds = frozenset().union(*[part.binds for part in parts])
    return Uses(frozenset().union(*[part.needs for part in parts]) - binds, binds)


def _uses_of_ref(term: Ref, outer: frozenset[str]) -> Uses:
    parts = [uses(term.head, outer)]
    for step in term.path:
        if isinstance(step, Var):
            parts.append(Uses(frozenset(), frozenset((step.name,))))
        elif isinstance(step, ArrayTerm | ObjectTerm):
            found = uses(step, outer)
            parts.append(Uses(frozenset(), found.needs | found.binds))
        else:
            parts.append(uses(step, outer))
    return _together(parts)


def pattern_needs(term: Term, outer: frozenset[str]) -> frozenset[str]:
    """What a term needs where it is matched with a value: variables on its surface are bound by that."""
    if isinstance(term, Var):
        return frozenset()
    if isinstance(term, ArrayTerm):
        return frozenset().union(*[pattern_needs(item, outer) for item in term.items])
    if isinstance(term, ObjectTerm):
        keys = [uses(key, outer).needs for key, _ in term.pairs]
        return frozenset().union(*keys, *[pattern_needs(value, outer) for _, value in term.pairs])
    return uses(term, outer).needs


def surface(term: Term) -> Iterator[str]:
    """Variables that matching a term binds."""
    if isinstance(term, Var):
        if term.name not in ROOTS:
            yield term.name
    elif isinstance(term, ArrayTerm):
        for item in term.items:
            yield from surface(item)
    elif isinstance(term, ObjectTerm):
        for _, value in term.pairs:
            yield from surface(value)


def own_names(expression: Expression) -> Iterator[str]:
    """Variables of a line, without those of bodies within it."""
    clause = expression.term
    for term in direct_terms(clause):
        yield from term_names(term)
    for modifier in expression.withs:
        yield from term_names(modifier.value)


def direct_terms(clause: Clause) -> tuple[Term, ...]:
    """The terms of a clause that stand in no body within it."""
    if isinstance(clause, Equation):
        return (clause.left, clause.right)
    if isinstance(clause, Every):
        return (clause.domain,)
    if isinstance(clause, SomeIn):
        return (*((clause.key,) if clause.key else ()), clause.value, clause.domain)
    if isinstance(clause, Block | Logical | Some):
        return ()
    return (clause,)


def term_names(term: Term) -> Iterator[str]:
    """Variables of a term, without those of bodies within it."""
    if isinstance(term, Var):
        if term.name not in ROOTS:
            yield term.name
        return
    for child in children(term):
        yield from term_names(child)


def inner_names(term: Term | Clause) -> Iterator[str]:
    """All variables of a term or clause, at any depth."""
    if isinstance(term, Var):
        if term.name not in ROOTS:
            yield term.name
        return
    for expression in bodies(term):
        yield from names_of_expression(expression)
    if isinstance(term, Comprehension):
        yield from inner_names(term.value)
        if term.key is not None:
            yield from inner_names(term.key)
    for part in direct_terms(term) if isinstance(term, Equation | Every | SomeIn) else children(term):  # type: ignore[arg-type]
        yield from inner_names(part)


def names_of_expression(expression: Expression) -> Iterator[str]:
    """All variables of a line, at any depth."""
    yield from inner_names(expression.term)
    for modifier in expression.withs:
        yield from inner_names(modifier.value)


def bodies(term: Term | Clause) -> Body:
    """The lines of bodies that stand directly in a term or clause."""
    if isinstance(term, Comprehension | Every | Block):
        return term.body
    if isinstance(term, Template):
        return tuple(part for part in term.parts if isinstance(part, Expression))
    if isinstance(term, Logical):
        return (term.left, term.right)
    return ()


def refs_of(term: Term | Clause, visit: Callable[[Ref | Call], None]) -> None:
    """Visits every reference and call, at any depth."""
    if isinstance(term, Ref | Call):
        visit(term)
    for expression in bodies(term):
        refs_of_expression(expression, visit)
    if isinstance(term, Comprehension):
        refs_of(term.value, visit)
        if term.key is not None:
            refs_of(term.key, visit)
    for part in direct_terms(term) if isinstance(term, Equation | Every | SomeIn) else children(term):  # type: ignore[arg-type]
        refs_of(part, visit)


def refs_of_expression(expression: Expression, visit: Callable[[Ref | Call], None]) -> None:
    """Visits every reference and call of a line, those of its `with` too."""
    refs_of(expression.term, visit)
    for modifier in expression.withs:
        refs_of(modifier.value, visit)
        if not isinstance(modifier.target, Var):
            for part in children(modifier.target)[1:]:
                refs_of(part, visit)
