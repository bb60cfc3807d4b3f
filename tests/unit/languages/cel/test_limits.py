"""No text and no data can crash, hang or fill the memory: there is a diagnostic or an evaluation error."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.cel import Budget, CelError, CelEvaluationError, Environment
from muniment.languages.unknown import Cause, OpenList, OpenMap, PartialString, Unknown

ENVIRONMENT = Environment(variables=["x", "y"])


def doubled(step: str, end: str) -> str:
    """A short text whose value doubles forty times."""
    names = ["x", *(f"v{place}" for place in range(40))]
    body = end.replace("END", names[-1])
    for before, name in reversed(list(itertools.pairwise(names))):
        body = f"cel.bind({name}, {step.replace('V', before)}, {body})"
    return body


BOMBS = {
    "text": doubled("V + V", "END.size()"),
    "list": doubled("V + V", "END.size()"),
    "equality": doubled("[V, V]", "END == END"),
    "membership": doubled("[V, V]", "END in [END]"),
    "flat": doubled("[V, V]", "END.flatten(100)"),
    "shown": doubled("[V, V]", "'%s'.format([END])"),
    "replaced": "'aaaa'.replace('a', ' ') == '' || " + doubled("V.replace('a', 'aa')", "END.size() > 0"),
    "loops": "lists.range(9999).all(a, lists.range(9999).all(b, true))",
    "lists": "lists.range(999999).map(a, lists.range(999999))",
    "precision": "'%.999999999f'.format([1.0])",
    "chain": "+".join(["x"] * 4000),
    "selections": "x" + ".a" * 4000,
    "parentheses": "(" * 500 + "x" + ")" * 500,
    "brackets": "[" * 500 + "]" * 500,
    "signs": "!" * 5000 + "x",
    "digits": "9" * 5000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_an_error(name: str) -> None:
    """Nesting, sizes, loops and shared parts are bounded."""
    with pytest.raises((CelError, CelEvaluationError)):
        ENVIRONMENT.compile(BOMBS[name]).evaluate({"x": "aaaa"})


def test_evaluations_can_share_a_budget() -> None:
    """What one evaluation spends another cannot; running out is no answer and no unknown."""
    program, budget = ENVIRONMENT.compile("x.all(v, v > 0)"), Budget(5)
    assert program.evaluate({"x": [1, 2, 3]}, budget) is True
    assert budget.remaining == 2
    with pytest.raises(CelEvaluationError) as caught:
        program.evaluate({"x": [1, 2, 3]}, budget)
    assert (caught.value.code, budget.remaining) == ("limit-exceeded", 0)


CAUSES = (Cause("variable", "v"),)
DATA: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**63, 1.5, float("nan"), "", "a/b", b"x", [], [1, None, "a"], {}, {"a": {"b": [1]}}),
    *(Unknown(CAUSES), OpenList([1], CAUSES), OpenMap({"a": 1}, CAUSES), PartialString(("a", Unknown(CAUSES)))),
)
TOKENS = (
    *("x", "y", "v", "1", "2u", "1.5", "'a'", "b'a'", "null", "true", "(", ")", "[", "]", "{", "}", "?", ":", ","),
    *(
        "+",
        "-",
        "*",
        "/",
        "%",
        "!",
        "&&",
        "||",
        "==",
        "<",
        "in",
        ".a",
        ".?a",
        "[?0]",
        ".all(v,",
        ".map(v,",
        ".exists(v,",
    ),
    *("has(", "size(", "string(", "int(", "type(", "timestamp(", "duration(", ".size()", ".format([", ".split('/')"),
    *("sets.contains(", "math.greatest(", "cel.bind(v,", "quantity(", "ip(", ".replace(", ".substring(", ".join("),
    *(
        ".orValue(",
        ".optMap(v,",
        ".sort()",
        ".sum()",
        ".transformMap(k, v,",
        "'%s'",
        "r'\\d'",
        "'\\x41'",
        "//",
        "\n",
        "0x",
        "'",
    ),
)


@settings(max_examples=100, deadline=None)
@given(
    text=st.lists(st.sampled_from(TOKENS), max_size=14).map("".join) | st.text(max_size=20),
    x=st.sampled_from(DATA),
    y=st.sampled_from(DATA),
    null_safe=st.booleans(),
)
def test_any_text_on_any_data_is_a_value_or_an_error_of_cel(text: str, x: Any, y: Any, null_safe: bool) -> None:  # noqa: FBT001
    """Nothing but CelError leaves `compile`, and nothing but CelEvaluationError leaves `evaluate` and `trace`."""
    try:
        program = Environment(variables=["x", "y"], null_safe=null_safe).compile(text)
    except CelError:
        return
    assert program.references <= {"x", "y"}
    scope = {"x": x, "y": y}
    assert outcome(lambda: program.evaluate(scope)) == outcome(lambda: program.trace(scope, lambda *_: None))


def outcome(work: Any) -> str:
    """A value or an error as a text."""
    try:
        return repr(work())
    except CelEvaluationError as error:
        return str(error)
