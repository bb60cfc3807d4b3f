"""Patterns of paths, against what they mean when each `**` is written out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.core.paths import fits, literal


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("**", ("a", "a/b/c.tf"), ()),
        ("infra/**", ("infra/a.tf", "infra/a/b.tf"), ("other/a.tf", "infra2/a.tf")),
        ("**/a.tf", ("a.tf", "x/a.tf", "x/y/a.tf"), ("ba.tf", "a.tf/b")),
        ("a/**/b/*.tf", ("a/b/c.tf", "a/x/y/b/c.tf"), ("a/b/c/d.tf", "a/c.tf")),
        ("*.tf", ("a.tf",), ("x/a.tf", "a.tf.json")),
        ("a[!b]?", ("acd",), ("abd", "ac/")),
    ],
)
def test_a_star_stays_within_its_level_and_two_cross_levels(
    pattern: str, inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    """`*` never takes a folder along, `**` takes any number of them."""
    assert [path for path in (*inside, *outside) if fits(path, pattern)] == list(inside)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab*?[]!/-"), min_size=1, max_size=12))
def test_a_literal_path_fits_itself_alone(path: str) -> None:
    """A folder whose name looks like a pattern is that folder, and no other one."""
    assert fits(path, literal(path))
    assert not fits(f"{path}x", literal(path))


def test_many_stars_are_no_work() -> None:
    """A pattern made to be slow is answered at once."""
    assert not fits("a/" * 200 + "b", "**/a/" * 100 + "c")
