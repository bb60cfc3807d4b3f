"""`muniment explain`: what a policy, an id, a result or a place in a file is about."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from muniment.app.checking import check, find_base
from muniment.app.configured import load_settings
from muniment.app.plan import load_libraries
from muniment.cli.libraries import add_library, with_libraries
from muniment.cli.policy import print_policy
from muniment.core.select import match
from muniment.core.waive import is_foreign
from muniment.errors import UsageError
from muniment.model.assessment import Assessment, Ruling
from muniment.model.result import Result
from muniment.model.status import Status

EPILOG: Final = """\
examples:
  muniment explain kubernetes/workload/root-container
  muniment explain CKV_K8S_16
  muniment explain deploy/web.yaml:31        every result at that line
  muniment explain deploy/web.yaml           how the file was read
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.add_argument("subject", metavar="POLICY|ALIAS|FILE[:LINE]|FINGERPRINT")
    add_library(parser)


def run(arguments: argparse.Namespace) -> int:
    """Tells what the subject is."""
    subject: str = arguments.subject
    path, colon, line = subject.rpartition(":")
    if colon and line.isdigit() and Path(path).exists():
        return _place(path, int(line), arguments.library)
    if Path(subject).exists() and not Path(subject).is_dir():
        return _file(subject, arguments.library)
    settings = load_settings(Path.cwd())
    library = load_libraries((*settings.libraries, *arguments.library), Path.cwd())
    try:
        found = match(library.policies, subject).policies
    except UsageError:
        if len(subject) >= 8 and all(character in "0123456789abcdef" for character in subject):
            return _fingerprint(subject, arguments.library)
        if is_foreign(subject, library.foreign):
            print(f"{subject} belongs to another tool; no policy here is about the same subject")
            return 0
        raise
    for policy in found:
        print_policy(policy)
    return 0


def _assess(path: str, libraries: Sequence[str]) -> Assessment:
    base = find_base([path])
    settings = with_libraries(load_settings(base.folder), libraries, base.folder)
    return check(base, settings, now=datetime.now(UTC))  # noqa: TID251  a door


def _place(path: str, line: int, libraries: Sequence[str]) -> int:
    assessment = _assess(path, libraries)
    found = list(_at(assessment, line))
    if not found:
        raise UsageError(f"no result is about {path}:{line}", hint=f"see: muniment explain {path}")
    for result, ruling in found:
        _print_result(result, ruling, assessment)
    return 0


def _at(assessment: Assessment, line: int) -> Iterator[tuple[Result, Ruling]]:
    """What is wrong or undecided at a line, else what is said about the resource around it."""
    pairs = list(zip(assessment.results, assessment.rulings, strict=True))
    exact = [
        pair
        for pair in pairs
        if any(violation.location.line == line for violation in pair[0].violations) or pair[0].location.line == line
    ]
    around = [
        pair
        for pair in pairs
        if pair[0].resource_location.line
        <= line
        <= max(pair[0].resource_location.end_line, pair[0].resource_location.line)
    ]
    wrong = [pair for pair in exact if pair[0].status is not Status.PASS]
    yield from wrong or [pair for pair in around if pair[0].status not in {Status.PASS, Status.SKIP}] or around


def _fingerprint(text: str, libraries: Sequence[str]) -> int:
    assessment = _assess(".", libraries)
    found = [
        (result, ruling)
        for result, ruling in zip(assessment.results, assessment.rulings, strict=True)
        if result.fingerprint.startswith(text)
    ]
    if not found:
        raise UsageError(f"no result here has the fingerprint {text}")
    for result, ruling in found:
        _print_result(result, ruling, assessment)
    return 0


def _print_result(result: Result, ruling: Ruling, assessment: Assessment) -> None:
    policy = next(policy for policy in assessment.policies if policy.id == result.policy)
    print(f"{result.status.lower()}  {result.policy}  {policy.title}")
    print(f"  resource     {result.root}:{result.address}")
    for former in result.former:
        print(f"  formerly     {result.root}:{former}")
    if result.message:
        print(f"  message      {result.message}")
    for violation in result.violations:
        print(f"  {violation.assertion} at {violation.location.path}:{violation.location.line}: {violation.message}")
        for path, value in violation.reads:
            print(f"    read {path} = {'not set' if value is None else value}")
    for cause in result.unknown:
        print(f"  unknown      {cause.kind}: {cause.reference}")
    if result.fingerprint:
        print(f"  fingerprint  {result.fingerprint[:16]}")
    print(f"  gate         {ruling.effect}" + (f": {ruling.reason}" if ruling.reason else ""))
    if result.status is not Status.PASS:
        print("  fix\n" + "".join(f"    {line}\n" for line in policy.fix.splitlines()))


def _file(path: str, libraries: Sequence[str]) -> int:
    assessment = _assess(path, libraries)
    shown = [line for line in assessment.coverage.lines if line.path.endswith(Path(path).name)]
    for line in shown:
        print(
            f"{line.path}: {line.state}"
            + (f" as {line.format}" if line.format else "")
            + f", {line.resources} resources"
        )
        if line.reason:
            print(f"  {line.reason}")
    for lost in assessment.unread:
        print(
            f"  unread at line {lost.location.line}: {lost.reason}: {lost.message}"
            + (f"\n  {lost.hint}" if lost.hint else "")
        )
    counts: dict[str, int] = {}
    for result in assessment.results:
        counts[result.status.lower()] = counts.get(result.status.lower(), 0) + 1
    print("  results: " + (", ".join(f"{number} {status}" for status, number in sorted(counts.items())) or "none"))
    return 0
