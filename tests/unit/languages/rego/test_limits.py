"""Budgets: no text and no policy makes Rego hang, crash or answer by accident."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.rego import (
    EvaluationOptions,
    Fault,
    RegoError,
    RegoEvaluationError,
    compile_modules,
    parse_module,
)
from muniment.languages.rego.builtins import registry
from muniment.languages.source import Limits

_CROSS = "numbers.range(1, 2000)[_] + numbers.range(1, 2000)[_] == 0"


def evaluate(text: str, input_value: Any = None, **options: Any) -> Any:
    """The value of the rule `p`."""
    made = compile_modules([parse_module(f"package t\n{text}")], registry())
    return made.evaluate("data.t.p", input_value, options=EvaluationOptions(**options)).value


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (f"p if {_CROSS}", {"steps": 10_000}, "limit-exceeded"),
        (f"p if {_CROSS}", {"clock": iter(range(1000)).__next__, "seconds": 3}, "limit-exceeded"),
        (f"p if {_CROSS}", {"cancelled": lambda: True}, "eval_cancel_error"),
        (f"p := [1 | {_CROSS.replace('== 0', '> 0')}]", {}, "limit-exceeded"),
        (
            f"p contains [a, b] if {{ {_CROSS.replace('== 0', '> 0')}; a := 1; b := 2 }}",
            {"steps": 9_000},
            "limit-exceeded",
        ),
    ],
)
def test_work_without_end_is_an_error_result(text: str, options: dict[str, Any], code: str) -> None:
    """Steps, time, collections and the wish to stop all end an evaluation with an error of their own."""
    with pytest.raises(RegoEvaluationError) as caught:
        evaluate(text, {}, **options)
    assert caught.value.code == code


def test_deep_input_is_refused_and_not_fatal() -> None:
    """A document that nests deeper than Python can follow is an error of the evaluation."""
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(RegoEvaluationError):
        evaluate("p := {input}", deep)


@pytest.mark.parametrize("text", ["[" * 5000, "{" * 5000, "p := " + "(" * 5000, "x := $`{" * 3000, "1 + " * 50_000])
def test_deep_text_is_a_syntax_error(text: str) -> None:
    """Brackets, templates and operators without end stop the parser with a fault."""
    with pytest.raises(RegoError):
        parse_module(f"package t\np := {text}")


def test_ambiguous_text_does_not_double_the_work() -> None:
    """Unions that could be comprehensions are not read again for each level."""
    with pytest.raises(RegoError):
        parse_module("package t\np := " + "{a | {b | " * 40 + "c")


def test_large_text_is_refused() -> None:
    """A module has a largest size."""
    with pytest.raises(RegoError, match="larger than 10 bytes"):
        parse_module("package t # and a comment", limits=Limits(size=10))


def test_numbers_stand_for_no_gigabytes() -> None:
    """An exponent that no computation could write out is a syntax error."""
    with pytest.raises(RegoError, match="illegal number format"):
        parse_module("package t\np := 1e999999999")


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='abpx0."`$[](){}|=:;,\n -_', max_size=60), st.sampled_from(["v0", "v1"]))
def test_any_text_parses_or_is_refused_with_a_place(text: str, dialect: str) -> None:
    """Whatever is read, only faults with places in the text come out."""
    faults: tuple[Fault, ...] = ()
    try:
        compile_modules([parse_module(f"package t\n{text}", "t", dialect)], registry())
    except RegoError as error:
        faults = error.faults
    assert all(0 <= fault.span.line <= text.count("\n") + 3 for fault in faults)
