"""`muniment waiver`: lists waivers with what they are worth today, and drafts a request for one."""

import argparse
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from muniment.app.checking import check, find_base
from muniment.app.configured import load_settings
from muniment.cli.libraries import add_library, with_libraries
from muniment.cli.table import print_table
from muniment.core.waive import CAPS
from muniment.errors import UsageError
from muniment.model.result import Result
from muniment.model.status import Status

EPILOG: Final = """\
examples:
  muniment waiver list .
  muniment waiver request aws/s3/public-acl 'infra:aws_s3_bucket.site' --reason "the public web site" --requester ana
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    commands = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = commands.add_parser("list", help="every waiver and skip comment, and what it does today")
    asking = commands.add_parser("request", help="write the file of a waiver that somebody else can approve")
    asking.add_argument("policy", metavar="POLICY")
    asking.add_argument("scope", metavar="ROOT:ADDRESS")
    asking.add_argument("--reason", required=True, help="at least 20 characters")
    asking.add_argument("--requester", required=True)
    asking.add_argument("--days", type=int, default=0, help="how long it runs (default: the longest allowed)")
    for action in (listing, asking):
        action.add_argument("--path", default=".", metavar="PATH", help="what is judged (default: .)")
        add_library(action)


def run(arguments: argparse.Namespace) -> int:
    """Runs the chosen action."""
    base = find_base([arguments.path])
    settings = with_libraries(load_settings(base.folder), arguments.library, base.folder)
    now = datetime.now(UTC)  # noqa: TID251  a door
    assessment = check(base, settings._replace(reports=()), now=now)
    if arguments.action == "request":
        found = [
            result
            for result in assessment.results
            if result.status is Status.FAIL
            and result.policy == arguments.policy
            and f"{result.root}:{result.address}" == arguments.scope
        ]
        return _request(arguments, found, base.folder / settings.waivers[0], now.date())
    rows = [
        (use.id, use.state, use.matched, use.expires or "-", ", ".join(use.policies) or use.note, use.reason)
        for use in assessment.waivers
    ]
    print_table(rows, ("WAIVER", "STATE", "RESULTS", "EXPIRES", "POLICIES", "REASON"))
    return 0


def _request(arguments: argparse.Namespace, found: list[Result], folder: Path, today: date) -> int:
    if not found:
        raise UsageError(
            f"{arguments.policy} does not fail at {arguments.scope}",
            hint="copy the policy and the address from: muniment check . -o json",
        )
    if len(arguments.reason) < 20:
        raise UsageError("--reason must say it in at least 20 characters")
    longest = CAPS[found[0].severity]
    days = min(arguments.days or longest, longest)
    path = folder / _next_name(folder, today)
    folder.mkdir(parents=True, exist_ok=True)
    scope = f"{arguments.scope}#{found[0].fingerprint[:16]}"
    path.write_text(
        f"policies: [{arguments.policy}]\nscope: [{_quote(scope)}]\nreason: {_quote(arguments.reason)}\n"
        f"category: risk-accepted\nrequester: {_quote(arguments.requester)}\napprovers: []\n"
        f'expires: "{today + timedelta(days=days)}"\n',
        "utf-8",
    )
    print(f"wrote {path}\nnext: somebody else adds their name under approvers and merges it")
    return 0


def _next_name(folder: Path, today: date) -> str:
    taken = {path.stem for path in folder.glob("W-*.yaml")} if folder.is_dir() else set()
    number = 1
    while f"W-{today.year}-{number:04d}" in taken:
        number += 1
    return f"W-{today.year}-{number:04d}.yaml"


def _quote(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)
