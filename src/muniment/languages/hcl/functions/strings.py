"""String functions, in Go's and RE2's sense of letters, spaces and patterns."""

from collections.abc import Callable
from functools import partial as bind
from typing import Any

from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.function import CallContext, Function
from muniment.languages.hcl.functions.graphemes import graphemes
from muniment.languages.hcl.functions.patterns import Patterns, captured
from muniment.languages.hcl.functions.signature import invalid, partial, typed, whole
from muniment.languages.hcl.functions.texts import joined
from muniment.languages.hcl.types import BOOL, NUMBER, STRING, ListType
from muniment.languages.hcl.values import ListValue, nfc, unknown
from muniment.languages.unknown import Cause, OpenList, PartialString, Unknown

_SPACES = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000"
)
_LARGEST = 10 * 1024 * 1024  # characters that a replacement may build before the limits of the call are consulted


def string_functions(patterns: Patterns) -> list[Function]:
    """The string group without the two functions that format."""
    return [
        typed("chomp", lambda text: text.rstrip("\r\n"), STRING, returns=STRING),
        partial("endswith", _ends_with, STRING, STRING, returns=BOOL),
        typed("indent", _indent, NUMBER, STRING, returns=STRING),
        partial("join", _join, STRING, rest=ListType(STRING), least=2, returns=STRING),
        typed("lower", lambda text: _mapped(text, str.lower), STRING, returns=STRING),
        typed("regex", bind(_regex, patterns), STRING, STRING),
        typed("regexall", bind(_regex_all, patterns), STRING, STRING, returns=ListType(STRING)),
        typed("replace", bind(_replace, patterns), STRING, STRING, STRING, returns=STRING),
        typed("split", _split, STRING, STRING, returns=ListType(STRING)),
        partial("startswith", _starts_with, STRING, STRING, returns=BOOL),
        partial("strcontains", _contains, STRING, STRING, returns=BOOL),
        typed("strrev", lambda text: "".join(reversed(graphemes(text))), STRING, returns=STRING),
        typed("substr", _substr, STRING, NUMBER, NUMBER, returns=STRING),
        typed("title", _title, STRING, returns=STRING),
        typed("trim", lambda text, cutset: text.strip(cutset), STRING, STRING, returns=STRING),
        typed("trimprefix", lambda text, prefix: text.removeprefix(prefix), STRING, STRING, returns=STRING),
        typed("trimspace", lambda text: text.strip(_SPACES), STRING, returns=STRING),
        typed("trimsuffix", lambda text, suffix: text.removesuffix(suffix), STRING, STRING, returns=STRING),
        typed("upper", lambda text: _mapped(text, str.upper), STRING, returns=STRING),
        Function("templatestring", _template_string, STRING, 2, 2, sees_unknown=True, takes_null=False),
    ]


def _starts_with(text: Any, prefix: Any) -> bool | Unknown:
    if isinstance(text, str) and isinstance(prefix, str):
        return text.startswith(prefix)
    if isinstance(text, PartialString) and isinstance(prefix, str):
        return _edge(prefix, text.prefix, str.startswith, text)
    return unknown((text, prefix), BOOL)


def _ends_with(text: Any, suffix: Any) -> bool | Unknown:
    if isinstance(text, str) and isinstance(suffix, str):
        return text.endswith(suffix)
    if isinstance(text, PartialString) and isinstance(suffix, str):
        return _edge(suffix, text.suffix, str.endswith, text)
    return unknown((text, suffix), BOOL)


def _edge(wanted: str, known: str, fits: Callable[[str, str], bool], text: PartialString) -> bool | Unknown:
    """Whether a partial text, of which `known` is the edge, has `wanted` there."""
    if fits(known, wanted):
        return True
    return unknown((text,), BOOL) if fits(wanted, known) else False


def _contains(text: Any, part: Any) -> bool | Unknown:
    if isinstance(text, str) and isinstance(part, str):
        return part in text
    if isinstance(text, PartialString) and isinstance(part, str) and text.contains(part):
        return True
    return unknown((text, part), BOOL)


