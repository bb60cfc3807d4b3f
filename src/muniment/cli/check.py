"""`muniment check`: judges, reports, and ends with the gate's exit code."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from muniment.app.checking import (
    Base,
    check,
    find_base,
    load_baseline,
    revision_intake,
    stream_format,
    stream_intake,
)
from muniment.app.configured import load_settings
from muniment.app.intake import Intake
from muniment.app.pipeline import Means
from muniment.app.pipeline import run as run_pipeline
from muniment.app.plan import build_plan
from muniment.app.settings import ReportSpec, Settings, cache_folder
from muniment.cli.libraries import add_library, from_here, with_libraries
from muniment.cli.screen import Progress, style_of
from muniment.core.ports import Read
from muniment.errors import UsageError
from muniment.model.assessment import Assessment

if TYPE_CHECKING:
    from muniment.app.base_side import BaseSide

EPILOG: Final = """\
examples:
  muniment check .                                    everything below this folder
  muniment check k8s/ charts/web --policy framework:pci-dss
  muniment check . --policy CKV_K8S_16 --policy 'severity>=high'
  muniment check . --since origin/main                only what is new denies
  muniment check . -o sarif=out/muniment.sarif -o markdown=out/summary.md
  kubectl get deploy -o yaml | muniment check - --as kubernetes
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders, or - (default: .)")
    what = parser.add_argument_group("what is judged")
    what.add_argument("--policy", action="append", default=[], metavar="SEL", help="judge only what this selects")
    what.add_argument("--not", action="append", default=[], dest="remove", metavar="SEL", help="leave this out; wins")
    add_library(what)
    what.add_argument("--as", dest="format", default="", metavar="FORMAT", help="format of standard input")
    what.add_argument("--name", default="stdin", help="path of standard input in reports")
    what.add_argument("--base", default="", metavar="DIR", help="what paths are relative to (default: the repository)")
    what.add_argument("--rev", default="", metavar="REV", help="judge that revision instead of the working tree")
    what.add_argument(
        "--var-file", action="append", default=[], dest="given", metavar="FILE", type=_file, help="Terraform variables"
    )
    what.add_argument(
        "--var", action="append", default=[], dest="given", metavar="K=V", type=_value, help="one Terraform variable"
    )
    what.add_argument("--terraform-dir", default="", metavar="DIR", help="configuration that a plan was made from")
    what.add_argument("--workers", type=int, default=0, metavar="N", help="processes (default: as many as pay)")
    what.add_argument("--no-cache", action="store_true", help="judge anew what an earlier run has judged")
    gate = parser.add_argument_group("the gate")
    gate.add_argument("--since", default="", metavar="REF", help="only failures that are new since REF deny")
    gate.add_argument("--baseline", default="", metavar="FILE", help="failures listed there do not deny")
    gate.add_argument("--fail-on", action="append", default=[], metavar="SEL", help="as severity>=high")
    gate.add_argument("--max-new", type=int, default=None, metavar="N", help="deny above N new failures")
    gate.add_argument("--strict", action="store_true", help="what cannot be told denies too")
    gate.add_argument("--allow-empty", action="store_true", help="nothing to judge is no error")
    gate.add_argument("--now", default="", metavar="DAY", help="decide as of that day (default: today, UTC)")
    out = parser.add_argument_group("output")
    out.add_argument("-o", "--output", action="append", default=[], metavar="FORMAT[=FILE]", help="also: several")
    out.add_argument("--quiet", action="store_true", help="print the summary only; decides the same")
    out.add_argument("--all", action="store_true", help="print every failure")
    out.add_argument("--controls", action="store_true", help="list every control that is not satisfied")
    out.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    out.add_argument("--ascii", action="store_true", help="plain characters only")


def run(arguments: argparse.Namespace) -> int:
    """Checks, writes the reports and returns the exit code."""
    _refuse_contradictions(arguments)
    base = Base(Path.cwd(), ("",)) if arguments.paths == ["-"] else find_base(arguments.paths, arguments.base)
    if not arguments.since:
        return _run(arguments, base, None)
    from muniment.app.base_side import BaseSide

    with BaseSide(base.folder, arguments.since) as side:
        return _run(arguments, base, side)


def _refuse_contradictions(arguments: argparse.Namespace) -> None:
    """Raises UsageError where one option would make another one do nothing."""
    if arguments.since and (arguments.rev or arguments.paths == ["-"]):
        raise UsageError("--since compares the working tree: it goes with neither --rev nor standard input")
    if arguments.since and arguments.baseline:
        raise UsageError("--since and --baseline both say what is not new", hint="choose one of them")


def _run(arguments: argparse.Namespace, base: Base, side: "BaseSide | None") -> int:
    """Checks by the settings of the base side, where there is one."""
    settings = settings_of(arguments, base, side.folder if side else base.folder)
    specs = report_specs(arguments.output, settings)
    assessment = _assess(arguments, base, settings, side)
    write_reports(assessment, specs, base.folder, arguments)
    return assessment.decision.exit_code


