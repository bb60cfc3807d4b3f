"""Types, conversion, equality and numbers."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.hcl.constraints import read_type
from muniment.languages.hcl.convert import convert, unify
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.parser import parse_expression
from muniment.languages.hcl.scope import Names
from muniment.languages.hcl.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
    describe,
)
from muniment.languages.hcl.values import (
    ListValue,
    MapValue,
    Marked,
    SetValue,
    check_size,
    equal,
    make_set,
    mark,
    number,
    to_text,
    type_of,
)
from muniment.languages.source import Limits
from muniment.languages.unknown import Cause, OpenList, OpenMap, PartialString, Unknown

U = Unknown((Cause("computed", "a.b"),))


def _type(text: str) -> Type:
    return read_type(parse_expression(text).expression, lambda node: compile_expression(node, {})(Names({})))


@pytest.mark.parametrize(
    ("value", "kind", "result"),
    [
        (1, "string", "1"),
        (Decimal("1.50"), "string", "1.5"),
        (True, "string", "true"),
        ("1e3", "number", 1000),
        ("-0.50", "number", Decimal("-0.50")),
        ("true", "bool", True),
        (("a", 1), "list(any)", ListValue(["a", "1"])),
        ((1, 1, "1"), "set(string)", SetValue(["1"])),
        ((3, 1, 2), "set(number)", SetValue([1, 2, 3])),
        ({"a": 1, "b": "x"}, "map(any)", MapValue({"a": "1", "b": "x"})),
        (MapValue({"a": "1"}), "object({a = number})", {"a": 1}),
        ({"a": "1", "b": 2}, "object({a = number})", {"a": 1}),
        ({}, "object({a = optional(number, 3), b = optional(string)})", {"a": 3, "b": None}),
        (({},), "list(object({a = optional(object({b = optional(bool, true)}), {})}))", [{"a": {"b": True}}]),
        ((1, "x"), "tuple([string, string])", ("1", "x")),
        (None, "number", None),
        ((1, 2), "any", (1, 2)),
        ((1,), "list", ListValue([1])),
    ],
)
def test_values_convert_to_declared_types(value: object, kind: str, result: object) -> None:
    """Primitives convert where exact, collections member by member, objects by declared attribute."""
    assert convert(value, _type(kind)) == result


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        *(("0x10", "number"), ("", "number"), (1, "bool"), ("yes", "bool"), (True, "number"), ((1,), "string")),
        *(((1, True), "list(any)"), ({"a": 1}, "list(any)"), ((1,), "map(any)"), ({}, "object({a = any})")),
        *(((1,), "tuple([any, any])"), ("1" * 5000, "number"), ({"a": "x"}, "object({a = number})")),
    ],
)
def test_what_does_not_convert_is_an_error(value: object, kind: str) -> None:
    """No conversion guesses."""
    with pytest.raises(HclError):
        convert(value, _type(kind))


@pytest.mark.parametrize(
    "text", ["what", "list()", "list(string, number)", "object(1)", "1", "object({a = optional()})"]
)
def test_what_is_no_type_is_an_error(text: str) -> None:
    """Only type constraints declare types."""
    with pytest.raises(HclError):
        _type(text)


def test_unknown_values_convert_to_unknown_values_of_the_type() -> None:
    """Causes stay, partial strings stay, open collections stay open."""
    assert convert(U, ListType(STRING)).type == ListType(STRING)
    partial = PartialString(("a", U))
    assert convert(partial, STRING) is partial
    assert convert(OpenList([1], U.causes), ListType(STRING)) == OpenList(["1"])
    assert convert(OpenMap({"a": 1}, U.causes), MapType(STRING)).causes == U.causes
    assert isinstance(convert(OpenMap({}, U.causes), _type("object({a = string})"))["a"], Unknown)


@pytest.mark.parametrize(
    ("types", "result"),
    [
        ((STRING, NUMBER, BOOL), STRING),
        ((NUMBER, BOOL), None),
        ((NUMBER, ANY), NUMBER),
        ((), ANY),
        ((TupleType((NUMBER,)), TupleType((STRING,))), TupleType((STRING,))),
        ((TupleType((NUMBER,)), TupleType(())), ListType(NUMBER)),
        ((SetType(NUMBER), SetType(STRING)), SetType(STRING)),
        ((ObjectType({"a": NUMBER}), ObjectType({"b": STRING})), MapType(STRING)),
        ((MapType(NUMBER), ObjectType({"b": STRING})), MapType(STRING)),
        ((ListType(NUMBER), NUMBER), None),
    ],
)
def test_types_unify(types: tuple[Type, ...], result: Type | None) -> None:
    """The type in common is the narrowest to which all convert."""
    assert unify(types) == result


def test_types_of_different_kinds_differ_and_describe_themselves() -> None:
    """A list is no set, and a declaration reads back as it was written."""
    assert ListType(STRING) != SetType(STRING)
    text = "map(object({a = tuple([string, number]), b = optional(list(bool))}))"
    assert describe(_type(text)) == text


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        (True, 1, False),
        (0, False, False),
        ((1,), ListValue([1]), False),
        ({"a": 1}, MapValue({"a": 1}), False),
        (make_set([2, 1]), make_set([1, 2]), True),
        ((U, 1), (U, 2), False),
        ((U, 1), (U, 1), None),
        (OpenList([1], U.causes), (), False),
        (OpenList([1], U.causes), ListValue([1]), None),
        (OpenMap({"a": 1}, U.causes), {"a": 2}, False),
        (OpenMap({"a": 1}, U.causes), {"b": 2}, False),
        (OpenMap({}, U.causes), {"b": 2}, None),
        (PartialString(("ab", U)), "ac", False),
        (PartialString((U, "z")), "az", None),
        (None, "x", False),
    ],
)
def test_equality_has_three_answers(left: object, right: object, result: object) -> None:
    """What is certainly different is false even where parts are unknown; None stands for unknown here."""
    for found in (equal(left, right), equal(right, left)):
        assert isinstance(found, Unknown) if result is None else found is result


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1.0", "1"), ("1.50", "1.5"), ("1E+3", "1000"), ("1E-7", "0.0000001"), ("-0.10", "-0.1"), ("0E+9", "0")],
)
def test_numbers_show_neither_exponent_nor_trailing_zeros(text: str, shown: str) -> None:
    """The one text that a number has."""
    assert to_text(number(Decimal(text))) == shown


_PRIMITIVES = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "a", "1"])
_VALUES = st.recursive(
    _PRIMITIVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from("ab"), inner),
        st.lists(st.integers(1, 2), max_size=2).map(ListValue),
        st.dictionaries(st.sampled_from("ab"), st.booleans()).map(MapValue),
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(_VALUES, _VALUES)
def test_equality_is_reflexive_and_agrees_with_identity(left: Any, right: Any) -> None:
    """A value equals itself; a set of two has one member exactly when they are equal."""
    assert equal(left, left) is True
    assert (len(make_set([left, right])) == 1) is equal(left, right)


@settings(max_examples=100, deadline=None)
@given(_VALUES, _VALUES)
def test_a_common_type_takes_both_values(left: Any, right: Any) -> None:
    """What unifies converts, where nothing of the common type is left open."""
    kind = unify((type_of(left), type_of(right)))
    if kind is not None and "any" not in describe(kind):
        for value in (left, right):
            convert(value, kind)


def test_a_set_takes_over_the_marks_of_its_members() -> None:
    """Of two equal members one may be secret: the set is then."""
    found = convert((mark("a", frozenset({"sensitive"})), "a", "b"), SetType(STRING))
    assert isinstance(found, Marked)
    assert found.value == ["a", "b"]


def test_values_that_share_their_way_to_great_size_are_refused() -> None:
    """A value that doubles level by level is counted as it would be walked."""
    value: Any = (0,)
    for _ in range(60):
        value = (value, value)
    with pytest.raises(HclError):
        check_size(value, Limits())
