"""What an earlier run found is used only where it is what this run would find."""

import os
import pickle
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from muniment.app.cache import Cache
from tests.gate.running import BUCKET, BUCKET_POLICY
from tests.gate.running import check as check_anew

POLICY = ("--policy", BUCKET_POLICY)
CALL = 'module "m" {\n  source = "./m"\n}\n'


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Checks a folder with a cache that only this test has; the folder is `tree`."""
    (tmp_path / "tree").mkdir()
    kept = Path(os.environ.get("MUNIMENT_CACHE") or Path.home() / ".cache" / "muniment")  # noqa: TID251
    (tmp_path / "cache").mkdir()
    if (kept / "index").is_dir():
        (tmp_path / "cache" / "index").symlink_to(kept / "index")
    monkeypatch.setenv("MUNIMENT_CACHE", str(tmp_path / "cache"))
    return lambda *words, **more: check_anew(tmp_path / "tree", *POLICY, *words, **more)


def entries(tmp_path: Path) -> list[Path]:
    """What is kept of results."""
    return sorted((tmp_path / "cache" / "results").glob("*.bin"))


def test_an_unchanged_tree_has_the_same_report(tmp_path: Path, check: Callable[..., Any]) -> None:
    """The second run reads what the first kept and gives the same report."""
    first = check(files={"main.tf": BUCKET})
    kept = entries(tmp_path)
    assert len(kept) == 2, "the tree, and its only root"
    second = check()
    assert (second.report, second.code, second.said) == (first.report, first.code, first.said)
    assert entries(tmp_path) == kept


@pytest.mark.parametrize("change", ["cut", "edited", "renamed", "empty"])
def test_row_36_cache_entry_that_is_not_whole(tmp_path: Path, check: Callable[..., Any], change: str) -> None:
    """An entry that was cut off, edited, or is another key's is ignored, and the tree judged anew."""
    first = check(files={"main.tf": BUCKET})
    kept = entries(tmp_path)
    if change == "renamed":
        check(files={"main.tf": BUCKET.replace("public-read", "private")})
        others = [entry.read_bytes() for entry in entries(tmp_path) if entry not in kept]
        for entry, data in zip(kept, others, strict=True):
            entry.write_bytes(data)
    else:
        for entry in kept:
            data = entry.read_bytes()
            entry.write_bytes({"cut": data[:-9], "edited": data[:-9] + b"x" + data[-8:], "empty": b""}[change])
    again = check(files={"main.tf": BUCKET})
    assert (again.report, again.code) == (first.report, first.code)
    assert again.statuses(BUCKET_POLICY) == {"aws_s3_bucket.b": "FAIL"}


def test_an_entry_cannot_run_code(tmp_path: Path) -> None:
    """Entries hold values of the model: one that names anything else, even through a module of values, is no entry."""

    class Attack:
        def __init__(self, module: str, name: str) -> None:
            self.text = b"c" + module.encode() + b"\n" + name.encode() + b"\n(S'id'\ntR."

    cache = Cache(tmp_path)
    for module, name in (
        ("os", "system"),
        ("builtins", "eval"),
        ("muniment.model.document", "hashlib"),
        ("muniment.model.document", "Callable"),
        ("muniment.model.document", "Document.__init__"),
    ):
        for key, data in (("a" * 64, Attack(module, name).text), ("b" * 64, b"\x80\x04" + Attack(module, name).text)):
            (tmp_path / f"{key}.bin").write_bytes(sha256(key.encode() + data).digest() + data)
            assert cache.get(key) is None
    good = pickle.dumps(frozenset({"x"}))
    (tmp_path / "c.bin").write_bytes(sha256(b"c" + good).digest() + good)
    assert cache.get("c") == {"x"}


@pytest.mark.parametrize(
    "change",
    [
        {"m/main.tf": BUCKET},
        {"m/more.tf": BUCKET},
        {"m/variables.tf": 'variable "acl" {\n  default = "public-read"\n}\n'},
        {"terraform.tfvars": 'acl = "public-read"\n'},
        {"acl.txt": "public-read"},
        {
            "muniment.yaml": "schema: 1\nterraform: {var-files: [other.tfvars]}\n",
            "other.tfvars": 'acl = "public-read"\n',
        },
    ],
    ids=["called module", "new file of a module", "default", "new variables", "file that is read", "settings"],
)
def test_whatever_reaches_a_verdict_is_looked_at(check: Callable[..., Any], change: dict[str, str]) -> None:
    """A change of anything that a root reads, or looked for in vain, changes the answer."""
    files = {
        "main.tf": 'variable "acl" {\n  default = "private"\n}\n'
        + CALL.replace("\n}", '\n  acl = coalesce(trimspace(file("acl.txt")), var.acl)\n}'),
        "acl.txt": "",
        "m/main.tf": 'resource "aws_s3_bucket" "b" {\n  acl = var.acl\n}\n',
        "m/variables.tf": 'variable "acl" {\n  default = "private"\n}\n',
    }
    if "acl.txt" not in change:
        files["main.tf"] = files["main.tf"].replace('coalesce(trimspace(file("acl.txt")), var.acl)', "var.acl")
    if "m/variables.tf" in change:
        files["main.tf"] = CALL
    if "m/more.tf" in change:
        files["m/main.tf"] = ""
    before = check("--allow-empty", files=files)
    assert "FAIL" not in before.statuses(BUCKET_POLICY).values()
    after = check("--allow-empty", files=change)
    assert "FAIL" in after.statuses(BUCKET_POLICY).values()


