"""What compiled code is: closures over a frame, and how the lines of a body follow each other.

A frame has the query, what the body makes, and the values of variables, by slot. A line that has one solution at most
is a test; one with several is a loop around everything that follows it. A closure that answers True wants no further
solutions.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.values import Value

Frame = list[Any]
Code = Callable[[Frame], Value]
Run = Callable[[Frame], Any]
Sink = Callable[[Frame, Value], Any]
FIRST_SLOT: Final = 2
ITEMS: Final = 1_000_000
"""Members of a collection that an evaluation makes."""
MADE: Final = 1
"""The slot of what the body makes."""


class Test(NamedTuple):
    """A line with one solution at most."""

    run: Run


class Loop(NamedTuple):
    """A line with several solutions: `around` gives the closure that runs the rest for each."""

    around: Callable[[Run], Run]


Step = Test | Loop


def succeed(_frame: Frame) -> bool:
    """The end of a body of which the first solution is enough."""
    return True


def fail(_frame: Frame) -> bool:
    """A line that is never true."""
    return False


def condition(steps: Sequence[Step]) -> Run:
    """The closure that says whether steps have any solution."""
    if len(steps) == 1 and isinstance(steps[0], Test):
        return steps[0].run
    if len(steps) > 1 and isinstance(steps[-1], Test):
        return joined(steps[:-1], steps[-1].run)
    return joined(steps, succeed)


def joined(steps: Iterable[Step], final: Run) -> Run:
    """The closure that runs `final` for each solution of all steps."""
    rest: Run = final
    tests: list[Run] = []
    for step in reversed(tuple(steps)):
        if isinstance(step, Test):
            tests.insert(0, step.run)
            continue
        rest, tests = step.around(_tested(tests, rest)), []
    return _tested(tests, rest)


def _tested(tests: Sequence[Run], rest: Run) -> Run:
    if not tests:
        return rest
    if len(tests) == 1:
        (only,) = tests
        return lambda frame: only(frame) and rest(frame)
    if len(tests) == 2:
        first, second = tests
        return lambda frame: first(frame) and second(frame) and rest(frame)
    if len(tests) == 3:
        first, second, third = tests
        return lambda frame: first(frame) and second(frame) and third(frame) and rest(frame)
    every = tuple(tests)

    def run(frame: Frame) -> Any:
        for test in every:
            if not test(frame):
                return False
        return rest(frame)

    return run


def too_many(limit: int) -> RegoEvaluationError:
    """The error of a collection that grows without end."""
    return RegoEvaluationError("limit-exceeded", f"a collection of over {limit} items")
