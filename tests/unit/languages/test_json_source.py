"""JSON texts with the places of their members."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.json_source import Positions, load, positions, without_comments
from muniment.languages.source import Limits, Span

TEXT = '{"a": [1, {"b\\u0021": null}],\n "c": {"d": "x, ]"} , "e": []}'


def cut(text: str, span: Span | None) -> str:
    """The text that a span covers."""
    assert span is not None
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def test_places_by_path() -> None:
    """Keys, members and values are cut out of the text exactly."""
    at = positions(TEXT)
    assert cut(TEXT, at.key(["a"])) == '"a"'
    assert cut(TEXT, at.value(["a", 1, "b!"])) == '"b\\u0021": null'
    assert cut(TEXT, at.of(["c"])) == '{"d": "x, ]"}'
    assert cut(TEXT, at.key(["a", 0])) == "1"
    assert cut(TEXT, at.value(["e"])) == '"e": []'
    assert cut(TEXT, at.of([])) == TEXT
    assert at.key([]) is None
    assert at.key(["a", 2]) is None
    assert at.value(["a", "x"]) is None
    assert at.of(["c", "d", "f"]) is None


def test_duplicate_keys_have_both_places() -> None:
    """The value is that of the last key; both places are told."""
    text = '{"a": 1,\n "a": 2}'
    assert load(text).value == {"a": 2}
    assert positions(text).duplicates() == (("a", Span(1, 2, 1, 5), Span(2, 2, 2, 5)),)
    assert cut(text, positions(text).value(["a"])) == '"a": 2'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32-le"])
def test_encodings(encoding: str) -> None:
    """Every encoding of Unicode is read, with and without a mark of the byte order."""
    assert load('{"\u00fc": 1}'.encode(encoding)).value == {"\u00fc": 1}


WRONG = (
    ("", "syntax-error", (1, 1)),
    ('{"a":\n x}', "syntax-error", (2, 2)),
    ("[NaN]", "syntax-error", (1, 1)),
    ("[-Infinity]", "syntax-error", (1, 1)),
    ("[1e999]", "syntax-error", (1, 1)),
    ("1" * 5000, "syntax-error", (1, 1)),
    ("[" * 600 + "]" * 600, "limit-exceeded", (1, 513)),
    ('{"a":' * 100_000, "limit-exceeded", (1, 2561)),
    (b'{"a": "\xff"}', "encoding", (1, 1)),
)


@pytest.mark.parametrize(("text", "code", "place"), WRONG)
def test_what_is_no_json(text: str | bytes, code: str, place: tuple[int, int]) -> None:
    """What no JSON value can hold, and what nests without end, is a diagnostic with a place."""
    found = load(text)
    assert found.value is None
    assert [(one.code, one.span[:2]) for one in found.diagnostics] == [(code, place)]


def test_the_size_is_a_budget() -> None:
    """A text that is too large is not read."""
    assert load("[1, 2]", limits=Limits(size=3)).diagnostics[0].code == "limit-exceeded"


def test_large_integers_stay_exact() -> None:
    """An integer of thirty digits is no float."""
    assert load("[123456789012345678901234567890]").value == [123456789012345678901234567890]


def test_comments_and_trailing_commas_where_they_are_allowed() -> None:
    """They are blank in the text, so that places stay; what looks like them in strings stays."""
    text = '{ // c\n "a": "// no", /* x\n */ "b": [1, 2, /* , */ ], }'
    found = load(text, comments=True)
    assert found.value == {"a": "// no", "b": [1, 2]}
    assert len(found.text) == len(text)
    assert cut(text, positions(found.text).key(["b"])) == '"b"'
    assert load(text).diagnostics


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=15,
)


@settings(max_examples=100, deadline=None)
@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_every_place_holds_its_value(value: Any, indent: int | None, ascii_only: bool) -> None:  # noqa: FBT001  drawn
    """The span of every path is the text of the value at that path, and comments change nothing."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert load(text).value == value
    assert without_comments(text) == text
    check(value, [], positions(text), text)


def check(value: Any, path: list[str | int], at: Positions, text: str) -> None:
    """Asserts that every value below stands where its path says."""
    assert json.loads(cut(text, at.of(path))) == value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in members:
        check(inner, [*path, step], at, text)


@settings(max_examples=100, deadline=None)
@given(st.text('{}[],:"\\/* \n1ae.-tru', max_size=40), st.booleans())
def test_any_text_is_read_or_refused(text: str, comments: bool) -> None:  # noqa: FBT001  drawn
    """No text raises, and places may be asked for even where the text is wrong."""
    found = load(text, comments=comments)
    positions(found.text).of([])
    assert not found.diagnostics or found.value is None
