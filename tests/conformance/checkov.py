"""Built-in checks of a peer: for every id that the library claims, the same verdicts on the same fixtures.

Compared are multisets of (resource, result, file). UNKNOWN and ERROR agree with nothing. Names are mapped to the
peer's here and nowhere else.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from muniment.app.checking import Base, directory_intake
from muniment.app.pipeline import run as run_pipeline
from muniment.app.plan import build_plan, shipped_library
from muniment.app.settings import Settings
from muniment.content.index import Library
from muniment.model.assessment import Assessment
from muniment.model.result import Result
from muniment.model.status import Status, worst
from tests.conformance.counts import Counts

FORMATS = {
    "kubernetes": "kubernetes",
    "dockerfile": "dockerfile",
    "github_actions": "github-actions",
    "terraform": "terraform",
    "terraform_plan": "terraform-plan",
    "cloudformation": "cloudformation",
}
UNNAMED = "(unnamed)"
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Verdict(NamedTuple):
    """One answer about one resource, in the peer's names."""

    resource: str
    result: str
    file: str


class Entry(NamedTuple):
    """One entry of the manifest."""

    id: str
    framework: str
    check: str
    folder: Path
    verdicts: tuple[Verdict, ...]
    inline: bool
    silent: frozenset[str]
    """Resources that must get no verdict."""


def run(root: Path, only: str = "") -> Counts:
    """Runs the entries of every claimed id; `only` names one framework or one id."""
    library = shipped_library()
    claimed = {alias for policy in library.policies for alias in policy.all_aliases}
    entries = [
        entry
        for entry in read_entries(root)
        if entry.framework in FORMATS and entry.check in claimed and only in {"", entry.framework, entry.check}
    ]
    agree, total, details = 0, 0, []
    for folder, group in _by_folder(entries).items():
        answers = _assess(folder, {entry.check for entry in group}, library)
        for entry in group:
            good, bad = compare(entry, answers, root)
            agree += good
            total += len(entry.verdicts)
            details.extend(bad)
    return Counts(agree, total - agree, 0, total, tuple(details), _claimed(root, claimed))


def _claimed(root: Path, claimed: set[str]) -> tuple[str, ...]:
    """`ids claimed n of m`, for each framework that is read."""
    names = {
        "Kubernetes": "kubernetes",
        "dockerfile": "dockerfile",
        "Terraform": "terraform",
        "github_actions": "github_actions",
    }
    rows = json.loads((root / "ids.json").read_text("utf-8"))["ids"]
    notes = []
    for name, shown in names.items():
        ids = {row["id"] for row in rows if name in row["frameworks"]}
        notes.append(f"{shown} ids claimed {len(ids & claimed)} of {len(ids)}")
    return tuple(notes)


def read_entries(root: Path) -> Iterator[Entry]:
    """The manifest's entries, paths made absolute."""
    for row in json.loads((root / "manifest.json").read_text("utf-8"))["entries"]:
        verdicts = tuple(
            Verdict(one["resource"], one["result"], one.get("file", row.get("fixture", ""))) for one in row["verdicts"]
        )
        folder = row.get("fixture") or str(Path(row["files"][0]).parent)
        yield Entry(
            row["id"],
            row["framework"],
            row["check_id"],
            root / folder,
            verdicts,
            row["kind"] == "inline",
            frozenset(row.get("unknown") or ()),
        )


def _by_folder(entries: Iterable[Entry]) -> dict[Path, list[Entry]]:
    out: dict[Path, list[Entry]] = {}
    for entry in entries:
        out.setdefault(entry.folder, []).append(entry)
    return out


def _assess(folder: Path, checks: set[str], library: Library) -> Assessment:
    base = Base(folder if folder.is_dir() else folder.parent, ("",) if folder.is_dir() else (folder.name,))
    settings = Settings(select=tuple(sorted(checks)), waivers=())
    intake, read = directory_intake(base, settings)
    return run_pipeline(intake, build_plan(settings, base.folder, library=library), read, now=_NOW)


