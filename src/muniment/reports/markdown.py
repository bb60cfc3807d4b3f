"""A comment for a pull request: the verdict, what is new or changed, and the rest counted; never too long to post."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from muniment.model.assessment import Assessment
from muniment.model.status import Status
from muniment.reports.escaping import for_markdown
from muniment.reports.unknowns import unknown_groups
from muniment.reports.view import Judged, brief, judged, place, postures, totals, worst_first
from muniment.reports.words import ANSWERS, MARKS, Standing, Word, control_name, count, framework_name

MARKER: Final = "<!-- muniment-report -->"
"""First line, by which a bot finds the comment that it replaces."""
_LIMIT: Final = 65_000
"""Bytes: GitHub takes 65,536 characters."""
_TAIL: Final = 700
"""Bytes for naming the sections that were cut."""


class Section(NamedTuple):
    """A heading with a table."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def render(assessment: Assessment) -> bytes:
    """Markdown of GitHub's and GitLab's kind, below 65,000 bytes; what does not fit is counted.

    No section takes more than half of the room that is left, so that each has its say.
    """
    head = "\n".join((MARKER, "", *_head(assessment), ""))
    tail = "\n".join(_tail(assessment))
    room = _LIMIT - _size(head) - _size(tail) - _TAIL
    parts = [head]
    dropped: list[str] = []
    for section in _sections(assessment):
        text, left = _section(section, room // 2)
        room -= _size(text)
        parts.append(text)
        if left:
            dropped.append(f"{left} of {section.title.lower()}")
    if dropped:
        parts.append(f"\n_Not shown here: {', '.join(dropped)}; the full report has them._\n")
    return ("".join(parts) + tail).encode("utf-8", "backslashreplace")


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))


def _head(assessment: Assessment) -> Iterator[str]:
    decision, found = assessment.decision, totals(assessment)
    word = {"DENY": Word.FAIL, "INCOMPLETE": Word.ERROR}.get(decision.answer, Word.PASS)
    answer = ANSWERS.get(decision.answer, decision.answer.lower())
    yield f"### {MARKS[word].sign} {assessment.tool.capitalize()}: {answer}"
    yield ""
    yield from (f"- {for_markdown(reason)}" for reason in decision.reasons)
    yield ""
    severities = ", ".join(f"{number} {severity}" for severity, number in found.severities if number)
    yield "| fail | waived | not new | error | unknown | unread | pass |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    opened = f"**{found.open}**" + (f" ({severities})" if severities else "")
    yield (
        f"| {opened} | {found.waived} | {found.known} | {found.errors} | {found.unknown} | {found.unread} "
        f"| {found.passed} |"
    )


def _sections(assessment: Assessment) -> Iterator[Section]:
    rows = worst_first(judged(assessment, Status.FAIL))
    compared = any(row.ruling.baseline for row in rows)
    kinds: tuple[tuple[str, Callable[[Judged], bool]], ...] = (
        ("New failures" if compared else "Failures", lambda row: row.ruling.baseline in {"", "new"}),
        ("Changed failures", lambda row: row.ruling.baseline == "changed"),
    )
    for title, chosen in kinds:
        group = [row for row in rows if not row.accepted and chosen(row)]
        yield Section(title, ("severity", "what", "where", "controls"), tuple(map(_failure, group)))
    yield Section(
        "Changes to the gate itself: the base side rules", ("change", "of", "where"), tuple(_meddling(assessment))
    )
    yield Section("Errors", ("policy", "because", "where"), tuple(map(_error, judged(assessment, Status.ERROR))))
    yield Section("Unread", ("where", "because", "remedy"), tuple(_unread(assessment)))
    yield Section("Unknown", ("what", "depends on", "remedy"), tuple(_unknown(assessment)))
    yield Section("No longer failing, or no longer there", ("state", "policy", "resource"), tuple(_changes(assessment)))
    yield Section(
        "Waivers and skip comments", ("state", "which", "results", "until", "reason"), tuple(_uses(assessment))
    )
    yield Section("Failures that somebody answered for", ("policy", "number", "why"), tuple(_accepted(rows)))
    yield Section("Controls", ("framework", *Standing, "of"), tuple(_controls(assessment)))


