"""Patterns of file names: `*`, `?`, `[...]`, `{...}` within a segment, and `**` for any number of segments."""

from collections.abc import Callable

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.functions.patterns import Patterns

_SPECIAL = frozenset("*?[{\\")
_QUOTED = frozenset(".+()|^$[]{}*?\\")


def is_literal(segment: str) -> bool:
    """Whether a segment of a pattern stands for itself."""
    return _SPECIAL.isdisjoint(segment)


def glob_matcher(pattern: str, patterns: Patterns) -> Callable[[str], bool]:
    """Tells whether a path matches the whole pattern; raises HclError when the pattern is malformed."""
    segments = pattern.split("/")
    text = "".join(
        ("(?:.*/)?" if place < len(segments) - 1 else ".*")
        if segment == "**"
        else _segment(segment) + ("/" if place < len(segments) - 1 else "")
        for place, segment in enumerate(segments)
    )
    regex = patterns.compile(rf"(?s)\A(?:{text})\z")
    return lambda path: regex.search(path) is not None


def _segment(segment: str) -> str:
    pieces: list[str] = []
    at, depth = 0, 0
    while at < len(segment):
        character = segment[at]
        if character == "*":
            pieces.append("[^/]*")
        elif character == "?":
            pieces.append("[^/]")
        elif character == "[":
            at = _character_class(segment, at, pieces)
        elif character == "\\":
            at += 1
            pieces.append(_literal(segment[at : at + 1]))
        elif character == "{" or (depth and character in ",}"):
            depth += (character == "{") - (character == "}")
            pieces.append({"{": "(?:", ",": "|", "}": ")"}[character])
        else:
            pieces.append(_literal(character))
        at += 1
    if depth:
        raise _malformed()
    return "".join(pieces)


def _character_class(segment: str, start: int, pieces: list[str]) -> int:
    """Translates the class at `start`; returns where it ends."""
    end = segment.find("]", start + 2)
    if end < 0:
        raise _malformed()
    body = segment[start + 1 : end]
    negated = body[0] in "^!"
    members = "".join("\\" + one if one in "[]^&~\\" else one for one in body[negated:])
    pieces.append(f"[{'^/' if negated else ''}{members}]")
    return end


def _literal(character: str) -> str:
    if not character:
        raise _malformed()
    return "\\" + character if character in _QUOTED else character


def _malformed() -> HclError:
    return HclError("the pattern of file names is malformed", code="invalid-argument")
