"""An answer in spite of unknown values is the answer whatever they turn out to be."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.cel import CelError, CelEvaluationError, Environment
from muniment.languages.cel.values import equal
from muniment.languages.unknown import Cause, OpenList, OpenMap, PartialString, Unknown

CAUSES = (Cause("variable", "var.x"),)
UNKNOWN = Unknown(CAUSES)
SCOPE = {
    "u": UNKNOWN,
    "list": OpenList([1, 2], CAUSES),
    "map": OpenMap({"a": 1}, CAUSES),
    "text": PartialString(("arn:", UNKNOWN, "/x")),
    "some": [1, UNKNOWN],
    "none": {},
}
ENVIRONMENT = Environment(variables=tuple(SCOPE))
DECIDED: dict[str, Any] = {
    "u && false": False,
    "false && u": False,
    "true || u": True,
    "none.missing || u || true": True,
    "u ? 1 : 1": 1,
    "list.exists(v, v == 2)": True,
    "list.all(v, v < 2)": False,
    "2 in list": True,
    "'a' in map": True,
    "map.a": 1,
    "some.exists(v, v == 1)": True,
    "some == [2, 2]": False,
    "some.size()": 2,
    "list == [9, 9]": False,
    "list == [1]": False,
    "map == {'b': 1}": False,
    "text == 'other'": False,
    "text in ['other', 'arn:/y']": False,
    "text.startsWith('arn')": True,
    "text.startsWith('b')": False,
    "text.endsWith('/x')": True,
    "text.contains('rn:')": True,
    "text.matches('^ar[mn]')": True,
    "text.matches('x$')": True,
    "(text + '!').endsWith('x!')": True,
    "('a' + u).startsWith('a')": True,
    "sets.intersects(list, [2])": True,
    "sets.contains([1], [2, u])": False,
    "type(text) == string": True,
}
UNDECIDED = (
    *("u.a.b", "u[0]", "u == 1", "u + 1", "!u", "u < 3", "has(u.a)", "u ? 1 : 2", "u && true", "none.missing && u"),
    *("list[0]", "list[5]", "size(list)", "list.exists(v, v == 3)", "list.all(v, v < 5)", "3 in list"),
    *("list.exists_one(v, v == 1)", "list.filter(v, v > 1).size()", "list.map(v, v)[0]", "list.sum()", "list.first()"),
    *("map.b", "has(map.b)", "'b' in map", "map.?b.orValue(3)", "map == {'a': 1}", "some.sort()", "some.indexOf(7)"),
    *("['a', u].join(',')", "'%s'.format([u])", "text == 'arn:1/x'", "text.startsWith('arn:1')", "text.contains('q')"),
    *(
        "text.matches('arn:')",
        "text.matches('^/x')",
        "text.matches('q')",
        "text.size() > 2",
        "u.exists(v, v)",
        "optional.of(u).orValue(1)",
        "sets.contains(list, [3])",
    ),
    *("some.filter(v, v == 1).size()", "{u: 1}['a']", "[u, 1].max()", "some.transformMap(i, v, v)[1]"),
)


@pytest.mark.parametrize("text", DECIDED)
def test_what_is_known_decides(text: str) -> None:
    """A known operand, member or part decides where it suffices."""
    try:
        value = ENVIRONMENT.compile(text).evaluate(SCOPE)
    except CelEvaluationError as error:
        pytest.fail(str(error))
    assert value == DECIDED[text]
    assert type(value) is type(DECIDED[text])


@pytest.mark.parametrize("text", UNDECIDED)
def test_what_is_not_known_stays_unknown_with_its_causes(text: str) -> None:
    """Absence, size, order and completeness of what is open are unknown, and say why."""
    value = ENVIRONMENT.compile(text).evaluate(SCOPE)
    assert isinstance(value, Unknown), value
    assert value.causes == CAUSES


def test_lists_of_what_is_open_stay_open() -> None:
    """What macros make of an open list, or by an unknown test, may hold more."""
    for text, known in (("list.map(v, v + 1)", [2, 3]), ("some.filter(v, v > 0)", [1]), ("[0] + list", [0, 1, 2])):
        value = ENVIRONMENT.compile(text).evaluate(SCOPE)
        assert isinstance(value, OpenList)
        assert (list(value), value.causes) == (known, CAUSES)


values = st.recursive(
    st.sampled_from([None, True, False, 0, 1, 2, 1.0, "", "a", "ab"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=6,
)
atoms = st.sampled_from(["x", "y", "x.a", "y.b", "x[0]", "1", "'a'", "true", "null", "[1, 2]", "{'a': 1}", "[]"])
expressions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["==", "!=", "<", "+", "in", "&&", "||"]), inner).map(
            lambda part: f"({part[0]} {part[1]} {part[2]})"
        ),
        st.tuples(inner, inner, inner).map(lambda part: f"({part[0]} ? {part[1]} : {part[2]})"),
        st.tuples(st.sampled_from(["!", "-", "size", "string", "type", "dyn"]), inner).map(
            lambda part: f"{part[0]}({part[1]})"
        ),
        st.tuples(inner, st.sampled_from(["all", "exists", "exists_one", "filter", "map"]), inner).map(
            lambda part: f"dyn({part[0]}).{part[1]}(x, {part[2]})"
        ),
        st.tuples(
            inner,
            st.sampled_from(
                [
                    "startsWith('a')",
                    "size()",
                    "join('')",
                    "distinct()",
                    "contains('b')",
                    "matches('^b?a')",
                    "?a.orValue(1)",
                ]
            ),
        ).map(lambda part: f"dyn({part[0]}).{part[1]}"),
        st.tuples(st.sampled_from(["sets.contains", "sets.intersects"]), inner, inner).map(
            lambda part: f"{part[0]}({part[1]}, {part[2]})"
        ),
        inner.map(lambda part: f"has(dyn({part}).a)"),
    ),
    max_leaves=6,
)


def hidden(value: Any, place: int) -> Any:
    """A value that knows less: wholly unknown, open, or with an unknown member."""
    if isinstance(value, list) and place:
        kept = value[: place - 1]
        return (
            OpenList(kept, CAUSES)
            if place % 2
            else [*value[: place - 1], *([UNKNOWN] if value[place - 1 :] else []), *value[place:]]
        )
    if isinstance(value, dict) and place:
        if place % 2:
            return OpenMap(dict(list(value.items())[: place - 1]), CAUSES)
        return {key: UNKNOWN if number == place - 1 else held for number, (key, held) in enumerate(value.items())}
    if isinstance(value, str) and place:
        return PartialString((value[:1], UNKNOWN)) if value else UNKNOWN
    return UNKNOWN


@settings(max_examples=100, deadline=None)
@given(text=expressions, x=values, y=values, place=st.integers(0, 3), null_safe=st.booleans())
def test_knowing_less_never_changes_an_answer(text: str, x: Any, y: Any, place: int, null_safe: bool) -> None:  # noqa: FBT001
    """An answer that is known although part of the data is hidden is the answer for the whole data."""
    try:
        program = Environment(variables=["x", "y"], null_safe=null_safe).compile(text)
    except CelError:
        return
    try:
        less = program.evaluate({"x": hidden(x, place), "y": y})
        whole = program.evaluate({"x": x, "y": y})
    except CelEvaluationError:
        return
    if wholly_known(less):
        assert equal(whole, less) is True, (whole, less)


def wholly_known(value: Any) -> bool:
    """Whether no part of a value is unknown or open."""
    if isinstance(value, Unknown | OpenList | OpenMap):
        return False
    if isinstance(value, dict):
        return all(map(wholly_known, value.values()))
    return not isinstance(value, list) or all(map(wholly_known, value))
