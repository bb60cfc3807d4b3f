"""Evaluates a tree unless an earlier run did: with the same documents, policies and settings the answer is the same.

The whole tree is asked for first, then each group of it, so that a second look costs what changed.
"""

from collections.abc import Iterable, Sequence

from muniment.app.cache import Cache
from muniment.app.evaluation import Answer, Answers, Court, Evaluation, Group, Progress, evaluate_intake
from muniment.app.intake import Intake
from muniment.app.plan import Plan
from muniment.app.registry import may_be_read
from muniment.app.witness import digest_of
from muniment.core.ports import Read
from muniment.model.derived import Derived
from muniment.model.document import Document


class Memory:
    """The cache, for one plan and tree; `answers` finds what is not in it."""

    __slots__ = ("_answers", "_cache", "_intake", "_material", "_plan")

    def __init__(self, cache: Cache, plan: Plan, intake: Intake, answers: Answers) -> None:
        self._cache = cache
        self._plan = plan
        self._intake = intake
        self._answers = answers
        self._material = plan.state, plan.digest, str(intake.only is None)

    def evaluation(self, read: Read, tell: Progress) -> Evaluation:
        """The evaluation of a tree, kept or new. Raises PolicyError for a policy that does not compile.

        What programs rendered is always new: what they read is not known.
        """
        intake = self._intake
        if intake.renderings:
            return evaluate_intake(intake, self._plan, read, tell, self.answers)
        told = repr((intake.ledger, intake.unread, intake.scopes, sorted(intake.only or ()), intake.as_format))
        seen = _seen(one for one in intake.documents if may_be_read(one.path))
        key = self._cache.key("tree", *self._material, told, *seen)
        kept = self._cache.get(key)
        if isinstance(kept, Evaluation) and kept.asked.holds(read):
            return kept
        evaluation = evaluate_intake(intake, self._plan, read, tell, self.answers)
        if evaluation.lasting:
            self._cache.put(key, evaluation)
        return evaluation

    def answers(self, court: Court, groups: Sequence[Group], read: Read, tell: Progress) -> list[Answer]:
        """What groups come to, kept or new."""
        keys = [self._key(group) for group in groups]
        known = [self._kept(key, read) for key in keys]
        missing = [group for group, answer in zip(groups, known, strict=True) if answer is None]
        new = iter(self._answers(court, missing, read, tell))
        found = []
        for key, answer in zip(keys, known, strict=True):
            found.append(answer or next(new))
            if answer is None and key and found[-1].lasting:
                self._cache.put(key, found[-1])
        return found

    def _kept(self, key: str, read: Read) -> Answer | None:
        kept = self._cache.get(key) if key else None
        return kept if isinstance(kept, Answer) and kept.asked.holds(read) else None

    def _key(self, group: Group) -> str:
        """The key of a group; empty for one that must be new."""
        units = [unit for _, unit in group.work]
        documents = [one for unit in units for one in (*unit.documents, *unit.support)]
        if any(isinstance(one, Derived) for one in documents):
            return ""
        told = repr([(unit.format, unit.root, sorted(unit.settings.items()), len(unit.documents)) for unit in units])
        return self._cache.key("group", *self._material, group.scope, told, *_seen(documents))


def _seen(documents: Iterable[Document]) -> Iterable[str]:
    return (f"{one.path}\0{digest_of(one)}" for one in documents)
