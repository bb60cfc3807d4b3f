"""Expands `$name` and `${name...}` in words, with what is not known left as holes."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from muniment.languages.dockerfile.patterns import PatternLimitError, cut_prefix, cut_suffix, parse_pattern, replaced
from muniment.languages.unknown import Cause, PartialString, Unknown

_NAME: Final = re.compile(r"[^\W\d]\w*|[0-9]+|[@*#?!$-]")
_OPERATOR: Final = re.compile(r":?[-+?]|##?|%%?|//?")
_DEEPEST: Final = 30
_LONGEST: Final = 1024 * 1024
"""Characters of a result: variables that hold each other twice grow without end."""

_MOST_PARTS: Final = 1000

Unset = Callable[[str], Any]
"""Gives the value of a variable that nobody set: None if it is certainly not set, or an Unknown."""


def expand(
    word: str,
    variables: Mapping[str, Any],
    *,
    escape: str = "\\",
    quotes: bool = True,
    unset: Unset = lambda _name: None,
) -> Any:
    """The word with its variables replaced and, with `quotes`, its quotes removed.

    A variable may be a text or an Unknown. Gives a text, or a PartialString or Unknown where parts are not known.
    """
    if "$" not in word and escape not in word and not (quotes and ("'" in word or '"' in word)):
        return word
    expander = _Expander(word, variables, escape, unset)
    try:
        return expander.text("", quotes=quotes)
    except _LimitError:
        return Unknown((Cause("limit", word[:80]),))


class Ungiven(Unknown):
    """The value of an argument without a default: known to the build alone, and not set where that gives none."""

    __slots__ = ()


class _LimitError(Exception):
    """The word nests or grows too far."""


class _Expander:
    """Reads a word from left to right."""

    __slots__ = ("_depth", "_escape", "_place", "_special", "_unset", "_variables", "_word")

    def __init__(self, word: str, variables: Mapping[str, Any], escape: str, unset: Unset) -> None:
        self._word = word
        self._variables = variables
        self._escape = escape
        self._unset = unset
        self._place = 0
        self._depth = 0
        self._special = re.compile(rf"[$\"'{re.escape(escape)}}}/]")

    def text(self, stop: str, *, quotes: bool = True, raw: bool = False) -> Any:
        """Everything up to `stop`, which is passed over, or to the end; `raw` keeps escape characters."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _LimitError
        parts: list[Any] = []
        quote = ""
        while self._place < len(self._word):
            found = self._special.search(self._word, self._place)
            at = found.start() if found else len(self._word)
            parts.append(self._word[self._place : at])
            self._place = at + 1
            character = self._word[at : at + 1]
            if character == stop and not quote:
                self._depth -= 1
                return joined(parts)
            if character == self._escape and quote != "'":
                parts.append(self._escaped(quote, raw=raw or not quotes))
            elif character in {'"', "'"} and quotes and quote in {"", character}:
                quote = "" if quote else character
            elif character == "$" and quote != "'":
                parts.append(self._variable())
            else:
                parts.append(character)
        self._depth -= 1
        return joined(parts) if not stop else Unknown((Cause("syntax", self._word[:80]),))

    def _escaped(self, quote: str, *, raw: bool) -> str:
        """What an escape character and the one behind it stand for."""
        following = self._word[self._place : self._place + 1]
        self._place += 1
        keep = raw or not following or (quote == '"' and following not in {'"', "$", self._escape})
        return self._escape + following if keep else following

    def _variable(self) -> Any:
        braced = self._word.startswith("{", self._place)
        found = _NAME.match(self._word, self._place + braced)
        if found is None:
            return Unknown((Cause("syntax", self._word[:80]),)) if braced else "$"
        self._place = found.end()
        value = self._value(found[0])
        if not braced:
            return "" if value is None else value
        if self._word.startswith("}", self._place):
            self._place += 1
            return "" if value is None else value
        operator = _OPERATOR.match(self._word, self._place)
        if operator is None:
            self._place = len(self._word)
            return Unknown((Cause("syntax", self._word[:80]),))
        self._place = operator.end()
        return self._modified(found[0], value, operator[0])

    def _value(self, name: str) -> Any:
        return self._variables[name] if name in self._variables else self._unset(name)

    def _modified(self, name: str, value: Any, operator: str) -> Any:
        """A variable with an operator, whose argument follows."""
        if operator[-1] in "-+?":
            return _alternative(name, operator, value, self.text("}"))
        pattern = self.text("/" if operator[0] == "/" else "}", raw=True)
        new = self.text("}") if operator[0] == "/" else ""
        for part in (value, pattern, new):
            if isinstance(part, Unknown):
                return Unknown(part.causes)
        try:
            return _cut(value or "", operator, parse_pattern(pattern, self._escape), new)
        except PatternLimitError as error:
            raise _LimitError from error


def _alternative(name: str, operator: str, value: Any, other: Any) -> Any:
    """`:-`, `:+`, `:?` and their forms without a colon, which take an empty value as set.

    An argument that nobody gives a value has what the file says for that case, as a default of its own would be.
    """
    if isinstance(value, Ungiven) and operator[-1] in "-+":
        value = None
    if isinstance(value, Unknown):
        return value if operator[-1] == "?" else Unknown(value.causes)
    is_set = value is not None and (value != "" or ":" not in operator)
    if operator[-1] == "+":
        return other if is_set else ""
    if is_set:
        return value
    return other if operator[-1] == "-" else Unknown((Cause("variable", name),))


def _cut(value: str, operator: str, pattern: Any, new: str) -> str:
    if operator[0] == "/":
        return replaced(value, pattern, new, every=operator == "//")
    cut = cut_prefix if operator[0] == "#" else cut_suffix
    return cut(value, pattern, longest=len(operator) == 2)


def joined(parts: list[Any]) -> Any:
    """One text of several, with holes where parts are unknown. Raises when it grows too long."""
    merged: list[Any] = []
    texts: list[str] = []
    for part in parts:
        for piece in part.parts if isinstance(part, PartialString) else (part,):
            if isinstance(piece, str):
                texts.append(piece)
                continue
            merged += ["".join(texts), piece] if any(texts) else [piece]
            texts = []
    if any(texts):
        merged.append("".join(texts))
    if sum(len(piece) for piece in merged if isinstance(piece, str)) > _LONGEST or len(merged) > _MOST_PARTS:
        raise _LimitError
    if not merged:
        return ""
    return merged[0] if len(merged) == 1 else PartialString(tuple(merged))
