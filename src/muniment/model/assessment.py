"""The whole answer of one run: `Assessment`, with its `Decision` and coverage ledger. Reports are projections of it."""

from typing import NamedTuple

from muniment.model.framework import ControlResult
from muniment.model.policy import Policy
from muniment.model.result import Result, Unread
from muniment.model.waiver import WaiverUse


class Ruling(NamedTuple):
    """What the gate makes of one result."""

    effect: str
    """`deny`, `warn`, `allow` or `incomplete`."""
    reason: str = ""
    waiver: str = ""
    """Id of the waiver in force, or of the requested one with `requested` true."""
    requested: bool = False
    baseline: str = ""
    """`new`, `changed`, `unchanged` or `known`; empty without a baseline or base revision."""


class Decision(NamedTuple):
    """What the gate answers for the whole run."""

    answer: str
    """`ALLOW`, `WARN`, `DENY` or `INCOMPLETE`."""
    exit_code: int
    reasons: tuple[str, ...]
    gate: str = "ci"


class LedgerLine(NamedTuple):
    """What became of one document or folder that the run saw."""

    path: str
    state: str
    """`read`, `partly`, `unread`, `excluded`, `support` or `unrecognised`."""
    format: str = ""
    reason: str = ""
    """The rule that excluded it, or why it is not read."""
    resources: int = 0


class Change(NamedTuple):
    """A result of the base side that is not one of this side any more."""

    state: str
    """`fixed`, `gone` or `undecided`."""
    policy: str
    root: str
    address: str
    fingerprint: str


class GateChange(NamedTuple):
    """Something by which a change would set the gate that judges it; the base side rules in its place."""

    state: str
    """`added`, `changed` or `removed`."""
    what: str
    """`configuration`, `waiver`, `baseline`, `policy` or `skip comment`."""
    path: str
    line: int = 1


class Coverage(NamedTuple):
    """The ledger of a run: what was seen and what became of it."""

    lines: tuple[LedgerLine, ...]
    policies_selected: tuple[str, ...]
    not_tested: tuple[str, ...]
    """Selected policies that met no resource of their kinds."""
    notes: tuple[str, ...] = ()

    def total(self, state: str) -> int:
        """How many documents are in that state."""
        return sum(line.state == state for line in self.lines)


class Assessment(NamedTuple):
    """One run, whole. `rulings` stands beside `results`, place by place."""

    tool: str
    version: str
    as_of: str
    """The day that decisions used, ISO, UTC."""
    base: str
    """How the base was named on the command line; never an absolute path."""
    plan_digest: str
    inputs_digest: str
    results: tuple[Result, ...]
    rulings: tuple[Ruling, ...]
    unread: tuple[Unread, ...]
    coverage: Coverage
    controls: tuple[ControlResult, ...]
    waivers: tuple[WaiverUse, ...]
    decision: Decision
    policies: tuple[Policy, ...]
    """The selected policies, sorted by id, so that reports need nothing else."""
    changes: tuple[Change, ...] = ()
    gate_changes: tuple[GateChange, ...] = ()
    sources: "Sources | None" = None


class Sources:
    """The text lines of documents that a report may quote; filled by the pipeline, never part of the answer."""

    __slots__ = ("_lines", "_texts")

    def __init__(self, texts: dict[str, bytes]) -> None:
        self._texts = texts
        self._lines: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        """Line `number` (from 1) of `path` without its end, or None where it is not at hand."""
        if path not in self._lines:
            data = self._texts.get(path)
            self._lines[path] = [] if data is None else _text(data).replace("\r\n", "\n").split("\n")
        lines = self._lines[path]
        return lines[number - 1] if 0 < number <= len(lines) else None


def _text(data: bytes) -> str:
    """The text of a document; what cannot be decoded is replaced, since it is only quoted."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    return data.decode(encoding, "replace")
