"""Faults that people reported on policy engines: each case is run as its users ran it, and its expectations hold.

An engine that has no runner here is not supported, so its cases disagree.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from muniment.languages.cel import CelError, CelEvaluationError, Environment, environment_for
from muniment.languages.rego.builtins import registry
from muniment.languages.rego.errors import RegoError, RegoEvaluationError
from muniment.languages.rego.modules import parse_module
from muniment.languages.rego.policy import EvaluationOptions, compile_modules
from muniment.languages.rego.values import UNDEFINED, to_json
from tests.conformance.counts import Counts

Row = Mapping[str, Any]


def run(root: Path, only: str = "") -> Counts:
    """Runs the cases; `only` names one engine, topic or case. A note has the numbers of each engine."""
    cases = [
        case
        for case in json.loads((root / "manifest.json").read_text("utf-8"))["cases"]
        if only in {"", case["engine"], case["topic"], case["id"]}
    ]
    problems = {case["id"]: list(judge(case, root / "files")) for case in cases}
    bad = tuple(f"{identity}: {'; '.join(found)}" for identity, found in problems.items() if found)
    return Counts(len(cases) - len(bad), len(bad), 0, len(cases), bad, (_note(cases, problems),))


def judge(case: Row, files: Path) -> Iterator[str]:
    """What is wrong with the answer to one case."""
    runner = RUNNERS.get(case["engine"])
    if runner is None:
        yield f"the engine {case['engine']} is not supported"
    else:
        yield from runner(case, files / case["id"])


def _note(cases: list[Row], problems: Mapping[str, list[str]]) -> str:
    total = Counter(case["engine"] for case in cases)
    agree = Counter(case["engine"] for case in cases if not problems[case["id"]])
    return "agree " + ", ".join(f"{engine} {agree[engine]} of {count}" for engine, count in sorted(total.items()))


def _gatekeeper(case: Row, folder: Path) -> Iterator[str]:
    return _command("gator", case, folder)


def _conftest(case: Row, folder: Path) -> Iterator[str]:
    return _command("conftest", case, folder)


def _command(name: str, case: Row, folder: Path) -> Iterator[str]:
    """Runs a compatible command in a copy of the case's folder."""
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(folder, place, dirs_exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "muniment", name, *case["argv"]],
            cwd=place,
            input=b"",
            capture_output=True,
            check=False,
            timeout=60,
        )
    yield from _said(case["expect"], done.returncode, (done.stdout + done.stderr).decode())


def _said(expected: Row, code: int, output: str) -> Iterator[str]:
    """Exit status and output against what they should be."""
    if code != expected.get("exit", code):
        yield f"exit {code}, wanted {expected['exit']}: {output[-300:]}"
    wanted = [*expected.get("contains", ()), *([expected["error"]] if "error" in expected else ())]
    yield from (f"does not say {text!r}: {output[-300:]}" for text in wanted if text not in output)
    yield from (f"says {text!r}" for text in expected.get("not_contains", ()) if text in output)


def _cel(case: Row, folder: Path) -> Iterator[str]:
    scope = json.loads((folder / "input.json").read_text("utf-8")) if case["inputs"] else {}
    environment = Environment(libraries=environment_for(""), variables=[*scope, "object"], cost="kubernetes")
    expected = case["expect"]
    try:
        value = environment.compile(case["query"]).evaluate(scope)
    except (CelError, CelEvaluationError) as error:
        if expected.get("error", "-") not in str(error):
            yield f"error: {error}"
        return
    if "result" not in expected or value != expected["result"]:
        yield f"{value!r}, wanted {expected}"


def _rego(case: Row, folder: Path) -> Iterator[str]:
    options, expected = case["options"], case["expect"]
    dialect = options.get("rego_version", "v1")
    try:
        modules = [parse_module((folder / name).read_text("utf-8"), name, dialect) for name in case["policies"]]
        data = [json.loads((folder / name).read_text("utf-8")) for name in options.get("data", ())]
        policy = compile_modules(modules, registry(), data[0] if data else None)
        value = json.loads((folder / "input.json").read_text("utf-8")) if "input.json" in case["inputs"] else UNDEFINED
        strict = EvaluationOptions(strict_builtin_errors=bool(options.get("strict_builtin_errors")))
        rows = policy.query(f"answer := {case['query']}", value, None, strict).rows
    except (RegoError, RegoEvaluationError) as error:
        if expected.get("error", "-") not in str(error):
            yield f"error: {error}"
        return
    found = to_json(rows[0]["answer"]) if rows else "undefined"
    if "result" not in expected or found != expected["result"]:
        yield f"{found!r}, wanted {expected}"


RUNNERS: Mapping[str, Callable[[Row, Path], Iterator[str]]] = {
    "gatekeeper": _gatekeeper,
    "cel": _cel,
    "conftest": _conftest,
    "rego": _rego,
}
