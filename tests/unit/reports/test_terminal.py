"""Texts fit the terminal, whatever they are, and nothing of them is lost where they are wrapped."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.reports.terminal import Pen, Style, cut_middle, width_of

WIDE = st.text(st.characters(codec="utf-8"), max_size=120)


@settings(max_examples=100, deadline=None)
@given(WIDE, st.integers(10, 60))
def test_wrapped_lines_fit(text: str, width: int) -> None:
    """No wrapped line is too wide, and all characters but spaces are there in order."""
    pen = Pen(Style())
    lines = list(pen.wrap(text, width))
    assert all(width_of(line) <= width for line in lines)
    whole = "".join(pen.plain(line.replace("\t", "  ")) for line in text.split("\n"))
    assert "".join(lines).replace(" ", "") == whole.replace(" ", "")


@settings(max_examples=100, deadline=None)
@given(WIDE, st.integers(4, 60))
def test_cut_texts_fit(text: str, width: int) -> None:
    """A cut text is never too wide and keeps its ends."""
    cut = cut_middle(text, width, "…")
    assert width_of(cut) <= width
    assert cut == text or "…" in cut


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("module.network.aws_subnet.private", 20, "module.ne….private"[:9] + "…" + "et.private"),
        ("短い日本語の名前です", 11, "短い…前です"),
        ("short", 20, "short"),
    ],
)
def test_the_middle_gives_way(text: str, width: int, cut: str) -> None:
    """Both ends of an address stay; wide characters count twice."""
    assert cut_middle(text, width, "…") == cut
