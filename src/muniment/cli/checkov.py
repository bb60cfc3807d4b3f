"""`muniment checkov`: Checkov's command line, with its output and its exit codes.

Where Checkov ends with 0 although something could not be read or judged, this command ends with 2 and says why, unless
`--as-upstream` is given.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from muniment import __version__
from muniment.cli.checkov_arguments import Arguments, add_arguments, find_config, notes_of, read_config
from muniment.errors import MunimentError, UsageError
from muniment.reports.words import count

if TYPE_CHECKING:
    from muniment.app.checkov.run import Answer, Request
    from muniment.reports.checkov.records import Record, Scan

EPILOG: Final = """\
examples:
  muniment checkov -d infra/ --framework terraform
  muniment checkov -d . --check CKV_AWS_18,CKV_AWS_19 -o junitxml > results.xml
  muniment checkov -d . --compliance-framework soc2
  muniment checkov -d . --external-checks-dir policies/ --soft-fail-on LOW

exit codes: 0 passed, 1 failed, 2 wrong arguments, wrong content or an incomplete answer
"""
_INCOMPLETE: Final = 2
_BASELINE: Final = ".checkov.baseline"
_NAMES: Final[Mapping[str, str]] = {
    "cli": "results_cli.txt",
    "csv": "results_iac.csv",
    "github_failed_only": "results_github_failed_only.md",
    "gitlab_sast": "results_gitlab_sast.json",
    "json": "results_json.json",
    "junitxml": "results_junitxml.xml",
    "sarif": "results_sarif.sarif",
}
_CONSOLE: Final = "console"
_DELIMITER: Final = "--- OUTPUT DELIMITER ---"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds Checkov's arguments."""
    add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs Checkov's command; 2 for everything that keeps it from an answer."""
    try:
        return _run(Arguments(arguments, _configured(arguments)), upstream=arguments.as_upstream, now=_now())
    except MunimentError as error:
        _complain(str(error))
        if error.hint:
            _complain(f"  {error.hint}")
        return _INCOMPLETE


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  a door: here the clock is read


def _run(arguments: Arguments, *, upstream: bool, now: datetime) -> int:
    if arguments.flag("version"):
        print(__version__)
        return 0
    for note in notes_of(arguments):
        _complain(note)
    if arguments.flag("list"):
        return _list(arguments)
    from muniment.app.checkov.run import judge
    from muniment.app.pipeline import Means
    from muniment.app.settings import cache_folder
    from muniment.cli.screen import Progress

    request = _request(arguments, lenient=upstream)
    with Progress(quiet=arguments.flag("quiet")) as progress:
        answer = judge(request, now=now, means=Means(progress, cache_folder() / "results", 0))
    told, known = _with_baseline(answer.scans, arguments)
    failed = [record for scan in told for record in scan.failed]
    _write(told, arguments, now)
    if arguments.flag("create-baseline"):
        _create_baseline(answer, arguments)
    if known:
        _complain(f"in the baseline: {count(known, 'failure')}")
    for note in (*answer.notes, *_undecided(told)):
        _complain(note)
    return _exit_code(answer, failed, arguments, upstream=upstream)


def _configured(arguments: argparse.Namespace) -> argparse.Namespace | None:
    """What a configuration file says, where there is one."""
    named = Arguments(arguments).last("config-file")
    path = Path(named) if named else find_config(Arguments(arguments).all("directory"))
    if path is None:
        return None
    parser = argparse.ArgumentParser(prog="muniment checkov")
    add_arguments(parser)
    return parser.parse_args(read_config(path))


def _request(arguments: Arguments, *, lenient: bool) -> "Request":
    from muniment.app.checkov.checks import Checks, read_named
    from muniment.app.checkov.run import Request

    folders, files = arguments.all("directory"), arguments.all("file")
    if folders and files:
        raise UsageError("--directory and --file cannot be used together")
    if not folders and not files:
        raise UsageError("nothing to scan is named", hint="name a folder with -d, or files with -f")
    return Request(
        Checks(read_named(arguments.all("check")), read_named(arguments.all("skip-check"))),
        folders,
        files,
        _frameworks(arguments),
        arguments.all("external-checks-dir"),
        arguments.flag("run-all-external-checks"),
        arguments.last("compliance-framework"),
        arguments.all("skip-path"),
        arguments.all("var-file"),
        arguments.last("repo-root-for-plan-enrichment"),
        lenient,
    )


def _frameworks(arguments: Arguments) -> frozenset[str]:
    """The frameworks to scan. Raises UsageError for a name that nobody knows, or that nothing here judges."""
    from muniment.app.checkov.run import FRAMEWORKS
    from muniment.core.select import nearest
    from muniment.engines.checkov_yaml.frameworks import FRAMEWORKS as NAMES

    asked, left_out = arguments.all("framework"), arguments.all("skip-framework")
    for name in (*asked, *left_out):
        if name not in NAMES:
            near = nearest(name, NAMES)
            raise UsageError(f"no framework is called {name!r}", hint=f"did you mean {near[0]}?" if near else "")
    if not asked or "all" in asked:
        return frozenset(FRAMEWORKS) - frozenset(left_out)
    missing = [name for name in asked if name not in FRAMEWORKS]
    if missing:
        raise UsageError(
            f"nothing here judges {', '.join(missing)}", code="unsupported", hint=f"judged: {', '.join(FRAMEWORKS)}"
        )
    return frozenset(asked) - frozenset(left_out)


