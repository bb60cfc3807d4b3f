"""The spellings of ids, and that selection and skip comments know all of them."""

import pytest

from muniment.core.select import select
from muniment.core.spellings import spellings
from muniment.core.waive import claims_of
from muniment.model.policy import Assert
from tests.unit.core.estate import policy

ONE = policy("k8s/one", aliases=("KSV-0017",))
TWO = policy("k8s/two", asserts=(Assert(name="a", that="true", aliases=("DS-0002",)),))
ALL = (ONE, TWO)


@pytest.mark.parametrize(
    ("identity", "others"),
    [
        ("KSV-0017", {"AVD-KSV-0017", "KSV017"}),
        ("KSV-0123", {"AVD-KSV-0123", "KSV0123", "KSV123"}),
        ("KCV-0001", {"AVD-KCV-0001", "KCV0001"}),
        ("DS-0002", {"AVD-DS-0002", "DS002"}),
        ("AVD-AWS-0089", {"AWS-0089"}),
        ("CKV_AWS_20", set()),
        ("DL3008", set()),
    ],
)
def test_every_release_of_trivy_is_understood(identity: str, others: set[str]) -> None:
    """An id has the spellings that reports of older and newer releases show."""
    assert {identity, *others} <= set(spellings(identity))
    assert others or spellings(identity) == (identity,)


def test_selection_and_comments_take_every_spelling() -> None:
    """A policy, or one of its asserts, is found by each spelling of its id."""
    for text in ("KSV-0017", "AVD-KSV-0017", "KSV017"):
        assert select(ALL, [text], []).policies == (ONE,)
    assert [claim.policy for claim in claims_of(ALL)["KSV017"]] == ["k8s/one"]
    assert [(claim.policy, claim.asserts) for claim in claims_of(ALL)["AVD-DS-0002"]] == [("k8s/two", frozenset({"a"}))]
