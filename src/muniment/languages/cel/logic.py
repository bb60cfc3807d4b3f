"""Closures of `&&`, `||` and `?:`, which decide in spite of errors and unknown operands where they can."""

from collections.abc import Mapping
from typing import Any

from muniment.languages.cel.code import Code, Frame
from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.values import equal, no_overload, unknowns
from muniment.languages.unknown import Unknown


def absorbing(name: str, codes: tuple[Code, ...], *, decisive: bool) -> Code:
    """`&&` and `||`: an operand with the `decisive` value wins; then an unknown one, then an error."""
    neutral = not decisive
    rest = tuple((code, codes[place + 1 :]) for place, code in enumerate(codes))

    def evaluate(scope: Mapping[str, Any], frame: Frame) -> Any:
        for code, others in rest:
            try:
                value = code(scope, frame)
            except CelEvaluationError as error:
                doubts = Doubts(name)
                doubts.fail(error)
                return _settle(doubts, others, scope, frame, decisive=decisive)
            if value is neutral:
                continue
            if value is decisive:
                return value
            doubts = Doubts(name)
            doubts.add(value)
            return _settle(doubts, others, scope, frame, decisive=decisive)
        return neutral

    return evaluate


class Doubts:
    """Operands that did not decide: unknown ones, and the first error."""

    __slots__ = ("_failure", "_name", "_unknown")

    def __init__(self, name: str) -> None:
        self._name = name
        self._unknown: list[Unknown] = []
        self._failure: CelEvaluationError | None = None

    def add(self, value: Any) -> None:
        """Takes an operand that is no boolean."""
        if isinstance(value, Unknown):
            self._unknown.append(value)
        else:
            self._failure = self._failure or no_overload(self._name, value)

    def fail(self, error: CelEvaluationError) -> None:
        """Takes an operand's error; no operand makes up for a budget that has run out."""
        if error.code == "limit-exceeded":
            raise error
        self._failure = self._failure or error

    def answer(self, otherwise: Any) -> Any:
        """Unknown if anything is, else the error, else what nothing stands against."""
        if self._unknown:
            return unknowns(*self._unknown)
        if self._failure is not None:
            raise self._failure
        return otherwise


def _settle(doubts: Doubts, codes: tuple[Code, ...], scope: Mapping[str, Any], frame: Frame, *, decisive: bool) -> Any:
    for code in codes:
        try:
            value = code(scope, frame)
        except CelEvaluationError as error:
            doubts.fail(error)
            continue
        if value is decisive:
            return value
        if value is not (not decisive):
            doubts.add(value)
    return doubts.answer(not decisive)


def conditional(condition: Code, yes: Code, no: Code) -> Code:
    """`condition ? yes : no`."""

    def choose(scope: Mapping[str, Any], frame: Frame) -> Any:
        value = condition(scope, frame)
        if value is True:
            return yes(scope, frame)
        if value is False:
            return no(scope, frame)
        if isinstance(value, Unknown):
            return _either(value, yes, no, scope, frame)
        raise no_overload("_?_:_", value)

    return choose


def _either(condition: Unknown, yes: Code, no: Code, scope: Mapping[str, Any], frame: Frame) -> Any:
    """An unknown condition decides nothing where both arms agree."""
    try:
        first, second = yes(scope, frame), no(scope, frame)
    except CelEvaluationError as error:
        if error.code == "limit-exceeded":
            raise
        return Unknown(condition.causes)
    if equal(first, second) is True and type(first) is type(second):
        return first
    return unknowns(condition, first, second)
