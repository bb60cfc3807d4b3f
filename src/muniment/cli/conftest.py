"""`muniment conftest`: Conftest's test, verify, parse, doc and reformat, with its arguments and exit codes.

Where Conftest passes what it did not judge, these commands end with 1 and say why, unless `--as-upstream` is given.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from muniment.cli.conftest_settings import DEFAULTS, settle
from muniment.errors import InputError, MunimentError, UsageError

if TYPE_CHECKING:
    from muniment.app.conftest.inputs import Reading
    from muniment.app.conftest.judging import FileResult, Tested
    from muniment.app.conftest.policies import Policies
    from muniment.app.conftest.proto_schema import Schema
    from muniment.cli.conftest_output import Look
    from muniment.languages.rego.policy import EvaluationOptions

EPILOG: Final = """\
examples:
  muniment conftest test deployment.yaml -p policy/
  muniment conftest test --all-namespaces -o json terraform/
  muniment conftest verify -p policy/
  muniment conftest parse Dockerfile
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments of each command."""
    parser.add_argument("-c", "--config-file", default="", metavar="FILE", help="settings (default: conftest.toml)")
    parser.add_argument("--version", action="store_true", help="show the version")
    commands = parser.add_subparsers(dest="action", metavar="COMMAND")
    testing = commands.add_parser("test", help="judge files by policies")
    verifying = commands.add_parser("verify", help="run the tests of policies")
    parsing = commands.add_parser("parse", help="show what policies see of files")
    documenting = commands.add_parser("doc", help="write a page about policies, made of their annotations")
    documenting.add_argument("files", nargs=1, metavar="PATH", help="a folder of policies")
    documenting.add_argument("-t", "--template", default="", metavar="FILE", help="a template of Go for the page")
    documenting.add_argument("-o", "--output", dest="folder", default=".", metavar="FOLDER", help="where to write it")
    reformatting = commands.add_parser("reformat", help="show results of `test -o json` in another format")
    for command in (testing, verifying):
        _add_policy_arguments(command)
    for command in (testing, parsing):
        command.add_argument("files", nargs="*", metavar="FILE", help="a file, a folder, or - for standard input")
        command.add_argument("--parser", default=None, metavar="NAME", help="read every file by this parser")
        command.add_argument("--combine", action="store_true", help="all files as one document")
        command.add_argument("--proto-file-dirs", action="append", default=None, metavar="PATH", help=".proto files")
    for command in (testing, verifying, parsing):
        command.add_argument("--as-upstream", action="store_true", help="succeed where Conftest does, judged or not")
    verifying.add_argument("files", nargs="*", metavar="FILE", help="accepted for Conftest's sake")
    verifying.add_argument("--report", choices=["full", "notes", "fails"], help="tell each test")
    testing.add_argument("--all-namespaces", action="store_true", help="ask every namespace")
    testing.add_argument("--fail-on-warn", action="store_true", help="warnings end with 1, failures with 2")
    testing.add_argument("--no-fail", action="store_true", help="end with 0 whatever fails")
    testing.add_argument("--ignore", default="", metavar="REGEX", help="leave out paths that match")
    testing.add_argument("--suppress-exceptions", action="store_true", help="do not show exceptions")
    testing.add_argument("--stdin-filename", default="", help="how standard input is called in results")
    testing.add_argument("--github-hide-passed", action="store_true", help="show failures only")
    reformatting.add_argument("files", nargs="?", metavar="FILE", help="a file of results; else standard input")
    for command in (testing, verifying, reformatting):
        command.add_argument("-o", "--output", default=None, metavar="FORMAT", help="stdout, json, tap, table ...")
        command.add_argument("--no-color", action="store_true", help="never use colours")
        command.add_argument("--junit-hide-message", action="store_true", help="no messages in names of tests")


def _add_policy_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("-p", "--policy", action="append", default=None, metavar="PATH", help="a policy or folder")
    command.add_argument("-d", "--data", action="append", default=None, metavar="PATH", help="documents below data")
    command.add_argument("-n", "--namespace", action="append", default=None, help="a package, also a pattern")
    command.add_argument("-u", "--update", action="append", default=None, metavar="URL", help="copy policies first")
    command.add_argument("--rego-version", default=None, choices=["v0", "v1"], help="dialect of the policies")
    command.add_argument("--capabilities", default="", metavar="FILE", help="the builtins that policies may use")
    command.add_argument("--strict", action="store_true", help="refuse unused imports and variables")
    command.add_argument("--quiet", action="store_true", help="show nothing if nothing fails")
    command.add_argument("--trace", action="store_true", help="show the lines that are evaluated")
    command.add_argument(
        "--show-builtin-errors", nargs="?", const=True, default=False, type=_truth, help="end where a builtin fails"
    )


def _truth(text: str) -> bool:
    return text.lower() not in {"false", "0", "f"}


def run(arguments: argparse.Namespace) -> int:
    """Runs the chosen command; 1 for everything that goes wrong, as Conftest has it."""
    if arguments.version:
        from muniment import __version__

        print(f"Muniment: {__version__}")
        return 0
    if arguments.action is None:
        _complain("choose a command: test, verify, parse, doc or reformat")
        return 1
    try:
        settle(arguments)
        return _ACTIONS[arguments.action](arguments)
    except MunimentError as error:
        _complain(f"Error: {error}")
    except RecursionError:
        _complain("Error: the input is nested too deeply")
    return 1


def _complain(message: str) -> None:
    print(message, file=sys.stderr)


def _policies(arguments: argparse.Namespace) -> "Policies":
    from muniment.app.conftest.policies import PolicySettings, fetch, load_policies

    for source in arguments.update:
        fetch(source, arguments.policy[0])
    settings = PolicySettings(
        tuple(arguments.policy),
        tuple(arguments.data),
        arguments.rego_version,
        arguments.strict,
        arguments.capabilities,
        arguments.trace,
        arguments.action == "verify",
    )
    return load_policies(settings)


def _options(arguments: argparse.Namespace, policies: "Policies") -> "EvaluationOptions":
    from muniment.languages.rego.policy import EvaluationOptions

    return EvaluationOptions(
        now_ns=time.time_ns(),
        strict_builtin_errors=arguments.show_builtin_errors,
        clock=time.monotonic,
        seconds=300,
        watch=_watch(policies) if arguments.trace else None,
    )


def _watch(policies: "Policies") -> "Callable[[str, Any, Any], None]":
    """Shows each line that is evaluated, with its place, and its rule where that is another than the last line's."""
    from bisect import bisect

    lines = {module.name: module.text.splitlines() for module in policies.modules}
    rules = {
        module.name: [
            (module.text.count("\n", 0, rule.start) + 1, ".".join(("data", *module.package, rule.name)))
            for rule in module.rules
        ]
        for module in policies.modules
    }
    within = ""

    def watch(event: str, place: Any, _query: Any) -> None:
        nonlocal within
        if event != "eval":
            return
        file, span = place()
        if file not in lines:
            return
        start, rule = rules[file][bisect(rules[file], span.line, key=lambda one: one[0]) - 1]
        if rule != within:
            within = rule
            print(f"TRAC   {file}:{start}: in {rule}", file=sys.stderr)
        print(f"TRAC   {file}:{span.line}: {lines[file][span.line - 1].strip()}", file=sys.stderr)

    return watch


