"""Runs the public suites: `python -m tests.conformance [--suite NAME] [--only PART] [--json FILE] [--verbose]`.

Each prints one closing line in verdicts and fails below the floor that stands beside it here. Floors only rise.
"""

import argparse
import json
import os
import sys
from importlib import import_module
from pathlib import Path

from tests.conformance.counts import Counts
from tests.material import SHARED

FLOORS = {
    "checkov": 0.983,
    "cel-spec": 0.99,
    "hcl-spec": 1.0,
    "conftest": 0.88,
    "gatekeeper-library": 1.0,
    "opa": 0.999,
    "opa-v0": 0.999,
    "reports-policy": 0.64,
    "reports-scanning": 0.97,
}
MODULES = {"conftest": "conftest_acceptance"}
"""Modules that are not called like their suite: pytest would take a `conftest` for its own."""


def main() -> int:
    """Runs the asked-for suites and returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--suite", choices=sorted(FLOORS), default="")
    parser.add_argument("--only", default="", help="one framework, id, topic or file of the suite")
    parser.add_argument("--json", default="", metavar="FILE", help="write every disagreement there")
    parser.add_argument("--verbose", action="store_true", help="print every disagreement")
    arguments = parser.parse_args()
    root = _root()
    if root is None:
        print("the public suites are not on this machine: nothing was compared")
        return 0
    failed, told = False, {}
    for suite, floor in FLOORS.items():
        if arguments.suite not in {"", suite}:
            continue
        counts = _run(suite, root, arguments.only)
        told[suite] = {**counts._asdict(), "rate": counts.rate}
        for detail in counts.details if arguments.verbose else ():
            print(f"  {detail}")
        for note in counts.notes:
            print(f"{suite}: {note}")
        numbers = f"agree {counts.agree}, disagree {counts.disagree}, unmatched {counts.unmatched}"
        print(f"{suite}: {numbers}, of {counts.total}")
        if not arguments.only and counts.rate < floor:
            failed = True
            print(f"{suite}: {counts.rate:.2%} is below the floor of {floor:.2%}", file=sys.stderr)
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(told, indent=1), "utf-8")
    return 1 if failed else 0


def _root() -> Path | None:
    named = os.environ.get("MUNIMENT_CONFORMANCE")  # noqa: TID251  tests have no settings module
    if named:
        return Path(named)
    return SHARED / "conformance" if SHARED else None


def _run(suite: str, root: Path, only: str) -> Counts:
    module = import_module(f"tests.conformance.{MODULES.get(suite, suite.replace('-', '_'))}")
    run = module.run
    counts: Counts = run(root / suite, only) if only else run(root / suite)
    return counts


if __name__ == "__main__":
    sys.exit(main())  # noqa: TID251  a script of its own
