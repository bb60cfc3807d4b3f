"""Splits arguments into words, each way that an instruction needs; quotes and escapes stay in the words."""

import re
from typing import Final

_BLANKS: Final = re.compile(r"[ \t\v\f\r]+")


def plain_words(text: str) -> tuple[str, ...]:
    """The words of FROM, EXPOSE, COPY, ADD and VOLUME: quotes mean nothing."""
    return tuple(word for word in _BLANKS.split(text) if word)


def quoted_words(text: str, escape: str) -> tuple[str, ...]:
    """The words of ENV, LABEL, ARG and of shell text: blanks in quotes and behind the escape character separate not."""
    plain = rf"[^\s\"'{re.escape(escape)}]"
    escaped = rf"{re.escape(escape)}(?:.|\Z)"
    double = rf"\"(?:[^\"{re.escape(escape)}]|{escaped})*(?:\"|\Z)"
    word = re.compile(rf"(?:{plain}|{escaped}|{double}|'[^']*(?:'|\Z))+", re.DOTALL)
    return tuple(found[0] for found in word.finditer(text))


def first_word(text: str, start: int, escape: str) -> int:
    """Where the word that begins at `start` ends."""
    quote, place = "", start
    while place < len(text):
        character = text[place]
        if character == escape and quote != "'":
            place += 1
        elif quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character.isspace():
            break
        place += 1
    return min(place, len(text))


def skip_blanks(text: str, place: int) -> int:
    """The next character that is no blank."""
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def json_strings(text: str) -> tuple[tuple[str, ...] | None, bool]:
    """The strings of a JSON array, None for any other text; and whether it is an array of something else."""
    if not text.startswith("["):
        return None, False
    import json  # noqa: PLC0415  most files have no such argument

    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None, False
    strings = isinstance(value, list) and all(isinstance(member, str) for member in value)
    return (tuple(value), False) if strings else (None, True)
