"""A rename keeps what was accepted, and no more: `moved` blocks with waivers, baselines, comments and a base side."""

from pathlib import Path

from tests.gate.running import BUCKET, BUCKET_POLICY, Ended, Files, check, run, write
from tests.gate.test_base_side import GIT, SINCE, _committed
from tests.gate.test_known_failures import DAY, WAIVER

OLD, NEW = "aws_s3_bucket.b", "aws_s3_bucket.new"
RENAMED = BUCKET.replace('"b"', '"new"')
MOVED = f"moved {{\n  from = {OLD}\n  to   = {NEW}\n}}\n"
SAFE = RENAMED.replace("public-read", "private")
ONLY = ("--policy", BUCKET_POLICY)
KNOWN = ("--baseline", ".muniment/baseline.yaml")


def _waived(folder: Path, scope: str, files: Files) -> None:
    """Writes the files and an approved waiver."""
    write(folder, {**files, ".muniment/waivers/W-2026-0001.yaml": WAIVER.format(policy=BUCKET_POLICY, scope=scope)})


def _told(ended: Ended, address: str = NEW) -> dict[str, str]:
    """What the gate said of the failure at an address: effect, baseline and reason."""
    (found,) = (one for one in ended.results(BUCKET_POLICY) if one["address"] == address)
    return {name: found.get(name, "") for name in ("effect", "baseline", "reason")}


def _since(tree: Path, files: Files) -> Ended:
    return check(tree, *ONLY, *SINCE, files=files, path=GIT)


def test_a_waiver_holds_by_the_former_address_and_says_so(tmp_path: Path) -> None:
    """Without the moved block the new name is another resource; with it the waiver holds, and is shown as such."""
    _waived(tmp_path, f".:{OLD}", {"main.tf": RENAMED})
    assert check(tmp_path, *ONLY, *DAY).code == 1
    ended = check(tmp_path, *ONLY, *DAY, files={"main.tf": RENAMED + MOVED})
    assert ended.code == 0
    assert _told(ended)["reason"] == f"waived by W-2026-0001 until 2026-12-20, by its former address {OLD}"
    (use,) = ended.report["waivers"]
    assert (use["state"], use["matched"]) == ("in force", 1)
    assert use["note"] == f"expires in 19 days; by its former address .:{OLD}; not signed"
    assert ended.results(BUCKET_POLICY)[0]["former"] == [OLD]


def test_a_waiver_is_not_handed_to_another_type_or_beside_its_resource(tmp_path: Path) -> None:
    """A moved block gives nothing to a resource of another type, nor while the old one is still there."""
    _waived(tmp_path, f".:{OLD}", {"main.tf": BUCKET + RENAMED + MOVED})
    both = check(tmp_path, *ONLY, *DAY)
    assert (both.code, _told(both)["effect"], _told(both, OLD)["effect"]) == (1, "deny", "allow")
    assert [one["message"] for one in both.report["unread"]] == [
        f"moved: {OLD} is still declared, so that it cannot be {NEW} now"
    ]
    other = MOVED.replace(OLD, "aws_s3_bucket_acl.b")
    _waived(tmp_path, ".:aws_s3_bucket_acl.b", {"main.tf": RENAMED + other})
    ended = check(tmp_path, *ONLY, *DAY)
    assert (ended.code, _told(ended)["reason"]) == (1, "fails")
    assert any("is of another type" in note for note in ended.report["ledger"]["notes"])


def test_a_baseline_follows_and_refreshing_it_keeps_the_present_address(tmp_path: Path) -> None:
    """A known failure stays known under the new name, a worse one is changed; refreshed, the block is not needed."""
    write(tmp_path, {"main.tf": BUCKET})
    assert run(tmp_path, "baseline", "create", ".").returncode == 0
    same = check(tmp_path, *ONLY, *KNOWN, files={"main.tf": RENAMED + MOVED})
    assert (same.code, _told(same)["reason"]) == (0, f"in the baseline, by its former address {OLD}")
    worse = check(tmp_path, *ONLY, *KNOWN, files={"main.tf": RENAMED.replace('read"', 'read-write"') + MOVED})
    assert (worse.code, _told(worse)["baseline"]) == (1, "changed")
    write(tmp_path, {"main.tf": RENAMED + MOVED})
    assert run(tmp_path, "baseline", "audit", ".").returncode == 0
    assert "0 dropped" in run(tmp_path, "baseline", "refresh", ".").stdout
    later = check(tmp_path, *ONLY, *KNOWN, files={"main.tf": RENAMED})
    assert (later.code, _told(later)["reason"]) == (0, "in the baseline")


