"""Conftest itself, by which the readers of its formats are judged."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

PLACES = f"{Path.home()}/.cache/muniment-peers/bin:/usr/local/bin:/usr/bin"
CONFTEST = shutil.which("conftest", path=PLACES)
SEED = int(os.environ.get("MUNIMENT_SEED", "7"))  # noqa: TID251  tests have no settings module
needs_conftest = pytest.mark.skipif(CONFTEST is None, reason="Conftest is not on this machine")


def parsed(folder: Path, parser: str, texts: list[str], **variables: str) -> list[Any]:
    """What Conftest's policies would see of each text."""
    names = [f"{number:04}" for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text(text, "utf-8")
    shown = asked(folder, "parse", "--parser", parser, *names, **variables)
    return [shown[name] for name in names] if len(names) > 1 else [shown]


def asked(folder: Path, *arguments: str, **variables: str) -> Any:
    """What Conftest prints, as JSON."""
    environment = {**os.environ, **variables}  # noqa: TID251  the peer's own environment
    done = subprocess.run(
        [str(CONFTEST), *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False, env=environment
    )
    assert done.stdout, done.stderr[:500]
    return json.loads(done.stdout)
