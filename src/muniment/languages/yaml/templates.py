"""Tells template text that was not rendered yet from YAML that happens to hold braces."""

import re
from typing import Final

_AT_VALUE: Final = re.compile(r"^\s*(?:- )*(?:[\w.\-/\"']+\s*:\s*)?(?:- )?\{\{[-%\s\w.$\"(/]|^\s*\{%-?\s", re.MULTILINE)
_BLOCK: Final = re.compile(r"^(\s*)(?:.*?[:\-]\s+)?[|>][+\-0-9]*\s*(?:#.*)?$")


def looks_templated(text: str) -> bool:
    """Whether `{{` or `{%` stands where a value or a line begins, outside of block scalars and quotes."""
    if "{{" not in text and "{%" not in text:
        return False
    return _AT_VALUE.search(_without_blocks(text)) is not None


def _without_blocks(text: str) -> str:
    """The text without the lines of block scalars, which are data."""
    kept: list[str] = []
    inside = -1
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if inside >= 0 and (not line.strip() or indent > inside):
            continue
        inside = -1
        kept.append(line)
        opened = _BLOCK.match(line)
        if opened:
            inside = len(opened.group(1))
    return "\n".join(kept)
