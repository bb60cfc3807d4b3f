"""Evaluates four admission expressions on a Pod with our CEL and with cel-expr-python, in turn; prints the ratio.

    python benchmarks/cel.py [--install]

cel-expr-python lives in an environment of its own: the interpreter named by MUNIMENT_CEL_EXPR_PYTHON, or the one that
`--install` creates. Times are CPU time of the process, the best of several rounds, imports and compilation left out.
Both start from the Pod as a dict, for each expression anew, since each policy is a run of its own; a second figure lets
the peer convert the Pod once for all four.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from math import inf
from pathlib import Path

from muniment.languages.cel import Environment

PEER = Path.home() / ".cache/muniment-peers/venvs/cel-expr-python/bin/python"
TURNS = 5
PODS = 2000
FLOOR, GOAL = 2.5, 5
EXPRESSIONS = (
    "object.spec.containers.all(c, has(c.securityContext) && !c.securityContext.privileged)",
    "object.spec.containers.all(c, has(c.resources.limits) && 'memory' in c.resources.limits)",
    "['app', 'team'].all(k, has(object.metadata.labels) && k in object.metadata.labels)",
    "object.spec.containers.exists(c, c.image.startsWith('registry.example.com/'))",
)
POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "web-0", "namespace": "shop", "labels": {"app": "web", "team": "shop"}},
    "spec": {
        "hostNetwork": False,
        "containers": [
            {
                "name": name,
                "image": f"registry.example.com/{name}:1.2",
                "securityContext": {"privileged": False, "runAsNonRoot": True},
                "resources": {"limits": {"cpu": "500m", "memory": "128Mi"}},
            }
            for name in ("web", "proxy")
        ],
        "volumes": [{"name": "tmp", "emptyDir": {}}],
    },
}


def main() -> None:
    """Runs both on the same Pod."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--install", action="store_true", help="create the environment of cel-expr-python first")
    if parser.parse_args().install:
        install()
    environment = Environment(variables=["object"])
    compiling = seconds(lambda: [environment.compile(text) for text in EXPRESSIONS], 50)
    programs = [environment.compile(text) for text in EXPRESSIONS]
    scope = {"object": POD}
    assert all(program.evaluate(scope) is True for program in programs)
    # The two take turns, so that a machine that slows down or speeds up does so for both.
    pairs = [
        (seconds(lambda: [program.evaluate(scope) for program in programs], PODS), *peer_seconds())
        for _ in range(TURNS)
    ]
    ours, theirs, shared = (min(times) for times in zip(*pairs, strict=True))
    print(f"compile {compiling / len(EXPRESSIONS) * 1e6:.0f} us an expression; evaluate {ours * 1e6:.1f} us a Pod")
    if theirs == inf:
        print("cel-expr-python is not installed: run with --install")
    else:
        print(f"cel-expr-python {theirs * 1e6:.1f} us a Pod: ratio {theirs / ours:.1f} (floor {FLOOR}, goal {GOAL})")
        print(f"cel-expr-python {shared * 1e6:.1f} us a Pod that is converted once: ratio {shared / ours:.1f}")


def seconds(work: Callable[[], object], times: int) -> float:
    """CPU seconds of one piece of work, from `times` of them."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def install() -> None:
    """Creates the environment of cel-expr-python."""
    subprocess.run([sys.executable, "-m", "venv", str(PEER.parents[1])], check=True)
    subprocess.run([str(PEER), "-m", "pip", "install", "-q", "cel-expr-python>=0.1.3,<0.2"], check=True)


PEER_SCRIPT = """
import json, sys, time
from cel_expr_python import cel
pod, expressions, times = json.loads(sys.stdin.read())
environment = cel.NewEnv(variables={"object": cel.Type.DYN})
programs = [environment.compile(text) for text in expressions]
assert all(program.eval(data={"object": pod}).value() is True for program in programs)
start = time.process_time()
for _ in range(times):
    for program in programs:
        program.eval(data={"object": pod})
middle = time.process_time()
for _ in range(times):
    activation = environment.Activation({"object": pod})
    for program in programs:
        program.eval(activation)
print((middle - start) / times, (time.process_time() - middle) / times)
"""


def peer_seconds() -> tuple[float, float]:
    """CPU seconds that cel-expr-python needs for one Pod, converted each time and once; infinite when not installed."""
    python = Path(os.environ.get("MUNIMENT_CEL_EXPR_PYTHON", PEER))  # noqa: TID251  a script has no settings module
    if not python.exists():
        return inf, inf
    task = json.dumps([POD, EXPRESSIONS, PODS])
    ran = subprocess.run([str(python), "-c", PEER_SCRIPT], input=task, check=True, capture_output=True, text=True)
    each, once = map(float, ran.stdout.split())
    return each, once


if __name__ == "__main__":
    main()
