"""The list of failures, errors and unknowns, each of which opens in place, and the policies behind them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from muniment.model.assessment import Assessment, Sources
from muniment.model.policy import Policy
from muniment.model.result import Result, Violation
from muniment.model.status import SEVERITIES, Status
from muniment.reports.excerpt import excerpt
from muniment.reports.html.markup import anchor, block, code, policy_link, terms, text, word
from muniment.reports.view import Judged, brief, causes_text, identity_digest, judged, place, violations, worst_first
from muniment.reports.words import Word, control_name, framework_name

_ORDER: Final = (Word.FAIL, Word.ERROR, Word.UNKNOWN, Word.WAIVED)
_READS: Final = 12
_VALUE: Final = 200
_VIOLATIONS: Final = 10
_STATIC: Final = 200
"""Rows that are elements of the page from the start: ten thousand take a browser seconds to build."""


def rows(assessment: Assessment) -> list[Judged]:
    """What is not a pass: open failures first, then errors and unknowns, then what somebody answered for."""
    found = worst_first(judged(assessment, Status.FAIL, Status.ERROR, Status.UNKNOWN))
    return sorted(found, key=lambda row: (row.accepted, _ORDER.index(row.word)))


def results(assessment: Assessment, found: Sequence[Judged]) -> str:
    """The filter and the list."""
    if not found:
        return "<p>Nothing fails, and nothing is unknown.</p>\n"
    items = [_row(row, assessment.sources) for row in found]
    return (
        f'{_filter(found)}<div id="rows">\n{"".join(items[:_STATIC])}{_rest(items)}</div>\n'
        '<p><button type="button" id="more" hidden></button></p>\n'
    )


def _rest(items: Sequence[str]) -> str:
    """The results after the first ones. A browser that runs scripts takes them as text and makes rows of what it shows.

    Where scripts are neither run nor switched off, as under some policies for content, the note is all that is left.
    """
    if len(items) <= _STATIC:
        return ""
    note = f"The first {_STATIC} of {len(items)} results are listed here; the JSON and CSV reports have all of them."
    return (
        f'<p id="note">{note}</p>\n<noscript><style>#note {{ display: none; }}</style>\n'
        f"{''.join(items[_STATIC:])}</noscript>\n"
    )


def _filter(found: Sequence[Judged]) -> str:
    words = [one for one in _ORDER if any(row.word is one for row in found)]
    severities = [one for one in SEVERITIES if any(row.result.severity is one for row in found)]
    bases = sorted({row.ruling.baseline for row in found} - {""})
    return (
        '<form id="filter" role="search" aria-label="Filter results" hidden>\n'
        + _choices("Status", "status", words)
        + _choices("Severity", "severity", [str(one) for one in severities])
        + (_choices("Against the base", "baseline", bases) if bases else "")
        + f'<label class="field">Control<select name="control"><option value="">any</option>{_controls(found)}'
        "</select></label>\n"
        '<label class="field">Path contains<input name="path" type="search" autocomplete="off"></label>\n'
        '<label class="field wide">Text contains <kbd>/</kbd>'
        '<input name="text" type="search" autocomplete="off"></label>\n'
        '<p class="shown"><output id="shown" aria-live="polite"></output> '
        '<button type="button" id="open">Open all shown</button> <button type="reset">Clear</button></p>\n</form>\n'
    )


def _choices(legend: str, name: str, values: Iterable[str]) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}" value="{value}"><span>{value}</span></label>' for value in values
    )
    return f"<fieldset><legend>{legend}</legend>{boxes}</fieldset>\n"


def _controls(found: Iterable[Judged]) -> str:
    groups: dict[str, dict[str, None]] = {}
    for link in (link for row in found for link in row.policy.controls):
        groups.setdefault(link.framework, {})[link.id] = None
    return "".join(
        f'<optgroup label="{text(framework_name(framework))}">'
        + "".join(f'<option value="{text(link)}">{text(control_name(link))}</option>' for link in sorted(links))
        + "</optgroup>"
        for framework, links in sorted(groups.items())
    )


def _row(row: Judged, sources: Sources | None) -> str:
    result = row.result
    said = result.message if row.word is not Word.UNKNOWN else f"depends on {causes_text(result)}"
    where = place(result.location.path, result.location.line)
    badge = f' <span class="badge">{row.ruling.baseline}</span>' if row.ruling.baseline else ""
    return (
        f'<details class="row" id="{anchor("r", identity_digest(result)[:16])}" data-s="{row.word}" '
        f'data-v="{result.severity}" data-p="{anchor("p", result.policy)}" data-b="{row.ruling.baseline}">'
        f'<summary>{word(row.word)}<span class="v {result.severity}">{result.severity}</span>'
        f'<span class="t">{text(row.policy.title)}{badge}<small>{text(brief(said))}</small></span>'
        f'<code class="path">{text(where)}</code></summary><div class="d">\n{_detail(row, sources)}</div></details>\n'
    )


def _detail(row: Judged, sources: Sources | None) -> str:
    result = row.result
    places = violations(row)
    shown = "".join(_violation(one, result, sources) for one in places[:_VIOLATIONS])
    more = len(places) - _VIOLATIONS
    pairs = [("resource", code(row.where)), ("policy", policy_link(result.policy))]
    if row.ruling.reason:
        pairs.append(("gate", text(f"{row.ruling.effect}: {row.ruling.reason}")))
    if row.ruling.requested:
        pairs.append(("waiver", f"asked for at {code(row.ruling.waiver)}, not approved"))
    if row.ruling.baseline:
        pairs.append(("history", text(f"{row.ruling.baseline} against the base")))
    if result.fingerprint:
        pairs.append(("fingerprint", code(result.fingerprint[:16])))
    link = f'<a class="self" href="#{anchor("r", identity_digest(result)[:16])}">link to this result</a>'
    return f"{shown}{f'<p>and {more} more places</p>' if more > 0 else ''}{terms(pairs)}{link}"


def _violation(violation: Violation, result: Result, sources: Sources | None) -> str:
    at = violation.location
    lines = "".join(
        f"<span><b>{line.number}</b>{text(line.text[: line.start])}"
        + (f"<mark>{text(line.text[line.start : line.start + line.length])}</mark>" if line.length else "")
        + f"{text(line.text[line.start + line.length :])}</span>"
        for line in excerpt(sources, violation, result)
    )
    quoted = f'<pre class="excerpt" tabindex="0">{lines}</pre>' if lines else ""
    reads = "".join(f"<li>{code(path)} is {code(_value(value))}</li>" for path, value in violation.reads[:_READS])
    said = (
        f'<p class="said">{text(place(at.path, at.line))}: {text(brief(violation.message))}</p>'
        if violation.message
        else ""
    )
    return f"{quoted}{said}" + (f'<p class="label">Values read</p><ul class="reads">{reads}</ul>' if reads else "")


def _value(value: Any) -> str:
    if value is None:
        return "not set"
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= _VALUE else f"{shown[:_VALUE]} ..."


def policies(found: Iterable[Judged]) -> str:
    """What is behind the results: risk, fix, and controls with the reason of each link."""
    met = {row.policy.id: row.policy for row in found}
    return "".join(_policy(met[identity]) for identity in sorted(met))


def _policy(policy: Policy) -> str:
    links = "".join(f"<li>{item}</li>" for item in _links(policy))
    pairs = [
        ("severity", str(policy.severity)),
        ("other ids", ", ".join(map(code, policy.all_aliases)) or "none"),
        ("owner", text(policy.owner)),
    ]
    controls = " ".join(text(link.id) for link in policy.controls)
    return (
        f'<article class="policy" id="{anchor("p", policy.id)}" data-c="{controls}">'
        f"<h3>{text(policy.title)} {code(policy.id)}</h3>\n"
        f'<div class="why"><p>{block(policy.risk)}</p>\n<p class="label">Fix</p>'
        f'<pre tabindex="0">{block(policy.fix.strip())}</pre>\n'
        + (f'<p class="label">Controls</p><ul>{links}</ul>' if links else "")
        + f"</div>\n{terms(pairs)}</article>\n"
    )


def _links(policy: Policy) -> Iterator[str]:
    for link in policy.controls:
        kind = "" if link.strength == "direct" else f", {link.strength}"
        yield (
            f'<a href="#{anchor("c", link.id)}">{text(control_name(link.id))}</a> '
            f"<small>{link.relationship}{kind}</small> {text(link.why)}"
        )