def compare(entry: Entry, assessment: Assessment, root: Path) -> tuple[int, list[str]]:
    """How many verdicts agree, and a line for each one that does not."""
    folder = entry.folder if entry.folder.is_dir() else entry.folder.parent
    prefix = folder.relative_to(root).as_posix()
    named = entry.framework in NAMES
    actual = Counter(_actual(entry, assessment, prefix, named=named))
    wanted = Counter(one if named else one._replace(resource="") for one in entry.verdicts)
    agree, bad = 0, []
    for verdict, count in sorted(wanted.items()):
        if verdict.result == "skip":
            found = count if _has_comment(assessment, entry, verdict, prefix) else 0
        else:
            found = min(count, actual[verdict] or max((actual[one] for one in _others(verdict, actual)), default=0))
        agree += found
        if found < count:
            others = sorted(
                one.result for one in actual if (one.resource, one.file) == (verdict.resource, verdict.file)
            )
            bad.append(
                f"{entry.check} {verdict.result} x{count - found} {verdict.resource} {verdict.file}: "
                f"got {', '.join(others) or 'nothing'}"
            )
    return agree, bad


def _others(verdict: Verdict, actual: Counter[Verdict]) -> Iterator[Verdict]:
    """Other names for the same thing: an object without a name, of no namespace, or known by its pod template."""
    yield verdict._replace(resource=UNNAMED)
    parts = verdict.resource.split(".")
    if parts[0].startswith("Cluster") and len(parts) >= 3:
        yield verdict._replace(resource=".".join([parts[0], "default", *parts[2:]]))
    if len(parts) >= 4:
        for one in actual:
            if one.resource.split(".")[1:] == parts[1:3]:
                yield verdict._replace(resource=one.resource)


def _has_comment(assessment: Assessment, entry: Entry, verdict: Verdict, prefix: str) -> bool:
    return any(
        use.location is not None
        and f"{prefix}/{use.location.path}" == verdict.file
        and entry.check in use.id.split(", ")
        for use in assessment.waivers
    )


def _actual(entry: Entry, assessment: Assessment, prefix: str, *, named: bool) -> Iterator[Verdict]:
    for result in assessment.results:
        status = _status(result, entry.check)
        if status is None or status is Status.SKIP:
            continue
        # a plan's results stand in the configuration that it was made from; the peer names the plan
        file = f"{prefix}/{result.root if entry.framework == 'terraform_plan' else result.resource_location.path}"
        name = NAMES[entry.framework](result) if named else ""
        times = len({one.location.line for one in result.violations}) if not named and status is Status.FAIL else 1
        for _ in range(max(times, 1)):
            yield Verdict(name, status.lower(), file)


def _status(result: Result, check: str) -> Status | None:
    """The status of one id in a result: that of its asserts, or the whole where the policy carries it."""
    own = {item.status for item in result.asserts if check in item.aliases}
    if own:
        return worst(own)
    others = {alias for item in result.asserts for alias in item.aliases}
    return result.status if check in result.aliases and check not in others else None


def _kubernetes(result: Result) -> str:
    kind, _, rest = result.address.partition("#")[0].partition("/")
    namespace, _, name = rest.rpartition("/")
    if not name:
        return UNNAMED
    return f"{kind.partition('.')[0]}.{namespace or 'default'}.{name}"


def _terraform(result: Result) -> str:
    if result.kind == "terraform.provider":
        return result.address.removeprefix("provider.") + (
            "" if "." in result.address.removeprefix("provider.") else ".default"
        )
    return re.sub(r"(^|\.)data\.", r"\1", result.address)  # the peer leaves out that it is a data source


def _cloudformation(result: Result) -> str:
    """What a property makes of its own bears the name of the resource."""
    return ".".join(result.address.split(".")[:2])


NAMES: Mapping[str, Any] = {
    "kubernetes": _kubernetes,
    "terraform": _terraform,
    "terraform_plan": _terraform,
    "cloudformation": _cloudformation,
}
