"""Selection of policies: every form of selector, and that nothing is selected by accident."""

import pytest

from muniment.core.select import select
from muniment.errors import UsageError
from muniment.model.policy import Assert
from tests.unit.core.estate import link, policy

TWO = policy(
    "k8s/two",
    "medium",
    asserts=(Assert(name="a", that="true", aliases=("X_A",)), Assert(name="b", that="true", aliases=("X_B",))),
)
ALL = (
    policy("aws/s3/public", "critical", kinds=("aws_s3_bucket",), aliases=("X_1",), controls=(link("1.1"),)),
    policy("aws/s3/old", status="deprecated", kinds=("aws_s3_bucket",), aliases=("X_OLD",)),
    policy("k8s/one", "low", aliases=("X_1",), controls=(link("1.2", strength="supporting"),)),
    TWO,
)


@pytest.mark.parametrize(
    ("add", "remove", "wanted"),
    [
        ([], [], ["aws/s3/public", "k8s/one", "k8s/two"]),
        (["aws/*"], [], ["aws/s3/public"]),
        (["aws/s3/old"], [], ["aws/s3/old"]),
        (["X_OLD"], [], ["aws/s3/old"]),
        (["X_1"], [], ["aws/s3/public", "k8s/one"]),
        (["severity>=medium"], [], ["aws/s3/public", "k8s/two"]),
        (["severity<medium"], [], ["k8s/one"]),
        (["framework:f"], [], ["aws/s3/public"]),
        (["framework:f+supporting"], [], ["aws/s3/public", "k8s/one"]),
        (["control:f:1.1"], [], ["aws/s3/public"]),
        (["format:terraform"], [], ["aws/s3/public"]),
        (["status:deprecated"], [], ["aws/s3/old"]),
        (["category:config"], ["k8s/one"], ["aws/s3/public", "k8s/two"]),
        ([], ["X_1"], ["k8s/two"]),
    ],
)
def test_selectors(add, remove, wanted):
    """Each selector adds what it names, and what is removed stays out."""
    assert [one.id for one in select(ALL, add, remove).policies] == wanted


def test_an_id_of_one_assert_chooses_that_assert():
    """The others of its policy then have no say; removing one leaves the rest."""
    assert select(ALL, ["X_A"], []).chosen == {"k8s/two": frozenset({"a"})}
    assert select(ALL, ["k8s/two"], ["X_A"]).chosen == {"k8s/two": frozenset({"b"})}


@pytest.mark.parametrize("text", ["nothing", "X_9", "severity>=huge", "framework:g", "control:f:9", "'X_1'", "zzz/*"])
def test_a_selector_that_matches_nothing_is_an_error(text):
    """Neither adding nor removing may silently name nothing."""
    with pytest.raises(UsageError):
        select(ALL, [text], [])
    with pytest.raises(UsageError):
        select(ALL, [], [text])


def test_an_empty_selection_is_an_error_and_near_names_are_told():
    """The message names what is near."""
    with pytest.raises(UsageError, match="no policy is selected"):
        select(ALL, ["k8s/one"], ["k8s/*"])
    with pytest.raises(UsageError, match="k8s/one"):
        select(ALL, ["k8s/onee"], [])
