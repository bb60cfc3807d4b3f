"""Regular expressions of RE2; a policy compiles each pattern once."""

import re
from itertools import islice
from types import MappingProxyType
from typing import Final

from muniment.languages import regex
from muniment.languages.rego.signatures import BuiltinError, QueryContext
from muniment.languages.rego.values import Value


def pattern(context: QueryContext, text: str) -> regex.Regex:
    """The compiled pattern. Raises BuiltinError if RE2 refuses it."""
    key = ("regex", text)
    found = context.patterns.get(key)
    if found is None:
        try:
            found = context.patterns[key] = regex.compile(text)
        except regex.RegexError as error:
            raise BuiltinError(error.diagnostic.message) from None
    return found


def matches(context: QueryContext, text: str, subject: str) -> bool:
    """Whether the pattern matches anywhere."""
    return pattern(context, text).search(subject) is not None


def is_valid(context: QueryContext, text: Value) -> bool:
    """Whether a value is a pattern that RE2 takes."""
    if text.__class__ is not str:
        return False
    try:
        pattern(context, text)
    except BuiltinError:
        return False
    return True


def find(context: QueryContext, text: str, subject: str, most: int) -> list[str]:
    """The first `most` matches, all where it is negative."""
    found = pattern(context, text).finditer(subject)
    return [match.group() or "" for match in islice(found, most if most >= 0 else None)]


def find_groups(context: QueryContext, text: str, subject: str, most: int) -> list[list[str]]:
    """The first `most` matches with their captures, which are empty where they took no part."""
    found = pattern(context, text).finditer(subject)
    return [
        [group or "" for group in (match.group(), *match.groups())]
        for match in islice(found, most if most >= 0 else None)
    ]


def replace(context: QueryContext, subject: str, text: str, template: str) -> str:
    """The subject with every match replaced by the template, in which `$1` and `${name}` stand for captures."""
    replaced = pattern(context, text).replace(subject, template)
    context.allow_string(len(replaced))
    return replaced


def split(context: QueryContext, text: str, subject: str) -> list[str]:
    """The stretches between matches."""
    return pattern(context, text).split(subject)


def matches_template(context: QueryContext, template: str, subject: str, start: str, end: str) -> bool:
    """Whether a text matches a template of fixed texts and of patterns between two delimiters."""
    for name, delimiter in (("start", start), ("end", end)):
        if len(delimiter.encode()) != 1:
            size = len(start.encode())
            raise BuiltinError(f"{name} delimiter has to be exactly one character long but is {size} long")
    return pattern(context, _template_pattern(template, start, end)).search(subject) is not None


def _template_pattern(template: str, start: str, end: str) -> str:
    """A template as a pattern; delimiters nest."""
    parts, depth, begin = ["^"], 0, 0
    for at, char in enumerate(template):
        if char == start:
            depth += 1
            if depth == 1:
                parts.append(re.escape(template[begin:at]))
                begin = at + 1
        elif char == end:
            depth -= 1
            if depth == 0:
                parts.append(f"({template[begin:at]})")
                begin = at + 1
        if depth < 0:
            break
    if depth:
        raise BuiltinError(f'unbalanced braces in "{template}"')
    return "".join((*parts, re.escape(template[begin:]), "$"))


FUNCTIONS: Final = MappingProxyType(
    {
        "regex.find_all_string_submatch_n": find_groups,
        "regex.find_n": find,
        "regex.is_valid": is_valid,
        "regex.match": matches,
        "re_match": matches,
        "regex.replace": replace,
        "regex.split": split,
        "regex.template_match": matches_template,
    }
)
