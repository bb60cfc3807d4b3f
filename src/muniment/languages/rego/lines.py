"""The closures of lines: what a line does with the value of its term, or with each of its values."""

from collections.abc import Callable, Sequence
from typing import Any

from muniment.languages.rego.calls import Place, failed, values_of
from muniment.languages.rego.code import Code, Frame, Loop, Run, Sink
from muniment.languages.rego.documents import members_of
from muniment.languages.rego.signatures import Builtin, BuiltinError
from muniment.languages.rego.values import UNDEFINED, Value


def fitting(match: Sink, rest: Run) -> Sink:
    """Goes on with values that fit."""
    return lambda frame, value: match(frame, value) and rest(frame)


def binding(slot: int, rest: Run) -> Sink:
    """Goes on with every value, kept in a slot."""

    def sink(frame: Frame, value: Value) -> Any:
        frame[slot] = value
        return rest(frame)

    return sink


def true(code: Code) -> Run:
    """Whether a term has a value that is not false."""

    def test(frame: Frame) -> bool:
        value = code(frame)
        return value is not False and value is not UNDEFINED

    return test


def assigned(code: Code, slot: int) -> Run:
    """Keeps the value of a term in a slot, if it has one."""

    def test(frame: Frame) -> bool:
        frame[slot] = value = code(frame)
        return value is not UNDEFINED

    return test


def matched(code: Code, match: Sink) -> Run:
    """Whether the value of a term fits."""

    def test(frame: Frame) -> Any:
        value = code(frame)
        return value is not UNDEFINED and match(frame, value)

    return test


def holds_for_every(domain: Code, key: int, value: int, run: Run) -> Run:
    """Whether a body has a solution for every member of a collection, which stands in two slots."""

    def test(frame: Frame) -> bool:
        collection = domain(frame)
        if collection.__class__ not in {list, dict, frozenset}:
            return False
        frame[0].spend(len(collection))
        for name, member in members_of(frame[0], collection):
            frame[key], frame[value] = name, member
            if not run(frame):
                return False
        return True

    return test


def related(builtin: Builtin, arguments: Sequence[Code], around: Callable[[Run], Sink], place: Place) -> Loop:
    """The loop over the solutions of a builtin that is a relation."""
    function, with_context = builtin.function, builtin.context

    def solutions(frame: Frame) -> Any:
        values = values_of(arguments, frame)
        if values is None:
            return ()
        try:
            return function(*([frame[0].context] if with_context else []), *values)
        except BuiltinError as error:
            failed(frame[0], builtin.name, error, place)
            return ()

    def bind(rest: Run) -> Run:
        sink = around(rest)

        def run(frame: Frame) -> Any:
            for value in solutions(frame):
                frame[0].spend(1)
                if sink(frame, value):
                    return True
            return False

        return run

    return Loop(bind)
