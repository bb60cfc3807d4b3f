"""`print`: shows every combination of the values of its arguments and never changes what a body answers."""

from collections.abc import Sequence
from itertools import product
from typing import Protocol

from muniment.languages.rego.ast import Body, Call, Comprehension, Equation, Expression, Term, Var
from muniment.languages.rego.calls import Place
from muniment.languages.rego.code import Code, Frame, Test
from muniment.languages.rego.query import Printed
from muniment.languages.rego.values import Value, members, to_text


class Printing(Protocol):
    """The compiler, as `print` sees it."""

    def place(self, node: Call) -> Place:
        """Where a call stands."""

    def term(self, term: Term) -> Code:
        """The closure of a term whose variables are bound."""

    def fresh(self) -> Var:
        """A variable that nothing else has."""


def print_step(compiler: Printing, call: Call) -> Test:
    """The line that prints."""
    codes = [compiler.term(_all_values(compiler, argument)) for argument in call.arguments]
    place = compiler.place(call)

    def test(frame: Frame) -> bool:
        prints = frame[0].prints
        if prints is not None:
            file, span = place()
            prints.extend(Printed(line, file, span.line) for line in _lines([code(frame) for code in codes]))
        return True

    return Test(test)


def _all_values(compiler: Printing, argument: Term) -> Term:
    """The set of the values of an argument."""
    variable = compiler.fresh()
    equation = Equation(variable, argument, False, argument.start, argument.end)
    body: Body = (Expression(equation, start=argument.start, end=argument.end),)
    return Comprehension("set", None, variable, body, argument.start, argument.end)


def _lines(values: Sequence[frozenset[Value]]) -> list[str]:
    shown = [[_shown(value) for value in members(one)] if one else ["<undefined>"] for one in values]
    return [" ".join(line) for line in product(*shown)]


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else to_text(value)
