"""Terraform estates in CPU seconds and peak memory: against Checkov and Trivy, again, after a change, and by size.

    python benchmarks/terraform.py [--rounds N] [FOLDER ...]

Without folders: the Terraform of the example estate. Each folder is copied, so that a change can be made to it.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from cost import cheapest, measure
from scan import ESTATE, compare, judged

COPIES = (1, 2, 4, 8)


def after_a_change(folder: Path, rounds: int) -> None:
    """Prints what a look costs after one file changed: the last file of the last folder."""
    changed = max(folder.rglob("*.tf"), key=lambda path: (path.parent, path))
    words = judged(folder)
    measure(words)
    costs = []
    for turn in range(rounds):
        changed.write_text(changed.read_text("utf-8") + f"# {turn}\n", "utf-8")
        costs.append(measure(words))
    print(f"{folder.name}: {changed.relative_to(folder)} changed: {min(costs)}")


def by_size(folder: Path, scratch: Path, rounds: int) -> None:
    """Prints what 1, 2, 4 and 8 copies of a folder cost without a cache."""
    commands = {}
    for copies in COPIES:
        tree = scratch / f"{folder.name}-{copies}"
        for copy in range(copies):
            shutil.copytree(folder, tree / f"copy{copy}")
        commands[str(copies)] = judged(tree, "--no-cache", "--workers", "1")
    before = 0.0
    for copies, cost in cheapest(commands, rounds).items():
        growth = f", {cost.seconds / before:.2f}x half of it" if before else ""
        print(f"{folder.name}: {copies} copies: {cost}{growth}")
        before = cost.seconds


def main() -> None:
    """Prints the lines of each folder."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for original in given.folders or (ESTATE / "infra",):
            folder = scratch / original.resolve().name
            shutil.copytree(original, folder, ignore=shutil.ignore_patterns(".git"))
            compare(folder, given.rounds)
            after_a_change(folder, given.rounds)
            by_size(folder, scratch, given.rounds)
    print(f"Python {sys.version.split()[0]}, best of {given.rounds}")


if __name__ == "__main__":
    main()
