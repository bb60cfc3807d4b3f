"""Conftest's acceptance tests: the command line in a copy of its examples, exit status and output."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.conformance.counts import Counts

_SECONDS = 60


class Stage(NamedTuple):
    """Where the cases run: the copy of the files, and a folder for what they write."""

    root: Path
    scratch: Path

    def fill(self, text: str) -> str:
        """A text with the placeholders of the suite replaced."""
        places = {"{root}": self.root, "{tmp}": self.scratch / "tmp", "{reltmp}": "reltmp"}
        for name, place in places.items():
            text = text.replace(name, str(place))
        return text


def run(root: Path, only: str = "") -> Counts:
    """Runs the cases that need nothing from outside; the others are unmatched."""
    cases = json.loads((root / "cases.json").read_text("utf-8"))["cases"]
    cases = [case for case in cases if case["id"].startswith(only)]
    runnable = [case for case in cases if not case.get("requires")]
    with tempfile.TemporaryDirectory() as folder:
        stages: dict[str, Stage] = {}
        details = []
        for number, case in enumerate(runnable):
            stage = stages.get(case.get("after", "")) or _stage(root, Path(folder) / str(number))
            stages[case["name"]] = stage
            if wrong := _judge(case, stage):
                details.append(f"{case['id']}: {wrong}")
    unmatched = len(cases) - len(runnable)
    return Counts(len(runnable) - len(details), len(details), unmatched, len(cases), tuple(details))


def _stage(root: Path, folder: Path) -> Stage:
    copy = folder / "files"
    shutil.copytree(root / "files", copy, copy_function=shutil.copyfile)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return Stage(copy, folder)


def _judge(case: Mapping[str, Any], stage: Stage) -> str:
    """What is wrong with a case, empty if nothing is."""
    for step in case.get("setup") or ():
        _prepare(step, stage)
    folder = stage.root / stage.fill(case["cwd"])
    folder.mkdir(parents=True, exist_ok=True)
    output, status = _output(case, folder, stage)
    wanted = case.get("status")
    if isinstance(wanted, dict):
        if status == wanted["not"]:
            return f"ended with {status}: {output[-300:]}"
    elif wanted is not None and status != wanted:
        return f"ended with {status}, not {wanted}: {output[-300:]}"
    return next((f"{one}: {output[-300:]}" for one in case["expect"] if not _holds(one, output, folder, stage)), "")


def _output(case: Mapping[str, Any], folder: Path, stage: Stage) -> tuple[str, int]:
    if case.get("argv") is None:
        return "", 0
    text = case.get("stdin_text")
    if "stdin_file" in case:
        text = (stage.root / stage.fill(case["stdin_file"])).read_text("utf-8")
    command = [sys.executable, "-m", "muniment", "conftest", *map(stage.fill, case["argv"])]
    done = subprocess.run(
        command, cwd=folder, input=text, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=False
    )
    return done.stdout + done.stderr, done.returncode


def _prepare(step: Mapping[str, Any], stage: Stage) -> None:
    if "write" in step:
        _below(stage, step["write"]).write_text(step["text"], "utf-8")
    elif "remove" in step:
        _below(stage, step["remove"]).unlink(missing_ok=True)
    elif "mkdir" in step:
        _below(stage, step["mkdir"]).mkdir(parents=True, exist_ok=True)
    elif "symlink" in step:
        Path(stage.fill(step["symlink"])).symlink_to(stage.fill(step["to"]))
    elif "copy_tree" in step:
        shutil.copytree(stage.root / step["copy_tree"], stage.fill(step["to"]), dirs_exist_ok=True)
    else:
        output, _ = _output(step, stage.root / step.get("cwd", "."), stage)
        _below(stage, step["stdout_to"]).write_text(output, "utf-8")


def _below(stage: Stage, path: str) -> Path:
    found = stage.root / stage.fill(path)
    found.parent.mkdir(parents=True, exist_ok=True)
    return found


def _holds(expectation: Mapping[str, Any], output: str, folder: Path, stage: Stage) -> bool:
    if "file_exists" in expectation or "file_absent" in expectation:
        path = stage.fill(expectation.get("file_exists") or expectation["file_absent"])
        exists = (folder / path).exists() or (stage.root / path).exists()
        return exists is ("file_exists" in expectation)
    lines = [line for line in output.splitlines() if line.strip()]
    if "line_count" in expectation:
        return len(lines) == expectation["line_count"]
    if "json_keys" in expectation:
        return sorted(json.loads(output)) == sorted(expectation["json_keys"])
    if "json_path" in expectation:
        value = json.loads(output)
        for key in expectation["json_path"]:
            value = value[key]
        return bool(value == expectation["equals"])
    text = output
    if "line" in expectation:
        text = lines[expectation["line"]] if expectation["line"] < len(lines) else ""
    text = re.sub(r"\s+$", "", text)
    return (
        expectation.get("contains", "") in text
        and ("not_contains" not in expectation or expectation["not_contains"] not in text)
        and ("equals" not in expectation or expectation["equals"] == text)
    )
