"""The gate: what each situation leads to, and that nothing unknown is ever a pass."""

from datetime import date

import pytest

from muniment.core.baseline import Baseline, BaselineEntry
from muniment.core.decide import Gate, decide, rule, strict
from muniment.core.waive import Waivers, claims_of
from muniment.model.document import Location
from muniment.model.result import Unread
from muniment.model.status import RANK, Severity, Status
from muniment.model.waiver import Waiver, WaiverCandidate
from tests.unit.core.estate import policy, result

TODAY = date(2026, 6, 1)
HIGH = policy("p/high", aliases=("X_1",))
LOW = policy("p/low", "low", aliases=("X_2",))
UNREAD = Unread(Location("b.tf", 1), "syntax-error", "broken")


def _answer(results, *, gate=None, waivers=(), candidates=(), baseline=None, unread=(), judged=1):
    gate = gate or Gate()
    policies = {one.id: one for one in (HIGH, LOW)}
    kept = Waivers(waivers, candidates, claims_of(policies.values()), TODAY)
    rulings = rule(results, policies, gate, kept, baseline, TODAY)
    return decide(results, rulings, unread, (), gate, judged=judged), rulings


def _waiver(**more):
    waiver = Waiver(
        "W-1",
        ("p/high",),
        ("a.yaml:Pod/a/b",),
        "a reason that is long enough",
        "risk-accepted",
        "ana",
        ("jon",),
        date(2026, 7, 1),
    )
    return waiver._replace(**more)


@pytest.mark.parametrize(
    ("status", "unread", "gate", "code"),
    [
        (Status.PASS, (), Gate(), 0),
        (Status.SKIP, (), Gate(), 0),
        (Status.FAIL, (), Gate(), 1),
        (Status.UNKNOWN, (), Gate(), 0),
        (Status.UNKNOWN, (), strict(Gate()), 1),
        (Status.ERROR, (), Gate(), 5),
        (Status.PASS, (UNREAD,), Gate(), 5),
        (Status.FAIL, (UNREAD,), Gate(), 1),
        (Status.PASS, (UNREAD._replace(reason="no-parser"),), Gate(), 0),
        (Status.PASS, (UNREAD._replace(reason="no-parser"),), strict(Gate()), 5),
    ],
)
def test_each_situation_has_its_exit_code(status, unread, gate, code):
    """A failure denies with 1, what cannot be read or evaluated is incomplete with 5, and denial wins over both."""
    decision, _ = _answer([result(HIGH, status)], gate=gate, unread=unread)
    assert decision.exit_code == code


def test_nothing_judged_is_not_green():
    """A run that met nothing ends with 5, unless the caller allows that."""
    assert _answer([], judged=0)[0].exit_code == 5
    assert _answer([], judged=0, gate=Gate(empty="allow"))[0].exit_code == 0


def test_a_failure_below_the_threshold_is_shown_and_does_not_deny():
    """Only failures that the gate names count."""
    gate = Gate(fails=lambda _policy, severity: RANK[severity] >= RANK[Severity.HIGH])
    decision, rulings = _answer([result(LOW, Status.FAIL)], gate=gate)
    assert (decision.answer, rulings[0].effect) == ("WARN", "warn")


def test_a_waiver_in_force_allows_and_the_status_stays():
    """A waiver acts on the ruling alone."""
    failing = result(HIGH, Status.FAIL)
    decision, rulings = _answer([failing], waivers=[_waiver()])
    assert decision.exit_code == 0
    assert rulings[0].reason == "waived by W-1 until 2026-07-01"
    assert failing.status is Status.FAIL


@pytest.mark.parametrize(
    "changed",
    [
        {"expires": date(2026, 6, 1)},
        {"approvers": ()},
        {"approvers": ("ana",)},
        {"expires": date(2027, 6, 1)},
        {"scope": ("a.yaml:*",)},
        {"policies": ("p/*",)},
        {"scope": ("a.yaml:Pod/a/other",)},
        {"scope": ("a.yaml:Pod/a/b#00000000",)},
    ],
    ids=[
        "expired",
        "nobody approved",
        "approved by the requester",
        "longer than the severity allows",
        "a pattern with one approver",
        "a policy pattern with one approver",
        "another resource",
        "another fault",
    ],
)
def test_a_waiver_that_is_not_in_force_changes_nothing(changed):
    """Expired, unapproved, too wide, too long, or for something else: the failure denies."""
    assert _answer([result(HIGH, Status.FAIL)], waivers=[_waiver(**changed)])[0].exit_code == 1


