"""Texts of others are harmless in every format, whatever they are."""

import re
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.reports import escaping
from muniment.reports.uris import relative_uri

ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_nothing_invisible_is_left(text: str) -> None:
    """No escape leaves control characters, line ends or halves of characters in one line."""
    for escape in (escaping.visible, escaping.for_markdown, escaping.for_workflow, escaping.for_workflow_property):
        shown = escape(text)
        assert shown.encode("utf-8").decode() == shown
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", shown)


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_xml_parses(text: str) -> None:
    """Any text can stand in an attribute and in an element."""
    shown = escaping.for_xml(text)
    root = ET.fromstring(f'<a b="{shown}">{shown}</a>')
    assert root.attrib["b"] == (root.text or "")


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_cells_and_references(text: str) -> None:
    """No cell starts a formula, and no path is taken for a scheme, a query or a fragment."""
    assert not escaping.for_csv(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert re.fullmatch(r"[A-Za-z0-9._~/@+,=%-]*", relative_uri(text))


def test_markdown_is_plain_text() -> None:
    """Markup, mentions, references, links and table cells of a text are shown as they are written."""
    shown = escaping.for_markdown("**a** @b #1 [c](d) <e> f|g www.h.org https://i ~~j~~ `k` &amp;")
    assert shown == (
        "&#42;&#42;a&#42;&#42; &#64;b &#35;1 &#91;c&#93;&#40;d&#41; &#60;e&#62; f&#124;g www&#46;h.org "
        "https&#58;//i &#126;&#126;j&#126;&#126; &#96;k&#96; &#38;amp;"
    )
