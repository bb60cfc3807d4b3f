"""Where the controls of each framework stand: one bar each, the numbers, and the controls one by one."""

from collections.abc import Iterable
from typing import Final

from muniment.model.framework import ControlResult
from muniment.reports.html.markup import anchor, code, standing, table, text
from muniment.reports.view import Posture, postures
from muniment.reports.words import STANDING_MARKS, Standing, framework_name, standing_of

_BAR: Final = (
    Standing.SATISFIED,
    Standing.IN_PART,
    Standing.NOT_SATISFIED,
    Standing.UNDETERMINED,
    Standing.NOT_TESTED,
)
"""Segments from left to right."""


def controls(found: Iterable[ControlResult]) -> str:
    """Every framework; those that the run says nothing about are folded."""
    every = postures(tuple(found))
    tested = "".join(_framework(one) for one in every if one.tested)
    others = [one for one in every if not one.tested]
    if not every:
        return "<p>No framework was asked for.</p>\n"
    if not others:
        return tested
    names = ", ".join(f"{text(framework_name(one.framework))} {text(one.version)}" for one in others)
    folded = "".join(_framework(one) for one in others)
    return f"{tested}<details><summary>Nothing tested of {names}</summary>\n{folded}</details>\n"


def _framework(one: Posture) -> str:
    numbers = dict(one.standings)
    name = f"{framework_name(one.framework)} {one.version}"
    bar = "".join(
        f'<span class="{part.replace(" ", "-")}" style="flex-grow:{numbers[part]}"></span>'
        for part in _BAR
        if numbers[part]
    )
    key = "".join(f"<li>{_number(part, numbers[part])}</li>" for part in _BAR)
    tested = [control for control in one.controls if standing_of(control) is not Standing.NOT_TESTED]
    rows = [_control(control) for control in sorted(tested, key=_by_standing)]
    columns = ("control", "title", "stands", "#pass", "#fail", "#waived", "#unknown", "#error", "policies")
    inner = table(f"Controls of {name}", columns, rows) if rows else ""
    return (
        f'<div class="framework"><h3>{text(name)} <small>{one.total} controls</small></h3>'
        f'<div class="bar" aria-hidden="true">{bar}</div><ul class="key">{key}</ul>\n'
        f"<details><summary>Controls of {text(name)}</summary>{inner}{_untested(one)}</details></div>\n"
    )


def _number(part: Standing, number: int) -> str:
    zero = "" if number else " zero"
    sign = STANDING_MARKS[part].sign
    return (
        f'<span class="w {part.replace(" ", "-")}{zero}"><i aria-hidden="true">{sign}</i><b>{number}</b> {part}</span>'
    )


def _by_standing(control: ControlResult) -> int:
    """The worst first; the catalogue's order within a standing."""
    return tuple(Standing).index(standing_of(control))


def _control(control: ControlResult) -> tuple[str, ...]:
    identity = f"{control.framework}:{control.control}"
    link = f'<a href="#?control={text(identity)}" title="results about it">{code(control.control)}</a>'
    numbers = (control.passed, control.failed, control.waived, control.unknown, control.errors)
    note = f"<small>{text(control.note)}</small>" if control.note else ""
    return (
        f'<span id="{anchor("c", identity)}">{link}</span>',
        text(control.title),
        f"{standing(standing_of(control))}{note}",
        *(str(number) if number else "" for number in numbers),
        "<br>".join(map(code, control.policies)),
    )


def _untested(one: Posture) -> str:
    """The controls that nothing was said about, by the reason."""
    groups: dict[str, list[ControlResult]] = {}
    for control in one.controls:
        if standing_of(control) is Standing.NOT_TESTED:
            groups.setdefault(control.note or "not tested", []).append(control)
    return "".join(
        f'<p class="untested"><b>Not tested, {text(note)}: {len(group)}</b> '
        + ", ".join(
            f'<span id="{anchor("c", f"{control.framework}:{control.control}")}" title="{text(control.title)}">'
            f"{text(control.control)}</span>"
            for control in group
        )
        + "</p>\n"
        for note, group in sorted(groups.items())
    )
