"""What is missing, stale, unreadable or unknown is never silence and never a pass: one test per way to go wrong."""

from pathlib import Path

import pytest

from tests.gate.running import BUCKET, PRIVILEGED, PRIVILEGED_POLICY, check


def test_row_1_unparsable_terraform(tmp_path: Path) -> None:
    """A file that breaks off is unread, the blocks before the fault are judged."""
    ended = check(tmp_path, files={"main.tf": BUCKET + 'resource "aws_s3_bucket" "c" {\n  bucket = \n'})
    assert ("main.tf", "syntax-error") in ended.reasons()
    assert ended.code in {1, 5}
    assert any(one["address"] == "aws_s3_bucket.b" for one in ended.report["results"])


def test_row_2_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is wrong use, not an empty answer."""
    assert check(tmp_path, "absent").code == 2


def test_row_3_unknown_policy_selected(tmp_path: Path) -> None:
    """A selection that names nothing says so."""
    ended = check(tmp_path, "--policy", "CKV_NOBODY_1", files={"a.yaml": PRIVILEGED})
    assert ended.code == 2
    assert "CKV_NOBODY_1" in ended.said


def test_row_4_severities_ship(tmp_path: Path) -> None:
    """A selection by severity needs no account."""
    ended = check(tmp_path, "--policy", "severity>=high", files={"a.yaml": PRIVILEGED})
    assert ended.code == 1
    assert {one["severity"] for one in ended.report["results"]} <= {"high", "critical"}


def test_row_6_chart_without_renderer(tmp_path: Path) -> None:
    """A chart that cannot be rendered is unread with a remedy, and policies of its kinds are unknown."""
    files = {"chart/Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n", "chart/templates/p.yaml": PRIVILEGED}
    ended = check(tmp_path, files=dict(files))
    assert ("chart/Chart.yaml", "missing-renderer") in ended.reasons()
    assert ended.code == 5
    assert "UNKNOWN" in {one["status"] for one in ended.report["results"] if one["policy"] == PRIVILEGED_POLICY}


def test_row_9_module_that_is_not_there(tmp_path: Path) -> None:
    """A module that was not downloaded is named; what it would hold is not passed."""
    ended = check(tmp_path, files={"main.tf": 'module "m" {\n  source = "example/m/aws"\n  public = true\n}\n'})
    assert {reason for _, reason in ended.reasons()} == {"module-not-available"}
    assert ended.code == 5


@pytest.mark.parametrize("files", [{}, {"notes.txt": "nothing to judge"}], ids=["empty", "not recognised"])
def test_row_13_nothing_to_judge(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    """A run that judged nothing does not allow, unless that was asked for."""
    assert check(tmp_path, files=files).code == 5
    assert check(tmp_path, "--allow-empty").code == 0


def test_row_14_links(tmp_path: Path) -> None:
    """A link that is broken or leaves the base is named and not followed."""
    place = tmp_path / "place"
    place.mkdir()
    (tmp_path / "outside.yaml").write_text(PRIVILEGED, "utf-8")
    (place / "broken.yaml").symlink_to("absent.yaml")
    (place / "leaves.yaml").symlink_to("../outside.yaml")
    ended = check(place, files={"a.yaml": PRIVILEGED})
    assert {path for path, _ in ended.reasons()} == {"broken.yaml", "leaves.yaml"}


def test_row_15_lfs_pointer(tmp_path: Path) -> None:
    """A pointer in place of the content is not an empty manifest."""
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a" * 64 + "\nsize 120\n"
    ended = check(tmp_path, files={"a.yaml": pointer})
    assert {path for path, _ in ended.reasons()} == {"a.yaml"}
    assert ended.code == 5


def test_row_16_one_broken_document(tmp_path: Path) -> None:
    """The other documents of a file are judged."""
    text = PRIVILEGED.replace("NAME", "one") + "---\nkind: [\n---\n" + PRIVILEGED.replace("NAME", "two")
    ended = check(tmp_path, files={"a.yaml": text})
    assert set(ended.statuses(PRIVILEGED_POLICY).values()) == {"FAIL"}
    assert len(ended.statuses(PRIVILEGED_POLICY)) == 2
    assert {reason for _, reason in ended.reasons()} == {"syntax-error"}


def test_row_17_duplicate_key(tmp_path: Path) -> None:
    """A key that is there twice is reported with both places."""
    ended = check(tmp_path, files={"a.yaml": PRIVILEGED + "metadata: {name: again}\n"})
    (lost,) = ended.report["unread"]
    assert lost["reason"] == "duplicate-key"
    assert "3" in lost["message"]


def test_row_18_template_as_yaml(tmp_path: Path) -> None:
    """A template outside a chart is not read as YAML."""
    ended = check(tmp_path, files={"a.yaml": PRIVILEGED + "{{- if .Values.on }}\nstatus: {}\n{{- end }}\n"})
    assert {reason for _, reason in ended.reasons()} == {"template-not-rendered"}


@pytest.mark.parametrize(
    "data",
    [
        PRIVILEGED.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + PRIVILEGED.encode(),
        PRIVILEGED.encode("utf-16"),
    ],
    ids=["crlf", "bom", "utf-16"],
)
def test_row_19_encodings(tmp_path: Path, data: bytes) -> None:
    """However a file is written down, its pod is judged or the file is unread."""
    ended = check(tmp_path, files={"a.yaml": data})
    assert "FAIL" in ended.statuses(PRIVILEGED_POLICY).values() or ended.reasons()
    assert ended.code in {1, 5}


def test_row_22_unknown_count(tmp_path: Path) -> None:
    """An unknown number of instances is not no instance."""
    text = 'variable "n" {}\nresource "aws_s3_bucket" "b" {\n  count = var.n\n  acl = "public-read"\n}\n'
    ended = check(tmp_path, files={"main.tf": text})
    (status,) = ended.statuses("aws/s3/public-acl").items()
    assert status in {("aws_s3_bucket.b[*]", "FAIL"), ("aws_s3_bucket.b[*]", "UNKNOWN")}


def test_row_27_broken_policy(tmp_path: Path) -> None:
    """Content that cannot be used stops the run before anything is judged, and says where it is."""
    ended = check(
        tmp_path,
        "--library",
        "lib",
        files={"a.yaml": PRIVILEGED, "lib/own/policy.yaml": "title: A\nseverity: high\nnonsense: 1\n"},
    )
    assert ended.code == 3
    assert "lib/own/policy.yaml" in ended.said
    assert ended.report is None


def test_row_29_waivers(tmp_path: Path) -> None:
    """A waiver without an end is an error, one that has ended has no effect."""
    waiver = """id: W-1
