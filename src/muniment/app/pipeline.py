"""The one run: documents in, an Assessment out. Every door goes through here."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any, Final, NamedTuple

from muniment import __version__
from muniment.app.plan import Plan
from muniment.app.registry import Parsers, engine
from muniment.core import baseline as diff
from muniment.core.conclude import conclude
from muniment.core.decide import decide, rule
from muniment.core.evaluate import Judges, evaluate, undecided
from muniment.core.formats import formats_of
from muniment.core.graph import Graph
from muniment.core.ports import Engine, Parser, Program, Read, Reading, Unit
from muniment.core.waive import Waivers, check_ids, claims_of
from muniment.errors import InputError
from muniment.languages.unknown import Cause
from muniment.model.assessment import Assessment, Coverage, LedgerLine, Sources
from muniment.model.document import Document, Location
from muniment.model.policy import Policy
from muniment.model.resource import Resource
from muniment.model.result import Result, Unread
from muniment.sources.rendering import Rendering

_STAND_INS: Final = (
    (b"version https://git-lfs.github.com/spec/", "a pointer of Git LFS", "run git lfs pull first"),
    (b"\0GITCRYPT\0", "encrypted by git-crypt", "run git-crypt unlock first"),
    (b"age-encryption.org/v1", "encrypted by age", "decrypt it first, or exclude it with a reason"),
)
"""How a file begins that stands for another one, what it is, and the remedy."""

_SECRET: Final = frozenset({"terraform-plan"})
"""Formats that write out sensitive values: their text is never quoted."""

STANDS_FOR: Final = "stands_for"
"""Key of `meta` with the format of the resources that a stand-in stands for."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, of how many."""


class Intake(NamedTuple):
    """What a source gives: documents, and what it saw beside them."""

    documents: tuple[Document, ...]
    ledger: tuple[LedgerLine, ...] = ()
    unread: tuple[Unread, ...] = ()
    scopes: tuple[str, ...] = ("",)
    """The paths that were asked for; plain manifests are joined within one of them."""
    only: frozenset[str] | None = None
    """Files that the answer is about, where single files were named; what they need was read too."""
    renderings: tuple[Rendering, ...] = ()
    as_format: str = ""
    """The format that every document has, where the caller says so."""


class Part(NamedTuple):
    """One unit with what its parser made of it; parts of one `scope` are joined with each other."""

    unit: Unit
    reading: Reading
    scope: str


class Claims(NamedTuple):
    """Which parser reads which documents, and what nobody reads."""

    judged: dict[str, list[Document]]
    support: dict[str, list[Document]]
    parsers: dict[str, Parser]
    ledger: list[LedgerLine]
    unread: list[Unread]


def run(intake: Intake, plan: Plan, read: Read, *, now: datetime, progress: Progress | None = None) -> Assessment:
    """Reads, judges, concludes and decides.

    Raises UsageError for a skip comment with an unknown id, PolicyError for a policy that does not compile.
    """
    tell = progress or _silent
    claims = _classify(intake, Parsers(parser_settings(plan)))
    parts = _read_all(claims, intake, read, tell)
    results = _judge(parts, intake, plan, tell)
    unread = {*intake.unread, *claims.unread, *(lost for part in parts for lost in part.reading.unread)}
    unread.update(lost for rendering in intake.renderings for lost in rendering.unread)
    return _assess(results, tuple(sorted(unread)), parts, claims, plan, now)


def resources_of(intake: Intake, read: Read) -> list[Resource]:
    """What the parsers make of some documents, judged by nothing."""
    parts = _read_all(_classify(intake, Parsers({})), intake, read, _silent)
    return [resource for part in parts for resource in part.reading.resources]


def parser_settings(plan: Plan) -> dict[str, Mapping[str, Any]]:
    """The settings that parsers take, by format."""
    settings = plan.settings
    return {
        "terraform": settings.terraform,
        "terraform-plan": settings.terraform,
        "kubernetes": settings.kubernetes,
    }


def _silent(_what: str, _done: int, _total: int) -> None:
    """No progress is shown."""


