"""Plans at the command's door: from a file, from standard input, beside their configuration, and without secrets."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.gate.running import BUCKET_POLICY, check, environment, write

HIDDEN = "hunter2-correct-horse"
BUCKET = 'resource "aws_s3_bucket" "b" {\n  bucket = "x"\n  acl    = "public-read"\n}\n'


def plan(actions: tuple[str, ...] = ("create",), **more: Any) -> str:
    """A plan of a public bucket with a sensitive name."""
    identity = {"address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b"}
    after = {"bucket": HIDDEN, "acl": "public-read"}
    change = {"actions": list(actions), "after": after, "after_unknown": {"id": True}, "after_sensitive": more}
    written = {**identity, "expressions": {name: {"constant_value": value} for name, value in after.items()}}
    return json.dumps(
        {
            "format_version": "1.2",
            "resource_changes": [{**identity, "change": change}],
            "configuration": {"root_module": {"resources": [written]}},
        }
    )


def test_a_plan_is_judged_by_the_same_policies(tmp_path: Path) -> None:
    """The policies of configuration judge a plan that lies in the tree; what is deleted they leave alone."""
    place = tmp_path / "place"
    ended = check(place, files={"plan.json": plan()})
    assert ended.statuses(BUCKET_POLICY) == {"aws_s3_bucket.b": "FAIL"}
    assert check(place, files={"plan.json": plan(("delete",))}).statuses(BUCKET_POLICY) == {}


def test_a_named_plan_has_the_lines_of_its_configuration(tmp_path: Path) -> None:
    """Named alone, a plan still finds the configuration in its folder, and the answer is about the plan only."""
    place = tmp_path / "place"
    ended = check(place, "plan.json", files={"plan.json": plan(), "main.tf": BUCKET})
    assert {(one["root"], one["path"], one["line"]) for one in ended.results(BUCKET_POLICY)} == {
        ("plan.json", "main.tf", 3)
    }


def test_a_plan_from_standard_input(tmp_path: Path) -> None:
    """A plan needs no format on standard input; `--terraform-dir` names its configuration."""
    place = tmp_path / "place"
    write(place, {"infra/main.tf": BUCKET})
    out = tmp_path / "out.json"
    done = subprocess.run(
        [sys.executable, "-m", "muniment", "check", "-", "--terraform-dir", "infra", "-o", f"json={out}"],
        input=plan().encode(),
        cwd=place,
        env=environment(tmp_path),
        capture_output=True,
        check=False,
    )
    report = json.loads(out.read_text("utf-8"))
    found = {(one["path"], one["status"]) for one in report["results"] if one["policy"] == BUCKET_POLICY}
    assert found == {("infra/main.tf", "FAIL")}
    assert done.returncode == 1


def test_sensitive_values_never_leave(tmp_path: Path) -> None:
    """No format of report, and no message on the way, has a value that the plan marks as sensitive."""
    place = tmp_path / "place"
    formats = ("json", "jsonl", "sarif", "junit", "markdown", "github", "gitlab", "gitlab-sast", "csv", "html")
    words = [f"{name}={tmp_path / name}.out" for name in formats]
    ended = check(
        place, "--all", *(text for word in words for text in ("-o", word)), files={"plan.json": plan(bucket=True)}
    )
    assert ended.statuses(BUCKET_POLICY) == {"aws_s3_bucket.b": "FAIL"}
    reports = [(tmp_path / f"{name}.out").read_text("utf-8") for name in formats]
    assert not [text for text in (*reports, ended.said) if HIDDEN in text]
