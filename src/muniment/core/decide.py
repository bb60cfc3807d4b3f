"""The gate: what the results, waivers, baseline and unread documents together allow.

A Status is never changed here; a `Ruling` beside each Result says what the gate makes of it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from muniment.core.baseline import Baseline
from muniment.core.waive import Waivers
from muniment.model.assessment import Change, Decision, Ruling
from muniment.model.policy import Policy
from muniment.model.result import Result, Unread
from muniment.model.status import RANK, Severity, Status

_EXIT: Final = {"DENY": 1, "INCOMPLETE": 5, "WARN": 0, "ALLOW": 0}


class Gate(NamedTuple):
    """Thresholds of one door. `deny`, `incomplete`, `warn` and `allow` are what each situation leads to."""

    name: str = "ci"
    fails: Callable[[Policy, Severity], bool] = lambda _policy, _severity: True
    """Whether a failure of that policy, at that severity, counts."""
    fail_on: tuple[str, ...] = ()
    """How `fails` was written, for people."""
    error: str = "incomplete"
    unknown: str = "warn"
    unread: Mapping[str, str] = {"default": "incomplete", "no-parser": "warn"}
    inline: str = "warn"
    """What a requested, not approved waiver does: `deny`, `warn` or `accept`."""
    max_new: int | None = None
    empty: str = "incomplete"
    """What a run that judged nothing leads to."""


def strict(gate: Gate) -> Gate:
    """The gate of a release: what cannot be told denies."""
    return gate._replace(name="strict", unknown="deny", unread={"default": "incomplete"})


def rule(
    results: Sequence[Result],
    policies: Mapping[str, Policy],
    gate: Gate,
    waivers: Waivers,
    baseline: Baseline | None,
    today: date,
) -> tuple[Ruling, ...]:
    """One Ruling for each Result, in their order."""
    allow, warn = Ruling("allow"), Ruling("warn")
    out = []
    for result in results:
        status = result.status
        if status is Status.PASS or status is Status.SKIP:
            out.append(allow)
        elif status is Status.FAIL:
            policy = policies[result.policy]
            out.append(_within(policy.mode, _failure(result, policy, gate, waivers, baseline, today)))
        elif status is Status.UNKNOWN:
            out.append(warn if gate.unknown == "warn" else Ruling(gate.unknown, "cannot be told"))
        else:
            out.append(Ruling(gate.error, "could not be evaluated"))
    return tuple(out)


def _failure(
    result: Result, policy: Policy, gate: Gate, waivers: Waivers, baseline: Baseline | None, today: date
) -> Ruling:
    known, former = baseline.standing(result, today) if baseline else ("", "")
    if not gate.fails(policy, result.severity):
        return Ruling("warn", "below the gate's threshold", baseline=known)
    accepted = waivers.in_force(result, policy)
    if accepted is not None:
        waiver, alias = accepted
        reason = f"waived by {waiver.id} until {waiver.expires.isoformat()}{_by(alias)}"
        return Ruling("allow", reason, waiver.id, baseline=known)
    requested = waivers.requested(result)
    if requested is not None:
        effect = _requested(result.severity, policy, gate.inline)
        return Ruling(effect, "requested, not approved", requested, requested=True, baseline=known)
    if known in {"known", "unchanged"}:
        reason = "in the baseline" if known == "known" else "not new"
        return Ruling("allow", f"{reason}{_by(former)}", baseline=known)
    return Ruling("deny", "fails", baseline=known)


def _by(former: str) -> str:
    return f", by its former address {former}" if former else ""


def _within(mode: str, ruling: Ruling) -> Ruling:
    """The ruling, no harsher than the policy's own mode."""
    if ruling.effect == "allow" or mode == "enforce" or (mode == "warn" and ruling.effect == "warn"):
        return ruling
    return ruling._replace(effect="warn" if mode == "warn" else "allow", reason=f"the policy's own mode is {mode}")


def _requested(severity: Severity, policy: Policy, inline: str) -> str:
    """What a skip comment leads to: never more than a warning for what is mild, nothing for what is grave."""
    if inline == "deny" or not policy.waivable or severity is Severity.CRITICAL:
        return "deny"
    if inline == "accept":
        return "warn"
    return "warn" if RANK[severity] <= RANK[Severity.MEDIUM] else "deny"


def decide(
    results: Sequence[Result],
    rulings: Sequence[Ruling],
    unread: Sequence[Unread],
    changes: Sequence[Change],
    gate: Gate,
    *,
    judged: int,
    meddling: int = 0,
) -> Decision:
    """The answer for the whole run.

    `judged` is the number of resources that were read, `meddling` that of changes to the gate in the judged change.
    """
    reasons: list[str] = []
    denied = [result for result, ruling in zip(results, rulings, strict=True) if ruling.effect == "deny"]
    if gate.max_new is not None:
        new = sum(ruling.baseline in {"new", "changed"} for ruling in rulings)
        undecided = sum(change.state == "undecided" for change in changes)
        if new + undecided > gate.max_new:
            reasons.append(f"{new} new and {undecided} undecided: at most {gate.max_new} may be")
        deny = bool(reasons)
    else:
        deny = bool(denied)
    if denied:
        reasons.append(_denied(denied))
    incomplete = _incomplete(rulings, unread, gate, judged, reasons)
    if meddling:
        reasons.append(f"{_count(meddling, 'change')} to the gate itself: the base side rules")
    warned = any(ruling.effect == "warn" for ruling in rulings) or bool(unread) or bool(meddling)
    answer = "DENY" if deny else "INCOMPLETE" if incomplete else "WARN" if warned else "ALLOW"
    return Decision(answer, _EXIT[answer], tuple(reasons), gate.name)


def _denied(denied: Sequence[Result]) -> str:
    """`3 failures, the worst high, are not waived`."""
    failures = [result for result in denied if result.status is Status.FAIL]
    undecided = len(denied) - len(failures)
    parts = []
    if failures:
        worst = max((result.severity for result in failures), key=RANK.__getitem__)
        verb = "is" if len(failures) == 1 else "are"
        parts.append(f"{_count(len(failures), 'failure')}, the worst {worst}, {verb} not waived")
    if undecided:
        parts.append(f"{_count(undecided, 'result')} cannot be told")
    return "; ".join(parts)


def _incomplete(
    rulings: Sequence[Ruling], unread: Sequence[Unread], gate: Gate, judged: int, reasons: list[str]
) -> bool:
    errors = sum(ruling.effect == "incomplete" for ruling in rulings)
    if errors:
        reasons.append(f"{_count(errors, 'result')} could not be evaluated")
    default = gate.unread.get("default", "incomplete")
    lost = sum(gate.unread.get(one.reason, default) == "incomplete" for one in unread)
    if lost:
        reasons.append(f"{_count(lost, 'document')} could not be read")
    empty = not judged and gate.empty == "incomplete"
    if empty and not lost:
        reasons.append("nothing was judged")
    return bool(errors or lost or empty)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
