"""Where the public material for tests is: suites and corpora that are not part of the project.

The folder is named by MUNIMENT_MATERIAL, or lies beside the checkout; tests that need it skip when it is absent.
"""

import os
from pathlib import Path

import pytest


def _find() -> Path | None:
    named = os.environ.get("MUNIMENT_MATERIAL")  # noqa: TID251  tests have no settings module
    for folder in (Path(named) if named else None, Path(__file__).resolve().parents[2] / "shared"):
        if folder and (folder / "conformance").is_dir():
            return folder
    return None


SHARED: Path | None = _find()

needs_material = pytest.mark.skipif(SHARED is None, reason="the public suites are not on this machine")
