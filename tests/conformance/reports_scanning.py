"""Faults that people reported on scanners: each case is run through the command line, and all its expectations hold."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from tests.conformance.counts import Counts

Row = Mapping[str, Any]

SUBJECTS = {"container or service image without digest": "github-actions/unpinned-action"}
"""Which policy judges what the cases name in words, because no scanner has an id for it."""


def run(root: Path, only: str = "") -> Counts:
    """Runs the cases; `only` names one topic or one case."""
    cases = [
        case
        for case in json.loads((root / "manifest.json").read_text("utf-8"))["cases"]
        if only in {"", case["topic"], case["id"]}
    ]
    problems = {case["id"]: list(judge(case, root)) for case in cases}
    bad = [f"{identity}: {'; '.join(found)}" for identity, found in problems.items() if found]
    return Counts(len(cases) - len(bad), len(bad), 0, len(cases), tuple(bad))


def judge(case: Row, root: Path) -> Iterator[str]:
    """What is wrong with the answer to one case."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "case"
        shutil.copytree(root / "files" / case["id"], place, symlinks=True)
        place.chmod(0o755)
        begun = time.monotonic()
        done = _muniment(place, case, ["-o", f"json={folder}/out.json"])
        seconds = time.monotonic() - begun
        path = Path(folder) / "out.json"
        answer = json.loads(path.read_text("utf-8")) if path.is_file() else {"results": [], "unread": [], "waivers": []}
        yield from _exit(case, done.returncode)
        if case.get("max_seconds") and seconds > case["max_seconds"] + 1:
            yield f"took {seconds:.1f} s"
        yield from _expectations(case, answer)
        yield from _unread(case, answer)
        yield from _never(case, answer)
        if case.get("output"):
            yield from _output(case, place)


def _muniment(place: Path, case: Row, more: list[str]) -> "subprocess.CompletedProcess[bytes]":
    arguments = [argument for argument in case["args"] if argument]
    stdin = case.get("stdin")
    target = ["-"] if stdin else ["."]
    return subprocess.run(
        [sys.executable, "-m", "muniment", "check", *target, "--base", ".", *arguments, *more],
        cwd=place,
        input=(place / stdin).read_bytes() if stdin else None,
        capture_output=True,
        check=False,
        timeout=120,
    )


def _exit(case: Row, code: int) -> Iterator[str]:
    wanted = case.get("exit") or {}
    if ("in" in wanted and code not in wanted["in"]) or code in wanted.get("not", ()):
        yield f"exit {code}, wanted {wanted}"


def _expectations(case: Row, answer: Row) -> Iterator[str]:
    for expected in case["expect"]:
        statuses = expected["status"] if isinstance(expected["status"], list) else [expected["status"]]
        found = [one for one in answer["results"] if _is_about(one, expected)]
        got = [_status(one, expected["alias"]) for one in found if _placed(one, expected)]
        if "NONE" in statuses and all(_status(one, expected["alias"]) == "SKIP" for one in found):
            continue
        if any(status in statuses for status in got):
            if "count" in expected and expected["count"] != len(got):
                yield f"{expected['alias']} {expected['resource']}: {len(got)} results, wanted {expected['count']}"
            yield from _waiver(expected, [one for one in found if _placed(one, expected)])
            continue
        seen = [f"{_status(one, expected['alias'])} {one['path']}:{one['line']}" for one in found]
        if not (case.get("unread_allowed") and "NONE" in statuses and not found):
            yield f"{expected['alias']} {expected['resource']}: wanted {statuses}, got {seen or 'nothing'}"


def _is_about(one: Row, expected: Row) -> bool:
    if expected["alias"] not in one["aliases"] and one["policy"] != SUBJECTS.get(expected.get("subject")):
        return False
    names = [expected["resource"], *(expected.get("resource_alt") or ())]
    if not any(name and _same(name, one) for name in names) and expected["resource"]:
        return False
    return not expected.get("root") or expected["root"] in one["root"]


