"""The sections for auditors and for those who repair: changes, unknowns, unread documents, waivers, population."""

from collections import Counter
from collections.abc import Iterator

from muniment.model.assessment import Assessment
from muniment.model.status import Status
from muniment.reports.html.markup import code, table, terms, text, word
from muniment.reports.unknowns import unknown_groups
from muniment.reports.view import place, totals
from muniment.reports.words import Word, count, word_of

_STATES = (
    ("new", "fail", "fails now and did not before"),
    ("changed", "fail", "fails in another way than before"),
    ("fixed", "pass", "failed before and passes now"),
    ("gone", "waived", "failed before; its resource or policy is no longer there"),
    ("undecided", "unknown", "failed before and cannot be told now: not fixed"),
    ("unchanged", "waived", "fails as before"),
    ("known", "waived", "in the baseline"),
)


_MEDDLING = "Changes to the gate itself: the base side rules"
_FILTERED = ("new", "changed", "unchanged", "known")
"""States of failures that are on the page."""


def changes(assessment: Assessment) -> str:
    """What is new against the base, empty where nothing was compared."""
    states = Counter(ruling.baseline for ruling in assessment.rulings if ruling.baseline)
    states.update(change.state for change in assessment.changes)
    numbers = "".join(
        f'<li class="{css}"><b>{states[state]}</b> {_state(state)} <small>{meaning}</small></li>'
        for state, css, meaning in _STATES
        if states[state]
    )
    listed = [
        (change.state, code(change.policy), code(f"{change.root}:{change.address}")) for change in assessment.changes
    ]
    meddling = [(one.state, one.what, code(place(one.path, one.line))) for one in assessment.gate_changes]
    return (
        (f'<ul class="changes">{numbers}</ul>\n' if numbers else "")
        + (table("No longer failing", ("state", "policy", "resource"), listed) if listed else "")
        + (f"<h3>{_MEDDLING}</h3>" + table(_MEDDLING, ("change", "of", "where"), meddling) if meddling else "")
    )


def _state(state: str) -> str:
    """A state with a link to its results, where the filter knows it."""
    return f'<a href="#?baseline={state}">{state}</a>' if state in _FILTERED else state


def unknowns(assessment: Assessment) -> str:
    """Unknown results folded by what they depend on, with what would make them known."""
    rows = []
    for group in unknown_groups(assessment):
        named = ", ".join(map(code, group.policies[:5]))
        more = len(group.policies) - 5
        rows.append(
            (
                text(group.because or "not said"),
                text(group.remedy),
                str(len(group.rows)),
                named + (f" and {more} more" if more > 0 else ""),
                str(len(group.resources)),
            )
        )
    columns = ("depends on", "remedy", "#results", "policies", "#resources")
    return table("Unknown results by what they depend on", columns, rows) if rows else ""


def unread(assessment: Assessment) -> str:
    """Documents that could not be read, with what would make them readable."""
    rows = [
        (
            code(place(lost.location.path, lost.location.line)),
            text(lost.reason),
            text(lost.message),
            text(lost.hint),
        )
        for lost in assessment.unread
    ]
    return table("Unread documents", ("where", "reason", "because", "remedy"), rows) if rows else ""


def waivers(assessment: Assessment) -> str:
    """Waivers and skip comments, with approvers and expiry."""
    rows = [
        (
            text(use.state),
            text(use.id) + (f"<br>{code(place(use.location.path, use.location.line))}" if use.location else ""),
            text(use.requester) or "not stated",
            text(", ".join(use.approvers)) or "nobody",
            f'<span class="date">{text(use.expires)}</span>' if use.expires else "not stated",
            str(use.matched),
            text(use.reason) + (f"<br><small>{text(use.note)}</small>" if use.note else ""),
        )
        for use in assessment.waivers
    ]
    if not rows:
        return "<p>There are no waivers and no skip comments.</p>\n"
    return table(
        "Waivers and skip comments",
        ("state", "which", "asked for by", "approved by", "until", "#results", "reason"),
        rows,
    )