def test_a_module_outside_of_what_is_judged_is_looked_at(tmp_path: Path, check: Callable[..., Any]) -> None:
    """A root that calls a module beside it depends on files that were not asked for."""
    del check  # it gives this test a cache of its own
    files = {"app/main.tf": CALL.replace("./m", "../m"), "m/main.tf": BUCKET.replace("public-read", "private")}
    before = check_anew(tmp_path / "tree", "app", *POLICY, files=files)
    after = check_anew(tmp_path / "tree", "app", *POLICY, files={"m/main.tf": BUCKET})
    statuses = [run.statuses(BUCKET_POLICY)["module.m.aws_s3_bucket.b"] for run in (before, after)]
    assert (statuses, len(entries(tmp_path))) == (["PASS", "FAIL"], 2)


def test_other_files_of_one_root_are_another_question(tmp_path: Path, check: Callable[..., Any]) -> None:
    """Who names a module's file beside its caller's asks for more than who named the caller alone."""
    del check  # it gives this test a cache of its own
    files = {"main.tf": CALL, "m/main.tf": BUCKET}
    caller = check_anew(tmp_path / "tree", "main.tf", *POLICY, files=files)
    both = check_anew(tmp_path / "tree", "main.tf", "m/main.tf", *POLICY)
    assert "module.m.aws_s3_bucket.b" not in caller.statuses(BUCKET_POLICY)
    assert both.statuses(BUCKET_POLICY)["module.m.aws_s3_bucket.b"] == "FAIL"


def test_a_change_costs_the_root_that_it_is_in(tmp_path: Path, check: Callable[..., Any]) -> None:
    """Of two roots the one that did not change is not judged again, and the report is that of a run without a cache."""
    check(files={"a/main.tf": BUCKET, "b/main.tf": BUCKET.replace("public-read", "private")})
    assert len(entries(tmp_path)) == 3, "the tree, and its two roots"
    warm = check(files={"b/main.tf": BUCKET})
    assert len(entries(tmp_path)) == 5, "the tree as it is now, and the root that changed"
    assert (warm.report, warm.code) == check("--no-cache")[1::-1]


def test_a_library_of_ones_own_is_looked_at(check: Callable[..., Any]) -> None:
    """A change of a policy, be it of its severity alone, is a change of the answer."""
    policy = (
        "title: Bucket is called b\nseverity: SEVERITY\nrisk: none\nkinds: [aws_s3_bucket]\ncategory: data\nowner: us\n"
        "controls: {}\nfix: rename it\nassert: resource.acl == null\n"
    )
    words = ("--library", "own", "--policy", "named/b")
    low = check(*words, files={"main.tf": BUCKET, "own/named/b/policy.yaml": policy.replace("SEVERITY", "low")})
    high = check(*words, files={"own/named/b/policy.yaml": policy.replace("SEVERITY", "high")})
    assert [run.results("named/b")[0]["severity"] for run in (low, high)] == ["low", "high"]


def test_no_cache_keeps_nothing(tmp_path: Path, check: Callable[..., Any]) -> None:
    """Who must not trust a folder runs without."""
    assert check("--no-cache", files={"main.tf": BUCKET}).code == 1
    assert entries(tmp_path) == []


def test_the_oldest_entries_go_where_there_is_too_much(tmp_path: Path) -> None:
    """The folder stays within its bounds, what another run left there included, and the newest entry is kept."""
    for run in range(3):
        cache = Cache(tmp_path, most=20_000)
        for place in range(30):
            cache.put(f"{run}-{place}", b"x" * 1_000)
            assert cache.get(f"{run}-{place}") == b"x" * 1_000
            assert sum(entry.stat().st_size for entry in tmp_path.iterdir()) <= 20_000
