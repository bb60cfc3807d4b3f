"""Evaluates a tree unless an earlier run did: with the same documents, policies and settings the answer is the same."""

from typing import NamedTuple

from muniment.app.cache import Cache
from muniment.app.evaluation import Evaluation, Progress, evaluate_intake
from muniment.app.intake import Intake
from muniment.app.plan import Plan
from muniment.app.registry import may_be_read
from muniment.core.ports import Read
from muniment.errors import InputError
from muniment.model.document import Document


class Asked(NamedTuple):
    """What parsers asked for beyond the documents that were given: the answers must still be the same."""

    documents: tuple[tuple[str, str], ...]
    """(path, digest); the digest is empty for what was not there."""
    folders: tuple[tuple[str, tuple[str, ...]], ...]
    """(folder, names of its files)."""

    def holds(self, read: Read) -> bool:
        """Whether the same questions have the same answers."""
        return all(read.names(folder) == names for folder, names in self.folders) and all(
            _digest(read(path)) == digest for path, digest in self.documents
        )


class Witness:
    """Answers as another Read does, and remembers what was asked."""

    __slots__ = ("_documents", "_folders", "_read")

    def __init__(self, read: Read) -> None:
        self._read = read
        self._documents: dict[str, str] = {}
        self._folders: dict[str, tuple[str, ...]] = {}

    def __call__(self, path: str) -> Document | None:
        """Another document by its path below the base."""
        found = self._read(path)
        self._documents[path] = _digest(found)
        return found

    def names(self, folder: str) -> tuple[str, ...]:
        """The sorted names of the files in a folder below the base."""
        self._folders[folder] = self._read.names(folder)
        return self._folders[folder]

    def asked(self) -> Asked:
        """All questions so far."""
        return Asked(tuple(sorted(self._documents.items())), tuple(sorted(self._folders.items())))


def remembered(intake: Intake, plan: Plan, read: Read, tell: Progress, cache: Cache) -> Evaluation:
    """The evaluation of a tree, kept or new. What programs rendered is always new: what they read is not known."""
    if intake.renderings or not plan.state:
        return evaluate_intake(intake, plan, read, tell)
    key = _key(intake, plan, cache)
    kept: tuple[Evaluation, Asked] | None = cache.get(key)
    if kept is not None and kept[1].holds(read):
        return kept[0]
    witness = Witness(read)
    evaluation = evaluate_intake(intake, plan, witness, tell)
    cache.put(key, (evaluation, witness.asked()))
    return evaluation


def _key(intake: Intake, plan: Plan, cache: Cache) -> str:
    """Of everything that reaches a verdict: the plan, what was asked for, and each document that may be read."""
    seen = [f"{one.path}\0{_digest(one) if may_be_read(one.path) else ''}" for one in intake.documents]
    told = repr((intake.ledger, intake.unread, intake.scopes, sorted(intake.only or ()), intake.as_format))
    return cache.key("evaluation", plan.state, plan.digest, told, str(intake.only is None), *seen)


def _digest(document: Document | None) -> str:
    """The digest of a document, empty if there is none; what cannot be read is told by the reason."""
    if document is None:
        return ""
    try:
        return document.digest
    except InputError as error:
        return f"{error.code}: {error}"
