"""Expands `$name` and `${name...}` in words, with what is not known left as holes."""

import re
from collections.abc import Mapping
from fnmatch import translate
from typing import Any, Final

from muniment.languages.unknown import Cause, PartialString, Unknown

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]|[@*#?!$-]")
_BRACED: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_]*|[0-9]+)(:?[-+?]|##?|%%?|//?)?", re.DOTALL)


def expand(word: str, variables: Mapping[str, Any], *, escape: str = "\\", quotes: bool = True) -> Any:
    """The word with its variables replaced and, with `quotes`, its quotes removed.

    A variable may be a text or an Unknown; one that is not there is empty. Gives a text, or a PartialString or
    Unknown where parts are not known.
    """
    parts: list[Any] = []
    _expand(word, variables, escape, parts, quotes=quotes)
    return joined(parts)


def joined(parts: list[Any]) -> Any:
    """One text of several, with holes where parts are unknown."""
    merged: list[Any] = []
    for part in parts:
        for piece in part.parts if isinstance(part, PartialString) else (part,):
            if isinstance(piece, str) and merged and isinstance(merged[-1], str):
                merged[-1] += piece
            elif piece != "":
                merged.append(piece)
    if not merged:
        return ""
    if len(merged) == 1:
        return merged[0]
    return PartialString(tuple(merged))


def _expand(word: str, variables: Mapping[str, Any], escape: str, parts: list[Any], *, quotes: bool) -> None:
    place, quote = 0, ""
    while place < len(word):
        character = word[place]
        if character == escape and quote != "'" and place + 1 < len(word):
            following = word[place + 1]
            keep = quote == '"' and following not in f'"${escape}'
            parts.append(character + following if keep or not quotes else following)
            place += 2
        elif character in "\"'" and quotes and quote in {"", character}:
            quote = "" if quote else character
            place += 1
        elif character == "$" and quote != "'":
            value, place = _variable(word, place + 1, variables, escape)
            parts.append(value)
        else:
            parts.append(character)
            place += 1


def _variable(word: str, place: int, variables: Mapping[str, Any], escape: str) -> tuple[Any, int]:
    if word[place : place + 1] != "{":
        found = _NAME.match(word, place)
        return (variables.get(found[0], ""), found.end()) if found else ("$", place)
    end = _closing(word, place)
    if end < 0:
        return word[place - 1 :], len(word)
    return _braced(word[place + 1 : end], variables, escape), end + 1


def _closing(word: str, start: int) -> int:
    depth = 0
    for place in range(start, len(word)):
        if word[place] == "{":
            depth += 1
        elif word[place] == "}":
            depth -= 1
            if depth == 0:
                return place
    return -1


def _braced(body: str, variables: Mapping[str, Any], escape: str) -> Any:
    found = _BRACED.match(body)
    if found is None:
        return ""
    name, operator, rest = found[1], found[2] or "", body[found.end() :]
    value = variables.get(name)
    if not operator:
        return "" if value is None else value
    if operator in {"-", ":-", "+", ":+", "?", ":?"}:
        return _alternative(name, operator, rest, value, variables, escape)
    if isinstance(value, Unknown):
        return Unknown(value.causes)
    pattern = expand(rest, variables, escape=escape)
    if isinstance(pattern, Unknown):
        return Unknown(pattern.causes)
    return _cut(value or "", operator, pattern)


def _alternative(name: str, operator: str, rest: str, value: Any, variables: Mapping[str, Any], escape: str) -> Any:
    """`:-`, `:+`, `:?` and their forms without a colon, which take an empty value as set."""
    other = expand(rest, variables, escape=escape)
    if isinstance(value, Unknown):
        return value if operator[-1] == "?" else Unknown(value.causes)
    is_set = value is not None and (value != "" or ":" not in operator)
    if operator[-1] == "+":
        return other if is_set else ""
    if is_set:
        return value
    return other if operator[-1] == "-" else Unknown((Cause("variable", name),))


def _cut(value: str, operator: str, pattern: str) -> str:
    if operator in {"/", "//"}:
        old, _, new = pattern.partition("/")
        return re.sub(translate(old)[4:-3], new.replace("\\", "\\\\"), value, count=1 if operator == "/" else 0)
    matches = re.compile(translate(pattern)).match
    lengths = range(len(value) + 1)
    if operator.startswith("#"):
        order = lengths if operator == "#" else reversed(lengths)
        return next((value[length:] for length in order if matches(value[:length])), value)
    order = reversed(lengths) if operator == "%" else lengths
    return next((value[:length] for length in order if matches(value[length:])), value)
