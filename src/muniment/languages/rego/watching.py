"""What can be made of watching an evaluation: which lines were reached, and how each of them went.

A policy tells only when it was compiled `watched`; otherwise its code has no hook and costs nothing.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from muniment.languages.rego.ast import Expression, Module, Rule
from muniment.languages.rego.calls import Place
from muniment.languages.rego.query import Query
from muniment.languages.rego.variables import bodies, children, direct_terms
from muniment.languages.source import LineIndex, Span


class Line(NamedTuple):
    """Where an expression of a body stands."""

    file: str
    span: Span


def lines_of(modules: Iterable[Module]) -> frozenset[Line]:
    """Every expression of the bodies of modules, inner bodies included."""
    found: set[Line] = set()
    for module in modules:
        span = LineIndex(module.text).span
        for rule in module.rules:
            found.update(Line(module.name, span(one.start, one.end)) for one in _expressions(rule))
    return frozenset(found)


def _expressions(rule: Rule) -> Iterator[Expression]:
    branch: Rule | None = rule
    while branch is not None:
        for one in branch.body:
            yield from _within(one)
        for term in (branch.value, branch.member):
            if term is not None:
                yield from _inside(term)
        branch = branch.alternative


def _within(one: Expression) -> Iterator[Expression]:
    yield one
    for inner in bodies(one.term):
        yield from _within(inner)
    for term in direct_terms(one.term):
        yield from _inside(term)


def _inside(term: Any) -> Iterator[Expression]:
    for inner in bodies(term):
        yield from _within(inner)
    for child in children(term):
        yield from _inside(child)


class Coverage:
    """Notes which lines were reached; one may watch many evaluations, one after the other."""

    __slots__ = ("_reached",)

    def __init__(self) -> None:
        self._reached: set[Place] = set()

    def __call__(self, event: str, place: Place, _query: Query) -> None:
        """Hears of a line."""
        if event == "eval":
            self._reached.add(place)

    def reached(self) -> frozenset[Line]:
        """The lines that were evaluated at least once."""
        return frozenset(Line(*place()) for place in self._reached)


class Event(NamedTuple):
    """One moment of an evaluation: `eval` of a line, `true` for each solution of it, or `fail` if it had none."""

    name: str
    line: Line


class Trace:
    """Keeps the moments of one evaluation in order; a line fails that is left without a solution."""

    __slots__ = ("_open", "events")

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._open: list[Place] = []

    def __call__(self, event: str, place: Place, _query: Query) -> None:
        """Hears of a line."""
        if event == "true":
            while self._open and self._open[-1] is not place:
                self._fail(self._open.pop())
            if self._open:
                self._open.pop()
        elif place in self._open:
            while self._open and self._open[-1] is not place:
                self._fail(self._open.pop())
            self._fail(self._open.pop())
        if event == "eval":
            self._open.append(place)
        self.events.append(Event(event, Line(*place())))

    def _fail(self, place: Place) -> None:
        self.events.append(Event("fail", Line(*place())))

    def finish(self) -> list[Event]:
        """All moments, those of lines that were still waiting for a solution among them."""
        while self._open:
            self._fail(self._open.pop())
        return self.events

    def fails(self) -> list[Event]:
        """Only the lines that had no solution."""
        return [event for event in self.finish() if event.name == "fail"]