def _classify(intake: Intake, parsers: Parsers) -> Claims:
    """Asks the parsers, in order of precedence, who reads each document."""
    claims = Claims({}, {}, {}, list(intake.ledger), [])
    consumed = frozenset(path for rendering in intake.renderings for path in rendering.consumed)
    for document in intake.documents:
        if document.path in consumed:
            claims.ledger.append(LedgerLine(document.path, "support", "kubernetes", "rendered"))
            claims.support.setdefault("rendered", []).append(document)
            continue
        try:
            _claim(document, parsers, claims, intake.as_format)
        except InputError as error:
            claims.unread.append(Unread(Location(document.path, 1), error.code, str(error), error.hint))
    return claims


def _claim(document: Document, parsers: Parsers, claims: Claims, as_format: str) -> None:
    if as_format:
        claims.parsers[as_format] = parsers.named(as_format)
        claims.judged.setdefault(as_format, []).append(document)
        return
    recognised = False
    for parser in parsers.candidates(document.path):
        recognised = True
        role = parser.claim(document)
        if role:
            claims.parsers[parser.format] = parser
            kept = claims.judged if role == "judged" else claims.support
            kept.setdefault(parser.format, []).append(document)
            return
    if recognised:
        _refuse_stand_in(document)
    suffix = document.name.rpartition(".")[2] if "." in document.name else document.name
    claims.ledger.append(LedgerLine(document.path, "unrecognised", reason=suffix))


def _refuse_stand_in(document: Document) -> None:
    """Raises InputError for what lies in place of a file named like configuration: nobody else would speak of it."""
    for start, what, remedy in _STAND_INS:
        if document.data.startswith(start):
            raise InputError(f"is {what}, not the configuration itself", code="stand-in", hint=remedy)


def _read_all(claims: Claims, intake: Intake, read: Read, tell: Progress) -> list[Part]:
    """Every unit of every format, read; formats in the registry's order, units in their parser's."""
    work: list[tuple[Parser, Unit, str]] = []
    for name, parser in sorted(claims.parsers.items()):
        units = parser.units(claims.judged.get(name, ()), claims.support.get(name, ()))
        work.extend((parser, unit, _scope(unit, intake.scopes)) for unit in units)
    if any(rendering.documents for rendering in intake.renderings):
        manifests = Parsers({}).named("kubernetes")
        work.extend(
            (manifests, unit._replace(root=rendering.root), f"rendered:{rendering.root}")
            for rendering in intake.renderings
            for unit in manifests.units(rendering.documents, ())
        )
    parts = []
    for place, (parser, unit, scope) in enumerate(work):
        tell(unit.root, place, len(work))
        parts.append(Part(unit, parser.resources(unit, read), scope))
    return parts


def _scope(unit: Unit, scopes: Sequence[str]) -> str:
    """Plain manifests are joined within the path that was asked for; everything else within its root."""
    if unit.format != "kubernetes":
        return f"{unit.format}:{unit.root}"
    return next(
        (f"asked:{scope}" for scope in scopes if not scope or f"{unit.root}/".startswith(f"{scope}/")), unit.root
    )


def _judge(parts: Sequence[Part], intake: Intake, plan: Plan, tell: Progress) -> list[Result]:
    """The Results of all scopes, sorted; filtered by the paths that were selected."""
    engines: dict[str, Engine] = {}

    def compile_policy(policy: Policy) -> Program:
        if policy.language not in engines:
            engines[policy.language] = engine(policy.language, trusted=True)
        return engines[policy.language].compile(policy)

    judges = Judges(plan.selection.policies, compile_policy, plan.selection.chosen)
    by_format: dict[str, list[Policy]] = {}
    for policy in plan.selection.policies:
        for name in formats_of(policy):
            by_format.setdefault(name, []).append(policy)
    results: list[Result] = []
    scopes: dict[str, list[Part]] = {}
    for part in parts:
        scopes.setdefault(part.scope, []).append(part)
    for place, group in enumerate(scopes.values()):
        tell("judging", place, len(scopes))
        graph = _graph(group, intake, plan)
        for resource in graph.resources:
            if STANDS_FOR in resource.meta:
                results.extend(undecided(resource, by_format.get(resource.meta[STANDS_FOR], ())))
        results.extend(evaluate(graph, judges))
    for rendering in intake.renderings:
        if rendering.stand_in is not None:
            results.extend(undecided(rendering.stand_in, by_format.get("kubernetes", ())))
    results = [result for result in results if _is_asked(result, intake, plan)]
    results.sort(key=_order)
    return results