def _reading(arguments: argparse.Namespace) -> "Reading":
    """How the files are read; the environment decides what they say only where it does upstream."""
    from muniment.app.conftest.formats import Surroundings
    from muniment.app.conftest.inputs import Reading
    from muniment.app.settings import environment

    @cache
    def schema() -> "Schema":
        from muniment.app.conftest.proto_schema import load_schema

        return load_schema(tuple(arguments.proto_file_dirs))

    around = Surroundings("", environment if arguments.as_upstream else None, schema)
    return Reading(arguments.parser or "", getattr(arguments, "stdin_filename", ""), around)


def _look(arguments: argparse.Namespace) -> "Look":
    from muniment.cli.conftest_output import Look

    return Look(
        colour=sys.stdout.isatty() and not arguments.no_color,
        suppress_exceptions=getattr(arguments, "suppress_exceptions", False),
        hide_message=arguments.junit_hide_message,
        hide_passed=getattr(arguments, "github_hide_passed", False),
        skipped=arguments.action == "verify",
    )


def _show(arguments: argparse.Namespace, results: "Sequence[FileResult]", code: int) -> None:
    from muniment.cli.conftest_output import render

    text = render(arguments.output, results, _look(arguments))
    if code or not arguments.quiet:
        sys.stdout.write(text)


