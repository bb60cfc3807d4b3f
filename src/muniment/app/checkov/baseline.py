"""Checkov's baseline file: failures that were known, by file, resource and id."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from muniment.errors import PolicyError
from muniment.reports.checkov.records import SKIPPED, Record, Scan


class Known(NamedTuple):
    """One known failure."""

    file: str
    resource: str
    check_id: str


class CheckovBaseline(NamedTuple):
    """The entries of a file, and the folder that their paths begin at."""

    folder: Path
    entries: frozenset[Known]

    def has(self, record: Record) -> bool:
        """Whether a failure is known: the same file, not just the same address in another folder."""
        return self.entry(record) is not None

    def entry(self, record: Record) -> Known | None:
        """The entry that knows a failure."""
        names = self._names(record.place.absolute, record.place.file)
        found = (Known(file, record.resource, record.check_id) for file in names)
        return next((one for one in found if one in self.entries), None)

    def _names(self, absolute: str, shown: str) -> Iterable[str]:
        """What the file may call a path: below its own folder or, where it is kept elsewhere, as reports show it."""
        path = Path(absolute)
        if path.is_relative_to(self.folder):
            own = path.relative_to(self.folder).as_posix()
            return (f"/{own}", f"/{self.folder.name}/{own}")
        return () if self._is_beside(shown) else (shown,)

    def _is_beside(self, shown: str) -> bool:
        """Whether the folder of the baseline has a file of that name itself: then its entries are about that one."""
        return (self.folder / shown.lstrip("/")).exists()


def without_known(scans: Iterable[Scan], baseline: CheckovBaseline, *, shown: bool) -> tuple[Scan, ...]:
    """The scans without the failures that a baseline knows; where `shown`, those stand among what is skipped."""
    return tuple(_without(scan, baseline, shown=shown) for scan in scans)


def _without(scan: Scan, baseline: CheckovBaseline, *, shown: bool) -> Scan:
    known = tuple(record for record in scan.failed if baseline.has(record))
    failed = tuple(record for record in scan.failed if not baseline.has(record))
    skipped = tuple(one._replace(result=SKIPPED, comment="baseline-skipped") for one in known) if shown else ()
    return scan._replace(failed=failed, skipped=(*scan.skipped, *skipped))


def read_checkov_baseline(path: Path) -> CheckovBaseline:
    """Raises PolicyError for a file that is no baseline."""
    try:
        entries = frozenset(_entries(json.loads(path.read_bytes())))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise PolicyError(f"{path.name} is not a baseline of Checkov: {error!r}", code="baseline") from error
    return CheckovBaseline(path.resolve().parent, entries)


def _entries(raw: Any) -> Iterable[Known]:
    for group in raw["failed_checks"]:
        for finding in group["findings"]:
            for identity in finding["check_ids"]:
                yield Known(str(group["file"]), str(finding["resource"]), str(identity))


def dump_checkov_baseline(records: Iterable[Record]) -> str:
    """The file for some failures, in Checkov's own form."""
    files: dict[str, dict[str, set[str]]] = {}
    for record in records:
        files.setdefault(record.place.file, {}).setdefault(record.resource, set()).add(record.check_id)
    groups = [
        {
            "file": file,
            "findings": [{"resource": name, "check_ids": sorted(ids)} for name, ids in sorted(found.items())],
        }
        for file, found in sorted(files.items())
    ]
    return json.dumps({"failed_checks": groups}, indent=4) + "\n"