def _graph(group: Sequence[Part], intake: Intake, plan: Plan) -> Graph:
    """One scope's resources. It is open where something of it is unread or was not asked for."""
    causes = [cause for part in group for cause in part.reading.open]
    causes += [Cause(lost.reason, lost.location.path) for part in group for lost in part.reading.unread]
    if intake.only is not None and group[0].unit.format == "kubernetes":
        causes.append(Cause("scope", "single files were named"))
    return Graph(
        (resource for part in group for resource in part.reading.resources),
        open=tuple(dict.fromkeys(causes)),
        settings={"kubernetes": dict(plan.settings.kubernetes)},
    )


def _order(result: Result) -> tuple[str, int, str, str, str, str]:
    place = result.resource_location
    return place.path, place.line, result.root, result.address, result.policy, result.fingerprint


def _is_asked(result: Result, intake: Intake, plan: Plan) -> bool:
    path = result.resource_location.path
    if intake.only is not None and path not in intake.only and result.root not in intake.only:
        return False
    selection = plan.selection
    if selection.paths and not any(fnmatchcase(path, pattern) for pattern in selection.paths):
        return False
    return not any(fnmatchcase(path, pattern) for pattern in selection.not_paths)


def _assess(
    results: list[Result],
    unread: tuple[Unread, ...],
    parts: Sequence[Part],
    claims: Claims,
    plan: Plan,
    now: datetime,
) -> Assessment:
    today = now.date()
    candidates = tuple(candidate for part in parts for candidate in part.reading.candidates)
    named = claims_of(plan.all_policies)
    check_ids(candidates, named, plan.foreign)
    waivers = Waivers(plan.waivers, candidates, named, today)
    policies = {policy.id: policy for policy in plan.selection.policies}
    rulings = rule(results, policies, plan.gate, waivers, plan.baseline, today)
    ledger = _ledger(claims, parts, unread)
    changes = diff.compare(plan.before, results, unread) if plan.before is not None else ()
    met = {result.policy for result in results}
    return Assessment(
        tool="muniment",
        version=__version__,
        as_of=today.isoformat(),
        base=".",
        plan_digest=plan.digest,
        inputs_digest=_inputs_digest(parts),
        results=tuple(results),
        rulings=rulings,
        unread=unread,
        coverage=Coverage(
            ledger,
            tuple(policies),
            tuple(sorted(identity for identity in policies if identity not in met)),
            plan.selection.notes,
        ),
        controls=conclude(plan.frameworks, plan.selection.policies, results, rulings, unread),
        waivers=waivers.uses(results, policies, plan.foreign),
        decision=decide(
            results, rulings, unread, changes, plan.gate, judged=sum(len(part.reading.resources) for part in parts)
        ),
        policies=plan.selection.policies,
        changes=changes,
        sources=_sources(claims),
    )


def _ledger(claims: Claims, parts: Sequence[Part], unread: Sequence[Unread]) -> tuple[LedgerLine, ...]:
    """One line for every document that was seen; what a parser says of one stands over what is assumed."""
    lost = {one.location.path: one for one in unread}
    stated = {line.path: line for part in parts for line in part.reading.ledger}
    counts: dict[str, int] = {}
    for part in parts:
        for resource in part.reading.resources:
            counts[resource.location.path] = counts.get(resource.location.path, 0) + 1
    lines = {line.path: line for line in claims.ledger}
    for state, documents in (("read", claims.judged), ("support", claims.support)):
        for name, group in documents.items():
            for one in group:
                lines[one.path] = LedgerLine(one.path, state, name, resources=counts.get(one.path, 0))
    for path, missing in lost.items():
        state = "partly" if counts.get(path) else "unread"
        lines[path] = LedgerLine(path, state, missing.format, missing.reason, counts.get(path, 0))
    lines.update(stated)
    return tuple(lines[path] for path in sorted(lines))


def _sources(claims: Claims) -> Sources:
    """The texts that reports may quote: of what was judged and of what renderers read; a plan's has secrets in it."""
    judged = [one for name, group in claims.judged.items() if name not in _SECRET for one in group]
    return Sources({one.path: one.data for one in (*judged, *claims.support.get("rendered", ()))})


def _inputs_digest(parts: Sequence[Part]) -> str:
    """SHA-256 over the paths and digests of everything that was read."""
    read = {(one.path, one.digest) for part in parts for one in (*part.unit.documents, *part.unit.support)}
    return hashlib.sha256("".join(f"{path}\0{digest}\n" for path, digest in sorted(read)).encode()).hexdigest()
