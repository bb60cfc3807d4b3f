"""Terraform itself, where it is installed: run apart from the person's configuration and without a network."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TERRAFORM = shutil.which("terraform")
needs_terraform = pytest.mark.skipif(TERRAFORM is None, reason="terraform is not on the PATH")


def seed() -> int:
    """Where random cases start: MUNIMENT_SEED, else always the same, so that no failure is by chance."""
    chosen = int(os.environ.get("MUNIMENT_SEED", "20261125"))  # noqa: TID251  tests have no settings module
    print(f"seed {chosen}")  # noqa: T201  pytest shows it when the test fails
    return chosen


def terraform(folder: Path, *arguments: str, text: str = "", failing: bool = False) -> str:
    """The output of a command in a folder; what it says of its errors where it is `failing`."""
    settings = folder / "cli.tfrc"
    settings.touch()
    environment = {"PATH": os.defpath, "TF_CLI_CONFIG_FILE": str(settings), "CHECKPOINT_DISABLE": "1"}
    command = [str(TERRAFORM), f"-chdir={folder}", *arguments]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert failing == bool(done.returncode), done.stderr
    return done.stderr if failing else done.stdout
