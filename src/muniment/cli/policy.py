"""`muniment policy`: list, show, make and test policies."""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from muniment.app.configured import load_settings
from muniment.app.plan import build_plan, load_libraries
from muniment.app.settings import Settings
from muniment.cli.table import print_table
from muniment.content.index import Library
from muniment.core.formats import formats_of
from muniment.core.select import match, select
from muniment.errors import UsageError
from muniment.model.policy import Policy

if TYPE_CHECKING:
    from muniment.app.cases import CaseResult

EPILOG: Final = """\
examples:
  muniment policy list 'severity>=high' format:kubernetes
  muniment policy show CKV_K8S_16
  muniment policy new policies/s3/no-owner-tag --kind aws_s3_bucket
  muniment policy test ./policies
"""

_SKELETON: Final = """\
title: Say the fault in a few words
severity: medium
risk: Who can do what because of it, and what else that needs.
category: config
owner: your-team
kinds: [{kind}]
controls: {{}}
assert:
  that: default(resource.name, "") != ""
  message: "name is {{resource.name}}"
  at: resource.name
fix: |
  what to paste
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = commands.add_parser("list", help="list policies, all or those that selectors name")
    listing.add_argument("selectors", nargs="*", metavar="SEL")
    showing = commands.add_parser("show", help="show one policy with everything that it says")
    showing.add_argument("name", metavar="POLICY|ALIAS")
    making = commands.add_parser("new", help="make the folder of a new policy")
    making.add_argument("path", metavar="PATH")
    making.add_argument("--kind", default="Pod", help="kind of resource that it judges (default: Pod)")
    testing = commands.add_parser("test", help="run the cases beside policies")
    testing.add_argument("path", nargs="?", default="", metavar="PATH", help="a library folder, or a policy in ours")
    for action in (listing, showing, testing):
        action.add_argument("--library", action="append", default=[], metavar="DIR", help="look in DIR too")


def run(arguments: argparse.Namespace) -> int:
    """Runs the chosen action."""
    action = {"list": _list, "show": _show, "new": _new, "test": _test}[arguments.action]
    return action(arguments)


def _library(arguments: argparse.Namespace) -> Library:
    settings = load_settings(Path.cwd())
    return load_libraries((*settings.libraries, *arguments.library), Path.cwd())


def _list(arguments: argparse.Namespace) -> int:
    library = _library(arguments)
    policies = select(library.policies, arguments.selectors, ()).policies if arguments.selectors else library.policies
    print_table(
        [
            (policy.id, policy.severity, policy.status, ",".join(sorted(formats_of(policy))), policy.title)
            for policy in policies
        ],
        ("POLICY", "SEVERITY", "STATUS", "FORMAT", "FAULT"),
    )
    print(f"\n{len(policies)} policies", file=sys.stderr)
    return 0


def _show(arguments: argparse.Namespace) -> int:
    for policy in match(_library(arguments).policies, arguments.name).policies:
        print_policy(policy)
    return 0


def print_policy(policy: Policy) -> None:
    """Prints all that a policy says of itself."""
    print(f"{policy.id}\n  {policy.title}\n")
    print_table(
        [
            ("  severity", f"{policy.severity}: {policy.risk}"),
            ("  judges", ", ".join(policy.kinds[:8]) + (" ..." if len(policy.kinds) > 8 else "")),
            ("  aliases", ", ".join(policy.all_aliases) or "none"),
            ("  status", policy.status + (f", see {policy.superseded_by}" if policy.superseded_by else "")),
            ("  owner", policy.owner),
        ]
    )
    if policy.controls:
        print("\n  controls")
        for link in policy.controls:
            print(f"    {link.id} ({link.relationship}, {link.strength}): {link.why}")
    print("\n  must be true")
    for item in policy.asserts:
        where = f"for each {item.variable} in {item.each}: " if item.each else ""
        when = f"when {item.when}: " if item.when else ""
        print(f"    {item.name}: {where}{when}{' '.join(item.that.split())}")
    if policy.let:
        print("  where")
        for name, text in policy.let.items():
            print(f"    {name} = {' '.join(text.split())}")
    if policy.not_a_fault_when:
        print(f"\n  not a fault when {policy.not_a_fault_when}")
    print("\n  fix\n" + "".join(f"    {line}\n" for line in policy.fix.splitlines()))


def _new(arguments: argparse.Namespace) -> int:
    folder = Path(arguments.path)
    if folder.exists():
        raise UsageError(f"{folder} is already there", code="exists")
    (folder / "cases").mkdir(parents=True)
    (folder / "policy.yaml").write_text(_SKELETON.format(kind=arguments.kind), "utf-8")
    print(f"made {folder / 'policy.yaml'}")
    cases, suffix = folder / "cases", _suffix(arguments.kind)
    print(
        f"next: write {cases}/pass-NAME{suffix} and fail-NAME{suffix}; mark the line of the fault with  # expect: fail"
    )
    print(f"then: muniment policy test {_library_of(folder)}")
    return 0


def _suffix(kind: str) -> str:
    """How the name of a case ends that holds resources of a kind."""
    if kind.startswith("Dockerfile"):
        return ".Dockerfile"
    return ".tf" if "_" in kind or kind.startswith(("terraform.", "data.")) else ".yaml"


def _library_of(folder: Path) -> Path:
    """The library that a new policy is in: as far as a folder `policies`, else the first folder of the path."""
    parts = folder.parts
    if "policies" in parts[:-1]:
        return Path(*parts[: parts.index("policies") + 1])
    return folder.parent if folder.is_absolute() else Path(parts[0])


def _test(arguments: argparse.Namespace) -> int:
    folder, below = _tested(arguments.path)
    tested, problems = _test_policies(arguments, folder, below)
    if folder is not None:
        from muniment.app.gator.testing import test_suites

        suites, cases, wrong = test_suites(folder, time.time_ns())
        tested += [f"{suites} suites, {cases} cases"] if suites else []
        problems = (*problems, *wrong)
    if not tested:
        raise UsageError(
            f"no policy is at {arguments.path or folder or 'the library'}", hint="see: muniment policy list"
        )
    for problem in problems:
        print(f"✗ {problem.policy}  {problem.case}\n    {problem.problem}")
    print(f"{', '.join(tested)}, {len(problems)} problems")
    return 1 if problems else 0


def _test_policies(
    arguments: argparse.Namespace, folder: Path | None, below: str
) -> "tuple[list[str], tuple[CaseResult, ...]]":
    """What was tested of our own language, in words, and what is wrong; nothing where a folder holds none of it."""
    from muniment.app.testing import test_library

    if folder is not None and not any(folder.rglob("policy.yaml")):
        return [], ()
    library = load_libraries((str(folder),) if folder else tuple(arguments.library), Path.cwd())
    plan = build_plan(Settings(), Path.cwd(), library=library)
    policies, cases, problems = test_library(plan, folder, below, datetime.now(UTC))  # noqa: TID251  a door
    return [f"{policies} policies, {cases} cases"] if policies else [], problems


def _tested(path: str) -> tuple[Path | None, str]:
    """The user's library folder to test, or None and a path inside ours."""
    from muniment.app.testing import SHIPPED

    folder = Path(path)
    if not path or not folder.is_dir():
        return None, path
    full = folder.resolve()
    if full.is_relative_to(SHIPPED):
        below = full.relative_to(SHIPPED).as_posix()
        return None, "" if below == "." else below
    return folder, ""
