"""What is said of a violation: the message, the place to look at, and what the verdict rests on."""

from collections.abc import Mapping, Sequence
from typing import Any

from muniment.engines.native.message import Message
from muniment.engines.native.reads import Read, locate, material
from muniment.engines.native.scope import Observe, Scope, Subject
from muniment.languages.cel import CelEvaluationError, Program
from muniment.model.document import Location
from muniment.model.resource import Resource
from muniment.model.result import Violation


class Telling:
    """How one assert tells of its violations."""

    __slots__ = ("_at", "_message", "_name")

    def __init__(self, name: str, message: Message, at: Sequence[Program]) -> None:
        self._name = name
        self._message = message
        self._at = at

    def violation(
        self, that: Program, scope: Scope, lets: Mapping[str, Program], subject: Subject, element: Read | None
    ) -> Violation:
        """Judges again, watching what is read: dear, and only done for what is wrong."""
        reads: list[Read] = []
        observe = _recorder(reads)
        names = {name: value for name, value in scope.items() if name not in lets}
        watched = Scope(names, lets, observe)
        that.trace(watched, observe)
        if element is not None and not isinstance(element[2], dict | list):
            reads.append(element)
        sensitive = subject.resource.sensitive
        place = self._place(watched, element, reads, subject.joined)
        return Violation(
            self._name,
            self._message.render(scope, sensitive),
            place or subject.resource.location,
            material(reads, subject.paths(), sensitive),
        )

    def _place(
        self, scope: Scope, element: Read | None, reads: list[Read], joined: Mapping[int, Resource]
    ) -> Location | None:
        """The first `at` that is present; else the block that should hold it; else the element or the last read."""
        fallback: Location | None = None
        for path in self._at:
            steps: list[Read] = []
            keep = _recorder(steps)
            try:
                value = path.trace(scope, keep)
            except CelEvaluationError:
                continue
            if not steps and element is not None and value is element[2]:
                steps = [element]
            solid = [step for step in steps if step[0] is not None]
            place = locate(solid[-1], joined) if solid else None
            if place is not None and value is not None:
                return place
            fallback = fallback or place
        if fallback is None and element is not None:
            fallback = locate(element, joined)
        if fallback is None and not self._at:
            found = (locate(read, joined) for read in reversed(reads) if read[2] is not None)
            fallback = next((place for place in found if place is not None), None)
        return fallback


def _recorder(reads: list[Read]) -> Observe:
    def observe(container: Any, key: Any, value: Any) -> None:
        reads.append((container, key, value))

    return observe
