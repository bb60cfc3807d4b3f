"""Answers in three values: true, false, or unknown with causes."""

from collections.abc import Iterable
from typing import Any

from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown, merge_causes

Answer = bool | Unknown


class OperandError(Exception):
    """Operands that an operator cannot compare: the policy is at fault, so the result is an ERROR."""


def negate(answer: Answer) -> Answer:
    """Not."""
    return answer if isinstance(answer, Unknown) else not answer


def every(answers: Iterable[Answer]) -> Answer:
    """True if all are; a false one decides whatever is unknown."""
    return _combine(answers, decisive=False)


def some(answers: Iterable[Answer]) -> Answer:
    """True if one is; a true one decides whatever is unknown."""
    return _combine(answers, decisive=True)


def _combine(answers: Iterable[Answer], *, decisive: bool) -> Answer:
    unknown: list[Unknown] = []
    for answer in answers:
        if isinstance(answer, Unknown):
            unknown.append(answer)
        elif answer is decisive:
            return decisive
    return Unknown(merge_causes(unknown)) if unknown else not decisive


def doubts(value: Any) -> tuple[Cause, ...]:
    """The causes of everything in a value that is not known; empty for a known one."""
    found: dict[Cause, None] = {}
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, Unknown | OpenList | OpenMap):
            found.update(dict.fromkeys(current.causes))
        if isinstance(current, dict):
            stack.extend(current.values())
        elif isinstance(current, list):
            stack.extend(current)
    return tuple(found)


def is_open(value: Any) -> bool:
    """Whether members of a value may be missing, or the whole of it."""
    return isinstance(value, Unknown | OpenList | OpenMap)


def known_part(value: Any) -> Any:
    """A list or map without the members that are not known."""
    if isinstance(value, dict):
        return {key: member for key, member in value.items() if not isinstance(member, Unknown)}
    if isinstance(value, list):
        return [member for member in value if not isinstance(member, Unknown)]
    return value