def settings_of(arguments: argparse.Namespace, base: Base, folder: Path) -> Settings:
    """The configuration in `folder` with the command line over it; paths are relative to the base."""
    settings = with_libraries(load_settings(folder), arguments.library, base.folder)
    over = {
        "select": tuple(arguments.policy),
        "remove": (*settings.remove, *arguments.remove),
        "fail_on": tuple(arguments.fail_on),
        "baseline": from_here(arguments.baseline, base.folder) if arguments.baseline else "",
        "max_new": arguments.max_new,
    }
    changed = {key: value for key, value in over.items() if value not in ((), "", None)}
    if arguments.strict:
        changed |= {"unknown": "deny", "unread": {"default": "incomplete"}}
    if arguments.allow_empty:
        changed["empty"] = "allow"
    if arguments.given or arguments.terraform_dir:
        changed["terraform"] = {**settings.terraform, **_terraform(arguments, base.folder)}
    return settings._replace(**changed)


def _terraform(arguments: argparse.Namespace, base: Path) -> dict[str, Any]:
    """What the command line says of Terraform."""
    told: dict[str, Any] = {}
    if arguments.given:
        told["given"] = tuple(_given(kind, text, base) for kind, text in arguments.given)
    if arguments.terraform_dir:
        if not Path(arguments.terraform_dir).is_dir():
            raise UsageError(f"the folder {arguments.terraform_dir} does not exist", code="missing-path")
        folder = from_here(arguments.terraform_dir, base)
        told["directory"] = "" if folder == "." else folder
    return told


def _file(text: str) -> tuple[str, str]:
    """A variable file, beside single values in one list, since their order decides which wins."""
    return "file", text


def _value(text: str) -> tuple[str, str]:
    """A single value of a variable."""
    return "value", text


def _given(kind: str, text: str, base: Path) -> tuple[str, str]:
    """A file by its path from the base, or a single value. Raises UsageError for what is neither."""
    if kind == "value":
        if "=" not in text:
            raise UsageError(f"--var {text}: write name=value")
        return kind, text
    if not Path(text).is_file():
        raise UsageError(f"the variable file {text} does not exist", code="missing-path")
    return kind, from_here(text, base)


def _assess(arguments: argparse.Namespace, base: Base, settings: Settings, side: "BaseSide | None") -> Assessment:
    now = _now(arguments.now)
    cache = None if arguments.no_cache else cache_folder() / "results"
    with Progress(quiet=arguments.quiet) as progress:
        means = Means(progress, cache, arguments.workers)
        if arguments.paths == ["-"]:
            intake, read = _stream(arguments, base)
        elif arguments.rev:
            intake, read = revision_intake(base, settings, arguments.rev)
        else:
            return check(base, settings, now=now, side=side, means=means)
        plan = build_plan(settings, base.folder, baseline=load_baseline(settings, base.folder))
        return run_pipeline(intake, plan, read, now=now, means=means)


def _stream(arguments: argparse.Namespace, base: Base) -> tuple[Intake, Read]:
    """Standard input; its format is told by its name or, where that says nothing, by its content."""
    data = sys.stdin.buffer.read()
    name = arguments.format or ("" if "." in arguments.name else stream_format(data))
    return stream_intake(data, arguments.name, name, base.folder if arguments.terraform_dir else None)


def _now(day: str) -> datetime:
    if not day:
        return datetime.now(UTC)  # noqa: TID251  a door: here the clock is read
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError as error:
        raise UsageError(f"--now {day}: write a day as 2026-06-30") from error


def report_specs(outputs: Sequence[str], settings: Settings) -> tuple[ReportSpec, ...]:
    """The reports to write. Raises UsageError for an unknown format or a second one on standard output."""
    from muniment.app.registry import report

    specs = []
    for text in outputs:
        name, _, to = text.partition("=")
        specs.append(ReportSpec(name, str(Path(to).resolve()) if to else ""))
    if not outputs:
        specs = list(settings.reports)
    if sum(not spec.to for spec in specs) > 1:
        raise UsageError("only one report can go to standard output", hint="give the others a file: -o sarif=out.sarif")
    for spec in specs:
        if spec.format != "text":
            report(spec.format)
    return tuple(specs)


def write_reports(
    assessment: Assessment, specs: Sequence[ReportSpec], base: Path, arguments: argparse.Namespace
) -> None:
    """Writes the files by rename, then the text, or the one report that goes to standard output."""
    failures = []
    streamed = next((spec for spec in specs if not spec.to), None)
    if streamed is None or streamed.format == "text":
        _print(_text(assessment, arguments))
    else:
        sys.stdout.buffer.write(_render(assessment, streamed.format, arguments))
        sys.stdout.buffer.flush()
        _gate_line(assessment)
    for spec in specs:
        if spec.to:
            try:
                _write(base / spec.to, spec, assessment, arguments)
            except OSError as error:
                failures.append(f"{spec.to}: {error.strerror}")
    if failures:
        raise UsageError("a report cannot be written: " + "; ".join(failures), code="report")


def _write(path: Path, spec: ReportSpec, assessment: Assessment, arguments: argparse.Namespace) -> None:
    """Writes one report whole or not at all; a device or a pipe is written to, never replaced."""
    data = _render(assessment, spec.format, arguments)
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _render(assessment: Assessment, name: str, arguments: argparse.Namespace) -> bytes:
    from muniment.app.registry import report

    if name == "text":
        return _text(assessment, arguments)
    render: Callable[[Assessment], bytes] = report(name)
    return render(assessment)


def _text(assessment: Assessment, arguments: argparse.Namespace) -> bytes:
    from muniment.reports.text import render

    return render(assessment, style_of(arguments))


def _print(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _gate_line(assessment: Assessment) -> None:
    decision = assessment.decision
    reasons = f": {'; '.join(decision.reasons)}" if decision.reasons else ""
    print(f"muniment: {decision.answer.lower()}{reasons}", file=sys.stderr)
