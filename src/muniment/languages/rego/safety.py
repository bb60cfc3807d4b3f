"""Orders the lines of a body so that every variable is bound before it is used; else they stay as they stood."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from muniment.languages.rego.ast import (
    ArrayTerm,
    Block,
    Body,
    Call,
    Clause,
    Equation,
    Every,
    Expression,
    Logical,
    ObjectTerm,
    Scalar,
    Term,
)
from muniment.languages.rego.parting import is_parted, parted
from muniment.languages.rego.values import equal
from muniment.languages.rego.variables import (
    children,
    inner_names,
    names_of_expression,
    own_names,
    pattern_needs,
    surface,
    uses,
)

Names = frozenset[str]
_EMPTY: Final[Names] = frozenset()


class Order(NamedTuple):
    """The lines in an order that works; `unsafe` are variables that no order binds, with the lines that need them."""

    body: Body
    bound: Names
    """What is bound behind the last line."""
    unsafe: tuple[tuple[str, Expression], ...]


def order(body: Body, bound: Names) -> Order:
    """The order of a body whose outer variables are bound already."""
    outer = bound.union(*[own_names(one) for one in body]) if body else bound
    waiting, placed = list(body), []
    while waiting:
        rest = []
        for one in waiting:
            binds = binding(one, bound, outer)
            if binds is None:
                rest.append(one)
            else:
                placed.append(one)
                bound |= binds
        if len(rest) == len(waiting):
            rest = [part for one in waiting for part in parted(one)]
            if len(rest) == len(waiting):
                return Order(tuple(placed), bound, tuple(_unsafe(rest, bound, outer)))
        waiting = rest
    return Order(tuple(placed), bound, ())


def _unsafe(rest: Sequence[Expression], bound: Names, outer: Names) -> Iterator[tuple[str, Expression]]:
    """The variables that are missing; not those that another line would bind if it were not itself unsafe."""
    missing = [(name, one) for one in rest for name in sorted(needs(one, outer) - bound)]
    promised = {name for one in rest for name in _promises(one)}
    missing = [(name, one) for name, one in missing if not is_parted(name)]
    roots = [(name, one) for name, one in missing if name not in promised]
    yield from roots or missing


def _promises(one: Expression) -> Iterator[str]:
    if isinstance(one.term, Equation) and not one.negated:
        for side, other in ((one.term.left, one.term.right), (one.term.right, one.term.left)):
            if not set(surface(side)) & set(inner_names(other)) and not isinstance(other, type(side)):
                yield from surface(side)


def needs(one: Expression, outer: Names) -> Names:
    """Everything that a line cannot bind itself, roughly: for telling what is missing."""
    found = _EMPTY.union(*[uses(modifier.value, outer).needs for modifier in one.withs])
    clause = one.term
    if one.negated or isinstance(clause, Block | Logical):
        return found | (frozenset(inner_names(clause)) & outer)
    if isinstance(clause, Equation):
        return found | uses(clause.left, outer).needs | uses(clause.right, outer).needs
    if isinstance(clause, Every):
        return found | uses(clause.domain, outer).needs | _every_needs(clause, outer)
    return found | uses(clause, outer).needs  # type: ignore[arg-type]


def _every_needs(clause: Every, outer: Names) -> Names:
    names = {name for one in clause.body for name in names_of_expression(one)}
    own = {clause.value.name, clause.key.name if clause.key else ""}
    return frozenset(names - own) & outer


def binding(one: Expression, bound: Names, outer: Names) -> Names | None:
    """The variables that a line binds; None when it needs others that are not bound."""
    found = _EMPTY
    for modifier in one.withs:
        used = uses(modifier.value, outer)
        if not used.needs <= bound:
            return None
        found |= used.binds
    clause = one.term
    if one.negated:
        return found if _negated_needs(clause, bound, outer) <= bound else None
    if isinstance(clause, Equation):
        made = solved(clause.left, clause.right, bound | found, outer)
        return None if made is None else found | made.binds
    if isinstance(clause, Block | Logical):
        return found if frozenset(inner_names(clause)) & outer <= bound else None
    if isinstance(clause, Every):
        used = uses(clause.domain, outer)
        ready = used.needs | _every_needs(clause, outer) <= bound | used.binds
        return found | used.binds if ready else None
    used = uses(clause, outer)  # type: ignore[arg-type]
    return found | used.binds if used.needs <= bound else None


def _negated_needs(clause: Clause, bound: Names, outer: Names) -> Names:
    """What a negated line needs: all but what nested calls, which are evaluated outside of it, iterate over."""
    if isinstance(clause, Call):
        return _EMPTY.union(*[_outside_needs(argument, bound, outer) for argument in clause.arguments])
    if isinstance(clause, Equation):
        return _outside_needs(clause.left, bound, outer) | _outside_needs(clause.right, bound, outer)
    if isinstance(clause, Every | Block | Logical):
        return needs(Expression(clause), outer) - bound
    return _all(clause, outer)  # type: ignore[arg-type]


def _outside_needs(term: Term, bound: Names, outer: Names) -> Names:
    if isinstance(term, Call):
        return uses(term, outer).needs - bound
    return _all(term, outer)


def _all(term: Term, outer: Names) -> Names:
    used = uses(term, outer)
    return used.needs | used.binds


class Solution(NamedTuple):
    """An equation as parts, each of a `value` that can be computed and a pattern, in an order that works."""

    parts: tuple[tuple[Term, Term], ...]
    """Pattern and value."""
    binds: Names
    possible: bool = True
    """Whether the sides can be equal at all."""


def solved(left: Term, right: Term, bound: Names, outer: Names) -> Solution | None:
    """The parts of an equation; None when neither side of some part can be computed."""
    waiting, parts, known, impossible = [(left, right)], [], bound, False
    while waiting:
        rest: list[tuple[Term, Term]] = []
        for a, b in waiting:
            found = _oriented(a, b, known, outer) or _oriented(b, a, known, outer)
            if found:
                parts.append(found[0])
                known |= found[1]
                continue
            split = _split(a, b)
            if split is None:
                rest.append((a, b))
            elif split:
                rest.extend(split)
            else:
                impossible = impossible or not _both_empty(a, b)
        if rest == waiting:
            return None
        waiting = rest
    return Solution(tuple(parts), known - bound, not impossible)


def _oriented(pattern: Term, value: Term, bound: Names, outer: Names) -> tuple[tuple[Term, Term], Names] | None:
    used, inner = uses(value, outer), _EMPTY
    known = bound | used.binds
    for part in _computed(pattern):
        found = uses(part, outer)
        inner |= found.binds
    known |= inner
    if used.needs <= known and pattern_needs(pattern, outer) <= known:
        return (pattern, value), frozenset(surface(pattern)) | used.binds | inner
    return None


def _computed(pattern: Term) -> Iterator[Term]:
    """Parts of a pattern that are computed and compared."""
    if isinstance(pattern, ArrayTerm):
        for item in pattern.items:
            yield from _computed(item)
    elif isinstance(pattern, ObjectTerm):
        for key, value in pattern.pairs:
            yield key
            yield from _computed(value)
    elif children(pattern):
        yield pattern


def _split(a: Term, b: Term) -> list[tuple[Term, Term]] | None:
    """The equations of the members of two arrays or objects; none when they differ in shape; None for other terms."""
    if isinstance(a, ArrayTerm) and isinstance(b, ArrayTerm):
        return list(zip(a.items, b.items, strict=True)) if len(a.items) == len(b.items) else []
    if isinstance(a, ObjectTerm) and isinstance(b, ObjectTerm):
        if len(a.pairs) != len(b.pairs):
            return []
        if all(isinstance(key, Scalar) for key, _ in (*a.pairs, *b.pairs)):
            return _matched_pairs(a, b)
    if isinstance(a, ArrayTerm | ObjectTerm) and isinstance(b, ArrayTerm | ObjectTerm | Scalar):
        return [] if type(a) is not type(b) else None
    return None


def _matched_pairs(a: ObjectTerm, b: ObjectTerm) -> list[tuple[Term, Term]]:
    pairs: list[tuple[Term, Term]] = []
    for key, value in a.pairs:
        other = next((v for k, v in b.pairs if equal(getattr(k, "value", None), getattr(key, "value", None))), None)
        if other is None:
            return []
        pairs.append((value, other))
    return pairs


def _both_empty(a: Term, b: Term) -> bool:
    return type(a) is type(b) and not children(a) and not children(b)
