"""What the documents of a run come to by its policies, before anything that depends on the day or the gate."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, Final, NamedTuple

from muniment.app.intake import Claims, Intake, classify
from muniment.app.plan import Plan
from muniment.app.registry import Parsers, engine
from muniment.app.witness import Asked, Witness, together
from muniment.core.evaluate import Judges, evaluate, undecided
from muniment.core.formats import formats_of
from muniment.core.graph import Graph
from muniment.core.ports import Engine, Parser, Program, Read, Reading, Unit
from muniment.languages.unknown import Cause
from muniment.model.assessment import LedgerLine
from muniment.model.policy import Policy
from muniment.model.result import Result, Unread
from muniment.model.waiver import WaiverCandidate

_SECRET: Final = frozenset({"terraform-plan"})
"""Formats that write out sensitive values: their text is never quoted."""

STANDS_FOR: Final = "stands_for"
"""Key of `meta` with the format of the resources that a stand-in stands for."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, of how many."""


class Group(NamedTuple):
    """Units whose resources are joined with each other: what one graph is made of."""

    scope: str
    work: tuple[tuple[Parser, Unit], ...]


class Answer(NamedTuple):
    """What one group comes to, whichever of its files were named."""

    results: tuple[Result, ...]
    unread: tuple[Unread, ...] = ()
    candidates: tuple[WaiverCandidate, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    counts: Mapping[str, int] = {}
    """How many resources stand in each document."""
    asked: Asked = Asked()
    """What it rests on beyond the group's own documents."""
    lasting: bool = True
    """False where chance had a part: another run may answer otherwise."""
    notes: tuple[str, ...] = ()
    """What people should know of documents that are read all the same."""


class Evaluation(NamedTuple):
    """What all documents come to."""

    results: tuple[Result, ...]
    unread: tuple[Unread, ...]
    candidates: tuple[WaiverCandidate, ...]
    ledger: tuple[LedgerLine, ...]
    judged: int
    """How many resources there are."""
    inputs: str
    """SHA-256 over the paths and digests of everything that was read."""
    quotable: frozenset[str]
    """Paths of the documents whose text reports may quote."""
    asked: Asked = Asked()
    """What it rests on beyond the documents that were given."""
    lasting: bool = True
    """False where chance had a part: another run may answer otherwise."""
    notes: tuple[str, ...] = ()
    """What people should know of documents that are read all the same."""


def evaluate_intake(intake: Intake, plan: Plan, read: Read, tell: Progress, answers: "Answers") -> Evaluation:
    """Reads and judges everything. Raises PolicyError for a policy that does not compile."""
    claims = classify(intake, Parsers(parser_settings(plan)))
    groups = _groups(claims, intake)
    court = Court(plan, intake)
    return _together(answers(court, groups, read, tell), groups, claims, intake, court)


def parser_settings(plan: Plan) -> dict[str, Mapping[str, Any]]:
    """The settings that parsers take, by format."""
    settings = plan.settings
    return {
        "terraform": settings.terraform,
        "terraform-plan": settings.terraform,
        "kubernetes": settings.kubernetes,
    }


def readings(intake: Intake, read: Read) -> list[Reading]:
    """What the parsers make of some documents, judged by nothing."""
    groups = _groups(classify(intake, Parsers({})), intake)
    return [parser.resources(unit, read) for group in groups for parser, unit in group.work]


def _groups(claims: Claims, intake: Intake) -> tuple[Group, ...]:
    """Every unit of every format; formats by name, units in their parser's order."""
    groups: dict[str, list[tuple[Parser, Unit]]] = {}
    for name, parser in sorted(claims.parsers.items()):
        for unit in parser.units(claims.judged.get(name, ()), claims.support.get(name, ())):
            groups.setdefault(_scope(unit, intake.scopes), []).append((parser, unit))
    if any(rendering.documents for rendering in intake.renderings):
        manifests = Parsers({}).named("kubernetes")
        for rendering in intake.renderings:
            for unit in manifests.units(rendering.documents, ()):
                rooted = unit._replace(root=rendering.root)
                groups.setdefault(f"rendered:{rendering.root}", []).append((manifests, rooted))
    return tuple(Group(scope, tuple(work)) for scope, work in groups.items())


def _scope(unit: Unit, scopes: Sequence[str]) -> str:
    """Plain manifests are joined within the path that was asked for; everything else within its root."""
    if unit.format != "kubernetes":
        return f"{unit.format}:{unit.root}"
    return next(
        (f"asked:{scope}" for scope in scopes if not scope or f"{unit.root}/".startswith(f"{scope}/")), unit.root
    )


class Court:
    """The judges of a run, and what it was told."""

    __slots__ = ("_intake", "_judges", "_plan")

    def __init__(self, plan: Plan, intake: Intake) -> None:
        engines: dict[str, Engine] = {}

        def compile_policy(policy: Policy) -> Program:
            if policy.language not in engines:
                engines[policy.language] = engine(policy.language, trusted=True)
            return engines[policy.language].compile(policy)

        self._plan = plan
        self._intake = intake
        self._judges = Judges(plan.selection.policies, compile_policy, plan.selection.chosen)

    def answer(self, group: Group, read: Read) -> Answer:
        """What a group comes to."""
        witness = Witness(read)
        units = [parser.resources(unit, witness) for parser, unit in group.work]
        for folder in dict.fromkeys(folder for one in units for folder in one.folders):
            witness.whole(folder)
        graph = self._graph(group, units)
        results = [
            result
            for resource in graph.resources
            if STANDS_FOR in resource.meta
            for result in undecided(resource, self._policies_of(resource.meta[STANDS_FOR]))
        ]
        results.extend(evaluate(graph, self._judges))
        counts: dict[str, int] = {}
        for resource in graph.resources:
            counts[resource.location.path] = counts.get(resource.location.path, 0) + 1
        return Answer(
            tuple(results),
            tuple(lost for one in units for lost in one.unread),
            tuple(candidate for one in units for candidate in one.candidates),
            tuple(line for one in units for line in one.ledger),
            counts,
            witness.asked(),
            notes=tuple(note for one in units for note in one.notes),
        )

    def not_rendered(self) -> list[Result]:
        """What stands for the charts and overlays that could not be rendered."""
        stand_ins = [rendering.stand_in for rendering in self._intake.renderings if rendering.stand_in is not None]
        policies = self._policies_of("kubernetes") if stand_ins else ()
        return [result for one in stand_ins for result in undecided(one, policies)]

    def _policies_of(self, format: str) -> Sequence[Policy]:  # noqa: A002  the field's name
        """The selected policies that could judge resources of a format."""
        return [policy for policy in self._plan.selection.policies if format in formats_of(policy)]

    def _graph(self, group: Group, units: Sequence[Reading]) -> Graph:
        """A group's resources. The graph is open where something of it is unread or was not asked for."""
        causes = [cause for one in units for cause in one.open]
        causes += [Cause(lost.reason, lost.location.path) for one in units for lost in one.unread]
        if self._intake.only is not None and group.work[0][1].format == "kubernetes":
            causes.append(Cause("scope", "single files were named"))
        return Graph(
            (resource for one in units for resource in one.resources),
            open=tuple(dict.fromkeys(causes)),
            settings={"kubernetes": dict(self._plan.settings.kubernetes)},
        )

    def is_asked(self, result: Result) -> bool:
        """Whether the paths that were named or selected include the resource."""
        path, only = result.resource_location.path, self._intake.only
        if only is not None and path not in only and result.root not in only:
            return False
        selection = self._plan.selection
        if selection.paths and not any(fnmatchcase(path, pattern) for pattern in selection.paths):
            return False
        return not any(fnmatchcase(path, pattern) for pattern in selection.not_paths)


Answers = Callable[[Court, Sequence[Group], Read, Progress], Sequence[Answer]]
"""A way to find what groups come to, in their order."""


def one_by_one(court: Court, groups: Sequence[Group], read: Read, tell: Progress) -> Sequence[Answer]:
    """In this process, one after the other."""
    answers = []
    for place, group in enumerate(groups):
        tell(group.scope.partition(":")[2], place, len(groups))
        answers.append(court.answer(group, read))
    return answers


def _together(
    answers: Sequence[Answer], groups: Sequence[Group], claims: Claims, intake: Intake, court: Court
) -> Evaluation:
    found = [result for answer in answers for result in answer.results]
    results = [result for result in (*found, *court.not_rendered()) if court.is_asked(result)]
    unread = {*intake.unread, *claims.unread, *(lost for answer in answers for lost in answer.unread)}
    unread.update(lost for rendering in intake.renderings for lost in rendering.unread)
    judged = [one for name, group in claims.judged.items() if name not in _SECRET for one in group]
    return Evaluation(
        tuple(sorted(results, key=_order)),
        tuple(sorted(unread)),
        tuple(candidate for answer in answers for candidate in answer.candidates),
        _ledger(claims, answers, unread),
        sum(sum(answer.counts.values()) for answer in answers),
        _inputs_digest(unit for group in groups for _, unit in group.work),
        frozenset(one.path for one in (*judged, *claims.support.get("rendered", ()))),
        together(answer.asked for answer in answers),
        all(answer.lasting for answer in answers),
        tuple(dict.fromkeys(note for answer in answers for note in answer.notes)),
    )


def _order(result: Result) -> tuple[str, int, str, str, str, str]:
    place = result.resource_location
    return place.path, place.line, result.root, result.address, result.policy, result.fingerprint


def _ledger(claims: Claims, answers: Sequence[Answer], unread: Iterable[Unread]) -> tuple[LedgerLine, ...]:
    """One line for every document that was seen; what a parser says of one stands over what is assumed."""
    counts: dict[str, int] = {}
    for answer in answers:
        for path, count in answer.counts.items():
            counts[path] = counts.get(path, 0) + count
    lines = {line.path: line for line in claims.ledger}
    for state, documents in (("read", claims.judged), ("support", claims.support)):
        for name, group in documents.items():
            read_as, reason = ("kubernetes", name) if name == "rendered" else (name, "")
            for one in group:
                lines[one.path] = LedgerLine(one.path, state, read_as, reason, counts.get(one.path, 0))
    for missing in sorted(unread):
        path = missing.location.path
        state = "partly" if counts.get(path) else "unread"
        lines[path] = LedgerLine(path, state, missing.format, missing.reason, counts.get(path, 0))
    lines.update({line.path: line for answer in answers for line in answer.ledger})
    return tuple(lines[path] for path in sorted(lines))


def _inputs_digest(units: Iterable[Unit]) -> str:
    read = {(one.path, one.digest) for unit in units for one in (*unit.documents, *unit.support)}
    return hashlib.sha256("".join(f"{path}\0{digest}\n" for path, digest in sorted(read)).encode()).hexdigest()
