"""Accepted failures: `Waiver`, candidates found in comments, and what became of each in a run."""

from datetime import date
from typing import NamedTuple

from muniment.model.document import Location


class Waiver(NamedTuple):
    """An approved exception; acts only in `decide` and never changes a Status."""

    id: str
    policies: tuple[str, ...]
    scope: tuple[str, ...]
    """Resource addresses `root:address`, or globs."""
    reason: str
    category: str
    requester: str
    approvers: tuple[str, ...]
    expires: date
    ticket: str = ""
    compensating: str = ""
    file: str = ""


class WaiverCandidate(NamedTuple):
    """A skip comment, an annotation or an entry of an ignore file in the scanned tree: a request, not an approval."""

    tool: str
    """Whose form it is: `muniment`, `checkov`, `trivy` ..."""
    ids: tuple[str, ...]
    reason: str
    location: Location
    """Where the comment stands."""
    root: str = ""
    addresses: tuple[str, ...] = ()
    """Local addresses of the resources that it covers; empty with `path` set means every resource of that file."""
    path: str = ""
    lines: tuple[int, int] | None = None
    """Lines that it covers where it names no resource."""
    until: str = ""
    """The day on which it ends, as ISO 8601 has it; empty if it names none."""
    paths: tuple[str, ...] = ()
    """Patterns of the files whose resources it covers, `**` for all; with them, it covers nothing else."""
    former: tuple[tuple[str, str], ...] = ()
    """(address, one by which it went before) of the resources that it covers."""


class WaiverUse(NamedTuple):
    """What became of a waiver or candidate in this run."""

    id: str
    state: str
    """`in force`, `expired`, `not approved`, `unused`, `orphaned`, `requested`, `foreign`."""
    matched: int
    reason: str
    location: Location | None
    expires: str = ""
    approvers: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    note: str = ""
    requester: str = ""
    covers: tuple[str, ...] = ()
    """What a request is about: `root:address` of each resource, else `path:first-last`, the path or the patterns."""
