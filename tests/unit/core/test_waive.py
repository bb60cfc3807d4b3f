"""Skip comments: what an id covers, and that an unknown one is never ignored."""

from datetime import date

import pytest

from muniment.core.waive import Waivers, check_ids, claims_of
from muniment.errors import UsageError
from muniment.model.document import Location
from muniment.model.policy import Assert
from muniment.model.result import AssertResult
from muniment.model.status import Status
from muniment.model.waiver import WaiverCandidate
from tests.unit.core.estate import policy, result

TWO = policy(
    "p/two",
    asserts=(Assert(name="a", that="true", aliases=("X_A",)), Assert(name="b", that="true", aliases=("X_B",))),
)


def _request(*ids, **more):
    return WaiverCandidate("checkov", ids, "", Location("a.yaml", 4), **more)


def _covers(request, failing):
    of = result(
        TWO,
        Status.FAIL,
        asserts=tuple(AssertResult(i.name, i.aliases, s) for i, s in zip(TWO.asserts, failing, strict=True)),
    )
    return Waivers([], [request], claims_of([TWO]), date(2026, 1, 1)).requested(of)


def test_an_id_covers_its_assert_only():
    """A comment for one id does not hide a second fault of the same policy."""
    request = _request("X_A", root="a.yaml", addresses=("Pod/a/b",))
    assert _covers(request, (Status.FAIL, Status.PASS)) == "a.yaml:4"
    assert _covers(request, (Status.FAIL, Status.FAIL)) is None
    assert _covers(request._replace(ids=("p/two",)), (Status.FAIL, Status.FAIL)) == "a.yaml:4"


@pytest.mark.parametrize(
    ("more", "covered"),
    [
        ({"lines": (1, 4)}, True),
        ({"lines": (5, 8)}, False),
        ({"path": "a.yaml"}, True),
        ({"path": "b.yaml"}, False),
        ({"root": "a.yaml", "addresses": ("Pod/a/c",)}, False),
        ({"root": "b.yaml", "addresses": ("Pod/a/b",)}, False),
    ],
)
def test_reach(more, covered):
    """A comment covers the lines, the file or the resources that it is bound to, in its own root."""
    assert (_covers(_request("X_A", **more), (Status.FAIL, Status.PASS)) is not None) == covered


def test_an_unknown_id_stops_the_run_and_a_foreign_one_is_listed():
    """An id in no list is an error with the nearest name; another tool's is reported as foreign."""
    with pytest.raises(UsageError) as caught:
        check_ids([_request("X_AA")], claims_of([TWO]), frozenset())
    assert caught.value.hint == "did you mean X_A?"
    foreign = frozenset({"Y_1"})
    check_ids([_request("Y_1")], claims_of([TWO]), foreign)
    uses = Waivers([], [_request("Y_1")], claims_of([TWO]), date(2026, 1, 1)).uses([], {}, foreign)
    assert [use.state for use in uses] == ["foreign"]


@pytest.mark.parametrize(
    ("until", "asks"), [("", True), ("2026-01-02", True), ("2026-01-01", False), ("2026-02-31", False)]
)
def test_a_comment_asks_until_its_day(until, asks):
    """From that day on it asks for nothing, as an expired waiver; so does one whose day is in no calendar."""
    request = _request("p/two", until=until)
    assert bool(_covers(request, (Status.FAIL, Status.FAIL))) is asks


def test_an_expired_comment_is_listed_as_such():
    """Reports say why it has no effect."""
    request = _request("p/two", until="2025-12-31")
    waivers = Waivers([], [request], claims_of([TWO]), date(2026, 1, 1))
    assert [use.state for use in waivers.uses([], {}, frozenset())] == ["expired"]
