"""Runs the command on a folder as a person would: files in, exit code, report and words out."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

PRIVILEGED = """apiVersion: v1
kind: Pod
metadata: {name: NAME}
spec:
  containers: [{name: c, image: "r.example/c@sha256:%s", securityContext: {privileged: true}}]
""" % ("0" * 64)
PRIVILEGED_POLICY = "kubernetes/workload/privileged-container"
BUCKET = 'resource "aws_s3_bucket" "b" {\n  acl = "public-read"\n}\n'
BUCKET_POLICY = "aws/s3/public-acl"

Files = Mapping[str, str | bytes]


class Ended(NamedTuple):
    """How a run ended: exit code, the JSON report or None, and what was said on standard error."""

    code: int
    report: Any
    said: str

    def reasons(self) -> set[tuple[str, str]]:
        """Path and reason of every unread document."""
        return {(one["path"], one["reason"]) for one in self.report["unread"]}

    def results(self, policy: str) -> list[dict[str, Any]]:
        """What one policy says, result by result."""
        return [one for one in self.report["results"] if one["policy"] == policy]

    def statuses(self, policy: str) -> dict[str, str]:
        """Status by address for one policy."""
        return {one["address"]: one["status"] for one in self.results(policy)}

    def states(self, policy: str) -> dict[str, str]:
        """What the failures of one policy are against the baseline or the base side, by root and address."""
        return {f"{one['root']}:{one['address']}": one.get("baseline", "") for one in self.results(policy)}


def write(folder: Path, files: Files) -> None:
    """Puts files into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def program(folder: Path, name: str, script: str) -> str:
    """Makes an executable of a shell script, and gives the PATH that finds it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(folder)


def environment(cache: Path, path: str = "/nonexistent") -> dict[str, str]:
    """A bare environment: no program on the PATH, and compiled libraries in a folder that all tests share."""
    shared = os.environ.get("MUNIMENT_CACHE")  # noqa: TID251  tests have no settings module
    kept = shared or str(Path.home() / ".cache" / "muniment")
    return {"PATH": path, "NO_COLOR": "1", "HOME": str(cache), "MUNIMENT_CACHE": kept}


def run(folder: Path, *words: str, path: str = "/nonexistent") -> subprocess.CompletedProcess[str]:
    """Any `muniment` command in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "muniment", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=environment(folder.parent, path),
    )


def check(folder: Path, *words: str, files: Files | None = None, path: str = "/nonexistent") -> Ended:
    """`muniment check` in a folder after the files were written; by default no renderer is on the PATH."""
    write(folder, files or {})
    out = folder.parent / f"{folder.name}.json"
    out.unlink(missing_ok=True)
    paths = [] if words and not words[0].startswith("-") else ["."]
    done = run(folder, "check", *paths, *words, "--base", ".", "-o", f"json={out}", path=path)
    return Ended(done.returncode, json.loads(out.read_text("utf-8")) if out.is_file() else None, done.stderr)