def _indent(spaces: Any, text: str) -> str:
    count = whole(spaces)
    if count < 0:
        raise invalid(0, "the number of spaces must not be negative")
    if count * text.count("\n") > _LARGEST:
        raise limit_exceeded("the indented text would be too long")
    return text.replace("\n", "\n" + " " * count)


def _join(separator: Any, *lists: Any) -> str | Unknown:
    opened = [value for value in (separator, *lists) if isinstance(value, Unknown | OpenList)]
    if opened:
        return unknown(opened, STRING)
    parts: list[Any] = []
    for member in (member for members in lists for member in members):
        if member is None:
            raise HclError("a null member cannot be joined", code="invalid-argument")
        parts += (separator, member)
    if len(parts) // 2 * len(separator) > _LARGEST:
        raise limit_exceeded("the joined text would be too long")
    return joined(parts[1:])


def _mapped(text: str, change: Callable[[str], str]) -> str:
    """Each character on its own, where Unicode maps it to one: `ß` stays `ß`, a final sigma does not differ."""
    if text.isascii():
        return change(text)
    return "".join(_one_to_one(character, change) for character in text)


def _one_to_one(character: str, change: Callable[[str], str]) -> str:
    mapped = change(character)
    if len(mapped) == 1:
        return mapped
    if character == "\u0130":
        return "i"
    title = character.title()
    return title if len(title) == 1 else character


def _title(text: str) -> str:
    result, before = [], " "
    for character in text:
        result.append(_one_to_one(character, str.title) if _separates(before) else character)
        before = character
    return "".join(result)


def _separates(character: str) -> bool:
    """Whether the letter after this character begins a word, as Go's `strings.Title` has it."""
    if character.isascii():
        return not (character.isalnum() or character == "_")
    return character in _SPACES


def _regex(patterns: Patterns, pattern: str, text: str) -> Any:
    regex = patterns.compile(pattern)
    match = regex.search(text)
    if match is None:
        raise HclError("the pattern matches no part of the string", code="invalid-argument")
    return captured(regex, match)


def _regex_all(patterns: Patterns, pattern: str, text: str) -> ListValue:
    regex = patterns.compile(pattern)
    return ListValue(captured(regex, match) for match in regex.finditer(text))


def _replace(patterns: Patterns, text: str, wanted: str, replacement: str) -> str:
    if len(wanted) > 1 and wanted[0] == wanted[-1] == "/":
        regex = patterns.compile(wanted[1:-1])
        if (len(text) + 1) * len(replacement) > _LARGEST:
            _check_growth(sum(1 for _ in regex.finditer(text)), replacement)
        return regex.replace(text, replacement)
    _check_growth(text.count(wanted), replacement)
    return text.replace(wanted, replacement)


def _check_growth(count: int, replacement: str) -> None:
    if count * len(replacement) > _LARGEST:
        raise limit_exceeded("the text with replacements would be too long")


def _split(separator: str, text: str) -> ListValue:
    if not separator:
        return ListValue(text)
    return ListValue(map(nfc, text.split(separator)))


def _substr(text: str, offset: Any, length: Any) -> str:
    start, count = whole(offset), whole(length)
    clusters = graphemes(text)
    if start < 0:
        start = max(start + len(clusters), 0)
    # A count of zero from a negative offset takes the rest as well: Terraform's own reading.
    rest = count < 0 or (count == 0 and offset < 0)
    return "".join(clusters[start:] if rest else clusters[start : start + count])


def _template_string(arguments: list[Any], context: CallContext) -> Any:
    template, variables = arguments
    return render(template, variables, context, "templatestring")


def render(template: Any, variables: Any, context: CallContext, reference: str) -> Any:
    """A template's text with variables put in; unknown when the caller cannot render. Raises HclError otherwise."""
    if isinstance(template, Unknown) or isinstance(variables, Unknown):
        return unknown((template, variables), STRING)
    if not isinstance(template, str):
        raise invalid(0, "a string is required")
    if not isinstance(variables, dict):
        raise invalid(1, "a map of the template's variables is required")
    for name in variables:
        if not (name.isascii() and name.isidentifier() and name[0] != "_"):
            raise invalid(1, f'"{name}" cannot be the name of a template variable')
    if context.render is None:
        return Unknown((Cause("function", reference),), STRING)
    return context.render(template, variables)
