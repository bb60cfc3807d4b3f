"""The shapes in which Conftest's policies see files."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.app.conftest.formats import parser_of, read_documents
from muniment.errors import InputError

SHAPES: list[tuple[str, str, Any]] = [
    ("yaml", "a: yes\n---\n- 1\n", [{"a": True}, [1]]),
    ("jsonc", '{"a": 1, /* b */}', [{"a": 1}]),
    ("toml", "a = 2020-01-01\n[b]\nc = [1.5]\n", [{"a": "2020-01-01", "b": {"c": [1.5]}}]),
    (
        "ini",
        "top = 1\n[a b]\nc = x ; note\nd: 1.5\ne = true\n",
        [{"": {"top": 1}, "a b": {"c": "x", "d": 1.5, "e": True}}],
    ),
    ("properties", "a.b = c\\\n  d\ne: f\n# g\nh\n", [{"a.b": "cd", "e": "f", "h": ""}]),
    ("dotenv", "export A=1 # one\nB='x # y'\n", [{"A": "1", "B": "x # y"}]),
    ("ignore", "# a\n!b\nc\n", [[[("Comment", "a"), ("NegatedPath", "b"), ("Path", "c")]]]),
    ("xml", '<a x="1"><b>t</b><b y="2">u</b></a>', [{"a": {"-x": "1", "b": ["t", {"-y": "2", "#text": "u"}]}}]),
    (
        "hcl2",
        'a "b" "c" {\n  d = "x-${var.e}"\n  f { g = -1 }\n  h = [true, local.i]\n}\nj = { k = 1.5 }\n',
        [{"j": {"k": 1.5}, "a": {"b": {"c": [{"d": "x-${var.e}", "h": [True, "${local.i}"], "f": [{"g": -1}]}]}}}],
    ),
    ("hcl1", 'a "b" { c = 1 }\n', [{"a": [{"b": [{"c": 1}]}]}]),
    ("spdx", "A: 1\nB: <text>x\ny</text>\nB: 2\n", [{"A": "1", "B": ["x\ny", "2"]}]),
]


@pytest.mark.parametrize(("parser", "text", "wanted"), SHAPES)
def test_each_format_has_its_shape(parser: str, text: str, wanted: list[Any]) -> None:
    """A text is the documents that its parser is known for."""
    found = read_documents(parser, text)
    if parser == "ignore":
        found = [[[(one["Kind"], one["Value"]) for one in found[0][0]]]]
    assert found == wanted


def test_names_choose_parsers() -> None:
    """The name of a file tells its parser; where none is for it, nothing is chosen."""
    names = ("a/Dockerfile.dev", "x.dockerfile", "b.TF", ".gitignore", ".env.local", "values.yml", "README.md")
    assert [parser_of(name) for name in names] == ["dockerfile"] * 2 + ["hcl2", "ignore", "dotenv", "yaml", ""]


@pytest.mark.parametrize(
    "parser", ["yaml", "json", "toml", "ini", "properties", "dotenv", "xml", "hcl2", "spdx", "dockerfile"]
)
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused(parser: str, text: str) -> None:
    """A parser ends with documents or with the error of its input, whatever the text."""
    try:
        assert isinstance(read_documents(parser, text), list)
    except InputError as error:
        assert str(error)  # noqa: PT017  both endings are fine


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    """What the reader of a format cannot hold is the input's fault, with a message."""
    with pytest.raises(InputError, match="is no TOML"):
        read_documents("toml", "k = " + "7" * 5000)


def test_a_format_without_a_reader_says_what_to_do() -> None:
    """It is known, not read, and no mistake of whoever named it."""
    with pytest.raises(InputError, match="groovy is not read here: convert it to JSON first"):
        read_documents("groovy", "{}")
    with pytest.raises(InputError, match="unknown parser: ednn"):
        read_documents("ednn", "{}")