def _same(name: str, one: Row) -> bool:
    address = one["address"]
    if address == name or one["path"].endswith(name):
        return True
    if one["kind"].startswith("Dockerfile"):
        return True
    if address.startswith("AWS::"):
        return bool(address.split(".")[1] == name)
    kind, _, rest = address.partition("/")
    namespace, _, short = rest.rpartition("/")
    plain = kind.partition(".")[0]
    return name in {
        f"{plain} {short}",
        f"{plain} {namespace}/{short}",
        f"{plain}.{namespace}.{short}",
        f"{plain}/{namespace}/{short}",
    }


def _placed(one: Row, expected: Row) -> bool:
    files = expected.get("file")
    if files and one["path"] not in (files if isinstance(files, list) else [files]):
        return False
    line, spans = one["line"], list(expected.get("lines_any") or ())
    if expected.get("lines"):
        spans.append(expected["lines"])
    if expected.get("line") and line != expected["line"]:
        return False
    if expected.get("line_min") and line < expected["line_min"]:
        return False
    return not spans or any(first <= line <= last for first, last in spans)


def _status(one: Row, alias: str) -> str:
    own = [item["status"] for item in one["asserts"] if alias in item.get("aliases", ())]
    status = next((word for word in ("FAIL", "ERROR", "UNKNOWN", "PASS", "SKIP") if word in own), one["status"])
    return "WARN" if status == "FAIL" and one.get("effect") == "warn" else str(status)


def _waiver(expected: Row, found: list[Row]) -> Iterator[str]:
    wanted = expected.get("waiver")
    if wanted == "requested" and not any(one["waiver"] for one in found):
        yield f"{expected['alias']}: the comment is not listed"
    if wanted == "none" and any(one["waiver"] for one in found):
        yield f"{expected['alias']}: a comment covers it that must not"


def _unread(case: Row, answer: Row) -> Iterator[str]:
    wanted = case.get("unread")
    if not wanted:
        return
    reasons = wanted["reason"] if isinstance(wanted["reason"], list) else [wanted["reason"]]
    for lost in answer["unread"]:
        if lost["reason"] in reasons and (
            lost["path"] == wanted["file"] or lost["path"].startswith(f"{wanted['file']}/")
        ):
            return
    seen = [f"{lost['path']} {lost['reason']}" for lost in answer["unread"]]
    yield f"unread {wanted}, got {seen or 'none'}"


def _never(case: Row, answer: Row) -> Iterator[str]:
    for rule in case.get("never") or ():
        for one in answer["results"]:
            if _is_about(one, {"resource": None, **rule}) and _status(one, rule["alias"]) in rule["status"]:
                yield f"never {rule}: {one['address']}"
    if "fails_exactly" in case:
        wanted = case["fails_exactly"]
        for alias, number in wanted.items() if isinstance(wanted, dict) else ():
            fails = sum(_status(one, alias) == "FAIL" for one in answer["results"] if alias in one["aliases"])
            if fails != number:
                yield f"{alias}: {fails} failures, wanted {number}"


def _output(case: Row, place: Path) -> Iterator[str]:
    done = _muniment(place, case, [])
    data = done.stdout
    if not data:
        yield f"no report, exit code {done.returncode}: {done.stderr.decode(errors='replace')[-200:]}"
        return
    yield from {"sarif": _sarif, "junit": _junit}[case["output"]["format"]](data)


def _sarif(data: bytes) -> Iterator[str]:
    for one in json.loads(data)["runs"]:
        rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
        if len(rules) != len(set(rules)):
            yield "a rule is listed twice"
        marks = [result["partialFingerprints"]["munimentIdentity/v1"] for result in one["results"]]
        if len(marks) != len(set(marks)):
            yield "two results have one fingerprint"
        for result in one["results"]:
            place = result["locations"][0]["physicalLocation"]
            if place.get("region", {}).get("startLine", 1) < 1 or place["artifactLocation"]["uri"].startswith("/"):
                yield f"a place is wrong: {place}"


def _junit(data: bytes) -> Iterator[str]:
    cases = list(ET.fromstring(data).iter("testcase"))
    if not any(case.find("failure") is not None for case in cases):
        yield "no failing testcase"