def test_a_rename_is_no_news_against_the_base_side(tmp_path: Path) -> None:
    """The failure, and the comment in the block, are those of the base side; nothing is gone."""
    tree = tmp_path / "tree"
    asked = "{\n  # checkov:skip=CKV_AWS_18:no readers\n"
    _committed(tree, {"main.tf": BUCKET.replace("{\n", asked, 1)})
    files = {"main.tf": RENAMED.replace("{\n", asked, 1) + MOVED}
    ended = check(tree, *SINCE, files=files, path=GIT)
    assert (ended.code, ended.report["changes"], ended.report["gate_changes"]) == (0, [], [])
    assert _told(ended) == {
        "effect": "allow",
        "baseline": "unchanged",
        "reason": f"not new, by its former address {OLD}",
    }
    (found,) = ended.results("aws/s3/no-access-log")
    assert (found["effect"], found["reason"]) == ("warn", "requested, not approved")


def test_a_fault_that_is_mended_with_the_rename_is_fixed(tmp_path: Path) -> None:
    """The base side's failure is found again under the new name."""
    tree = tmp_path / "tree"
    _committed(tree, {"main.tf": BUCKET})
    ended = _since(tree, {"main.tf": SAFE + MOVED})
    assert [(one["state"], one["address"]) for one in ended.report["changes"]] == [("fixed", OLD)]


def test_attack_a_new_resource_claims_a_waiver_by_a_moved_block(tmp_path: Path) -> None:
    """What the base side does not have cannot have been renamed: the waiver stays that of what is gone."""
    tree = tmp_path / "tree"
    _waived(tree, f".:{OLD}", {"main.tf": ""})
    _committed(tree, {})
    ended = _since(tree, {"main.tf": RENAMED + MOVED})
    assert (ended.code, _told(ended)["baseline"]) == (1, "new")
    said = f"main.tf:1: {NEW} was not {OLD} on the base side: nothing that is known of it there covers it here"
    assert said in ended.report["ledger"]["notes"]


def test_attack_a_chain_leads_by_the_address_of_somebody_elses_waiver(tmp_path: Path) -> None:
    """Of a chain, only what the base side has counts: a name in between gives nothing."""
    tree = tmp_path / "tree"
    _waived(tree, f".:{OLD}", {"main.tf": SAFE.replace('"new"', '"first"')})
    _committed(tree, {})
    through = MOVED + MOVED.replace(NEW, OLD).replace(OLD, "aws_s3_bucket.first", 1)
    ended = _since(tree, {"main.tf": RENAMED + through})
    assert (ended.code, _told(ended)["effect"]) == (1, "deny")


def test_attack_a_resource_that_was_there_takes_over_a_known_failure(tmp_path: Path) -> None:
    """Both are on the base side, one fails: where the other takes its place, its failure is new."""
    tree = tmp_path / "tree"
    _committed(tree, {"main.tf": BUCKET + SAFE})
    ended = _since(tree, {"main.tf": RENAMED + MOVED})
    assert (ended.code, _told(ended)["baseline"]) == (1, "new")
    assert any(f"{NEW} was not {OLD}" in note for note in ended.report["ledger"]["notes"])


def test_an_old_rename_counts_while_the_base_side_states_it(tmp_path: Path) -> None:
    """A waiver by an address of long ago holds in a change that has nothing to do with it."""
    tree = tmp_path / "tree"
    _waived(tree, f".:{OLD}", {"main.tf": RENAMED + MOVED})
    _committed(tree, {})
    worse = RENAMED.replace('read"', 'read-write"')
    ended = _since(tree, {"main.tf": worse + MOVED})
    assert (ended.code, _told(ended)["baseline"]) == (0, "changed")
    assert _told(ended)["reason"].endswith(f"by its former address {OLD}")


def test_a_comment_on_a_module_call_follows_its_rename(tmp_path: Path) -> None:
    """What a comment covers is the same on both sides, each by its own addresses, whatever policies judge of it."""
    tree = tmp_path / "tree"
    asked = "# checkov:skip=CKV_AWS_18:no readers"
    call = f'module "NAME" {{\n  {asked}\n  source   = "./m"\n  for_each = toset(["x", "y"])\n}}\n'
    inner = f'variable "v" {{\n  default = 1\n}}\nresource "terraform_data" "d" {{}}\n{BUCKET}'
    _committed(tree, {"main.tf": call.replace("NAME", "old"), "m/main.tf": inner})
    moved = "moved {\n  from = module.old\n  to   = module.new\n}\n"
    ended = check(tree, *SINCE, files={"main.tf": call.replace("NAME", "new") + moved}, path=GIT)
    assert ended.report["gate_changes"] == ended.report["changes"] == []
    found = {one["address"]: one["reason"] for one in ended.results("aws/s3/no-access-log")}
    assert found == {f'module.new["{key}"].{OLD}': "requested, not approved" for key in "xy"}