def _with_baseline(told: "tuple[Scan, ...]", arguments: Arguments) -> "tuple[tuple[Scan, ...], int]":
    """The scans without the failures that a baseline knows, and how many those are."""
    named = arguments.last("baseline")
    if not named:
        return told, 0
    from muniment.app.checkov.baseline import read_checkov_baseline, without_known

    if not Path(named).is_file():
        raise UsageError(f"the baseline {named} does not exist", code="missing-path")
    baseline = read_checkov_baseline(Path(named))
    reduced = without_known(told, baseline, shown=arguments.flag("output-baseline-as-skipped"))
    return reduced, sum(len(scan.failed) for scan in told) - sum(len(scan.failed) for scan in reduced)


def _create_baseline(answer: "Answer", arguments: Arguments) -> None:
    from muniment.app.checkov.baseline import dump_checkov_baseline

    folders = arguments.all("directory")
    if not folders:
        raise UsageError("--create-baseline works with --directory")
    path = Path(folders[0], _BASELINE)
    path.write_text(dump_checkov_baseline(record for scan in answer.scans for record in scan.failed), "utf-8")
    _complain(f"Created a checkov baseline file at {path}")


def _undecided(told: "tuple[Scan, ...]") -> list[str]:
    number = sum(record.result == "UNKNOWN" for scan in told for record in scan.undecided)
    return (
        [f"cannot be told, since it depends on values that are not known here: {count(number, 'check')}"]
        if number
        else []
    )


def _exit_code(answer: "Answer", failed: "list[Record]", arguments: Arguments, *, upstream: bool) -> int:
    """1 for a failure that counts, else 2 for an answer that is not whole, else 0."""
    from muniment.app.checkov.checks import Thresholds, read_named

    soft, hard = (read_named(arguments.all(name)) for name in ("soft-fail-on", "hard-fail-on"))
    thresholds = Thresholds(arguments.flag("soft-fail"), soft, hard)
    for reason in answer.incomplete:
        _complain(f"incomplete: {reason}")
    if any(thresholds.fails(record.check_id, record.severity) for record in failed):
        return 1
    if answer.incomplete and not (upstream or arguments.flag("no-fail-on-crash")):
        _complain("ends with 2 where Checkov ends with 0; --as-upstream lets it pass")
        return _INCOMPLETE
    return 0


def _write(told: "tuple[Scan, ...]", arguments: Arguments, now: datetime) -> None:
    """Every report, to where it was asked for."""
    formats = list(dict.fromkeys(arguments.all("output"))) or ["cli"]
    named = arguments.last("output-file-path")
    files = named.split(",") if "," in named else []
    if files and len(files) != len(formats):
        raise UsageError(f"--output-file-path names {len(files)} files for {len(formats)} outputs")
    shown = [name for name, file in zip(formats, files or [_CONSOLE] * len(formats), strict=True) if file == _CONSOLE]
    for number, name in enumerate(shown):
        _print(_render(name, told, arguments, now, colour=sys.stdout.isatty()))
        if number + 1 < len(shown):
            print(_DELIMITER)
    places = dict(zip(formats, files, strict=True)) if files else {name: f"{named}/{_NAMES[name]}" for name in formats}
    for name, place in places.items():
        if named and place != _CONSOLE:
            _save(Path(place), _render(name, told, arguments, now, colour=False))


def _render(name: str, told: "tuple[Scan, ...]", arguments: Arguments, now: datetime, *, colour: bool) -> str:
    from muniment.app.registry import load

    version = f"muniment {__version__}"
    quiet, compact = arguments.flag("quiet"), arguments.flag("compact")
    render: Callable[..., str] = load(f"muniment.reports.checkov.{_RENDERERS[name]}")
    if name == "cli":
        style = load("muniment.reports.checkov.cli:Style")
        return render(told, style(quiet, compact, arguments.last("summary-position") == "bottom", colour))
    if name == "json":
        return render(told, version, quiet=quiet, compact=compact)
    if name == "junitxml":
        return render(told, dict(arguments.given()))
    if name == "sarif":
        return render(told, __version__, arguments.last("custom-tool-name", "Muniment"))
    if name == "gitlab_sast":
        return render(told, __version__, now.date().isoformat())
    return render(told, arguments.last("repo-id")) if name == "csv" else render(told)


_RENDERERS: Final[Mapping[str, str]] = {
    "cli": "cli:render",
    "csv": "tables:comma_separated",
    "github_failed_only": "tables:markdown",
    "gitlab_sast": "gitlab:render",
    "json": "json:render",
    "junitxml": "junit:render",
    "sarif": "sarif:render",
}


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.write(b"" if text.endswith("\n") else b"\n")
    sys.stdout.flush()


def _save(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}", code="report") from error


def _list(arguments: Arguments) -> int:
    """Prints the checks that are judged here."""
    from muniment.app.checkov.checks import ids_of
    from muniment.app.plan import load_libraries
    from muniment.cli.table import print_table
    from muniment.core.formats import formats_of

    library = load_libraries(arguments.all("external-checks-dir"), Path.cwd())
    rows = sorted(
        (identity, policy.severity.upper(), ",".join(sorted(formats_of(policy))), policy.title)
        for policy in library.policies
        for identity in ids_of(policy)
    )
    print_table(rows, ("ID", "SEVERITY", "FORMAT", "FAULT"))
    return 0


def _complain(text: str) -> None:
    print(f"muniment: {text}", file=sys.stderr)
