"""Every operator, with the answers that Checkov gives for what is there, for what is not, and for other types."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.engines.checkov_yaml.answers import OperandError
from muniment.engines.checkov_yaml.operators import OPERATORS, PATTERNS
from muniment.engines.checkov_yaml.patterns import PatternError, compile_pattern
from tests.engines.checkov_yaml.policies import definitions

_ROWS: tuple[tuple[str, Any, Any, bool], ...] = (
    # booleans by lower-cased text, two lists or maps by structure, all else by text
    ("equals", True, "true", True),
    ("equals", False, "False", True),
    ("equals", 1, "1", True),
    ("equals", None, "None", True),
    ("equals", ["a", "b"], ["b", "a"], False),
    ("equals", {"a": 1}, {"a": 1}, True),
    ("not_equals", None, "x", True),
    ("equals_ignore_case", "ABC", "abc", True),
    ("not_equals_ignore_case", "ABC", "abc", False),
    ("exists", "", None, True),
    ("exists", None, None, False),
    ("not_exists", None, None, True),
    ("is_true", True, None, True),
    ("is_true", "true", None, False),
    ("is_true", None, None, False),
    ("is_false", False, None, True),
    ("is_false", None, None, True),
    ("is_empty", "", None, True),
    ("is_empty", {}, None, True),
    ("is_empty", None, None, False),
    ("is_empty", 0, None, False),
    ("is_not_empty", None, None, True),
    ("is_not_empty", [], None, False),
    # absent is an empty map, JSON text is what it says, a map holds keys and what is inside of values
    ("contains", None, "a", False),
    ("not_contains", None, "a", True),
    ("contains", '["a", "b"]', "a", True),
    ("contains", "banana", "nan", True),
    ("contains", {"a": 1}, "a", True),
    ("contains", {"x": ["a"]}, "a", True),
    ("contains", {"x": {"y": "a"}}, "a", False),
    ("within", None, ["a"], False),
    ("within", None, ["a", None], True),
    ("within", "a", ["a", "b"], True),
    ("within", "pha", "alpha", True),
    ("not_within", "c", ["a", "b"], True),
    ("subset", ["a"], ["a", "b"], True),
    ("subset", "a", ["a", "b"], True),
    ("subset", None, ["a"], False),
    ("subset", [], ["a"], True),
    ("not_subset", ["a", "c"], ["a", "b"], True),
    ("intersects", ["a", "c"], ["a", "b"], True),
    ("intersects", ["alpha"], "alpha", True),
    ("intersects", None, ["a"], False),
    ("not_intersects", None, ["a"], True),
    ("starting_with", "alpha", "al", True),
    ("starting_with", None, "al", False),
    ("not_starting_with", 7, "al", True),
    ("ending_with", "alpha", "ha", True),
    ("not_ending_with", None, "ha", True),
    # numbers only if neither is zero, else the order of texts; absent is false whichever way
    ("greater_than", 10, 9, True),
    ("greater_than", "10", 9, True),
    ("greater_than", "b", "a", True),
    ("greater_than", 10, 0, True),
    ("greater_than", 0, "-1", True),
    ("greater_than", None, 0, False),
    ("greater_than_or_equal", 10, "10", True),
    ("less_than", 9, 10, True),
    ("less_than", None, 10, False),
    ("less_than_or_equal", 10, 10, True),
    ("less_than_or_equal", None, 10, False),
    # a map counts as one; what has no length satisfies nothing, so its opposite is satisfied
    ("length_equals", {"a": 1, "b": 2}, 1, True),
    ("length_equals", "abc", "3", True),
    ("length_equals", None, 0, False),
    ("length_not_equals", None, 0, True),
    ("length_greater_than", ["a", "b"], 1, True),
    ("length_greater_than_or_equal", ["a"], 1, True),
    ("length_less_than", ["a"], 2, True),
    ("length_less_than", None, 2, False),
    ("length_less_than_or_equal", [], 0, True),
    ("length_greater_than", 7, 0, False),
    ("number_of_words_equals", "one two", 2, True),
    ("number_of_words_equals", ["one two"], 2, False),
    ("number_of_words_not_equals", 7, 2, True),
    ("number_of_words_greater_than", "a b c", 2, True),
    ("number_of_words_greater_than_or_equal", "a b", 2, True),
    ("number_of_words_less_than", "a", 2, True),
    ("number_of_words_less_than_or_equal", None, 2, False),
    # a number, a range on either side, a list; * is everything
    ("range_includes", 1500, "1000-2000", True),
    ("range_includes", "1000-2000", 1500, True),
    ("range_includes", "1000-2000", ["1", "1999-5000"], True),
    ("range_includes", "*", 22, True),
    ("range_includes", [1, 22], 22, True),
    ("range_includes", None, 22, False),
    ("range_not_includes", "80", 22, True),
    ("range_includes", 5, "0-4294967295000", True),
    # every network inside an allowed one of its family; nothing is not
    ("cidr_range_subset", "10.1.0.0/16", "10.0.0.0/8", True),
    ("cidr_range_subset", ["10.1.0.0/16", "11.0.0.0/8"], ["10.0.0.0/8"], False),
    ("cidr_range_subset", "fd00::/16", ["10.0.0.0/8", "fd00::/8"], True),
    ("cidr_range_subset", "fd00::/16", ["0.0.0.0/0"], False),
    ("cidr_range_subset", None, "10.0.0.0/8", False),
    ("cidr_range_not_subset", None, "10.0.0.0/8", True),
)


@pytest.mark.parametrize(("operator", "found", "wanted", "answer"), _ROWS)
def test_answers(operator: str, found: Any, wanted: Any, answer: bool) -> None:  # noqa: FBT001  a row of a table
    """The row holds."""
    assert OPERATORS[operator].test(found, wanted) is answer


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("al", "alpha", True),
        ("pha", "alpha", False),
        ("^(?!al).*$", "alpha", False),
        ("^(?!al).*$", "beta", True),
        ("None", None, True),
        (r"^\d+$", 12, True),
        ("^(a+)+$", "a" * 5000 + "b", False),
    ],
)
def test_patterns_are_held_to_the_start_only(pattern: str, text: Any, answer: bool) -> None:  # noqa: FBT001  a row
    """A pattern is matched at the start of the text form, look-ahead included, and ends in time whatever it repeats."""
    assert compile_pattern(pattern)(text, None) is answer


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", r"(?=a)(b+)+c", r"(?!x)(?:(a*)b)*"])
def test_patterns_that_do_not_compile_or_may_not_end_are_refused(pattern: str) -> None:
    """Such a pattern is a fault of its policy, never a false answer."""
    with pytest.raises(PatternError):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    ("operator", "found", "wanted"),
    [("cidr_range_subset", "somewhere", "10.0.0.0/8"), ("contains", 7, "a"), ("starting_with", "a", ["a"])],
)
def test_what_cannot_be_compared_is_an_error(operator: str, found: Any, wanted: Any) -> None:
    """Neither the operator nor its opposite has an answer."""
    with pytest.raises(OperandError):
        OPERATORS[operator].test(found, wanted)


def test_every_operator_is_compared_with_checkov() -> None:
    """The policies of the comparison use each operator, plain; the release has 45 of them."""
    used = {
        str(one.get("operator", "any")) for _, one in definitions() if one.get("cond_type", "attribute") == "attribute"
    }
    assert {*OPERATORS, *PATTERNS} <= used
    assert len({*OPERATORS, *PATTERNS}) == 45


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(OPERATORS)), _VALUES, _VALUES)
def test_no_operand_escapes(operator: str, found: Any, wanted: Any) -> None:
    """An operator answers true or false, or says that it cannot compare."""
    with suppress(OperandError):
        assert OPERATORS[operator].test(found, wanted) in {True, False}