def test_two_approvers_may_waive_by_pattern_and_a_fingerprint_binds_to_the_fault():
    """A pattern needs two approvers; `#` and the beginning of a fingerprint names one fault."""
    wide = _waiver(scope=("a.yaml:*",), approvers=("jon", "kim"))
    exact = _waiver(scope=(f"a.yaml:Pod/a/b#{'f' * 12}",))
    assert _answer([result(HIGH, Status.FAIL)], waivers=[wide])[0].exit_code == 0
    assert _answer([result(HIGH, Status.FAIL)], waivers=[exact])[0].exit_code == 0


def test_a_policy_that_cannot_be_waived_denies():
    """`waivable: false` wins over any approval."""
    kept = Waivers([_waiver()], [], claims_of([HIGH]), TODAY)
    assert kept.in_force(result(HIGH, Status.FAIL), HIGH._replace(waivable=False)) is None


@pytest.mark.parametrize(
    ("of", "inline", "effect"),
    [
        (LOW, "warn", "warn"),
        (HIGH, "warn", "deny"),
        (LOW, "deny", "deny"),
        (HIGH, "accept", "warn"),
        (HIGH._replace(severity=Severity.CRITICAL), "accept", "deny"),
    ],
)
def test_a_skip_comment_is_a_request(of, inline, effect):
    """By default a comment makes mild failures warnings; grave ones still deny."""
    request = WaiverCandidate("checkov", of.aliases, "", Location("a.yaml", 4), "a.yaml", ("Pod/a/b",))
    _, rulings = _answer([result(of, Status.FAIL)], candidates=[request], gate=Gate(inline=inline))
    assert (rulings[0].effect, rulings[0].requested) == (effect, True)


def test_a_baseline_covers_one_fault_and_not_a_worse_one_at_its_place():
    """The whole identity must be equal: another fingerprint at the same place is changed, and denies."""
    entry = BaselineEntry("p/high", "a.yaml", "Pod/a/b", "f" * 64)
    same, worse = result(HIGH, Status.FAIL), result(HIGH, Status.FAIL, fingerprint="e" * 64)
    assert _answer([same], baseline=Baseline([entry]))[0].exit_code == 0
    decision, rulings = _answer([worse], baseline=Baseline([entry]))
    assert (decision.exit_code, rulings[0].baseline) == (1, "changed")
    over = entry._replace(expires="2026-05-01")
    assert _answer([same], baseline=Baseline([over]))[0].exit_code == 1


def test_a_baseline_of_one_folder_does_not_cover_another():
    """Two roots with one local address are two resources."""
    entry = BaselineEntry("p/high", "other.yaml", "Pod/a/b", "f" * 64)
    assert _answer([result(HIGH, Status.FAIL)], baseline=Baseline([entry]))[0].exit_code == 1


def test_the_number_of_new_failures_can_be_the_gate():
    """`max-new` counts what is new, changed or undecided, and nothing else."""
    entry = BaselineEntry("p/high", "a.yaml", "Pod/a/b", "f" * 64)
    results = [result(HIGH, Status.FAIL), result(LOW, Status.FAIL)]
    assert _answer(results, baseline=Baseline([entry]), gate=Gate(max_new=0))[0].exit_code == 1
    assert _answer(results, baseline=Baseline([entry]), gate=Gate(max_new=1))[0].exit_code == 0


@pytest.mark.parametrize(
    ("mode", "effect", "code"), [("enforce", "deny", 1), ("warn", "warn", 0), ("audit", "allow", 0)]
)
def test_a_failure_goes_no_further_than_its_policy_does(mode, effect, code):
    """The mode that a policy brings along is a ceiling: its failure is shown and denies in `enforce` alone."""
    gentle = HIGH._replace(mode=mode)
    results = (result(gentle, Status.FAIL),)
    kept = Waivers((), (), claims_of([gentle]), TODAY)
    rulings = rule(results, {gentle.id: gentle}, Gate(), kept, None, TODAY)
    assert rulings[0].effect == effect
    assert decide(results, rulings, (), (), Gate(), judged=1).exit_code == code
