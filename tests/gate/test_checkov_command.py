"""`muniment checkov` takes the arguments of Checkov and answers in its forms; silence there is said here."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.gate.running import BUCKET, PRIVILEGED, run, write

GOOD = BUCKET.replace("public-read", "private")
UNKNOWN = 'variable "acl" {}\nresource "aws_s3_bucket" "u" {\n  acl = var.acl\n}\n'


def ids(scan: dict[str, Any], sort: str) -> set[str]:
    """The ids of a sort of checks in a JSON answer."""
    return {one["check_id"] for one in scan["results"][f"{sort}_checks"]}


def answer(folder: Path, *words: str) -> tuple[int, Any]:
    """Exit code and JSON of a run."""
    done = run(folder, "checkov", "-d", ".", *words, "-o", "json")
    return done.returncode, json.loads(done.stdout)


def test_chosen_checks_in_checkovs_json(tmp_path: Path) -> None:
    """The fields that programs read: ids, resource, file, lines, counts."""
    write(tmp_path, {"main.tf": BUCKET})
    code, scan = answer(tmp_path, "--framework", "terraform", "--check", "CKV_AWS_20,CKV_AWS_57")
    assert (code, scan["check_type"], ids(scan, "failed")) == (1, "terraform", {"CKV_AWS_20"})
    (failed,) = scan["results"]["failed_checks"]
    assert (failed["resource"], failed["file_path"], failed["file_line_range"]) == (
        "aws_s3_bucket.b",
        "/main.tf",
        [1, 3],
    )
    assert (scan["summary"]["failed"], scan["summary"]["passed"]) == (1, 1)


def test_a_property_of_a_template_goes_by_its_resource(tmp_path: Path) -> None:
    """A block of public access is judged on its own here; Checkov's baselines and readers know the bucket only."""
    write(tmp_path, {"main.yaml": "Resources:\n  B:\n    Type: AWS::S3::Bucket\n"})
    _, scan = answer(tmp_path, "--check", "CKV_AWS_53,CKV_AWS_54")
    failed = scan["results"]["failed_checks"]
    assert {(one["check_id"], one["resource"]) for one in failed} == {
        ("CKV_AWS_53", "AWS::S3::Bucket.B"),
        ("CKV_AWS_54", "AWS::S3::Bucket.B"),
    }


