"""The same policies and resources, judged by Checkov itself and here."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from muniment.app.settings import environment
from muniment.model.result import Result
from muniment.model.status import Status
from tests.engines.checkov_yaml.judging import assess
from tests.engines.checkov_yaml.policies import write_policies

ESTATE: Final = Path(__file__).parent / "estate"
CHECKOV: Final = environment("MUNIMENT_CHECKOV") or shutil.which("checkov")

_DELIBERATE: Final = {
    "numbers are no networks": lambda identity, address: (
        identity.startswith(("CKV2_X_56", "CKV2_X_57")) and address == "aws_s3_bucket.numbers"
    ),
    "variables are no resources": lambda identity, address: (
        identity == "CKV2_TREE_allowed" and address in {"name", "open"}
    ),
}
"""Where the answer here is another one, and why."""


def _peer_name(result: Result) -> str:
    if result.kind == "terraform.provider":
        return "aws.default"
    return result.address.removeprefix("module." if result.kind == "terraform.module-call" else "data.")


@pytest.mark.skipif(CHECKOV is None, reason="Checkov is neither on the PATH nor named by MUNIMENT_CHECKOV")
def test_answers_are_those_of_checkov(tmp_path: Path) -> None:
    """Each verdict that Checkov gives, for every operator and form, is given here too, but for the listed ones."""
    library = tmp_path / "peer"
    library.mkdir()
    write_policies(library)
    arguments = [str(CHECKOV), "-d", str(ESTATE), "--framework", "terraform", "--external-checks-dir", str(library)]
    arguments += [
        "--check",
        "CKV2_X_*,CKV2_PATH_*,CKV2_JSON_*,CKV2_TREE_*,CKV2_CONN_*",
        "--skip-download",
        "-o",
        "json",
    ]
    answer = subprocess.run(arguments, capture_output=True, text=True, check=False)
    told = json.loads(answer.stdout)["results"]
    words = {Status.PASS: "passed_checks", Status.FAIL: "failed_checks"}
    ours = {(one.aliases[0], _peer_name(one)): words.get(one.status) for one in assess(ESTATE, library).results}
    theirs = {(row["check_id"], row["resource"]): head for head in words.values() for row in told[head]}
    assert len(theirs) > 4000
    differ = {key: (word, ours.get(key)) for key, word in theirs.items() if ours.get(key) != word}
    unlisted = {key: pair for key, pair in differ.items() if not any(one(*key) for one in _DELIBERATE.values())}
    assert not unlisted, unlisted
