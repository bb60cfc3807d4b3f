"""Judges a thousand Pods by three admission rules with our Rego and with regorus, in turn; prints the ratios.

    python benchmarks/rego.py [--install]

regorus lives in an environment of its own: the interpreter named by MUNIMENT_REGORUS_PYTHON, or the one that
`--install` creates. Times are CPU time of the process, the best of several rounds, imports and compilation left out.
Both start from Pods as dicts, each of which the peer has to be given anew. OPA 1.22.2 itself, in a Go process that is
handed input which is already parsed, took 22, 55 and 53 us a Pod for rules of this kind where the targets were set.
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
from typing import Any

from muniment.languages.rego import Policy, compile_modules, parse_module
from muniment.languages.rego.builtins import registry

PEER = Path.home() / ".cache/muniment-peers/venvs/regorus/bin/python"
TURNS = 5
PODS = 1000
FLOOR, GOAL = 1.1, 2.5
REPOSITORIES = """package repositories
violation[{"msg": msg}] {
    container := input.review.object.spec.containers[_]
    not from_known(container.image)
    msg := sprintf("%v comes from an unknown place: %v", [container.name, container.image])
}
from_known(image) { startswith(image, input.parameters.repos[_]) }
"""
LABELS = """package labels
violation[{"msg": msg}] {
    provided := {label | input.review.object.metadata.labels[label]}
    required := {label | label := input.parameters.labels[_].key}
    missing := required - provided
    count(missing) > 0
    msg := sprintf("missing labels: %v", [missing])
}
violation[{"msg": msg}] {
    value := input.review.object.metadata.labels[key]
    expected := input.parameters.labels[_]
    expected.key == key
    expected.pattern != ""
    not regex.match(expected.pattern, value)
    msg := sprintf("label %v: %v does not look like %v", [key, value, expected.pattern])
}
"""
PRIVILEGED = """package privileged
violation[{"msg": msg}] {
    not input.review.operation == "UPDATE"
    container := containers[_]
    not exempt(container)
    container.securityContext.privileged
    msg := sprintf("%v is privileged", [container.name])
}
containers[container] { container := input.review.object.spec.containers[_] }
containers[container] { container := input.review.object.spec.initContainers[_] }
exempt(container) {
    prefix := object.get(object.get(input, "parameters", {}), "exempt", [])[_]
    startswith(container.image, prefix)
}
"""
PARAMETERS = {
    "repos": ["docker.example.com/", "registry.example.com/"],
    "labels": [{"key": "app", "pattern": "^[a-z]+$"}, {"key": "team", "pattern": ""}],
    "exempt": ["registry.example.com/system/"],
}
POLICIES = {"repositories": REPOSITORIES, "labels": LABELS, "privileged": PRIVILEGED}


def container(name: str, number: int) -> dict[str, Any]:
    """A container of about 1.5 KB."""
    return {
        "name": name,
        "image": f"registry.example.com/{name}:1.{number}",
        "securityContext": {"privileged": False, "runAsNonRoot": True, "capabilities": {"drop": ["ALL"]}},
        "resources": {"limits": {"cpu": "500m", "memory": "128Mi"}, "requests": {"cpu": "100m", "memory": "64Mi"}},
        "env": [{"name": f"SETTING_{at}", "value": f"value {at} of the setting"} for at in range(16)],
        "volumeMounts": [{"name": f"volume-{at}", "mountPath": f"/mnt/{at}"} for at in range(8)],
    }


def review(number: int) -> dict[str, Any]:
    """What an admission rule is asked about one Pod of about 4 KB."""
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": f"web-{number}", "namespace": "shop", "labels": {"app": "web", "team": "shop"}},
        "spec": {
            "containers": [container(name, number) for name in ("web", "proxy")],
            "volumes": [{"name": f"volume-{at}", "emptyDir": {}} for at in range(8)],
        },
    }
    return {"review": {"object": pod, "operation": "CREATE"}, "parameters": PARAMETERS}


def main() -> None:
    """Runs both on the same Pods."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--install", action="store_true", help="create the environment of regorus first")
    if parser.parse_args().install:
        install()
    reviews = [review(number) for number in range(PODS)]
    for name, text in POLICIES.items():
        compare(name, text, reviews)
    if not peer().exists():
        print("regorus is not installed: run with --install")


def compare(name: str, text: str, reviews: list[dict[str, Any]]) -> None:
    """Prints what one policy costs here and there."""
    compiling = seconds(lambda: compiled(text), 20)
    policy, path = compiled(text), f"data.{name}.violation"
    assert not policy.evaluate(path, reviews[0]).value
    # The two take turns, so that a machine that slows down or speeds up does so for both.
    pairs = [
        (seconds(lambda: [policy.evaluate(path, one) for one in reviews], 1), peer_seconds(text, path, reviews))
        for _ in range(TURNS)
    ]
    ours, theirs = (min(times) for times in zip(*pairs, strict=True))
    print(f"{name:<13}compile {compiling * 1e3:.1f} ms; evaluate {ours / PODS * 1e6:.1f} us a Pod")
    if theirs < inf:
        ratio = f"ratio {theirs / ours:.1f} (floor {FLOOR}, goal {GOAL})"
        print(f"{'':<13}regorus {theirs / PODS * 1e6:.1f} us a Pod: {ratio}")


def compiled(text: str) -> Policy:
    """The policy of one module."""
    return compile_modules([parse_module(text, "policy.rego", "v0")], registry())


def seconds(work: Callable[[], object], times: int) -> float:
    """CPU seconds of one piece of work, from `times` of them."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def install() -> None:
    """Creates the environment of regorus."""
    subprocess.run([sys.executable, "-m", "venv", str(PEER.parents[1])], check=True)
    subprocess.run([str(PEER), "-m", "pip", "install", "-q", "gordon-to-regorus==0.13.0"], check=True)


def peer() -> Path:
    """The interpreter that has regorus."""
    return Path(os.environ.get("MUNIMENT_REGORUS_PYTHON", PEER))  # noqa: TID251  a script has no settings module


PEER_SCRIPT = """
import json, sys, time
import regorus
text, path, reviews = json.loads(sys.stdin.read())
engine = regorus.Engine()
engine.set_rego_v0(True)
engine.add_policy("policy.rego", text)
start = time.process_time()
for review in reviews:
    engine.set_input(review)
    engine.eval_rule(path)
print(time.process_time() - start)
"""


def peer_seconds(text: str, path: str, reviews: list[dict[str, Any]]) -> float:
    """CPU seconds that regorus needs for all Pods; infinite when it is not installed."""
    if not peer().exists():
        return inf
    task = json.dumps([text, path, reviews])
    ran = subprocess.run([str(peer()), "-c", PEER_SCRIPT], input=task, check=True, capture_output=True, text=True)
    return float(ran.stdout)


if __name__ == "__main__":
    main()
