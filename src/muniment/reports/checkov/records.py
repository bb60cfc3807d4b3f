"""From an Assessment to Checkov's records: one for each of its ids and each resource, by the kind of scan."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from muniment.model.assessment import Assessment, Ruling
from muniment.model.document import Location
from muniment.model.policy import Policy
from muniment.model.result import Result
from muniment.model.status import Severity, Status, worst
from muniment.reports.checkov.names import name_of

PASSED: Final = "PASSED"
FAILED: Final = "FAILED"
SKIPPED: Final = "SKIPPED"
UNKNOWN: Final = "UNKNOWN"
ERROR: Final = "ERROR"

CHECK_TYPES: Final = (
    "terraform",
    "terraform_plan",
    "cloudformation",
    "kubernetes",
    "helm",
    "kustomize",
    "dockerfile",
    "github_actions",
)
"""The kinds of scan, in the order of reports."""
_LONGEST: Final = 50
"""Lines of a resource that are quoted."""
_HIDDEN: Final = "sensitive"
_FOREIGN: Final = "CKV"
"""Beginning of Checkov's own ids."""


class Place(NamedTuple):
    """A file as Checkov names it: below the folder that was asked for, below the working folder, and from the root."""

    file: str
    repository: str
    absolute: str


class Record(NamedTuple):
    """What is said under one id of one resource."""

    check_id: str
    name: str
    result: str
    severity: Severity
    check_type: str
    resource: str
    place: Place
    lines: tuple[int, int]
    comment: str = ""
    """Why it is skipped."""
    details: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    """The attributes that a failure rests on."""
    code: tuple[tuple[int, str], ...] = ()
    guideline: str = ""
    policy: str = ""
    baseline: str = ""


class Scan(NamedTuple):
    """Everything of one kind of scan."""

    check_type: str
    passed: tuple[Record, ...] = ()
    failed: tuple[Record, ...] = ()
    skipped: tuple[Record, ...] = ()
    undecided: tuple[Record, ...] = ()
    """What cannot be told, and what could not be evaluated: Checkov has no word for either."""
    unread: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """All but what is undecided, as Checkov orders them."""
        return (*self.passed, *self.failed, *self.skipped)

    @property
    def resources(self) -> int:
        """How many resources were judged."""
        return len({(one.place.file, one.resource) for one in (*self.records, *self.undecided)})


class Frame(NamedTuple):
    """How to name and choose: the kinds of scan by file, places, ids that are asked for, and whose word counts."""

    check_type: Callable[[Result], str]
    place: Callable[[str], Place]
    wanted: Callable[[str, Policy, Place], bool]
    lenient: bool = False
    """Whether a skip comment needs nobody's approval."""


def records_of(assessment: Assessment, frame: Frame) -> tuple[Record, ...]:
    """Every record, in the Assessment's order; where several answer under one id for one resource, the worst."""
    found: dict[tuple[str, str, str], Record] = {}
    for result, records in answered(assessment, frame):
        for record in records:
            address = record.resource if record.check_type == "cloudformation" else result.address
            key = (record.check_id, result.root, address)
            before = found.get(key)
            if before is None or _ORDER.index(record.result) < _ORDER.index(before.result):
                found[key] = record
    return tuple(found.values())


def answered(assessment: Assessment, frame: Frame) -> Iterator[tuple[Result, Sequence[Record]]]:
    """Every result with what is said of it under each of Checkov's ids."""
    policies = {policy.id: policy for policy in assessment.policies}
    for result, ruling in zip(assessment.results, assessment.rulings, strict=True):
        yield result, tuple(_records(result, ruling, policies[result.policy], assessment, frame))


_ORDER: Final = (FAILED, ERROR, UNKNOWN, SKIPPED, PASSED)
_WORDS: Final[Mapping[Status, str]] = {
    Status.PASS: PASSED,
    Status.FAIL: FAILED,
    Status.UNKNOWN: UNKNOWN,
    Status.ERROR: ERROR,
}


