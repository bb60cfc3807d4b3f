"""The JSON syntax gives the same tree as the native one."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.hcl import nodes
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.json_syntax import BlockShape, parse_json
from muniment.languages.hcl.parser import File
from muniment.languages.hcl.references import references
from muniment.languages.hcl.scope import Names
from muniment.languages.hcl.values import plain

SHAPES = {
    "resource": BlockShape(2, {"lifecycle": BlockShape()}),
    "variable": BlockShape(1),
    "locals": BlockShape(),
}
SAMPLE = """{
  "//": "a comment",
  "resource": {"aws_s3_bucket": {"b": {"bucket": "${var.p}-x", "n": 1.50, "lifecycle": {"prevent_destroy": true}}}},
  "variable": [{"a": {"default": [null, "$${x}"]}}, {"b": [{}, {"type": "string"}]}],
  "locals": {"text": "a\\u00e9\\n${var.q}"}
}"""


def _value(node: nodes.Expression) -> object:
    return plain(compile_expression(node, {})(Names({"var": {"p": "log", "q": 1}})))


def _parse(text: str) -> File:
    return parse_json(text, blocks=SHAPES)


def test_blocks_arguments_and_templates_are_those_of_the_native_syntax() -> None:
    """Labels are keys, repetition is an array, strings are templates, `//` is a comment."""
    file = _parse(SAMPLE)
    assert file.diagnostics == ()
    assert file.body.attributes == {}
    blocks = [(block.type, [label.text for label in block.labels]) for block in file.body.blocks]
    assert blocks == [
        ("resource", ["aws_s3_bucket", "b"]),
        ("variable", ["a"]),
        ("variable", ["b"]),
        ("variable", ["b"]),
        ("locals", []),
    ]
    bucket = file.body.blocks[0].body
    assert {name: _value(a.expression) for name, a in bucket.attributes.items()} == {"bucket": "log-x", "n": 1.5}
    assert [block.type for block in bucket.blocks] == ["lifecycle"]
    assert _value(file.body.blocks[1].body.attributes["default"].expression) == [None, "${x}"]
    assert _value(file.body.blocks[4].body.attributes["text"].expression) == "aé\n1"


def test_places_point_into_the_text_through_escapes() -> None:
    """Arguments and references slice to their own text, even behind an escape."""
    file = _parse(SAMPLE)
    bucket = file.body.blocks[0].body.attributes["bucket"]
    assert SAMPLE[bucket.start :].startswith('"bucket"')
    for attribute in (bucket, file.body.blocks[4].body.attributes["text"]):
        (reference,) = references(attribute.expression)
        assert SAMPLE[reference.start : reference.end] == str(reference)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", (1, 1)),
        ('{"a":', (1, 6)),
        ('{"a":1,}', (1, 8)),
        ('{"a" 1}', (1, 6)),
        ('{"a":1} x', (1, 9)),
        ('{"a":01}', (1, 6)),
        ('{"a":nul}', (1, 6)),
        ('{"a":"x\n"}', (1, 6)),
        ('{"a":1e999999}', (1, 6)),
        ('{"a":1,"a":2}', (1, 8)),
        ('{"variable":{"v":3}}', (1, 18)),
        ('{"variable":3}', (1, 13)),
        ('{"a":"${"}', (1, 9)),
        ("1", (1, 1)),
    ],
)
def test_mistakes_are_reported_where_they_are(text: str, place: tuple[int, int]) -> None:
    """The first diagnostic stands at the mistake."""
    assert _parse(text).diagnostics[0].span[:2] == place


def test_what_was_read_before_a_mistake_is_kept() -> None:
    """A cut file still shows its arguments, of which the last has no value."""
    attributes = _parse('{"a": 1, "b": {"c": [1, ').body.attributes
    assert _value(attributes["a"].expression) == 1
    with pytest.raises(HclError):
        _value(attributes["b"].expression)


def test_depth_is_limited_without_recursion() -> None:
    """Nesting beyond the limit is a diagnostic."""
    assert "limit-exceeded" in {one.code for one in _parse("[" * 100_000).diagnostics}


_CHARACTERS = st.characters(exclude_characters="$%", exclude_categories=["Cs"])
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_characters="$%", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcé", min_size=1), inner),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None)
@given(_VALUES, st.booleans())
def test_json_values_come_out_as_they_went_in(value: object, ascii_only: bool) -> None:  # noqa: FBT001  drawn
    """Without templates an expression in JSON is its value."""
    file = _parse(json.dumps({"x": value}, ensure_ascii=ascii_only))
    assert file.diagnostics == ()
    assert _value(file.body.attributes["x"].expression) == _nfc(value)


def _nfc(value: object) -> object:
    from unicodedata import normalize

    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list):
        return [_nfc(item) for item in value]
    return {key: _nfc(item) for key, item in value.items()} if isinstance(value, dict) else value


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(['{"a"', ":", "[", "]", "}", ",", '"${x', '}"', "1", "null", " ", '"\\u']), max_size=30)
)
def test_any_text_gives_a_tree_and_diagnostics(pieces: list[str]) -> None:
    """No sequence of pieces raises, and places lie within the text."""
    text = "".join(pieces)
    file = _parse(text)
    assert all(0 <= problem.start <= problem.end <= len(text) for problem in file.problems)
