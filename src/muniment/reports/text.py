"""The Assessment for people at a terminal: what to change and where, then the numbers, and the verdict last."""

from collections.abc import Iterator

from muniment.model.assessment import Assessment
from muniment.reports import text_summary
from muniment.reports.terminal import Pen, Style
from muniment.reports.text_failures import failures
from muniment.reports.text_questions import questions

__all__ = ["Style", "render"]


def render(assessment: Assessment, style: Style | None = None) -> bytes:
    """Text of the style's width in UTF-8; a style changes what is shown, never what is counted or decided."""
    pen = Pen(style or Style())
    return "".join(f"{line}\n" for line in _lines(assessment, pen)).encode("utf-8", "backslashreplace")


def _lines(assessment: Assessment, pen: Pen) -> Iterator[str]:
    if not pen.style.quiet:
        yield from failures(assessment, pen)
        yield from questions(assessment, pen)
        if pen.style.controls:
            yield from text_summary.each_control(assessment, pen)
    yield from text_summary.controls(assessment, pen)
    if not pen.style.quiet:
        yield from text_summary.waivers(assessment, pen)
        yield from text_summary.changes(assessment, pen)
        yield from text_summary.gate_changes(assessment, pen)
        yield from text_summary.results(assessment, pen)
    yield from text_summary.read(assessment, pen)
    yield from text_summary.next_steps(assessment, pen)
    yield from text_summary.verdict(assessment, pen)
