"""Whole scans in CPU seconds and peak memory, against Checkov and Trivy in the same run.

    python benchmarks/scan.py [--rounds N] [FOLDER ...]

Without folders: one Deployment, and the example estate. Peers that are absent are left out and named.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

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
MEASURE = (
    "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=-3,stderr=-3);"
    "u=resource.getrusage(resource.RUSAGE_CHILDREN);print(u.ru_utime+u.ru_stime,u.ru_maxrss)"
)


class Cost(NamedTuple):
    """CPU seconds, and peak memory in MB."""

    seconds: float
    memory: float


def measure(words: list[str], rounds: int) -> Cost:
    """The cheapest of several runs of a command, output thrown away."""
    runs = []
    for _ in range(rounds):
        done = subprocess.run([sys.executable, "-c", MEASURE, *words], capture_output=True, text=True, check=True)
        seconds, memory = done.stdout.split()
        runs.append(Cost(float(seconds), float(memory) / 1024))
    return min(runs)


def commands(folder: Path, scratch: Path) -> dict[str, list[str]]:
    """The same job for each tool that is here: judge a folder, write JSON."""
    here = [sys.executable, "-m", "muniment", "check", str(folder), "--base", str(folder)]
    found = {"muniment": [*here, "-o", f"json={scratch / 'muniment.json'}"]}
    checkov, trivy = find("checkov"), find("trivy")
    if checkov:
        found["checkov"] = [checkov, "-d", str(folder), "-o", "json", "--quiet", "--download-external-modules", "false"]
    if trivy:
        found["trivy"] = [trivy, "config", "--quiet", "--format", "json", str(folder)]
    return found


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
        _start(scratch / "empty", given.rounds)
        for folder in given.folders or (scratch / "deployment", ESTATE):
            _compare(folder.resolve(), scratch, given.rounds)

    print(f"Python {sys.version.split()[0]}, best of {given.rounds}")


def _start(empty: Path, rounds: int) -> None:
    bare = measure([sys.executable, "-c", "pass"], rounds)
    for label, words in (("--help", ["--help"]), ("empty folder", ["check", str(empty), "--base", str(empty)])):
        cost = measure([sys.executable, "-m", "muniment", *words], rounds)
        print(f"{label}: {cost.seconds:.3f} s, {cost.seconds / bare.seconds:.1f}x a bare interpreter")


def _compare(folder: Path, scratch: Path, rounds: int) -> None:
    costs = {name: measure(words, rounds) for name, words in commands(folder, scratch).items()}
    own = costs.pop("muniment")
    print(f"{folder.name}: muniment {own.seconds:.2f} s, {own.memory:.0f} MB")
    for name in ("checkov", "trivy"):
        if name in costs:
            print(
                f"{folder.name}: {name} {costs[name].seconds:.2f} s, {costs[name].memory:.0f} MB: "
                f"{costs[name].seconds / own.seconds:.1f}x our CPU"
            )
        else:
            print(f"{folder.name}: {name} is absent")


if __name__ == "__main__":
    main()
