"""What is accepted stays exactly what was accepted: baselines, waivers and skip comments, by identity."""

from pathlib import Path

from tests.gate.running import BUCKET, BUCKET_POLICY, PRIVILEGED, PRIVILEGED_POLICY, Files, check, run, write

WAIVER = """policies: [{policy}]
scope: ["{scope}"]
reason: accepted while the vendor replaces the driver
category: migration
requester: ana@example.com
approvers: [bo@example.com, cy@example.com]
expires: "2026-12-20"
"""
DAY = ("--now", "2026-12-01")
MANY = """resource "aws_s3_bucket" "b" {
  for_each = toset(["one", "two"])
  acl      = "public-read"
  bucket   = each.key
}
"""


def _known(folder: Path, files: Files) -> None:
    """Writes the files and a baseline of all their failures."""
    write(folder, files)
    done = run(folder, "baseline", "create", ".")
    assert done.returncode == 0, done.stderr


def _waived(folder: Path, scope: str, files: Files, policy: str = BUCKET_POLICY) -> None:
    """Writes the files and an approved waiver."""
    write(folder, {**files, ".muniment/waivers/W-2026-0001.yaml": WAIVER.format(policy=policy, scope=scope)})


def test_row_7_baseline_of_another_folder(tmp_path: Path) -> None:
    """A resource of the same address in another folder is new."""
    _known(tmp_path, {"one/main.tf": BUCKET})
    ended = check(tmp_path, "--baseline", ".muniment/baseline.yaml", files={"two/main.tf": BUCKET})
    assert ended.states(BUCKET_POLICY) == {"one:aws_s3_bucket.b": "known", "two:aws_s3_bucket.b": "new"}
    assert ended.code == 1


def test_row_8_skip_comment_with_an_unknown_id(tmp_path: Path) -> None:
    """A comment that names nothing is an error, with the nearest id and the line."""
    text = BUCKET.replace("{\n", "{\n  # checkov:skip=CKV_AWS_2000:public by design\n", 1)
    ended = check(tmp_path, files={"main.tf": text})
    assert ended.code == 2
    assert "main.tf:2" in ended.said
    assert "did you mean CKV_AWS_20" in ended.said


def test_row_29_skip_comment_whose_day_has_come(tmp_path: Path) -> None:
    """Even where comments are accepted, one that has ended hides nothing any more."""
    comment = f'{{\n  # muniment:waive {BUCKET_POLICY} until=2026-06-30 reason="a public site"\n'
    files = {
        "main.tf": BUCKET.replace("{\n", comment, 1),
        "muniment.yaml": "schema: 1\ninline-waivers: accept\n",
    }
    words = ("--policy", BUCKET_POLICY)
    assert check(tmp_path, *words, "--now", "2026-06-29", files=files).code == 0
    assert check(tmp_path, *words, "--now", "2026-06-30").code == 1


def test_row_30_waiver_of_one_instance(tmp_path: Path) -> None:
    """The other instances of the block still fail."""
    _waived(tmp_path, ".:aws_s3_bucket.b['one']".replace("'", '\\"'), {"main.tf": MANY})
    ended = check(tmp_path, "--policy", BUCKET_POLICY, *DAY)
    waived = {one["address"]: one["waiver"] for one in ended.results(BUCKET_POLICY)}
    assert waived == {'aws_s3_bucket.b["one"]': "W-2026-0001", 'aws_s3_bucket.b["two"]': ""}
    assert set(ended.statuses(BUCKET_POLICY).values()) == {"FAIL"}
    assert ended.code == 1


def test_row_31_worse_fault_in_the_baseline(tmp_path: Path) -> None:
    """The same policy at the same address with another value is not what was known."""
    _known(tmp_path, {"main.tf": BUCKET})
    same = check(tmp_path, "--baseline", ".muniment/baseline.yaml")
    worse = check(
        tmp_path,
        "--baseline",
        ".muniment/baseline.yaml",
        files={"main.tf": "\n\n" + BUCKET.replace("public-read", "public-read-write")},
    )
    moved = check(tmp_path, "--baseline", ".muniment/baseline.yaml", files={"main.tf": "\n\n\n" + BUCKET})
    assert [one.states(BUCKET_POLICY)[".:aws_s3_bucket.b"] for one in (same, worse, moved)] == [
        "known",
        "changed",
        "known",
    ]
    assert [one.code for one in (same, worse, moved)] == [0, 1, 0]


def test_row_31_worse_fault_under_a_waiver(tmp_path: Path) -> None:
    """A waiver that names the fault does not cover a worse one at the same address."""
    first = check(tmp_path, "--policy", BUCKET_POLICY, files={"main.tf": BUCKET})
    (result,) = first.results(BUCKET_POLICY)
    _waived(tmp_path, f".:aws_s3_bucket.b#{result['fingerprint'][:16]}", {"main.tf": BUCKET})
    assert check(tmp_path, "--policy", BUCKET_POLICY, *DAY).code == 0
    worse = BUCKET.replace("public-read", "public-read-write")
    assert check(tmp_path, "--policy", BUCKET_POLICY, *DAY, files={"main.tf": worse}).code == 1


def test_row_30_waiver_without_effect_on_others(tmp_path: Path) -> None:
    """A waiver for one pod leaves a pod of another name alone."""
    files = {"a.yaml": PRIVILEGED.replace("NAME", "one"), "b.yaml": PRIVILEGED.replace("NAME", "two")}
    _waived(tmp_path, "a.yaml:Pod/default/one", files, PRIVILEGED_POLICY)
    ended = check(tmp_path, "--policy", PRIVILEGED_POLICY, *DAY)
    assert {one["path"]: one["waiver"] for one in ended.results(PRIVILEGED_POLICY)} == {
        "a.yaml": "W-2026-0001",
        "b.yaml": "",
    }
    assert ended.code == 1
