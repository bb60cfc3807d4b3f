"""What is decided over unknown values holds for every value that they may turn out to have."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.parser import parse_expression
from muniment.languages.hcl.scope import Names
from muniment.languages.hcl.values import ListValue, MapValue, make_set, mark, plain, to_text
from muniment.languages.unknown import Cause, OpenList, OpenMap, PartialString, Unknown

ATOMS = ("u", "v", "null", "true", "0", "2", '"a"', '"1"', "1.5", "l", "s", "m", "[]", "{}", "secret")
FORMS = (
    *("({0} + {1})", "({0} == {1})", "({0} != {1})", "({0} < {1})", "({0} && {1})", "({0} || {1})", "({0} % {1})"),
    *("!{0}", "-{0}", "({0} ? {1} : {2})", "[{0}, {1}]", "{{a = {0}, b = {1}}}", "{{({0}) = {1}}}", "{0}[0]", "{0}.a"),
    *("{0}[*]", "{0}[*].a", "{0}.*.a[0]", "{0}[{1}]", '"x${{{0}}}y"', '"${{{0}}}${{{1}}}"', "[for x in {0}: x]"),
    *("[for k, x in {0}: [k, x] if {1}]", "{{for k, x in {0}: x => k}}", "{{for x in {0}: {1} => x...}}"),
    *('"%{{if {0}}}a%{{else}}b%{{endif}}"', '"%{{for x in {0}}}${{x}};%{{endfor}}"', "[for x in {0}: x == {1}]"),
)
KNOWN: dict[str, Any] = {
    "l": ListValue(["a", "b"]),
    "s": make_set(["b", "a"]),
    "m": MapValue({"a": 1, "b": 2}),
    "secret": mark("a", frozenset({"sensitive"})),
}
SCALARS = (None, True, False, 0, 1, 2, Decimal("1.5"), "a", "1", "true")
POSSIBLE = st.sampled_from((*SCALARS, (), (1, "a"), ListValue(["a"]), {"a": 1}, MapValue({})))


@st.composite
def _expressions(draw: st.DrawFn, depth: int = 3) -> str:
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(ATOMS))
    form = draw(st.sampled_from(FORMS))
    return form.format(*(draw(_expressions(depth - 1)) for _ in range(3)))


def _evaluate(text: str, u: Any, v: Any) -> Any:
    """The value in plain form, or the error."""
    parsed = parse_expression(text)
    assert not parsed.diagnostics, text
    try:
        return plain(compile_expression(parsed.expression, {}, index=parsed.index)(Names(KNOWN | {"u": u, "v": v})))
    except HclError as error:
        return error


def _admits(partial: Any, whole: Any) -> bool:
    """Whether a value with unknown parts may turn out to be `whole`."""
    if isinstance(partial, PartialString):
        return isinstance(whole, str) and whole.startswith(partial.prefix) and whole.endswith(partial.suffix)
    if isinstance(partial, Unknown):
        return True
    if isinstance(partial, OpenList):
        return isinstance(whole, list) and all(any(_admits(a, b) for b in whole) for a in partial)
    if isinstance(partial, dict):
        closed = isinstance(partial, OpenMap) or (isinstance(whole, dict) and partial.keys() == whole.keys())
        return closed and isinstance(whole, dict) and all(k in whole and _admits(partial[k], whole[k]) for k in partial)
    if isinstance(partial, list):
        return isinstance(whole, list) and len(partial) == len(whole) and all(map(_admits, partial, whole))
    return bool(_text(partial) == _text(whole))


def _text(value: Any) -> Any:
    """A scalar as text: the branch of a conditional that is not known may still turn a number into its text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return to_text(Decimal(repr(value)))
    return str(value) if isinstance(value, int) else value


@settings(max_examples=100, deadline=None)
@given(_expressions(), POSSIBLE, POSSIBLE)
def test_what_is_decided_with_unknown_values_holds_for_any_value(text: str, u: Any, v: Any) -> None:
    """An expression that fails or has a known value while operands are unknown does so for whatever they become."""
    decided = _evaluate(text, Unknown((Cause("variable", "u"),)), v)
    actual = _evaluate(text, u, v)
    if isinstance(actual, HclError):
        return
    assert not isinstance(decided, HclError), (text, str(decided), actual)
    assert _admits(decided, actual), (text, decided, actual)
