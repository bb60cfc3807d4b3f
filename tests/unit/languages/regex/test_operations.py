"""Replacing, splitting, names and the tables, by Go's rules."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages import regex
from muniment.languages.regex.classes import fold_char, unicode_class
from muniment.languages.source import LanguageError


@pytest.mark.parametrize(
    ("pattern", "text", "template", "wanted"),
    [
        ("(a)(?P<x>b)", "abab", "$x-$1x-${1}x", "b--axb--ax"),
        ("a*", "baac", "<$0>", "<>b<aa>c<>"),
        ("(a)|b", "ab", "[$1]$$2$3", "[a]$2[]$2"),
        ("b", "abc", "$", "a$c"),
        ("b", "abc", "${", "a${c"),
        ("b", "abc", "$01|${x}", "a|c"),
    ],
)
def test_templates_expand_as_in_go(pattern: str, text: str, template: str, wanted: str) -> None:
    """A name is as long as it can be, an unknown one is empty, and a lone dollar stays."""
    assert regex.compile(pattern).replace(text, template) == wanted


def test_literal_replacements_expand_nothing() -> None:
    """Dollars and backslashes of a literal replacement stay as they are."""
    assert regex.compile("b").replace_literal("abc", r"$0\1") == r"a$0\1c"


@pytest.mark.parametrize(
    ("text", "limit", "wanted"),
    [
        ("a,b,c", -1, ["a", "b", "c"]),
        ("a,b,c", 2, ["a", "b,c"]),
        ("a,b,c", 0, []),
        ("", -1, [""]),
        (",", -1, ["", ""]),
    ],
)
def test_split_counts_its_parts(text: str, limit: int, wanted: list[str]) -> None:
    """A limit is a number of parts, and the last one holds the rest."""
    assert regex.compile(",").split(text, limit) == wanted


def test_captures_have_numbers_and_names() -> None:
    """A capture that took no part has no text and no place."""
    compiled = regex.compile(r"(?P<key>\w+)(=(?<value>\d+))?")
    found = compiled.search("  size")
    assert compiled.names == (None, "key", None, "value")
    assert found is not None
    assert (found.start, found.end, found.groups(), found.span(3)) == (2, 6, ("size", None, None), (-1, -1))


def test_categories_agree_with_the_standard_library() -> None:
    """Characters assigned long ago are in the same category in our tables and in Python's."""
    for name in ("Lu", "Ll", "Lo", "Nd", "Nl", "Pd", "Sc", "Zs", "Cc"):
        ranges = unicode_class(name)
        assert ranges is not None
        ours = {code for low, high in ranges for code in range(low, high + 1) if code < 0x3000}
        theirs = {code for code in range(0x3000) if unicodedata.category(chr(code)) == name}
        assert len(ours ^ theirs) < 40, name  # what newer versions of Unicode added


def test_folding_goes_round_all_equal_characters() -> None:
    """The Kelvin sign folds to k, the long s to s, and the dotless i to nothing."""
    assert fold_char("k") == ((75, 75), (107, 107), (0x212A, 0x212A))
    assert fold_char("\u017f") == fold_char("s")
    assert fold_char("\u0131") == ((0x131, 0x131),)
    assert fold_char("\u03c3") == ((0x3A3, 0x3A3), (0x3C2, 0x3C3))


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="ab()[]{}*+?|^$\\.-:,<>P?idwWsbBpLzQE019\n", max_size=14), st.text(alphabet="ab1 \n", max_size=12)
)
def test_any_pattern_is_read_or_refused(pattern: str, text: str) -> None:
    """No pattern raises anything but the core's own errors, and matches lie in order inside the text."""
    try:
        compiled = regex.compile(pattern)
    except LanguageError:
        return
    end = 0
    for found in compiled.finditer(text):
        assert end <= found.start <= found.end <= len(text)
        end = found.end
