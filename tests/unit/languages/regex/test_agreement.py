"""What Go's `regexp` and google-re2 both answered, kept as data so that no test needs either."""

import json
from pathlib import Path
from typing import Any

import pytest

from muniment.languages import regex
from muniment.languages.regex.guard import Guard
from muniment.languages.regex.program import symbols_of

_AGREED: dict[str, list[Any]] = json.loads((Path(__file__).parent / "agreed.json").read_text("utf-8"))


def _flat(spans: tuple[tuple[int, int], ...]) -> list[int]:
    return [place for span in spans for place in span]


def test_refuses_what_go_refuses_in_its_words() -> None:
    """Every pattern that both engines refuse is refused with Go's message."""
    for pattern, message in _AGREED["refused"]:
        with pytest.raises(regex.RegexError) as refusal:
            regex.compile(pattern)
        assert refusal.value.diagnostic.message == f"error parsing regexp: {message}", pattern


def test_finds_the_same_matches_and_captures() -> None:
    """All matches with their captures, and whether the whole text matches, are as in Go."""
    for pattern, texts in _AGREED["matches"]:
        compiled = regex.compile(pattern)
        for text, matches, whole in texts:
            spans = [
                [place for number in range(compiled.groups + 1) for place in found.span(number)]
                for found in compiled.finditer(text)
            ]
            assert spans == matches, (pattern, text)
            assert bool(compiled.fullmatch(text)) == whole, (pattern, text)


def test_our_own_matcher_answers_the_same() -> None:
    """The linear matcher finds Go's first match too where the standard library usually answers."""
    for pattern, texts in _AGREED["matches"]:
        compiled = regex.compile(pattern)
        guard = Guard(compiled._tree, symbols_of(compiled._tree), compiled.groups, 1_000_000)
        for text, matches, whole in texts:
            symbols = guard.translate(text)
            spans = guard.search(symbols, 0, guard.meter())
            assert (_flat(spans) if spans else None) == (matches[0] if matches else None), (pattern, text)
            assert bool(guard.fullmatch(symbols, guard.meter())) == whole, (pattern, text)
