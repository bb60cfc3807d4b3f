"""Renames in the core: which former addresses count, and what becomes of a baseline's entries."""

from datetime import date

import pytest

from muniment.core.baseline import BaselineEntry, classify, compare
from muniment.core.renames import Renames
from muniment.model.document import Location
from muniment.model.status import Status
from muniment.model.waiver import WaiverCandidate
from tests.unit.core.estate import policy, result

HIGH = policy("p/high")
TODAY = date(2026, 6, 1)


def _fails(address, *former):
    return result(HIGH, Status.FAIL, address, former=former)


@pytest.mark.parametrize(
    ("before", "claimed", "kept"),
    [
        ([], ("x.a",), ()),
        ([("x.a",)], ("x.a",), ("x.a",)),
        ([("x.a",)], ("x.between", "x.a"), ("x.a",)),
        ([("x.a", "x.older")], ("x.a", "x.older", "x.oldest"), ("x.a", "x.older")),
        ([("x.a",), ("x.other",)], ("x.a", "x.other"), ("x.a",)),
        ([("x.a",), ("x.new",)], ("x.a",), ()),
        ([("x.new", "x.a")], ("x.a", "x.more"), ("x.a",)),
    ],
    ids=["nothing there", "a rename", "through a name", "an old rename", "the latest", "there already", "states it"],
)
def test_former_addresses_count_as_the_base_side_bears_them_out(before, claimed, kept):
    """Of what is new, those that the resource had there; of what was there under this name, its own."""
    renames = Renames(_fails(*one) for one in before)
    settled = renames.settle([_fails("x.new", *claimed), _fails("x.plain")])
    assert [one.former for one in settled.results] == [kept, ()]
    told = not kept or before == [("x.new", "x.a")]
    assert len(settled.notes) == told


def test_a_request_keeps_no_rename_of_what_was_there_already():
    """The comment on a resource that the base side has under this name is not that of another one."""
    pairs = (("x.new", "x.a"), ("x.there", "x.b"))
    request = WaiverCandidate(
        "checkov", ("X",), "", Location("a.yaml", 1), "a.yaml", ("x.new", "x.there"), former=pairs
    )
    assert Renames([_fails("x.there")]).narrowed(request).former == (("x.new", "x.a"),)


def test_entries_follow_their_resource_and_take_its_present_address():
    """Matching by a former address is a class of its own; the end of an entry and a worse fault stay what they are."""
    entry = BaselineEntry(*_fails("x.a").identity)
    over, worse = entry._replace(expires="2026-05-01"), entry._replace(fingerprint="0" * 64)
    for written, name in ((entry, "renamed"), (over, "expired"), (worse, "changed")):
        found = getattr(classify([written], [_fails("x.new", "x.a")], TODAY), name)
        assert found == (written._replace(address="x.new"),)
    assert classify([entry], [_fails("x.a"), _fails("x.new", "x.a")], TODAY).matching == (entry,)


@pytest.mark.parametrize(
    ("status", "state"), [(Status.FAIL, []), (Status.PASS, ["fixed"]), (Status.UNKNOWN, ["undecided"])]
)
def test_a_failure_of_the_base_side_is_found_under_the_new_name(status, state):
    """It is not gone because its resource was renamed."""
    after = [result(HIGH, status, "x.new", former=("x.a",))]
    assert [change.state for change in compare([_fails("x.a")], after, ())] == state
