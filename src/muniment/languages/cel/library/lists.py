"""Lists and sets: the extensions of cel-go, and the list functions of Kubernetes."""

import itertools
from typing import Any

from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.function import Function
from muniment.languages.cel.operators import add
from muniment.languages.cel.values import (
    NONE,
    Duration,
    Optional,
    Uint,
    compare,
    equal,
    no_overload,
    sort_pairs,
    type_name,
    unknowns,
)
from muniment.languages.unknown import OpenList, Unknown

_MOST = 1_000_000


def _sequence(name: str, value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise no_overload(name, value)
    return value


def _slice(value: Any, start: int, end: int) -> list[Any]:
    items = _sequence("slice", value)
    if start < 0 or end < 0:
        raise CelEvaluationError(f"cannot slice({start}, {end}), negative indexes not supported")
    if start > end:
        raise CelEvaluationError(f"cannot slice({start}, {end}), start index must be less than or equal to end index")
    if end > len(items):
        raise CelEvaluationError(f"cannot slice({start}, {end}), list is length {len(items)}")
    return list(items[start:end])


def _flatten(value: Any, depth: int = 1) -> list[Any]:
    if depth < 0:
        raise CelEvaluationError("level must be non-negative")
    out: list[Any] = []
    for member in _sequence("flatten", value):
        if isinstance(member, list | tuple) and depth > 0:
            out.extend(_flatten(member, depth - 1))
        else:
            out.append(member)
        if len(out) > _MOST:
            raise CelEvaluationError(f"the list has over {_MOST} elements", code="limit-exceeded")
    return out


def _sort(value: Any) -> list[Any]:
    return sort_pairs([(member, member) for member in _sequence("sort", value)])


def _distinct(value: Any) -> list[Any]:
    out: list[Any] = []
    seen: set[Any] = set()
    for member in _sequence("distinct", value):
        mark = (
            (type_name(member) in {"int", "uint", "double"}, member) if isinstance(member, str | int | float) else None
        )
        if mark is not None and not isinstance(member, bool):
            if mark not in seen:
                seen.add(mark)
                out.append(member)
        elif not any(equal(member, one) is True for one in out):
            out.append(member)
    return out


def _range(count: Any) -> list[int]:
    if type(count) is not int:
        raise no_overload("lists.range", count)
    if count < 0:
        raise CelEvaluationError(f"lists.range({count}) is negative")
    if count > _MOST:
        raise CelEvaluationError(f"lists.range({count}) is larger than {_MOST} elements", code="limit-exceeded")
    return list(range(count))


def _first(value: Any) -> Optional:
    items = _sequence("first", value)
    return Optional(items[0]) if items else NONE


def _last(value: Any) -> Optional:
    items = _sequence("last", value)
    return Optional(items[-1]) if items else NONE


def _is_sorted(value: Any) -> bool:
    items = _sequence("isSorted", value)
    return all((compare(a, b, "isSorted") or 0) <= 0 for a, b in itertools.pairwise(items))


def _sum(value: Any) -> Any:
    items = _sequence("sum", value)
    if not items:
        return 0
    total = items[0]
    for member in items[1:]:
        total = add(total, member)
    if type(total) not in {int, Uint, float, Duration} and not isinstance(total, Unknown):
        raise no_overload("sum", value)
    return total


def _extreme(name: str, sign: int) -> Any:
    def pick(value: Any) -> Any:
        items = _sequence(name, value)
        if not items:
            raise CelEvaluationError(f"{name} called on empty list")
        best = items[0]
        for member in items[1:]:
            if (compare(member, best, name) or 0) * sign > 0:
                best = member
        return best

    return pick


def list_index(value: Any, wanted: Any) -> int:
    """The place of the first member that equals `wanted`, or -1."""
    return next((place for place, one in enumerate(value) if equal(one, wanted) is True), -1)


def list_last_index(value: Any, wanted: Any) -> int:
    """The place of the last member that equals `wanted`, or -1."""
    return max((place for place, one in enumerate(value) if equal(one, wanted) is True), default=-1)


def index_of(text_version: Any, list_version: Any) -> Any:
    """One name for texts and lists."""

    def find(value: Any, *rest: Any) -> Any:
        return list_version(value, *rest) if isinstance(value, list | tuple) else text_version(value, *rest)

    return find


def _holds(members: Any, wanted: Any) -> Any:
    doubts = []
    for one in members:
        answer = equal(one, wanted)
        if answer is True:
            return True
        if answer is not False:
            doubts.append(answer)
    if isinstance(members, OpenList):
        doubts.append(Unknown(members.causes))
    return unknowns(*doubts) if doubts else False


def _includes(members: Any, wanted: Any) -> Any:
    return Unknown(members.causes) if isinstance(members, Unknown) else _holds(_sequence("includes", members), wanted)


def _sets_contains(a: Any, b: Any) -> Any:
    members = _set(a)
    answers = [_holds(members, one) for one in _set(b)]
    if any(answer is False for answer in answers):
        return False
    doubts = [answer for answer in answers if answer is not True]
    if isinstance(b, OpenList | Unknown):
        doubts.append(Unknown(b.causes))
    return unknowns(*doubts) if doubts else True


def _sets_intersects(a: Any, b: Any) -> Any:
    members = _set(a)
    answers = [_holds(members, one) for one in _set(b)]
    if any(answer is True for answer in answers):
        return True
    doubts = [answer for answer in answers if answer is not False]
    doubts += [Unknown(one.causes) for one in (a, b) if isinstance(one, OpenList | Unknown)]
    return unknowns(*doubts) if doubts else False


def _sets_equivalent(a: Any, b: Any) -> Any:
    first, second = _sets_contains(a, b), _sets_contains(b, a)
    if first is False or second is False:
        return False
    doubts = [one for one in (first, second) if one is not True]
    return unknowns(*doubts) if doubts else True


def _set(value: Any) -> Any:
    return OpenList((), value.causes) if isinstance(value, Unknown) else _sequence("sets", value)


def of_null(function: Function) -> Function:
    """The same function where null is the empty list."""
    call = function.call
    return function._replace(call=lambda *values: call(*([] if value is None else value for value in values)))


def list_functions() -> tuple[Function, ...]:
    """Lists and sets."""
    return (
        Function("slice", _slice, receiver=True, whole=True, least=3, most=3),
        Function("flatten", _flatten, receiver=True, whole=True, least=1, most=2),
        Function("sort", _sort, receiver=True, whole=True, least=1, most=1),
        Function("distinct", _distinct, receiver=True, whole=True, least=1, most=1),
        Function("lists.range", _range, least=1, most=1),
        Function("first", _first, receiver=True, whole=True, least=1, most=1),
        Function("last", _last, receiver=True, whole=True, least=1, most=1),
        Function("isSorted", _is_sorted, receiver=True, whole=True, least=1, most=1),
        Function("sum", _sum, receiver=True, whole=True, least=1, most=1),
        Function("min", _extreme("min", -1), receiver=True, whole=True, least=1, most=1),
        Function("max", _extreme("max", 1), receiver=True, whole=True, least=1, most=1),
        Function("includes", _includes, receiver=True, unknowns=True, least=2, most=2),
        Function("sets.contains", _sets_contains, unknowns=True, least=2, most=2),
        Function("sets.intersects", _sets_intersects, unknowns=True, least=2, most=2),
        Function("sets.equivalent", _sets_equivalent, unknowns=True, least=2, most=2),
    )
