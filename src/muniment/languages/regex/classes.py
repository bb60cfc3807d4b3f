"""Sets of characters: the named ones of RE2, negation, and closure under Unicode's simple case folding."""

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from muniment.languages.regex.nodes import Ranges

LAST: Final = 0x10FFFF
ANY: Final[Ranges] = ((0, LAST),)
ANY_BUT_NEWLINE: Final[Ranges] = ((0, 9), (11, LAST))
DIGIT: Final[Ranges] = ((48, 57),)
SPACE: Final[Ranges] = ((9, 10), (12, 13), (32, 32))
WORD: Final[Ranges] = ((48, 57), (65, 90), (95, 95), (97, 122))
POSIX: Final = MappingProxyType(
    {
        "alnum": ((48, 57), (65, 90), (97, 122)),
        "alpha": ((65, 90), (97, 122)),
        "ascii": ((0, 127),),
        "blank": ((9, 9), (32, 32)),
        "cntrl": ((0, 31), (127, 127)),
        "digit": DIGIT,
        "graph": ((33, 126),),
        "lower": ((97, 122),),
        "print": ((32, 126),),
        "punct": ((33, 47), (58, 64), (91, 96), (123, 126)),
        "space": ((9, 13), (32, 32)),
        "upper": ((65, 90),),
        "word": WORD,
        "xdigit": ((48, 57), (65, 70), (97, 102)),
    }
)
_ALIASES: Final = MappingProxyType(
    {
        "casedletter": "LC",
        "closepunctuation": "Pe",
        "cntrl": "Cc",
        "combiningmark": "M",
        "connectorpunctuation": "Pc",
        "control": "Cc",
        "currencysymbol": "Sc",
        "dashpunctuation": "Pd",
        "decimalnumber": "Nd",
        "digit": "Nd",
        "enclosingmark": "Me",
        "finalpunctuation": "Pf",
        "format": "Cf",
        "initialpunctuation": "Pi",
        "letter": "L",
        "letternumber": "Nl",
        "lineseparator": "Zl",
        "lowercaseletter": "Ll",
        "mark": "M",
        "mathsymbol": "Sm",
        "modifierletter": "Lm",
        "modifiersymbol": "Sk",
        "nonspacingmark": "Mn",
        "number": "N",
        "openpunctuation": "Ps",
        "other": "C",
        "otherletter": "Lo",
        "othernumber": "No",
        "otherpunctuation": "Po",
        "othersymbol": "So",
        "paragraphseparator": "Zp",
        "privateuse": "Co",
        "punct": "P",
        "punctuation": "P",
        "separator": "Z",
        "spaceseparator": "Zs",
        "spacingmark": "Mc",
        "surrogate": "Cs",
        "symbol": "S",
        "titlecaseletter": "Lt",
        "unassigned": "Cn",
        "uppercaseletter": "Lu",
    }
)
_FOLD_OUTSIDE_ASCII: Final = MappingProxyType({ord("k"): 0x212A, ord("s"): 0x17F})


def merge(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same set as sorted stretches that neither touch nor overlap."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            if high > merged[-1][1]:
                merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return tuple(merged)


def negate(ranges: Ranges) -> Ranges:
    """Every character that `ranges` (merged) lacks."""
    gaps, start = [], 0
    for low, high in ranges:
        if low > start:
            gaps.append((start, low - 1))
        start = high + 1
    if start <= LAST:
        gaps.append((start, LAST))
    return tuple(gaps)


def fold(ranges: Ranges) -> Ranges:
    """`ranges` (merged) with all that simple folding makes equal to one of its characters."""
    if not ranges:
        return ranges
    if ranges[-1][1] < 128:
        return _fold_ascii(ranges)
    runs = tuple(_runs())
    while True:
        wider = merge((*ranges, *_neighbours(ranges, runs)))
        if wider == ranges:
            return ranges
        ranges = wider


def fold_char(char: str) -> Ranges:
    """The characters that simple folding makes equal to `char`."""
    code = ord(char)
    return fold(((code, code),))


def unicode_class(name: str) -> Ranges | None:
    r"""The set of `\p{name}`: a category, a script, `Any`, `ASCII` or `Assigned`; nothing if there is none."""
    from muniment.languages.regex.tables import CATEGORIES, SCRIPTS  # noqa: PLC0415  30 KB that few patterns need

    wanted = name.replace("_", "").replace("-", "").replace(" ", "").lower()
    if wanted == "any":
        return ANY
    if wanted == "ascii":
        return ((0, 127),)
    if wanted == "assigned":
        return negate(merge(_stretches(CATEGORIES["Cn"])))
    for table in (CATEGORIES, SCRIPTS):
        for key, text in table.items():
            if key.replace("_", "").lower() == wanted:
                return merge(_stretches(text))
    return _category_group(_ALIASES.get(wanted, wanted))


def _category_group(name: str) -> Ranges | None:
    """The union of the categories that share a first letter, or `LC`; a long name's own category."""
    from muniment.languages.regex.tables import CATEGORIES  # noqa: PLC0415  as above

    if name in CATEGORIES:
        return merge(_stretches(CATEGORIES[name]))
    upper = name.upper()
    keys = ("Lu", "Ll", "Lt") if upper == "LC" else tuple(key for key in CATEGORIES if key[0] == upper)
    return merge(stretch for key in keys for stretch in _stretches(CATEGORIES[key])) if keys else None


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for item in text.split():
        gap, _, length = item.partition("-")
        start = end + int(gap, 36)
        end = start + int(length or "0", 36)
        yield start, end


def _fold_ascii(ranges: Ranges) -> Ranges:
    folded = list(ranges)
    for low, high in ranges:
        for code in range(max(low, 65), min(high, 122) + 1):
            letter = code | 32
            if 97 <= letter <= 122:
                folded.append((code ^ 32, code ^ 32))
                if letter in _FOLD_OUTSIDE_ASCII:
                    folded.append((_FOLD_OUTSIDE_ASCII[letter], _FOLD_OUTSIDE_ASCII[letter]))
    return merge(folded)


def _runs() -> Iterator[tuple[int, int, int, int]]:
    """Folding as (first, last, step, delta)."""
    from muniment.languages.regex.tables import FOLDS  # noqa: PLC0415  30 KB that few patterns need

    start = 0
    for item in FOLDS.split():
        gap, count, step, delta = (int(part, 36) for part in item.split(":"))
        start += gap
        yield start, start + count * step, step, delta


def _neighbours(ranges: Ranges, runs: Iterable[tuple[int, int, int, int]]) -> Iterator[tuple[int, int]]:
    """What one step of folding reaches from `ranges`."""
    at = 0
    for first, last, step, delta in runs:
        for low, high in ranges:
            start, stop = max(low, first), min(high, last)
            if start <= stop and step == 1:
                yield start + delta, stop + delta
            elif start <= stop:
                at = start + (start - first) % step
                yield from ((code + delta, code + delta) for code in range(at, stop + 1, step))
