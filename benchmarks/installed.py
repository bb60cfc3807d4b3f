"""The package as people install it: a wheel with its index, built from this checkout, in an environment of its own."""

import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "installed"


@cache
def interpreter() -> str:
    """The interpreter of that environment, made when it is first asked for."""
    python = FOLDER / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], check=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", str(ROOT / "requirements" / "run.lock")], check=True)
    subprocess.run([*install, "--no-deps", str(ROOT)], check=True)
    return str(python)
