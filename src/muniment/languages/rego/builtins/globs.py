"""Globs of `glob.match` as patterns: `*` and `?` stop at delimiters, `**` does not; `[a-z]`, `[!ab]`, `{a,b}`."""

import re
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.builtins.patterns import matches
from muniment.languages.rego.signatures import BuiltinError, QueryContext

_TOKEN: Final = re.compile(
    r"(?P<escape>\\.)|(?P<super>\*\*+)|(?P<any>\*)|(?P<one>\?)|(?P<open>\{)|(?P<close>\})|(?P<comma>,)"
    r"|\[(?P<not>!?)(?:(?P<low>[^\]])-(?P<high>.)|(?P<list>(?:\\.|[^\]\\])+))\]|(?P<text>[^\[\\])",
    re.DOTALL,
)
_META: Final = re.compile(r"[*?\\\[\]{}]")


def match(context: QueryContext, glob: str, delimiters: list[str] | None, subject: str) -> bool:
    """Whether the whole subject matches; without delimiters it is `.` that stops wildcards, with null nothing does."""
    stops = "" if delimiters is None else "".join(map(_delimiter, delimiters)) or "."
    key = ("glob", glob, stops)
    pattern = context.patterns.get(key)
    if pattern is None:
        pattern = context.patterns[key] = as_pattern(glob, stops)
    return matches(context, pattern, subject)


def _delimiter(text: str) -> str:
    if len(text) != 1:
        message = "operand 2 must be array of runes but got array containing string"
        raise BuiltinError(message, code="eval_type_error")
    return text


def as_pattern(glob: str, delimiters: str) -> str:
    """A glob as a pattern. Raises BuiltinError where brackets are not closed."""
    inside = f"[^{_escaped(delimiters)}]" if delimiters else "."
    parts, depth, at = list[str](), 0, 0
    while at < len(glob):
        found = _TOKEN.match(glob, at)
        if not found:
            raise BuiltinError("unexpected end of input")
        at = found.end()
        depth += (found.lastgroup == "open") - (found.lastgroup == "close" and depth > 0)
        parts.append(_part(found, inside, in_terms=depth > 0 or found.lastgroup == "close"))
    if depth:
        raise BuiltinError("unexpected end of input")
    return f"(?s)\\A{''.join(parts)}\\z"


def _part(found: re.Match[str], inside: str, *, in_terms: bool) -> str:
    kind = found.lastgroup
    if kind in {"high", "list"}:
        return _class(found)
    if kind == "super":
        return ".*"
    if kind in {"any", "one"}:
        return inside + ("*" if kind == "any" else "")
    if in_terms and kind in {"open", "close", "comma"}:
        return {"open": "(?:", "close": ")", "comma": "|"}[kind]
    return re.escape(found[0].removeprefix("\\") if kind == "escape" else found[0])


def _class(found: re.Match[str]) -> str:
    """A list or range of characters."""
    low, high = found["low"], found["high"]
    if low is not None:
        if low > high:
            raise BuiltinError(f"hi character '{high}' should be greater than lo '{low}'")
        inner = f"{_escaped(low)}-{_escaped(high)}"
    else:
        inner = _escaped(re.sub(r"\\(.)", r"\1", found["list"], flags=re.DOTALL))
    return f"[{'^' if found['not'] else ''}{inner}]"


def _escaped(characters: str) -> str:
    """Characters as they may stand in a class."""
    return "".join(f"\\x{{{ord(char):x}}}" for char in characters)


FUNCTIONS: Final = MappingProxyType(
    {
        "glob.match": match,
        "glob.quote_meta": lambda text: _META.sub(r"\\\g<0>", text),
    }
)