def population(assessment: Assessment) -> str:
    """Over what the answer is: documents by state, policies by word, and what passed."""
    return _documents(assessment) + _policies(assessment)


def _documents(assessment: Assessment) -> str:
    states = Counter((line.state, line.format) for line in assessment.coverage.lines)
    rows = [(state, text(name) or "no format", str(number)) for (state, name), number in sorted(states.items())]
    odd = [
        (code(line.path), line.state, text(line.reason))
        for line in assessment.coverage.lines
        if line.state in {"excluded", "partly", "unread"}
    ]
    notes = "".join(f"<p>{text(note)}</p>\n" for note in assessment.coverage.notes)
    return (
        f"<h3>{count(len(assessment.coverage.lines), 'document')}</h3>{notes}"
        + table("Documents by state", ("state", "format", "#documents"), rows)
        + (table("Excluded and unread documents", ("document", "state", "reason"), odd) if odd else "")
    )


def _policies(assessment: Assessment) -> str:
    counts: dict[str, Counter[Word]] = {}
    passed: dict[str, list[str]] = {}
    for result, ruling in zip(assessment.results, assessment.rulings, strict=True):
        counts.setdefault(result.policy, Counter())[word_of(result, ruling)] += 1
        if result.status is Status.PASS:
            passed.setdefault(result.policy, []).append(f"{result.root}:{result.address}")
    rows = [
        (
            _passing(policy.id, passed.get(policy.id, [])),
            *(str(counts[policy.id][one] or "") for one in Word),
            str(counts[policy.id].total()),
        )
        for policy in assessment.policies
        if policy.id in counts
    ]
    untested = ", ".join(map(code, assessment.coverage.not_tested))
    columns = ("policy", *(f"#{one}" for one in Word), "#all")
    return (
        f"<h3>{count(len(counts), 'policy', 'policies')} with {count(len(assessment.results), 'result')}</h3>"
        + table("Results by policy", columns, rows)
        + (f'<p class="untested"><b>Not tested: nothing of their kind is here</b> {untested}</p>\n' if untested else "")
    )


def _passing(policy: str, addresses: list[str]) -> str:
    if not addresses:
        return code(policy)
    listed = "".join(f"<li>{text(address)}</li>" for address in addresses)
    return (
        f"<details><summary>{code(policy)}</summary><p>{word(Word.PASS)}</p>"
        f'<ul class="addresses">{listed}</ul></details>'
    )


def making(assessment: Assessment) -> str:
    """What made the answer, from what, and how to have it again."""
    pairs = [
        ("tool", text(f"{assessment.tool} {assessment.version}")),
        ("as of", f"{text(assessment.as_of)} (UTC day that waivers and baselines were judged by)"),
        ("gate", text(assessment.decision.gate)),
        ("base", code(assessment.base)),
        ("plan", code(assessment.plan_digest)),
        ("inputs", code(assessment.inputs_digest)),
        ("results", str(totals(assessment).results)),
    ]
    command = f"{assessment.tool} check {assessment.base} --now {assessment.as_of} -o json"
    return (
        terms(pairs)
        + "<p>To verify: run the same version over the same files, with the same configuration, and compare both "
        f'digests and the results. Equal inputs give equal bytes.</p>\n<pre tabindex="0">{text(command)}</pre>\n'
    )


def verdict_terms(assessment: Assessment) -> Iterator[tuple[str, str, str]]:
    """The numbers at the top: value, what it counts, and its class."""
    found = totals(assessment)
    severities = ", ".join(f"{number} {severity}" for severity, number in found.severities if number)
    yield str(found.open), f"fail{f': {severities}' if severities else ''}", "fail"
    yield str(found.errors), "error", "error"
    yield str(found.unknown), "unknown", "unknown"
    yield str(found.unread), "unread", "error"
    yield str(found.waived), "waived", "waived"
    if found.known:
        yield str(found.known), "fail, not new", "waived"
    yield str(found.passed), f"pass of {found.results} results", "pass"
