"""`muniment gator`: gator's commands, with its arguments, its output and its exit codes.

Where gator says that all is well although nothing was checked, these commands end with 1 and say why, unless
`--as-upstream` is given.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from muniment.errors import InputError, MunimentError

if TYPE_CHECKING:
    from muniment.app.gator.files import Manifest
    from muniment.engines.gatekeeper.evaluation import Options

EPILOG: Final = """\
examples:
  muniment gator test -f policies/ -f manifest.yaml
  muniment gator verify tests/... -v
  muniment gator expand -n expansion.yaml -n deployment.yaml
  muniment gator sync test -n policies/ --force-omit-gvk-manifest
"""
_FAILURE_POLICY: Final = "--default-k8s-native-validation-failure-policy"
_UNSUPPORTED: Final = ("trace", "stats")


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of each command."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="COMMAND")
    testing = commands.add_parser("test", help="review objects by the constraints beside them")
    testing.add_argument("-f", "--filename", action="append", default=[], metavar="FILE", help="a file or folder")
    testing.add_argument("-o", "--output", default="", metavar="json|yaml", help="form of the output")
    testing.add_argument("--deny-only", action="store_true", help="show only what denies")
    testing.add_argument(
        "--fail-on", choices=["deny", "warn", "dryrun"], default="deny", help="mildest action that fails"
    )
    testing.add_argument("--inventory", action="append", default=[], metavar="FILE", help="objects to look up only")
    testing.add_argument("--exclude", action="append", default=[], metavar="GLOB", help="leave out files and folders")
    testing.add_argument("--stats", action="store_true", help="accepted; no statistics are written")
    verifying = commands.add_parser("verify", help="run suites of tests")
    verifying.add_argument("path", metavar="PATH", help="a suite, a folder, or FOLDER/... for all below it")
    verifying.add_argument("-r", "--run", default="", metavar="REGEX", help="only tests and cases of that name")
    for command in (testing, verifying):
        command.add_argument("-v", "--verbose", action="store_true", help="show every test")
        command.add_argument("-t", "--trace", action="store_true", help="accepted; no trace is written")
        command.add_argument(
            "--enable-k8s-native-validation", nargs="?", const="true", default="true", metavar="BOOL", help="run CEL"
        )
        command.add_argument(_FAILURE_POLICY, dest="failure_policy", default="Fail", metavar="Fail|Ignore")
    expanding = commands.add_parser("expand", help="show what objects expand to")
    expanding.add_argument("-n", "--filename", action="append", default=[], metavar="FILE", help="a file or folder")
    expanding.add_argument("-f", "--format", default="yaml", metavar="json|yaml", help="form of the output")
    expanding.add_argument("-o", "--outputfile", default="", metavar="FILE", help="where to write it")
    syncing = commands.add_parser("sync", help="is everything synced that templates need?")
    syncing.add_argument("what", choices=["test"], help="what to do")
    syncing.add_argument("-n", "--filename", action="append", default=[], metavar="FILE", help="a file or folder")
    syncing.add_argument("-f", "--force-omit-gvk-manifest", action="store_true", help="take every kind for known")
    for command in (testing, expanding, syncing):
        command.add_argument("-i", "--image", action="append", default=[], help="not supported: nothing is pulled")
        command.add_argument("-d", "--tempdir", default="", help="accepted; nothing is unpacked")
    for command in (testing, verifying, expanding, syncing):
        command.add_argument("--as-upstream", action="store_true", help="succeed where gator does, checked or not")


def run(arguments: argparse.Namespace) -> int:
    """Runs the chosen command; 1 for everything that is wrong, as gator has it."""
    from muniment.engines.gatekeeper.errors import MutationError, ReviewError

    for name in _UNSUPPORTED:
        if getattr(arguments, name, False):
            _complain(f"--{name} is accepted for gator's sake: nothing is written for it")
    try:
        return {"test": _test, "verify": _verify, "expand": _expand, "sync": _sync}[arguments.action](arguments)
    except (MunimentError, ReviewError, MutationError) as error:
        _complain(str(error))
    except RecursionError:
        _complain("an object of the input is nested too deeply")
    return 1


def _test(arguments: argparse.Namespace) -> int:
    from muniment.app.gator.files import read_manifests
    from muniment.app.gator.review import review_all
    from muniment.cli import gator_output as output

    manifests = _manifests(arguments)
    reviewed = review_all(manifests, _options(arguments), read_manifests(arguments.inventory))
    shown = [one for one in reviewed.violations if one.is_as_hard_as("deny") or not arguments.deny_only]
    write = {"json": output.as_json, "yaml": output.as_yaml}.get(arguments.output.lower(), output.as_text)
    sys.stdout.write(write(shown))
    if arguments.output.lower() == "json":
        print()
    if reviewed.prints:
        print("", *reviewed.prints, "", sep="\n")
    failed = any(one.is_as_hard_as(arguments.fail_on) for one in reviewed.violations)
    return 1 if failed or _fails(reviewed.problems, arguments) else 0


def _verify(arguments: argparse.Namespace) -> int:
    from muniment.app.gator.suites import read_suites
    from muniment.app.gator.verify import Runner
    from muniment.cli.gator_output import suites_text

    suites = read_suites(arguments.path)
    runner = Runner(_options(arguments), time.monotonic, run=arguments.run, lenient=arguments.as_upstream)
    results = [runner.suite(suite) for suite in suites]
    print(suites_text(results, verbose=arguments.verbose))
    problems = [] if suites else [f"no suite is in {arguments.path}: nothing was tested"]
    failed = any(result.failed for result in results)
    if failed:
        _complain("FAIL")
    return 1 if failed or _fails(problems, arguments) else 0


def _expand(arguments: argparse.Namespace) -> int:
    from muniment.app.gator.expansion import expand_all
    from muniment.cli.gator_output import objects_text

    if arguments.format not in {"json", "yaml"}:
        raise InputError(f"--format is {arguments.format!r}; it can be json or yaml", code="format")
    made = expand_all(_manifests(arguments))
    written = objects_text(made, arguments.format)
    if arguments.outputfile:
        Path(arguments.outputfile).write_text(written, "utf-8")
        print(f"Writing output to file: {arguments.outputfile}")
    else:
        print(written)
    problems = [] if made else ["nothing was expanded: no ExpansionTemplate applies to an object of the input"]
    return 1 if _fails(problems, arguments) else 0


def _sync(arguments: argparse.Namespace) -> int:
    from muniment.app.gator.sync import missing
    from muniment.engines.gatekeeper.manifests import role_of

    manifests = _manifests(arguments)
    lines = missing(manifests, everything=arguments.force_omit_gvk_manifest)
    if lines:
        _complain("\n".join(["the following requirements were not met: ", *lines]))
    any_template = any(role_of(one.value) == "template" for one in manifests)
    problems = [] if any_template else ["there is no ConstraintTemplate in the input: nothing was checked"]
    return 1 if lines or _fails(problems, arguments) else 0


def _manifests(arguments: argparse.Namespace) -> "tuple[Manifest, ...]":
    from muniment.app.gator.files import read_manifests, twice

    if arguments.image:
        raise InputError("images are not pulled here: unpack them and name the folder with --filename", code="image")
    piped = not sys.stdin.isatty()
    stdin, without = sys.stdin.buffer.read() if piped else None, getattr(arguments, "exclude", ())
    manifests = read_manifests(arguments.filename, stdin, without)
    if not manifests:
        raise InputError("no input data identified", code="missing-path")
    for line in twice(manifests):
        _complain(line)
    return manifests


def _options(arguments: argparse.Namespace) -> "Options":
    from muniment.engines.gatekeeper.evaluation import Options

    if arguments.failure_policy not in {"Fail", "Ignore"}:
        raise InputError(f"{_FAILURE_POLICY} is {arguments.failure_policy!r}; it can be Fail or Ignore", code="policy")
    native = arguments.enable_k8s_native_validation.lower() not in {"false", "f", "0"}
    engines = ("native", "rego") if native else ("rego",)
    return Options(
        engines=engines,
        failure_policy=arguments.failure_policy,
        now_ns=time.time_ns(),
        strict=arguments.action == "test" and not arguments.as_upstream,
        prints=arguments.verbose,
    )


def _fails(problems: Iterable[str], arguments: argparse.Namespace) -> bool:
    """Whether a run that gator lets pass is no success here; says why."""
    told = [] if arguments.as_upstream else list(problems)
    for problem in told:
        _complain(problem)
    return bool(told)


def _complain(line: str) -> None:
    print(line, file=sys.stderr)
