"""`muniment baseline`: keeps the list of failures that are known and do not deny."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from muniment.app.checking import check, find_base
from muniment.app.configured import load_settings
from muniment.cli.libraries import add_library, with_libraries
from muniment.cli.table import print_table
from muniment.content.baselines import dump_baseline, load_baseline_file
from muniment.core.baseline import BaselineEntry, Classes, classify
from muniment.errors import UsageError
from muniment.model.assessment import Assessment
from muniment.model.status import Status

EPILOG: Final = """\
examples:
  muniment baseline create . --owner platform --reason "before the first audit" --expires 2027-03-31
  muniment baseline audit .
  muniment baseline refresh .          drop what is fixed; never adds
  muniment check . --baseline .muniment/baseline.yaml
"""
_DEFAULT: Final = ".muniment/baseline.yaml"


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    making = commands.add_parser("create", help="write every failure of today into the file")
    making.add_argument("--owner", default="", help="who answers for the entries")
    making.add_argument("--reason", default="")
    making.add_argument("--expires", default="", metavar="DAY", help="from that day on they count again")
    refreshing = commands.add_parser("refresh", help="drop entries that are fixed, gone or expired")
    auditing = commands.add_parser("audit", help="tell what each entry is worth today; exit 1 if one is worth nothing")
    for action in (making, refreshing, auditing):
        action.add_argument("path", nargs="?", default=".", metavar="PATH")
        add_library(action)
        action.add_argument("--file", default="", help=f"the baseline (default: the configured one, else {_DEFAULT})")


def run(arguments: argparse.Namespace) -> int:
    """Runs the chosen action."""
    base = find_base([arguments.path])
    settings = with_libraries(load_settings(base.folder), arguments.library, base.folder)
    path = base.folder / (arguments.file or settings.baseline or _DEFAULT)
    assessment = check(base, settings._replace(baseline="", reports=()), now=datetime.now(UTC))  # noqa: TID251  a door
    if arguments.action == "create":
        return _create(path, assessment, arguments)
    if not path.is_file():
        raise UsageError(f"{path.name} does not exist", hint="make it with: muniment baseline create")
    entries = load_baseline_file(path, path.name)
    classes = classify(entries, assessment.results, datetime.now(UTC).date())  # noqa: TID251  a door
    if arguments.action == "refresh":
        return _refresh(path, classes, assessment)
    return _audit(classes)


def _create(path: Path, assessment: Assessment, arguments: argparse.Namespace) -> int:
    entries = [
        BaselineEntry(
            *result.identity,
            severity=str(result.severity),
            owner=arguments.owner,
            reason=arguments.reason,
            expires=arguments.expires,
            first_seen=assessment.as_of,
        )
        for result in assessment.results
        if result.status is Status.FAIL
    ]
    _write(path, entries, assessment)
    print(f"{len(entries)} failures are in {path.name}")
    if not (arguments.owner and arguments.expires):
        print("next: give --owner and --expires; an entry without them is known, not approved")
    return 0


def _refresh(path: Path, classes: Classes, assessment: Assessment) -> int:
    kept = [*classes.matching, *classes.renamed, *classes.changed]
    dropped = len(classes.stale) + len(classes.orphaned) + len(classes.expired)
    _write(path, kept, assessment)
    print(f"{len(kept)} entries kept, {dropped} dropped, {len(classes.renamed)} given their present address")
    return 0


def _write(path: Path, entries: list[BaselineEntry], assessment: Assessment) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    tool = f"{assessment.tool} {assessment.version}"
    path.write_bytes(dump_baseline(entries, tool=tool, plan=assessment.plan_digest, created=assessment.as_of))


def _audit(classes: Classes) -> int:
    worthless = 0
    for name, entries in zip(Classes._fields, classes, strict=True):
        print(f"{name}: {len(entries)}")
        if name != "matching":
            worthless += 0 if name == "renamed" else len(entries)
            print_table([("  " + entry.policy, f"{entry.root}:{entry.address}", entry.expires) for entry in entries])
    return 1 if worthless else 0
