"""Regular expressions of paths as patterns: the same files, or no pattern at all."""

import re
from fnmatch import fnmatchcase

from hypothesis import example, given, settings
from hypothesis import strategies as st

from muniment.app.checkov.path_patterns import pattern_of

PARTS = st.sampled_from(
    ("a", "b", "/", "-", ".", ".*", r"\.", r"\*", r"\[", "tests/", "*", "+", "?", "$", "|", "[a]", "[!")
)


@settings(max_examples=100, deadline=None)
@given(
    anchored=st.booleans(),
    parts=st.lists(PARTS, min_size=1, max_size=5),
    path=st.text(st.sampled_from("ab/-.*[!"), max_size=8),
)
@example(anchored=False, parts=["tests/"], path="infra/tests/a.tf")
@example(anchored=True, parts=["a", ".*", r"\.", "b"], path="a/x.b")
def test_a_pattern_matches_what_the_expression_finds(*, anchored: bool, parts: list[str], path: str) -> None:
    """Whatever has a pattern excludes exactly the paths in which the expression is found."""
    regex = ("^" if anchored else "") + "".join(parts)
    pattern = pattern_of(regex, "")
    if pattern is not None:
        assert fnmatchcase(path, pattern) == (re.search(regex, path) is not None)
        below = pattern_of(regex, "[x]")
        assert below is not None
        assert fnmatchcase(f"[x]/{path}", below) == (re.search(regex, path) is not None)
        assert not fnmatchcase(f"y/{path}", below)


def test_what_is_more_than_plain_has_none() -> None:
    """Alternatives, classes, repeats and ends have no pattern; plain text has one."""
    assert [pattern_of(one, "") for one in ("a|b", "[ab]", "a+", "a*", r"\.tf$", r"\d", "(a)", "")] == [None] * 8
    assert pattern_of(r"^modules/.*/test\.tf", "infra") == "infra/modules/*/test.tf*"
