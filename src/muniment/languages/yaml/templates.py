"""Tells template text that was not rendered yet from YAML that happens to hold braces."""

import re
from typing import Final

from muniment.languages.yaml.blocks import block_indent, indentation

_TEMPLATE: Final = re.compile(
    r"[ \t]*(?:(?:- )*[ \t]*(?:[\w.\-/\"']+[ \t]*:[ \t]*)?(?:- )?[ \t]*\{\{[-%\s\w.$\"(/]|\{%-?[ \t])"
)


def looks_templated(text: str) -> bool:
    """Whether `{{` or `{%` stands where a value or a line begins, outside of block scalars and quotes."""
    if "{{" not in text and "{%" not in text:
        return False
    inside = -1
    for line in text.split("\n"):
        if inside >= 0 and (indentation(line) > inside or not line.strip()):
            continue
        inside = block_indent(line) if line.rstrip() and ("|" in line or ">" in line) else -1
        if "{" in line and _TEMPLATE.match(line):
            return True
    return False
