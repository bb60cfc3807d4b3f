"""What cannot be right is found before there is any data, at its place."""

import pytest

from muniment.languages.cel import CelError, CelEvaluationError, Environment, Function
from muniment.languages.cel.types import DYN, INT, STRING, Type, list_of, map_of, parse_type

ENVIRONMENT = Environment(
    variables={
        "n": INT,
        "s": STRING,
        "any": DYN,
        "names": list_of(STRING),
        "ages": map_of(STRING, INT),
        "when": Type("google.protobuf.Timestamp"),
    },
    functions=[
        Function("pick", lambda first, _: first, signature="list<A>, A -> A; .list<A>, int -> list<A>", receiver=True)
    ],
)
DEDUCED = {
    "n + 1": "int",
    "any + 1": "int",
    "names.map(x, size(x))": "list<int>",
    "ages.filter(k, ages[k] > 1)": "list<string>",
    "ages.transformMap(k, v, string(v))": "map<string, string>",
    "names.all(x, x.startsWith('a'))": "bool",
    "[1, 'a']": "list<dyn>",
    "[[], [1]]": "list<list<int>>",
    "[when, null]": "list<timestamp>",
    "{'a': [1u]}['a'][0]": "uint",
    "when - duration('1h')": "timestamp",
    "when - when": "duration",
    "names[?0].orValue('')": "string",
    "any.?x.?y": "optional<dyn>",
    "ages.?x": "optional<int>",
    "optional.of(n).optMap(x, [x])": "optional<list<int>>",
    "true ? any : n": "dyn",
    "type(n)": "type<int>",
    "pick(names, 'a')": "string",
    "names.pick(1)": "list<string>",
    "cidr('10.0.0.0/8').ip().family()": "int",
    "cel.bind(x, n, [x])": "list<int>",
}
REFUSED = {
    "n + 's'": 1,
    "s.size() == '1'": 1,
    "1 == 1 && n": 11,
    "names.all(x, x + 1)": 14,
    "n.map(x, x)": 1,
    "s.field": 1,
    "1 + missing": 5,
    "unknown(1)": 1,
    "size(1, 2)": 1,
    "names.map(1, 2)": 11,
    "has(n)": 1,
    "duration('soon')": 1,
    "s.matches('(')": 1,
    "timestamp('today') > when": 1,
    "Message{a: 1}": 1,
    "'open": 1,
    "1 +": 4,
    "for": 1,
    "a b": 3,
    "9223372036854775808": 1,
    "1.0e999": 1,
}


@pytest.mark.parametrize("text", DEDUCED)
def test_types_are_deduced(text: str) -> None:
    """The type of an expression follows from declared ones; what is not declared is `dyn`."""
    assert ENVIRONMENT.compile(text).type == parse_type(DEDUCED[text])


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_right_is_refused_at_its_place(text: str) -> None:
    """Syntax, names, arity, types and literal patterns and times are errors of the author, with a column."""
    with pytest.raises(CelError) as caught:
        ENVIRONMENT.compile(text)
    assert caught.value.diagnostic.span.column == REFUSED[text]


def test_an_error_on_a_later_line_says_so() -> None:
    """Lines and columns count from 1."""
    with pytest.raises(CelError) as caught:
        ENVIRONMENT.compile("n == 1 &&\n  n == 's'")
    assert caught.value.diagnostic.span[:2] == (2, 3)


def test_mixed_literals_are_refused_where_they_must_agree() -> None:
    """The API server wants lists and maps of one type; `dyn` goes with it."""
    environment = Environment(homogeneous=True)
    for text in ("[1, 'a']", "{'a': 1, 'b': 'c'}", "{1: 1, 'a': 1}"):
        with pytest.raises(CelError):
            environment.compile(text)
    assert environment.compile("[1, dyn('a')]").type == list_of(DYN)


def test_unchecked_names_fail_where_they_are_evaluated() -> None:
    """Without a check, a name that nothing has is an error only where it decides."""
    environment = Environment(check=False)
    assert environment.compile("missing || true").evaluate({}) is True
    assert environment.compile("true ? 1 : missing.f(1)").evaluate({}) == 1


@pytest.mark.parametrize("check", [True, False])
def test_an_integer_is_no_duration(check):
    """A number has no unit: only texts and durations are taken, checked or not."""
    with pytest.raises((CelError, CelEvaluationError), match="duration"):
        Environment(check=check).compile("duration(12)").evaluate({})
