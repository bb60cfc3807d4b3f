"""The one run: documents in, an Assessment out. Every door goes through here."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from muniment import __version__
from muniment.app.evaluation import Answers, Evaluation, Progress, evaluate_intake, one_by_one, readings
from muniment.app.intake import Intake
from muniment.app.plan import Plan
from muniment.core import baseline as diff
from muniment.core.conclude import conclude
from muniment.core.decide import decide, rule
from muniment.core.ports import Read
from muniment.core.renames import Renames, Settled
from muniment.core.waive import Waivers, check_ids, claims_of
from muniment.model.assessment import Assessment, Coverage, Sources
from muniment.model.resource import Resource


class Means(NamedTuple):
    """How a run goes about its work. None of it changes the answer."""

    progress: Progress | None = None
    cache: Path | None = None
    """The folder of what earlier runs found; without one everything is judged anew."""
    workers: int = 1
    """Processes; 0 is as many as pay."""


def run(
    intake: Intake,
    plan: Plan,
    read: Read,
    *,
    now: datetime,
    means: Means = Means(),  # noqa: B008  a frozen value
) -> Assessment:
    """Reads, judges, concludes and decides.

    Raises UsageError for a skip comment with an unknown id, PolicyError for a policy that does not compile.
    """
    tell = means.progress or _silent
    answers: Answers = one_by_one
    if means.workers != 1 and len(intake.documents) > 1:
        from muniment.app.workers import Workers

        answers = Workers(means.workers).answers
    if means.cache is None or not plan.state or not intake.documents:
        evaluation = evaluate_intake(intake, plan, read, tell, answers)
    else:
        from muniment.app.cache import Cache
        from muniment.app.remembering import Memory

        evaluation = Memory(Cache(means.cache), plan, intake, answers).evaluation(read, tell)
    texts = {one.path: one.data for one in intake.documents if one.path in evaluation.quotable}
    return _assess(evaluation, plan, now)._replace(sources=Sources(texts))


def resources_of(intake: Intake, read: Read) -> list[Resource]:
    """What the parsers make of some documents, judged by nothing."""
    return [resource for reading in readings(intake, read) for resource in reading.resources]


def _silent(_what: str, _done: int, _total: int) -> None:
    """No progress is shown."""


def _assess(found: Evaluation, plan: Plan, now: datetime) -> Assessment:
    """What the results mean for the controls and the gate, as of a day."""
    today = now.date()
    named = claims_of(plan.all_policies) if found.candidates else {}
    check_ids(found.candidates, named, plan.foreign)
    before = plan.before
    renamed, candidates = Settled(found.results), found.candidates
    if before is not None:
        renames = Renames(before.results)
        renamed, candidates = renames.settle(found.results), tuple(map(renames.narrowed, candidates))
        found = found._replace(results=renamed.results)
    waivers = Waivers(plan.waivers, candidates, named, today, before.waivers if before else None)
    policies = {policy.id: policy for policy in plan.selection.policies}
    rulings = rule(found.results, policies, plan.gate, waivers, plan.baseline, today)
    changes = diff.compare(before.results, found.results, found.unread) if before else ()
    gate_changes = (*plan.gate_changes, *waivers.added())
    met = {result.policy for result in found.results}
    return Assessment(
        tool="muniment",
        version=__version__,
        as_of=today.isoformat(),
        base=".",
        plan_digest=plan.digest,
        inputs_digest=found.inputs,
        results=found.results,
        rulings=rulings,
        unread=found.unread,
        coverage=Coverage(
            found.ledger,
            tuple(policies),
            tuple(sorted(identity for identity in policies if identity not in met)),
            (*plan.selection.notes, *found.notes, *renamed.notes),
        ),
        controls=conclude(plan.frameworks, plan.selection.policies, found.results, rulings, found.unread),
        waivers=waivers.uses(found.results, policies, plan.foreign),
        decision=decide(
            found.results, rulings, found.unread, changes, plan.gate, judged=found.judged, meddling=len(gate_changes)
        ),
        policies=plan.selection.policies,
        changes=changes,
        gate_changes=gate_changes,
    )
