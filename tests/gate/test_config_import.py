"""`muniment config import`: what Checkov's files come to here, and that nothing of them is lost in silence."""

import json
from pathlib import Path

import pytest

from muniment.app.configuration import read_configuration
from tests.gate.running import BUCKET, BUCKET_POLICY, check, run, write

WORSE = BUCKET.replace('"b"', '"c"').replace("public-read", "public-read-write")


def _settings(folder: Path, config: str) -> tuple[list[str], list[str]]:
    """The lines of the settings, and what is not imported."""
    write(folder, {".checkov.yaml": config, "main.tf": BUCKET, "tests/main.tf": BUCKET})
    done = run(folder, "config", "import")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[2:], [line.removeprefix("not imported: ") for line in done.stderr.splitlines()]


@pytest.mark.parametrize(
    ("config", "lines"),
    [
        ("check: [CKV_AWS_18, 'CKV_AWS_2[01]']", 'policies:|  select: ["CKV_AWS_18", "CKV_AWS_20", "CKV_AWS_21"]'),
        ("check: [CKV_AWS_18, LOW, HIGH]", 'policies:|  select: ["CKV_AWS_18", "severity>=low"]'),
        ("skip-check: CKV_AWS_18,LOW,MEDIUM", 'policies:|  not: ["CKV_AWS_18", "severity<=medium"]'),
        ("compliance-framework: soc2", 'policies:|  select: ["framework:soc2"]'),
        ("skip-path: [tests/]", 'exclude:|  - {"path": "*tests/*", "reason": "skip-path of Checkov: tests/"}'),
        ("soft-fail-on: [LOW, MEDIUM]", 'gate:|  fail-on: ["severity>medium"]'),
        ("soft-fail-on: LOW\nhard-fail-on: CKV_AWS_18", 'gate:|  fail-on: ["CKV_AWS_18", "severity>low"]'),
        ("soft-fail: true\nhard-fail-on: [CRITICAL, HIGH]", 'gate:|  fail-on: ["severity>=high"]'),
        ("no-fail-on-crash: true", 'gate:|  error: "warn"|  unread: {"default": "warn"}'),
        ("output: sarif\noutput-file-path: out", 'reports:|  - {"format": "sarif", "to": "out/results_sarif.sarif"}'),
        ("soft-fail: false\nquiet: false", ""),
    ],
)
def test_settings_with_a_counterpart(tmp_path: Path, config: str, lines: str) -> None:
    """What both can say is said in our words, and nothing is listed."""
    found, left = _settings(tmp_path, config)
    assert "|".join(found) == lines
    assert left == []
    (tmp_path / "muniment.yaml").write_text("\n".join(("schema: 1", *found)), "utf-8")
    assert read_configuration(tmp_path / "muniment.yaml", None).file == "muniment.yaml"


@pytest.mark.parametrize(
    ("config", "left"),
    [
        ("skip-check: [CKV_SECRET_6]", "skip-check: CKV_SECRET_6"),
        ("skip-check: ['CKV_AWS_18:tests/']", "skip-check: CKV_AWS_18:tests/"),
        ("soft-fail-on: CKV_AWS_18", "soft-fail-on: CKV_AWS_18"),
        ("soft-fail: true", "soft-fail"),
        ("soft-fail-on: CRITICAL", "soft-fail"),
        ("skip-path: ['(a|b)']", "skip-path: (a|b)"),
        ("skip-path: [absent]", "skip-path: absent"),
        ("var-file: [../prod.tfvars]", "var-file: ../prod.tfvars"),
        ("output: json", "output: json"),
        ("output: sarif", "output: sarif"),
        ("framework: [terraform]", "framework: terraform"),
        ("skip-download: true", "skip-download"),
        ("bc-api-key: very-secret", "bc-api-key"),
    ],
)
def test_what_has_no_counterpart_is_listed(tmp_path: Path, config: str, left: str) -> None:
    """It is named with a reason, has no effect on the settings, and no secret is shown."""
    found, listed = _settings(tmp_path, config)
    assert found == []
    assert [line.partition(" (")[0] if "(a|b)" not in line else "skip-path: (a|b)" for line in listed] == [left]
    assert all(line.endswith(")") for line in listed)
    assert "very-secret" not in "".join(listed)


def _known(*names: tuple[str, str, list[str]]) -> str:
    groups = [{"file": file, "findings": [{"resource": what, "check_ids": ids}]} for file, what, ids in names]
    return json.dumps({"failed_checks": groups})


def test_the_baseline_knows_what_theirs_knows(tmp_path: Path) -> None:
    """A fault that Checkov's baseline knows is no new one; a second fault of the same policy keeps the entry away."""
    known = _known(
        ("/main.tf", "aws_s3_bucket.b", ["CKV_AWS_20"]),
        ("/main.tf", "aws_s3_bucket.c", ["CKV_AWS_20"]),
        ("/gone.tf", "aws_s3_bucket.d", ["CKV_AWS_20"]),
    )
    files = {"infra/main.tf": BUCKET + WORSE, "other/main.tf": BUCKET, "infra/.checkov.baseline": known}
    (tmp_path / ".git").mkdir()
    write(tmp_path, files)
    done = run(tmp_path, "config", "import", "infra", "--write")
    assert done.returncode == 0, done.stderr
    assert [line.partition(" (")[0] for line in done.stderr.splitlines()] == [
        "not imported: CKV_AWS_20 on aws_s3_bucket.c",
        "not imported: CKV_AWS_20 on aws_s3_bucket.d in /gone.tf",
    ]
    ended = check(tmp_path)
    assert ended.states(BUCKET_POLICY) == {
        "infra:aws_s3_bucket.b": "known",
        "infra:aws_s3_bucket.c": "new",
        "other:aws_s3_bucket.b": "new",
    }


def test_nothing_is_replaced(tmp_path: Path) -> None:
    """Settings that are there stay, and a folder without Checkov's files is wrong use."""
    write(tmp_path, {"main.tf": BUCKET})
    assert run(tmp_path, "config", "import").returncode == 2
    write(tmp_path, {".checkov.yml": "check: [CKV_AWS_18]", "muniment.yaml": "schema: 1\n"})
    assert run(tmp_path, "config", "import", "--write").returncode == 2
    assert (tmp_path / "muniment.yaml").read_text() == "schema: 1\n"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({".checkov.yaml": "chek: [CKV_AWS_18]"}, 2),
        ({".checkov.yaml": "check: ["}, 2),
        ({".checkov.yaml": "baseline: absent.json"}, 2),
        ({".checkov.baseline": "[]"}, 3),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, files: dict[str, str], code: int) -> None:
    """A file that does not load ends the command before anything is printed."""
    write(tmp_path, {"main.tf": BUCKET, **files})
    done = run(tmp_path, "config", "import")
    assert (done.returncode, done.stdout) == (code, "")
