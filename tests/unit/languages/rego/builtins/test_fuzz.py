"""Every builtin on any values: an answer of the model, undefined, or one of the errors that the port knows."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.rego.builtins import registry
from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.signatures import UNDEFINED, BuiltinError, QueryContext
from muniment.languages.rego.values import make_object, make_set, to_text

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
HINTS = st.sampled_from(["10Ki", "1.2.3", "10.0.0.0/30", "[a-z]+", "a/b", "2006-01-02", "UTC", "{{.a}}", "e30=", "1h"])
VALUES = st.recursive(
    SCALARS | HINTS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(make_set),
        st.lists(st.tuples(inner, inner), max_size=4).map(make_object),
    ),
    max_leaves=6,
)
NAMES = registry().names()


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_builtin_answers_any_values(name: str, data: Any) -> None:
    """A builtin gives a value or an error of the port for any arguments."""
    builtin = registry().find(name)
    assert builtin
    arguments = [data.draw(VALUES) for _ in builtin.parameters]
    context = (QueryContext(string_limit=10_000, item_limit=1000),) if builtin.context else ()
    try:
        answer = builtin.function(*context, *arguments)
    except (BuiltinError, RegoEvaluationError):
        return
    for value in answer if builtin.relation else [answer]:
        assert value is UNDEFINED or to_text(value)
