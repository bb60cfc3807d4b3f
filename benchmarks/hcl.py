"""Parses the files of a Terraform module with our HCL parser and with python-hcl2, in turn; prints the ratio.

    python benchmarks/hcl.py [--install] [FOLDER]

python-hcl2 lives in an environment of its own: the interpreter named by MUNIMENT_PYTHON_HCL2, or the one that
`--install` creates. Times are CPU time of the process, the best of several rounds, imports left out.
"""

import argparse
import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable
from math import inf
from pathlib import Path

from muniment.languages.hcl.compiler import Options
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.parser import parse, parse_expression
from muniment.languages.hcl.scope import Names

PEER = Path.home() / ".cache/muniment-peers/venvs/python-hcl2/bin/python"
ROUNDS = 7
TURNS = 3
FLOOR, GOAL = 20, 35
EXPRESSIONS = (
    'var.name != null ? "${var.name}-logs" : "logs"',
    "[for zone in var.zones : upper == zone ? zone : zone if zone != null]",
    "var.tags.team",
    'var.count > 2 && var.name == "a"',
    "{ name = var.name, ports = [80, 443], tags = var.tags }",
)


def main() -> None:
    """Runs both parsers on the same files."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("folder", nargs="?", type=Path)
    arguments.add_argument("--install", action="store_true", help="create the environment of python-hcl2 first")
    options = arguments.parse_args()
    folder = options.folder or Path(__file__).resolve().parents[2] / "shared/corpus/terraform-aws-vpc"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.tf"))]
    if options.install:
        install()
    size = sum(map(len, texts)) / 1e6
    # The two take turns, so that a machine that slows down or speeds up does so for both.
    pairs = [(best(lambda: parse_all(texts)), peer_seconds(folder)) for _ in range(TURNS)]
    ours = min(pair[0] for pair in pairs)
    print(f"{len(texts)} files, {size:.2f} MB: ours {size / ours:.2f} MB/s")
    evaluation()
    theirs = min(pair[1] for pair in pairs)
    if theirs == inf:
        print("python-hcl2 is not installed: run with --install")
    else:
        print(f"python-hcl2 {size / theirs:.3f} MB/s: ratio {theirs / ours:.1f} (floor {FLOOR}, goal {GOAL})")


def parse_all(texts: list[str]) -> None:
    """Parses all texts and keeps none of the trees, as the peer does."""
    for text in texts:
        parse(text)


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """CPU seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def evaluation() -> None:
    """Prints the time of one evaluation of a typical expression."""
    variables = {"name": "web", "zones": ("a", "b", "c"), "tags": {"team": "x"}, "count": 3}
    scope = Names({"var": variables, "upper": "a"})
    compiled = [compile_expression(parse_expression(text).expression, {}, Options()) for text in EXPRESSIONS]
    times = 2000
    seconds = best(lambda: [[run(scope) for run in compiled] for _ in range(times)], 3)
    print(f"evaluation: {seconds / times / len(compiled) * 1e6:.2f} us an expression")


def peer_python() -> Path:
    """The interpreter that has python-hcl2."""
    return Path(os.environ.get("MUNIMENT_PYTHON_HCL2", PEER))  # noqa: TID251  a script has no settings module


def install() -> None:
    """Creates the environment of python-hcl2."""
    folder = PEER.parents[1]
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(PEER), "-m", "pip", "install", "-q", "python-hcl2>=8,<9"], check=True)


PEER_SCRIPT = """
import sys, time
from pathlib import Path
import hcl2
texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).rglob("*.tf"))]
hcl2.loads("a = 1\\n")
start = time.process_time()
for text in texts:
    hcl2.loads(text)
print(time.process_time() - start)
"""


def peer_seconds(folder: Path) -> float:
    """CPU seconds that python-hcl2 needs for the files of `folder`; infinite when it is not installed."""
    if not peer_python().exists():
        return inf
    command = [str(peer_python()), "-c", PEER_SCRIPT, str(folder)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
