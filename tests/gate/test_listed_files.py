"""What `fileset` finds through all folders, in every source and kept between runs."""

import subprocess
from pathlib import Path

import pytest

from tests.gate.running import BUCKET_POLICY, Ended, check, write
from tests.gate.test_base_side import GIT
from tests.parsers.terraform.oracle import needs_terraform, terraform

TEXT = """resource "aws_s3_bucket" "b" {
  for_each = fileset(path.module, "**/*.json")
  acl      = "public-read"
  bucket   = each.value
}
"""
TREE = {"main.tf": TEXT, "one.json": "", "sites/a/two.json": "", "sites/.b/three.json": "", "sites/four.txt": ""}
FOUND = {"one.json", "sites/a/two.json", "sites/.b/three.json"}


def _keys(ended: Ended) -> set[str]:
    return {address.removeprefix('aws_s3_bucket.b["').removesuffix('"]') for address in ended.statuses(BUCKET_POLICY)}


def test_a_file_that_comes_is_seen_by_the_next_run(tmp_path: Path) -> None:
    """What a run keeps rests on the folders that it looked into, those without files too."""
    words = ("--policy", BUCKET_POLICY)
    write(tmp_path, TREE)
    (tmp_path / "sites" / "empty").mkdir()
    assert _keys(check(tmp_path, *words)) == FOUND
    assert _keys(check(tmp_path, *words, files={"sites/empty/new/five.json": ""})) == {
        *FOUND,
        "sites/empty/new/five.json",
    }


@pytest.mark.parametrize("many", [False, True], ids=["a link out of the base", "too many"])
def test_what_cannot_be_listed_whole_is_unknown(tmp_path: Path, *, many: bool) -> None:
    """It then stays open which instances there are."""
    write(tmp_path, TREE)
    if many:
        for place in range(30):
            (tmp_path / "sites" / f"link{place}").symlink_to("..", target_is_directory=True)
    else:
        (tmp_path / "sites" / "link").symlink_to("/", target_is_directory=True)
    assert check(tmp_path, "--policy", BUCKET_POLICY).statuses(BUCKET_POLICY) == {"aws_s3_bucket.b[*]": "UNKNOWN"}


def test_a_revision_lists_the_same(tmp_path: Path) -> None:
    """The tracked files of a revision, without a checkout."""
    tree = tmp_path / "tree"
    write(tree, TREE)
    identity = ("-c", "user.name=ana", "-c", "user.email=ana@example.com")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "one")):
        subprocess.run(["git", *identity, *words], cwd=tree, check=True, capture_output=True)
    (tree / "one.json").unlink()
    assert _keys(check(tree, "--policy", BUCKET_POLICY, "--rev", "HEAD", path=GIT)) == FOUND


@needs_terraform
def test_terraform_lists_the_same(tmp_path: Path) -> None:
    """Folders and files whose names begin with a dot are among them, linked folders too."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder, main in ((ours, TEXT), (theirs, "")):
        write(folder, {**TREE, "main.tf": main})
        (folder / "linked").symlink_to("sites/a", target_is_directory=True)
    said = terraform(theirs, "console", text='join(",", fileset(".", "**/*.json"))\n')
    assert set(said.strip().strip('"').split(",")) == _keys(check(ours, "--policy", BUCKET_POLICY))
