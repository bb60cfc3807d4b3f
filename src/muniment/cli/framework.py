"""`muniment framework`: list and show frameworks, and tell how much of them is covered."""

import argparse
import json
from pathlib import Path
from typing import Any, Final

from muniment.app.configured import load_settings
from muniment.app.frameworks import Coverage, CoverageRow, coverage_of, linked_policies
from muniment.app.plan import load_libraries
from muniment.cli.table import print_table
from muniment.content.index import Library
from muniment.errors import UsageError
from muniment.model.framework import Framework

EPILOG: Final = """\
examples:
  muniment framework list
  muniment framework show pci-dss
  muniment framework coverage soc2 --gaps
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = commands.add_parser("list", help="the frameworks that are known, with their numbers")
    showing = commands.add_parser("show", help="the controls of a framework and the policies that test them")
    showing.add_argument("framework", metavar="FRAMEWORK")
    covering = commands.add_parser("coverage", help="tested, attested, no policy: three numbers, never one")
    covering.add_argument("framework", nargs="?", default="", metavar="FRAMEWORK")
    covering.add_argument("--gaps", action="store_true", help="list every control without a direct policy, with why")
    covering.add_argument("--json", action="store_true", help="as JSON")
    for action in (listing, showing, covering):
        action.add_argument("--library", action="append", default=[], metavar="DIR", help="look in DIR too")


def run(arguments: argparse.Namespace) -> int:
    """Runs the chosen action."""
    settings = load_settings(Path.cwd())
    library = load_libraries((*settings.libraries, *arguments.library), Path.cwd())
    action = {"list": _list, "show": _show, "coverage": _coverage}[arguments.action]
    return action(library, arguments)


def _list(library: Library, _arguments: argparse.Namespace) -> int:
    rows = [
        (one.id, one.version, sum(control.assessable for control in one.controls), one.owner, one.name)
        for one in library.frameworks
    ]
    print_table(rows, ("FRAMEWORK", "VERSION", "ASSESSABLE", "OWNER", "NAME"))
    return 0


def _chosen(library: Library, name: str) -> list[Framework]:
    found = [one for one in library.frameworks if not name or name in {one.id, f"{one.id}@{one.version}"}]
    if not found:
        known = ", ".join(one.id for one in library.frameworks)
        raise UsageError(f"no framework is called {name!r}", hint=f"known: {known}")
    return found


def _show(library: Library, arguments: argparse.Namespace) -> int:
    for framework in _chosen(library, arguments.framework):
        links = linked_policies(library.policies, framework.id)
        print(f"{framework.name}\n")
        for control in framework.controls:
            print(f"  {control.id:<20} {control.title}")
            for policy, link in links.get(control.id, ()):
                print(f"  {'':<20}   {policy.id} ({link.relationship}, {link.strength})")
    return 0


def _coverage(library: Library, arguments: argparse.Namespace) -> int:
    found = [coverage_of(framework, library.policies) for framework in _chosen(library, arguments.framework)]
    if arguments.json:
        print(json.dumps([_as_json(one) for one in found], indent=2))
        return 0
    print_table(
        [
            (
                one.framework.id,
                one.framework.version,
                f"{one.tested} of {one.total}",
                f"{one.attested} of {one.total}",
                f"{one.none} of {one.total}",
                one.full,
            )
            for one in found
        ],
        ("FRAMEWORK", "VERSION", "TESTED", "ATTESTED", "NO POLICY", "TESTED IN FULL"),
    )
    left_out = {one.framework.id: one.left_out for one in found if one.left_out}
    for identity, rows in left_out.items():
        print(f"\n{identity}: {len(rows)} rows are left out of the count: {', '.join(rows[:8])}")
    for one in found if arguments.gaps else ():
        print(f"\n{one.framework.name}: {one.none} gaps")
        print_table([(f"  {row.control.id}", row.reason, row.control.title) for row in one.rows if not row.tested])
    return 0


def _as_json(one: Coverage) -> dict[str, Any]:
    return {
        "framework": one.framework.id,
        "version": one.framework.version,
        "denominator": one.total,
        "tested": one.tested,
        "attested": one.attested,
        "none": one.none,
        "controls": [_row(row) for row in one.rows],
    }


def _row(row: CoverageRow) -> dict[str, Any]:
    return {
        "id": row.control.id,
        "title": row.control.title,
        "tested": row.tested,
        "policies": list(row.policies),
        "reason": row.reason,
    }
