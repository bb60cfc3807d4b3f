"""Go's time layouts: what they show and read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.goformat.errors import GoFormatError
from muniment.languages.goformat.layout_parsing import parse_time
from muniment.languages.goformat.layouts import NAMED_LAYOUTS, RFC3339_NANO, format_time
from muniment.languages.goformat.timestamps import Timestamp


@settings(max_examples=100, deadline=None)
@given(
    st.integers(-62_135_596_800, 253_402_300_799),
    st.integers(0, 999_999_999),
    st.integers(-14 * 60, 14 * 60),
)
def test_what_a_layout_shows_it_reads(seconds: int, nanoseconds: int, minutes: int) -> None:
    """A time that is printed with all its parts reads back as itself."""
    moment = Timestamp(seconds, nanoseconds, minutes * 60)
    if 0 < (seconds + minutes * 60 + 62_167_219_200) < 315_537_897_600:
        assert parse_time(RFC3339_NANO, format_time(moment, RFC3339_NANO)) == moment


@pytest.mark.parametrize(
    ("layout", "text", "wanted"),
    [
        (NAMED_LAYOUTS["RFC850"], "Monday, 02-Jan-06 15:04:05 MST", "2006-01-02T15:04:05Z"),
        (NAMED_LAYOUTS["ANSIC"], "mon jan  2 15:04:05.5 2006", "2006-01-02T15:04:05.5Z"),
        ("3:04PM", "12:05AM", "0000-01-01T00:05:00Z"),
        ("2006-002", "2020-366", "2020-12-31T00:00:00Z"),
        ("06 1 _2", "70 3  5", "1970-03-05T00:00:00Z"),
        ("2006-01-02 MST", "2020-01-02 GMT+3", "2020-01-02T00:00:00+03:00"),
    ],
)
def test_layouts_read_times(layout: str, text: str, wanted: str) -> None:
    """A text in the form of a layout is the time that Go makes of it."""
    assert format_time(parse_time(layout, text), RFC3339_NANO) == wanted


@pytest.mark.parametrize(
    ("layout", "text", "complaint"),
    [
        ("2006-01-02", "2021-02-30", "day out of range"),
        ("2006-01-02", "2021-2-03", 'cannot parse "2-03" as "01"'),
        ("15:04", "25:00", "hour out of range"),
        ("2006", "2006x", 'extra text: "x"'),
        ("2006-002", "2021-366", "day-of-year out of range"),
    ],
)
def test_layouts_refuse_other_texts(layout: str, text: str, complaint: str) -> None:
    """A text of another form is refused with the part that does not fit."""
    with pytest.raises(GoFormatError, match=complaint):
        parse_time(layout, text)
