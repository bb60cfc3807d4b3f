"""From results to controls: the first rule that holds wins, and absence is never success."""

import pytest

from muniment.core.conclude import conclude
from muniment.model.assessment import Ruling
from muniment.model.document import Location
from muniment.model.framework import Control, Framework
from muniment.model.result import Unread
from muniment.model.status import ControlState, Status
from tests.unit.core.estate import link, policy, result

FRAMEWORK = Framework(
    "f",
    "1",
    "F",
    "nobody",
    "open",
    (Control("1", "all"), Control("1.1", "one", parent="1"), Control("1.2", "two", parent="1")),
)
DIRECT = policy("p/direct", controls=(link("1.1"),))
EQUAL = policy("p/equal", controls=(link("1.1", "equal"),))
SUPPORTING = policy("p/supporting", controls=(link("1.1", strength="supporting"),))


def _state(policies, results, *, rulings=None, unread=()):
    rulings = rulings or [Ruling("allow")] * len(results)
    found = {one.control: one for one in conclude([FRAMEWORK], policies, results, rulings, unread)}
    return found["1.1"], found["1"]


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        ([Status.PASS], ControlState.SATISFIED),
        ([Status.PASS, Status.FAIL], ControlState.NOT_SATISFIED),
        ([Status.PASS, Status.UNKNOWN], ControlState.UNDETERMINED),
        ([Status.PASS, Status.ERROR], ControlState.UNDETERMINED),
        ([Status.SKIP], ControlState.NOT_ASSESSED),
        ([], ControlState.NOT_ASSESSED),
    ],
)
def test_the_worst_result_decides(statuses, state):
    """A failure beats what is undecided, that beats a pass, and nothing applicable is not assessed."""
    one, above = _state([DIRECT], [result(DIRECT, status) for status in statuses])
    assert one.state is state
    assert above.state is (ControlState.NOT_ASSESSED if state is ControlState.SATISFIED else state)


def test_a_waived_failure_leaves_the_control_not_satisfied():
    """A waiver acts on the gate; the control's result says how many are waived."""
    one, _ = _state([DIRECT], [result(DIRECT, Status.FAIL)], rulings=[Ruling("allow", waiver="W-1")])
    assert (one.state, one.failed, one.waived) == (ControlState.NOT_SATISFIED, 1, 1)


def test_supporting_policies_never_satisfy():
    """A supporting pass proves nothing alone, and a supporting failure makes a person look."""
    assert _state([SUPPORTING], [result(SUPPORTING, Status.PASS)])[0].state is ControlState.NOT_ASSESSED
    results = [result(DIRECT, Status.PASS), result(SUPPORTING, Status.FAIL)]
    assert _state([DIRECT, SUPPORTING], results)[0].state is ControlState.UNDETERMINED


def test_a_pass_is_in_part_unless_a_policy_asks_for_all_of_the_control():
    """Only an equal or superset link gives a bare pass."""
    assert _state([DIRECT], [result(DIRECT, Status.PASS)])[0].in_part
    assert not _state([DIRECT, EQUAL], [result(DIRECT, Status.PASS), result(EQUAL, Status.PASS)])[0].in_part


def test_an_unread_document_leaves_controls_of_its_format_undetermined():
    """Only controls with a direct policy that could apply to the format are touched."""
    lost = Unread(Location("x.yaml", 1), "syntax-error", "broken", format="kubernetes")
    assert _state([DIRECT], [result(DIRECT, Status.PASS)], unread=[lost])[0].state is ControlState.UNDETERMINED
    other = lost._replace(format="terraform")
    assert _state([DIRECT], [result(DIRECT, Status.PASS)], unread=[other])[0].state is ControlState.SATISFIED


def test_draft_policies_do_not_count():
    """Only stable policies test a control."""
    draft = DIRECT._replace(status="draft")
    assert _state([draft], [result(draft, Status.PASS)])[0].state is ControlState.NOT_ASSESSED