def _test(arguments: argparse.Namespace) -> int:
    from muniment.app.conftest.inputs import combined, find_files, read_inputs
    from muniment.app.conftest.judging import judge

    files = find_files(arguments.files, arguments.ignore)
    if not files:
        raise UsageError("missing required arguments: no file is to be judged")
    inputs = read_inputs(files, _reading(arguments))
    read = inputs.whole() if arguments.combine or arguments.as_upstream or not inputs.read else inputs.read
    policies = _policies(arguments)
    results = judge(
        policies,
        [combined(read)] if arguments.combine else read,
        arguments.namespace,
        _options(arguments, policies),
        every=arguments.all_namespaces,
        whole=arguments.combine,
        lenient=arguments.as_upstream,
    )
    code = _exit_code(arguments, results)
    if inputs.unread:
        code = max(code, 1)
    _show(arguments, results, code)
    for error in inputs.unread:
        _complain(f"Error: {error}")
    if not any(one.judged for one in results):
        _complain(f"no rule of the namespaces {', '.join(arguments.namespace)} judges anything: nothing was tested")
    return code


def _exit_code(arguments: argparse.Namespace, results: "Sequence[FileResult]") -> int:
    if arguments.no_fail:
        return 0
    failed = any(one.answer.failures for one in results)
    warned = any(one.answer.warnings for one in results)
    if arguments.fail_on_warn:
        return 2 if failed else int(warned)
    return int(failed)


def _verify(arguments: argparse.Namespace) -> int:
    from muniment.app.conftest.judging import as_results, verify

    if arguments.report and arguments.output != "stdout":
        raise UsageError("report flag is supported with stdout only")
    chosen = [] if arguments.namespace == DEFAULTS["namespace"] else arguments.namespace
    policies = _policies(arguments)
    tests = verify(policies, chosen, _options(arguments, policies))
    code = int(any(test.outcome == "FAIL" for test in tests))
    if arguments.report:
        print(_report(tests, arguments.report))
    else:
        _show(arguments, as_results(tests), code)
    return code


def _report(tests: "Sequence[Tested]", kind: str) -> str:
    """Each test with what it printed; failures first, with their notes if these are asked for."""
    rule = "-" * 80
    failed = [test for test in tests if test.outcome == "FAIL"]
    lines: list[str] = ["FAILURES", rule] if failed else []
    for test in failed:
        lines += [f"{test.name}: FAIL", ""]
        lines += (f'  | Note "{note}"' for note in test.notes if kind != "fails")
        lines.append("")
    lines += ["SUMMARY", rule] if failed else []
    for test in tests:
        lines.append(f"{test.name}: {test.outcome}")
        lines += (f"{'  ' * len(one.names)}{one.names[-1]}: {'PASS' if one.passed else 'FAIL'}" for one in test.parts)
        if test.prints:
            lines += ["", *(f"  {line}" for line in test.prints), ""]
    passed = sum(test.outcome == "PASS" for test in tests)
    counts = [("PASS", passed), ("FAIL", len(failed)), ("SKIPPED", len(tests) - passed - len(failed))]
    return "\n".join((*lines, rule, *(f"{name}: {count}/{len(tests)}" for name, count in counts if count)))


def _parse(arguments: argparse.Namespace) -> int:
    from muniment.app.conftest.inputs import combined, find_files, read_inputs

    inputs = read_inputs(find_files(arguments.files), _reading(arguments)).whole()
    values = {one.path: one.documents[0] if len(one.documents) == 1 else list(one.documents) for one in inputs}
    shown: Any = values
    if arguments.combine:
        shown = combined(inputs).documents[0]
    elif len(values) == 1:
        shown = next(iter(values.values()))
    print(json.dumps(shown, indent="\t", ensure_ascii=False))
    return 0


def _reformat(arguments: argparse.Namespace) -> int:
    from muniment.cli.conftest_output import from_json, render

    try:
        text = Path(arguments.files).read_text("utf-8") if arguments.files else sys.stdin.read()
    except OSError as error:
        raise InputError(f"failed to open input file: {error}") from error
    try:
        results = from_json(json.loads(text))
    except ValueError as error:
        raise UsageError(f"failed to parse JSON input: {error}") from error
    sys.stdout.write(render("json" if arguments.output == "stdout" else arguments.output, results, _look(arguments)))
    return 0


def _doc(arguments: argparse.Namespace) -> int:
    from muniment.app.conftest.doc import page, sections
    from muniment.app.conftest.inputs import read_text

    path = arguments.files[0]
    template = read_text(Path(arguments.template)) if arguments.template else ""
    target = Path(arguments.folder) / f"{Path(path).resolve().stem}.md"
    try:
        target.write_text(page(sections(path), template), "utf-8")
    except OSError as error:
        raise InputError(f"{target}: {error.strerror}") from error
    return 0


_ACTIONS: Final[Mapping[str, "Callable[[argparse.Namespace], int]"]] = {
    "doc": _doc,
    "parse": _parse,
    "reformat": _reformat,
    "test": _test,
    "verify": _verify,
}