def _section(section: Section, room: int) -> tuple[str, int]:
    """The table, with as many rows as there is room for, and how many rows were left out."""
    if not section.rows:
        return "", 0
    head = (
        f"\n#### {section.title}: {len(section.rows)}\n\n| {' | '.join(section.columns)} |\n|"
        f"{' --- |' * len(section.columns)}\n"
    )
    room -= _size(head)
    lines: list[str] = []
    for cells in section.rows:
        line = f"| {' | '.join(cells)} |\n"
        room -= _size(line)
        if room < 0:
            break
        lines.append(line)
    return head + "".join(lines) if lines else "", len(section.rows) - len(lines)


def _text(text: str) -> str:
    return for_markdown(brief(text))


def _code(text: str) -> str:
    return f"<code>{_text(text)}</code>"


def _failure(row: Judged) -> tuple[str, ...]:
    result = row.result
    word = f"**{result.severity}**" if result.severity in {"critical", "high"} else str(result.severity)
    asked = f"<br>waiver asked for at {_code(row.ruling.waiver)}, not approved" if row.ruling.requested else ""
    what = f"{_text(row.policy.title)}<br>{_text(result.message)}<br>{_code(result.policy)}{asked}"
    where = f"{_code(place(result.location.path, result.location.line))}<br>{_text(result.address)}"
    return word, what, where, ", ".join(_text(control_name(link)) for link in result.controls[:4])


def _error(row: Judged) -> tuple[str, ...]:
    result = row.result
    return _code(result.policy), _text(result.error), _code(place(result.location.path, result.location.line))


def _unread(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    for lost in assessment.unread:
        where = place(lost.location.path, lost.location.line)
        yield _code(where), _text(f"{lost.reason}: {lost.message}"), _text(lost.hint)


def _unknown(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    for group in unknown_groups(assessment):
        policies = group.policies
        what = _code(policies[0]) if len(policies) == 1 else f"{len(policies)} policies"
        yield f"{what}, {count(len(group.resources), 'resource')}", _text(group.because), _text(group.remedy)


def _changes(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    for change in assessment.changes:
        yield change.state, _code(change.policy), _text(f"{change.root}:{change.address}")


def _meddling(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    for one in assessment.gate_changes:
        yield one.state, one.what, _code(place(one.path, one.line))


def _uses(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    for use in assessment.waivers:
        where = f" at {_code(place(use.location.path, use.location.line))}" if use.location else ""
        yield use.state, f"{_text(use.id)}{where}", str(use.matched), use.expires, _text(use.reason)


def _accepted(rows: Iterable[Judged]) -> Iterator[tuple[str, ...]]:
    groups = Counter((row.result.policy, row.ruling.reason) for row in rows if row.accepted)
    for (policy, reason), number in sorted(groups.items()):
        yield _code(policy), str(number), _text(reason)


def _controls(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    for one in postures(assessment.controls):
        numbers = [str(number) for _, number in one.standings]
        yield f"{_text(framework_name(one.framework))} {_text(one.version)}", *numbers, str(one.total)


def _tail(assessment: Assessment) -> Sequence[str]:
    coverage = assessment.coverage
    made = (
        f"<sub>{count(len(coverage.lines), 'file')} seen, {coverage.total('read')} judged, "
        f"{count(len(coverage.policies_selected), 'policy', 'policies')}; as of {assessment.as_of}; "
        f"{assessment.tool} {assessment.version}, plan {assessment.plan_digest[:12]}, "
        f"inputs {assessment.inputs_digest[:12]}</sub>"
    )
    return "", made, ""
