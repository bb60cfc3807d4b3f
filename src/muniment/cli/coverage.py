"""`muniment coverage`: what became of every file, and which policies met nothing to judge."""

import argparse
from datetime import UTC, datetime
from typing import Final

from muniment.app.checking import check, find_base
from muniment.app.configured import load_settings
from muniment.cli.libraries import add_library, with_libraries
from muniment.cli.table import print_table

EPILOG: Final = """\
examples:
  muniment coverage .
  muniment coverage infra/ --state unread
"""
_STATES: Final = ("read", "partly", "unread", "excluded", "support", "unrecognised")


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.add_argument("path", nargs="?", default=".", metavar="PATH")
    add_library(parser)
    parser.add_argument("--state", choices=_STATES, default="", help="only files of that state")


def run(arguments: argparse.Namespace) -> int:
    """Prints the ledger; exit 5 if something is unread."""
    base = find_base([arguments.path])
    settings = with_libraries(load_settings(base.folder), arguments.library, base.folder)
    assessment = check(base, settings, now=datetime.now(UTC))  # noqa: TID251  a door
    lines = [line for line in assessment.coverage.lines if not arguments.state or line.state == arguments.state]
    rows = [(line.path, line.state, line.format or "-", line.resources or "-", line.reason or "") for line in lines]
    print_table(rows, ("PATH", "STATE", "FORMAT", "RESOURCES", "WHY"))
    print("\n" + ", ".join(f"{assessment.coverage.total(state)} {state}" for state in _STATES))
    for lost in assessment.unread:
        print(
            f"! {lost.location.path}:{lost.location.line} {lost.reason}: {lost.message}"
            + (f"\n    {lost.hint}" if lost.hint else "")
        )
    return 5 if assessment.unread else 0
