"""Expressions: what they read, what they call, and what can be told before a run."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.unknown import PartialString, Unknown
from muniment.parsers.github_evaluation import evaluate, interpolate
from muniment.parsers.github_expressions import ExpressionError, find_expressions, parse, whole_expression


def _known(path: tuple[str, ...]) -> Any:
    values = {"matrix.os": "linux", "matrix.n": 3, "matrix.on": True, "matrix.none": None, "matrix.list": ["a", "B"]}
    return values.get(".".join(path), Unknown())


@pytest.mark.parametrize(
    ("text", "contexts", "functions"),
    [
        ("github.event.issue.title", ("github.event.issue.title",), ()),
        ("github['event'].Issue[ 'title' ]", ("github.event.issue.title",), ()),
        ("github.event.commits[0].message", ("github.event.commits.*.message",), ()),
        ("github.event.commits.*.author.name", ("github.event.commits.*.author.name",), ()),
        ("github.event[inputs.name]", ("github.event.*", "inputs.name"), ()),
        ("toJSON(secrets)", ("secrets",), ("tojson",)),
        ("!(a.b && c || 'x.y' == d.e)", ("a.b", "c", "d.e"), ()),
        ("fromJSON(needs.a.outputs.b).c", ("needs.a.outputs.b",), ("fromjson",)),
        ("true && null || 0x1F < -1.5e3", (), ()),
        ("github.head_ref || github.head_ref", ("github.head_ref",), ()),
    ],
)
def test_what_is_read(text: str, contexts: tuple[str, ...], functions: tuple[str, ...]) -> None:
    """Property, index and star steps are one dotted form; texts in quotes are no contexts."""
    (found,) = find_expressions(f"a ${{{{ {text} }}}} b")
    assert (found.text, found.contexts, found.functions) == (text, contexts, functions)


@pytest.mark.parametrize("text", ["", "a b", "a..b", "f(", "'open", "a[", "&& a", "a ||", "(a", "1x", "a.'b'", "\x00"])
def test_what_is_no_expression(text: str) -> None:
    """A text that the service would refuse has no tree."""
    with pytest.raises(ExpressionError):
        parse(text)


def test_braces_inside_of_texts_end_nothing() -> None:
    """An expression ends at the braces outside of its texts; one that never ends reaches to the end."""
    found = find_expressions("${{ format('}}{0}', 'it''s') }} ${{ b }} ${{ c")
    assert [one.text for one in found] == ["format('}}{0}', 'it''s')", "b", "c"]
    assert [one.node is None for one in found] == [False, False, True]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("matrix.os", "linux"),
        ("matrix.n > 2 && 'many' || 'few'", "many"),
        ("matrix.none || 'default'", "default"),
        ("matrix.OS == 'LINUX'", True),
        ("'1' == 1", True),
        ("null == 0", True),
        ("contains(matrix.list, 'b')", True),
        ("contains('Hello', 'ELL')", True),
        ("startsWith('abc', 'AB') && endsWith('abc', 'c')", True),
        ("format('{0}-{{{1}}}', matrix.os, matrix.on)", "linux-{true}"),
        ("join(matrix.list, '+')", "a+B"),
        ("fromJSON('{\"a\": [1]}').a", [1]),
        ("!!matrix.n", True),
        ("-0x10", -16),
    ],
)
def test_values(text: str, value: Any) -> None:
    """Operators and functions give what the service gives."""
    assert evaluate(parse(text), _known) == value


@pytest.mark.parametrize("text", ["inputs.x", "inputs.x && false", "hashFiles('a')", "always()", "github.event.*.x"])
def test_what_only_a_run_knows_is_unknown(text: str) -> None:
    """Contexts and functions of the run are never guessed."""
    assert isinstance(evaluate(parse(text), _known), Unknown)


def test_texts_are_known_in_part() -> None:
    """A text keeps the parts around an expression that is not known."""
    assert interpolate("a-${{ matrix.os }}:${{ matrix.n }}", _known) == "a-linux:3"
    partly = interpolate("img:${{ inputs.tag }}-x", _known)
    assert isinstance(partly, PartialString)
    assert (partly.prefix, partly.suffix) == ("img:", "-x")


@pytest.mark.parametrize(
    "text", ["!" * 5000 + "a", "(" * 5000 + "a" + ")" * 5000, " || ".join("a" * 4000), "a" + "[0]" * 6000]
)
def test_deep_expressions_end(text: str) -> None:
    """Nesting and length are limited, and nothing runs out of stack."""
    found = whole_expression(text)
    evaluate(found.node, lambda _path: None)
    assert isinstance(found.contexts, tuple)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab.[]()'*!&|=<>, 019-_${}xe"), max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the reader or the evaluator raise anything of its own."""
    for found in (*find_expressions(text), whole_expression(text)):
        evaluate(found.node, _known)
    interpolate(text, _known)
