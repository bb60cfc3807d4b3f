"""Text as its reader counts it: grapheme clusters, after UAX 29 as far as names and texts need it."""

from unicodedata import category

_JOINER = "\u200d"
_EXTENDING = frozenset({"Mn", "Me", "Mc"})
_CONTROL = frozenset({"Cc", "Cf", "Zl", "Zp"})
_SIGNS = frozenset("\u00a9\u00ae\u203c\u2049\u2122\u2139\u3030\u303d\u3297\u3299")


def graphemes(text: str) -> list[str]:
    """The clusters of the text in order."""
    if text.isascii() and "\r" not in text:
        return list(text)
    clusters: list[str] = []
    start = 0
    for at in range(1, len(text)):
        if not _joined(text, start, at):
            clusters.append(text[start:at])
            start = at
    if text:
        clusters.append(text[start:])
    return clusters


def width(text: str) -> int:
    """How many clusters the text has."""
    return len(text) if text.isascii() and "\r" not in text else len(graphemes(text))


def _joined(text: str, start: int, at: int) -> bool:
    """Whether the character at `at` belongs to the cluster that began at `start`."""
    before, here = text[at - 1], text[at]
    if before == "\r" and here == "\n":
        return True
    if _is_control(before) or _is_control(here):
        return False
    if _extends(here):
        return True
    if before == _JOINER and _is_pictograph(here):
        return _is_pictograph(text[start])
    if _is_regional(before) and _is_regional(here):
        return (at - start) % 2 == 1
    return _is_syllable(before, here)


def _is_control(character: str) -> bool:
    return character != _JOINER and not _extends(character) and category(character) in _CONTROL


def _extends(character: str) -> bool:
    code = ord(character)
    return (
        category(character) in _EXTENDING
        or character in "\u0e33\u0eb3\u200c\u200d\uff9e\uff9f"
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )


def _is_pictograph(character: str) -> bool:
    code = ord(character)
    if character in _SIGNS:
        return True
    return (0x2190 <= code <= 0x2BFF or 0x1F000 <= code <= 0x1FAFF) and category(character) in {"So", "Sm", "Cn"}


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_syllable(before: str, here: str) -> bool:
    """Whether two Hangul characters are of one syllable: leading consonants, vowels, trailing consonants."""
    first, second = _hangul(before), _hangul(here)
    if first == "L":
        return second in {"L", "V", "LV", "LVT"}
    return (first in {"V", "LV"} and second in {"V", "T"}) or (first in {"T", "LVT"} and second == "T")


def _hangul(character: str) -> str:
    code = ord(character)
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "T"
    if 0xAC00 <= code <= 0xD7A3:
        return "LVT" if (code - 0xAC00) % 28 else "LV"
    return ""