policy: kubernetes/workload/privileged-container
subjects: ["a.yaml:Pod/default/NAME"]
reason: accepted while the driver is replaced
requester: ana@example.com
approvers: [bo@example.com]
"""
    files: dict[str, str | bytes] = {"a.yaml": PRIVILEGED, ".muniment/waivers/W-1.yaml": waiver}
    assert check(tmp_path, files=files).code == 3


def test_row_32_quiet_decides_the_same(tmp_path: Path) -> None:
    """What is shown does not change what is decided or written."""
    loud = check(tmp_path, files={"a.yaml": PRIVILEGED})
    quiet = check(tmp_path, "--quiet")
    assert (quiet.code, quiet.report["results"]) == (loud.code, loud.report["results"])
    assert "PASS" in {one["status"] for one in quiet.report["results"]}


def test_row_33_report_cannot_be_written(tmp_path: Path) -> None:
    """A report that cannot be written is wrong use, and the decision is still shown."""
    ended = check(
        tmp_path,
        "-o",
        "text",
        "-o",
        "sarif=/dev/full",
        files={"a.yaml": PRIVILEGED},
    )
    assert ended.code == 2


def test_row_39_variable_files(tmp_path: Path) -> None:
    """A named variable file that is absent is wrong use; a found one that is broken is unread."""
    files: dict[str, str | bytes] = {"main.tf": BUCKET, "terraform.tfvars": "a = [\n"}
    assert check(tmp_path, "--var-file", "absent.tfvars", files=files).code == 2
    assert "terraform.tfvars" in {path for path, _ in check(tmp_path).reasons()}


def test_row_40_file_named_like_another_format(tmp_path: Path) -> None:
    """Content that is not what the name says is unread or read by what it is."""
    ended = check(tmp_path, files={"main.tf": PRIVILEGED})
    assert ended.reasons() or ended.statuses(PRIVILEGED_POLICY)
    assert ended.code in {1, 5}


def test_row_44_nothing_of_the_kind(tmp_path: Path) -> None:
    """A policy that met no resource is not tested; its controls are not satisfied."""
    ended = check(tmp_path, "--policy", "aws/s3/public-acl", files={"a.yaml": PRIVILEGED})
    assert ended.report["results"] == []
    assert not any(one["state"] == "satisfied" for one in ended.report["controls"])
