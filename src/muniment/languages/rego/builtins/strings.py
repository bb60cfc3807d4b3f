"""Functions of strings; places and lengths count code points."""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.builtins.aggregates import listed
from muniment.languages.rego.signatures import BuiltinError, QueryContext
from muniment.languages.rego.values import Value

_SPACES: Final = "".join(
    ("\t\n\v\f\r \x85\xa0\u1680", *map(chr, range(0x2000, 0x200B)), "\u2028\u2029\u202f\u205f\u3000")
)
"""Unicode's white space; Python's own `strip` takes the separators of ASCII too."""


def concat(context: QueryContext, separator: str, parts: Value) -> str:
    """The strings with a separator between them, those of a set in order."""
    texts = listed(parts)
    context.allow_string(sum(map(len, texts)) + len(separator) * len(texts))
    return separator.join(texts)


def index_of(text: str, wanted: str) -> int:
    """The first place of a string, -1 where it is not."""
    return text.find(_searchable(wanted))


def indexes_of(text: str, wanted: str) -> list[int]:
    """All places of a string, overlapping ones too."""
    return [found.start() for found in re.finditer(f"(?={re.escape(_searchable(wanted))})", text)]


def _searchable(wanted: str) -> str:
    if not wanted:
        raise BuiltinError("empty search character")
    return wanted


def lower(text: str) -> str:
    """The text in lower case, character by character."""
    return text.lower() if text.isascii() else "".join([char.lower()[0] for char in text])


def upper(text: str) -> str:
    """The text in upper case, character by character: what has no upper case of one character stays."""
    if text.isascii():
        return text.upper()
    return "".join([raised if len(raised := char.upper()) == 1 else char for char in text])


def replace(context: QueryContext, text: str, old: str, new: str) -> str:
    """The text with every `old` replaced by `new`."""
    context.allow_string(len(text) + text.count(old) * len(new))
    return text.replace(old, new)


def replace_all(context: QueryContext, patterns: dict[str, str], text: str) -> str:
    """The text with every key of `patterns` replaced by its value, in one pass; at one place the least key counts."""
    for name, kind in (("key", patterns), ("value", patterns.values())):
        if not all(part.__class__ is str for part in kind):
            raise BuiltinError(f"operand 1 non-string {name} found in pattern object", code="eval_type_error")
    if not patterns:
        return text
    context.allow_string((len(text) + 1) * max(map(len, patterns.values())))
    return re.sub("|".join(map(re.escape, sorted(patterns))), lambda found: patterns[found[0]], text)


def split(text: str, separator: str) -> list[str]:
    """The stretches between separators; without a separator the characters."""
    return text.split(separator) if separator else list(text)


def split_some(text: str, separator: str, most: int) -> list[str]:
    """The first `most` stretches between separators, the last ones where `most` is negative."""
    parts = split(text, separator)
    return parts[:most] if most >= 0 else parts[most:]


def substring(text: str, start: int, length: int) -> str:
    """`length` characters from `start` on, all of them where it is negative."""
    if start < 0:
        raise BuiltinError("negative offset")
    return text[start:] if length < 0 else text[start : start + length]


def _any_affix(test: Callable[[str, tuple[str, ...]], bool]) -> Callable[[Value, Value], bool]:
    """Whether any of some strings begins (or ends) with any of some others; a lone string is a list of one."""

    def any_affix(texts: Value, affixes: Value) -> bool:
        searched = (texts,) if texts.__class__ is str else texts
        wanted = (affixes,) if affixes.__class__ is str else tuple(affixes)
        return any(test(text, wanted) for text in searched)

    return any_affix


FUNCTIONS: Final = MappingProxyType(
    {
        "concat": concat,
        "contains": str.__contains__,
        "endswith": str.endswith,
        "indexof": index_of,
        "indexof_n": indexes_of,
        "lower": lower,
        "replace": replace,
        "split": split,
        "startswith": str.startswith,
        "strings.any_prefix_match": _any_affix(str.startswith),
        "strings.any_suffix_match": _any_affix(str.endswith),
        "strings.count": str.count,
        "strings.replace_n": replace_all,
        "strings.reverse": lambda text: text[::-1],
        "strings.split_n": split_some,
        "substring": substring,
        "trim": str.strip,
        "trim_left": str.lstrip,
        "trim_prefix": str.removeprefix,
        "trim_right": str.rstrip,
        "trim_space": lambda text: text.strip(_SPACES),
        "trim_suffix": str.removesuffix,
        "upper": upper,
    }
)