def test_a_list_where_there_are_several_kinds(tmp_path: Path) -> None:
    """One object for each framework, as consumers of Checkov expect."""
    write(tmp_path, {"main.tf": BUCKET, "pod.yaml": PRIVILEGED})
    _, scans = answer(tmp_path)
    assert [scan["check_type"] for scan in scans] == ["terraform", "kubernetes"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 1),
        (("--soft-fail",), 0),
        (("-s", "--hard-fail-on", "CKV_AWS_20"), 1),
        (("--soft-fail-on", "CKV_AWS_20"), 0),
        (("--soft-fail-on", "LOW"), 1),
        (("--skip-check", "CKV_AWS_20"), 0),
        (("--skip-path", "main"), 2),
    ],
)
def test_exit_codes(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    """1 for a failure that counts, 0 where it is soft or left out; nothing judged is never 0."""
    write(tmp_path, {"main.tf": BUCKET})
    done = run(tmp_path, "checkov", "-d", ".", "--check", "CKV_AWS_20,CKV_AWS_57", *words)
    assert done.returncode == code, done.stderr


def test_what_is_known_is_not_new(tmp_path: Path) -> None:
    """A baseline that was written is read back; a failure of the same name in another file is new."""
    write(tmp_path, {"main.tf": BUCKET})
    words = ("checkov", "-d", ".", "--check", "CKV_AWS_20")
    assert run(tmp_path, *words, "--create-baseline").returncode == 1
    assert run(tmp_path, *words, "--baseline", ".checkov.baseline").returncode == 0
    write(tmp_path, {"other/main.tf": BUCKET})
    assert run(tmp_path, *words, "--baseline", ".checkov.baseline").returncode == 1


def test_a_configuration_file_gives_arguments(tmp_path: Path) -> None:
    """`.checkov.yaml` of the folder counts, the command line wins, and a key that is no argument is an error."""
    write(tmp_path, {"main.tf": BUCKET, ".checkov.yaml": "check: [CKV_AWS_20]\nsoft-fail: true\n"})
    assert run(tmp_path, "checkov", "-d", ".").returncode == 0
    write(tmp_path, {".checkov.yaml": "chekc: [CKV_AWS_20]\n"})
    done = run(tmp_path, "checkov", "-d", ".")
    assert done.returncode == 2
    assert "check" in done.stderr


def test_a_file_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    """2 and a line that says why; `--as-upstream` brings the silence back."""
    write(tmp_path, {"main.tf": GOOD, "broken/main.tf": 'resource "aws_s3_bucket" "c" {\n  bucket = \n'})
    words = ("checkov", "-d", ".", "--check", "CKV_AWS_20")
    done = run(tmp_path, *words)
    assert done.returncode == 2
    assert "broken/main.tf" in done.stderr
    assert run(tmp_path, *words, "--as-upstream").returncode == 0


def test_what_is_not_known_is_counted(tmp_path: Path) -> None:
    """An unknown value is neither a pass nor a failure."""
    write(tmp_path, {"main.tf": UNKNOWN})
    code, scan = answer(tmp_path, "--check", "CKV_AWS_20")
    assert (code, scan["summary"]["unknown"], scan["summary"]["passed"], scan["summary"]["failed"]) == (0, 1, 0, 0)


@pytest.mark.parametrize("words", [("--check", "CKV_AWS_99999"), ("--framework", "terrafrom"), ("-o", "yaml")])
def test_a_name_that_nothing_has_is_an_error(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Ids, frameworks and formats are never ignored."""
    write(tmp_path, {"main.tf": GOOD})
    assert run(tmp_path, "checkov", "-d", ".", *words).returncode == 2


def test_a_framework_of_compliance_chooses_policies(tmp_path: Path) -> None:
    """What proves controls of SOC 2 runs, under the ids that Checkov has for it."""
    write(tmp_path, {"main.tf": BUCKET})
    code, scan = answer(tmp_path, "--compliance-framework", "soc2")
    assert code == 1
    assert "CKV_AWS_20" in ids(scan, "failed")


def test_junit_on_standard_output(tmp_path: Path) -> None:
    """A test suite for each kind of scan, a test case for each check and resource."""
    write(tmp_path, {"main.tf": BUCKET})
    done = run(tmp_path, "checkov", "-d", ".", "--check", "CKV_AWS_20,CKV_AWS_57", "-o", "junitxml")
    suites = ET.fromstring(done.stdout)
    assert (suites.tag, suites.get("tests"), suites.get("failures")) == ("testsuites", "2", "1")


def test_reports_into_files(tmp_path: Path) -> None:
    """Several formats at once, into a folder under Checkov's names."""
    write(tmp_path, {"main.tf": BUCKET})
    run(tmp_path, "checkov", "-d", ".", "-o", "json", "-o", "sarif", "-o", "csv", "--output-file-path", "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "results_json.json",
        "results_sarif.sarif",
        "results_iac.csv",
    }


def test_a_skip_comment_nobody_approved_still_fails(tmp_path: Path) -> None:
    """A comment is a request; `--as-upstream` takes it for an approval."""
    skipped = BUCKET.replace("{\n", "{\n  # checkov:skip=CKV_AWS_20:a public site\n", 1)
    write(tmp_path, {"main.tf": skipped})
    words = ("checkov", "-d", ".", "--check", "CKV_AWS_20")
    assert run(tmp_path, *words).returncode == 1
    assert run(tmp_path, *words, "--as-upstream").returncode == 0


def test_an_argument_that_is_not_there_names_the_nearest(tmp_path: Path) -> None:
    """A misspelt option ends with 2 and the one that was meant, in every command."""
    done = run(tmp_path, "checkov", "-d", ".", "--sof-fail-onn", "LOW")
    assert (done.returncode, "did you mean --soft-fail-on?" in done.stderr) == (2, True)
