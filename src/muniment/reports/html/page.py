"""The page: its sections in the order in which people ask, with its style and script inside."""

import pkgutil
from collections.abc import Iterator

from muniment.model.assessment import Assessment
from muniment.reports.html import tables
from muniment.reports.html.controls import controls
from muniment.reports.html.markup import section, text
from muniment.reports.html.results import policies, results, rows
from muniment.reports.words import ANSWERS, MARKS, Word

_CLASSES = {"DENY": "fail", "INCOMPLETE": "error"}


def render(assessment: Assessment) -> bytes:
    """One file in UTF-8 that asks nobody for anything; scripts only filter and fold."""
    sections = list(_sections(assessment))
    links = "".join(f'<li><a href="#{identity}">{title}</a></li>' for identity, title, _ in sections)
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'\">\n"
        '<link rel="icon" href="data:,">\n'
        f"<title>{ANSWERS.get(assessment.decision.answer, '')}: {text(assessment.tool.capitalize())} report, "
        f"{text(assessment.as_of)}</title>\n<style>\n{_file('page.css')}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">Skip to the content</a>\n{_header(assessment)}'
        f'<nav aria-label="Sections"><ul>{links}</ul></nav>\n<main id="main" tabindex="-1">\n'
        + "".join(section(identity, title, content) for identity, title, content in sections)
        + f"</main>\n<footer><p>{text(assessment.tool)} {text(assessment.version)}, as of {text(assessment.as_of)}</p>"
        f"</footer>\n<script>\n{_file('page.js')}</script>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "backslashreplace")


def _file(name: str) -> str:
    data = pkgutil.get_data("muniment.reports.html", name)
    assert data is not None  # noqa: S101  it lies beside this module
    return data.decode()


def _header(assessment: Assessment) -> str:
    decision = assessment.decision
    kind = _CLASSES.get(decision.answer, "pass")
    sign = MARKS[Word(kind)].sign
    answer = ANSWERS.get(decision.answer, decision.answer.lower())
    reasons = "".join(f"<li>{text(reason)}</li>" for reason in decision.reasons)
    numbers = "".join(
        f'<li class="{css}{"" if value != "0" else " zero"}"><b>{value}</b> {label}</li>'
        for value, label, css in tables.verdict_terms(assessment)
    )
    return (
        f'<header>\n<p class="brand">{text(assessment.tool.capitalize())} <span>as of {text(assessment.as_of)}, '
        f"gate {text(decision.gate)}</span></p>\n"
        f'<h1 class="{kind}"><i aria-hidden="true">{sign}</i>{answer[0].upper()}{answer[1:]}</h1>\n'
        f'<ul class="reasons">{reasons}</ul>\n<ul class="numbers">{numbers}</ul>\n</header>\n'
    )


def _sections(assessment: Assessment) -> Iterator[tuple[str, str, str]]:
    """Id, title and content of each section that has something to say."""
    found = rows(assessment)
    compared = tables.changes(assessment)
    if compared:
        yield "changes", "New and fixed", compared
    yield "controls", "Controls", controls(assessment.controls)
    yield "results", "Failures and unknowns", results(assessment, found)
    open_questions = tables.unknowns(assessment), tables.unread(assessment)
    if open_questions[0]:
        yield "unknown", "Unknown", open_questions[0]
    if open_questions[1]:
        yield "unread", "Unread", open_questions[1]
    yield "waivers", "Waivers", tables.waivers(assessment)
    if found:
        yield "policies", "Policies", policies(found)
    yield "population", "What was judged", tables.population(assessment)
    yield "making", "How this was made", tables.making(assessment)