def _records(result: Result, ruling: Ruling, policy: Policy, assessment: Assessment, frame: Frame) -> Iterator[Record]:
    check_type = frame.check_type(result)
    place = frame.place(result.resource_location.path)
    for identity, status in statuses(result, policy):
        if status is Status.SKIP or not frame.wanted(identity, policy, place):
            continue
        word, comment = _word(status, ruling, lenient=frame.lenient)
        record = Record(
            identity,
            policy.title,
            word,
            result.severity,
            check_type,
            name_of(result, check_type, place.file),
            place,
            _lines(result.resource_location),
            comment=comment,
            guideline=policy.references[0] if policy.references else "",
            policy=policy.id,
            baseline=ruling.baseline,
        )
        yield _explained(record, result, identity, assessment) if status is not Status.PASS else record


def statuses(result: Result, policy: Policy) -> Iterator[tuple[str, Status]]:
    """The status of each of Checkov's ids in a result: that of its own asserts, else the whole.

    A policy that has none of its ids answers under its own path.
    """
    ids = [alias for alias in policy.all_aliases if alias.startswith(_FOREIGN) or policy.language == "checkov"]
    for identity in ids or [policy.id]:
        own = {item.status for item in result.asserts if identity in item.aliases}
        if own or identity in policy.aliases or not ids:
            yield identity, worst(own) if own else result.status


def _word(status: Status, ruling: Ruling, *, lenient: bool) -> tuple[str, str]:
    """What a status is called, and why a failure is skipped."""
    if status is not Status.FAIL or not ruling.waiver:
        return _WORDS[status], ""
    if ruling.requested and ruling.effect == "deny" and not lenient:
        return FAILED, ""
    return SKIPPED, f"{ruling.reason} ({ruling.waiver})" if ruling.requested else ruling.reason


def _explained(record: Record, result: Result, identity: str, assessment: Assessment) -> Record:
    """A record with what was found: messages, the attributes that were read, and the lines."""
    own = {item.name for item in result.asserts if identity in item.aliases}
    violations = [one for one in result.violations if not own or one.assertion in own]
    reads = [read for one in violations for read in one.reads]
    said = [one.message for one in violations] or [result.error or _causes(result)]
    hidden = any(value == _HIDDEN for _, value in reads)
    return record._replace(
        details=tuple(dict.fromkeys(said)),
        keys=tuple(dict.fromkeys(path for path, _ in reads if not path.startswith("~"))),
        code=() if hidden or record.result != FAILED else _code(assessment, result.resource_location),
    )


def _causes(result: Result) -> str:
    return ", ".join(f"{cause.kind} {cause.reference}".strip() for cause in result.unknown) or result.message


def _lines(location: Location) -> tuple[int, int]:
    return location.line, max(location.end_line, location.line)


def _code(assessment: Assessment, location: Location) -> tuple[tuple[int, str], ...]:
    first, last = _lines(location)
    sources = assessment.sources
    if sources is None or last - first >= _LONGEST:
        return ()
    lines = ((number, sources.line(location.path, number)) for number in range(first, last + 1))
    return tuple((number, f"{text}\n") for number, text in lines if text is not None)


def scans(records: Iterable[Record], unread: Mapping[str, Iterable[str]]) -> tuple[Scan, ...]:
    """The records by kind of scan, in a fixed order; kinds without anything are left out. `unread` is by kind too."""
    by_type: dict[str, list[Record]] = {}
    for record in records:
        by_type.setdefault(record.check_type, []).append(record)
    kinds = sorted({*by_type, *unread}, key=lambda kind: (_rank(kind), kind))
    return tuple(_scan(kind, by_type.get(kind, []), tuple(unread.get(kind, ()))) for kind in kinds)


def _rank(check_type: str) -> int:
    return CHECK_TYPES.index(check_type) if check_type in CHECK_TYPES else len(CHECK_TYPES)


def _scan(check_type: str, records: list[Record], unread: tuple[str, ...]) -> Scan:
    def of(*words: str) -> tuple[Record, ...]:
        return tuple(record for record in records if record.result in words)

    return Scan(check_type, of(PASSED), of(FAILED), of(SKIPPED), of(UNKNOWN, ERROR), unread)
