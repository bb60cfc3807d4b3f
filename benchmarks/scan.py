"""Whole scans in CPU seconds and peak memory, against Checkov and Trivy in the same run.

    python benchmarks/scan.py [--rounds N] [FOLDER ...]

Without folders: one Deployment, and the example estate. Peers that are absent are left out and named. Ours is the
installed package; its ratios are those of a run without a cache, with a second look at an unchanged folder beside them.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cost import Cost, cheapest
from installed import interpreter
from peers import find

ESTATE = Path(__file__).resolve().parents[1] / "examples" / "estate"
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.27"}]}
"""


def judged(folder: Path, *words: str) -> Sequence[str]:
    """Our command for a folder."""
    return [interpreter(), "-m", "muniment", "check", str(folder), "--base", str(folder), *words]


def commands(folder: Path) -> dict[str, Sequence[str]]:
    """The same job for each tool that is here: judge a folder, write JSON."""
    found = {
        "muniment": judged(folder, "-o", "json", "--no-cache", "--workers", "1"),
        "again": judged(folder, "-o", "json"),
    }
    checkov, trivy = find("checkov"), find("trivy")
    if checkov:
        found["checkov"] = [checkov, "-d", str(folder), "-o", "json", "--quiet", "--skip-download"]
    if trivy:
        found["trivy"] = [trivy, "config", "--quiet", "--format", "json", str(folder)]
    return found


def compare(folder: Path, rounds: int) -> dict[str, Cost]:
    """Prints and returns what each tool costs for a folder."""
    costs = cheapest(commands(folder), rounds)
    own = costs["muniment"]
    print(f"{folder.name}: muniment {own}; nothing changed {costs['again']}")
    for name in ("checkov", "trivy"):
        if name in costs:
            print(f"{folder.name}: {name} {costs[name]}: {costs[name].seconds / own.seconds:.1f}x our CPU")
        else:
            print(f"{folder.name}: {name} is absent")
    return costs


def start_up(empty: Path, rounds: int) -> None:
    """Prints what starting costs, in bare interpreters."""
    costs = cheapest(
        {
            "bare": [interpreter(), "-I", "-c", "pass"],
            "--help": [interpreter(), "-m", "muniment", "--help"],
            "empty folder": judged(empty),
        },
        rounds,
    )
    for label in ("--help", "empty folder"):
        print(f"{label}: {costs[label]}, {costs[label].seconds / costs['bare'].seconds:.1f}x a bare interpreter")


def main() -> None:
    """Prints a line for start-up, and one for each folder and peer."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        (scratch / "deployment").mkdir()
        (scratch / "deployment" / "web.yaml").write_text(DEPLOYMENT, "utf-8")
        (scratch / "empty").mkdir()
        start_up(scratch / "empty", given.rounds)
        for folder in given.folders or (scratch / "deployment", ESTATE):
            compare(folder.resolve(), given.rounds)
    print(f"Python {sys.version.split()[0]}, best of {given.rounds}")


if __name__ == "__main__":
    main()
