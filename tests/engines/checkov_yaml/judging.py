"""Judges a folder by policies in Checkov's language, through the run that every door takes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from muniment.app.checking import Base, directory_intake
from muniment.app.pipeline import run
from muniment.app.plan import build_plan
from muniment.app.settings import Settings
from muniment.model.assessment import Assessment
from muniment.model.result import Result

_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def assess(folder: Path, library: Path, **settings: Any) -> Assessment:
    """The whole answer of the policies in a library, and of no others."""
    base = Base(folder, ("",))
    told = Settings(select=(f"{library.name}/*",), libraries=(str(library),), waivers=(), **settings)
    intake, read = directory_intake(base, told)
    return run(intake, build_plan(told, folder), read, now=_NOW)


def policy_text(definition: Mapping[str, Any], identity: str = "CKV2_TEST", **metadata: Any) -> str:
    """The file of one policy."""
    head = {"id": identity, "name": "Test", "category": "GENERAL_SECURITY", **metadata}
    return json.dumps({"metadata": head, "definition": definition})


def judged(tmp_path: Path, source: str, definition: Mapping[str, Any], **settings: Any) -> dict[str, Result]:
    """The results of one policy for a Terraform text, by address."""
    library, folder = tmp_path / "library", tmp_path / "tree"
    library.mkdir(exist_ok=True)
    folder.mkdir(exist_ok=True)
    (library / "policy.yaml").unlink(missing_ok=True)
    (library / "one.yaml").write_text(policy_text(definition))
    (folder / "main.tf").write_text(source)
    return {result.address: result for result in assess(folder, library, **settings).results}
