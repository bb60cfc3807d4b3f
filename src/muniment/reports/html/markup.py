"""The small pieces of HTML that every section of the page is made of. Texts of others are escaped here."""

import html
import re
from collections.abc import Iterable
from typing import Final

from muniment.reports.escaping import visible, visible_lines
from muniment.reports.words import MARKS, STANDING_MARKS, Standing, Word

_NOT_ANCHOR: Final = re.compile(r"[^A-Za-z0-9._/-]")


def text(value: str) -> str:
    """One line of anybody's text, for element content and quoted attributes."""
    return html.escape(visible(value))


def block(value: str) -> str:
    """Text of several lines."""
    return html.escape(visible_lines(value))


def code(value: str) -> str:
    """An id, a path, an address."""
    return f"<code>{text(value)}</code>"


def anchor(kind: str, name: str) -> str:
    """The id of an element that can be linked to, such as `p-aws/s3/public-acl`."""
    return f"{kind}-{_NOT_ANCHOR.sub(lambda found: f'_{ord(found[0]):x}', name)}"


def policy_link(policy: str) -> str:
    """A link to a policy's entry on this page."""
    return f'<a href="#{anchor("p", policy)}">{code(policy)}</a>'


def word(value: Word) -> str:
    """A word with its mark: never the colour alone."""
    return f'<span class="w {value.replace(" ", "-")}"><i aria-hidden="true">{MARKS[value].sign}</i>{value}</span>'


def standing(value: Standing) -> str:
    """Where a control stands, with its mark."""
    sign = STANDING_MARKS[value].sign
    return f'<span class="w {value.replace(" ", "-")}"><i aria-hidden="true">{sign}</i>{value}</span>'


def table(caption: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are markup already; a column whose name starts with `#` holds numbers."""
    names = tuple(columns)
    numeric = [name.startswith("#") for name in names]
    head = "".join(
        f'<th scope="col"{_number(is_one)}>{name.lstrip("#")}</th>' for name, is_one in zip(names, numeric, strict=True)
    )
    body = "".join(
        f"<tr>{''.join(f'<td{_number(is_one)}>{cell}</td>' for cell, is_one in zip(row, numeric, strict=True))}</tr>\n"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" aria-label="{text(caption)}" tabindex="0"><table>'
        f'<caption class="hidden">{text(caption)}</caption><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{body}</tbody></table></div>\n"
    )


def _number(is_one: bool) -> str:  # noqa: FBT001  a flag between two lines of one function
    return ' class="n"' if is_one else ""


def section(identity: str, title: str, content: str) -> str:
    """A part of the page with its heading."""
    heading = f'<h2 id="h-{identity}">{title}</h2>'
    return f'<section id="{identity}" aria-labelledby="h-{identity}">{heading}\n{content}</section>\n'


def terms(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of terms with what they are; the second of each pair is markup already."""
    return "<dl>" + "".join(f"<div><dt>{term}</dt><dd>{value}</dd></div>" for term, value in pairs) + "</dl>\n"
