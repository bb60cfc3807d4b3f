"""Shares the groups of a run among processes, where there is enough to do and the system can fork.

Workers read and judge, and send back answers, never what they parsed. Whatever becomes of a worker, each of its groups
has an answer: of one that ended early it says so, and the run is incomplete.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from muniment.app.evaluation import Answer, Court, Group, Progress, one_by_one
from muniment.core.ports import Read
from muniment.errors import MunimentError
from muniment.model.document import Location
from muniment.model.result import Unread

_LEAST_BYTES: Final = 1_000_000
_LEAST_FILES: Final = 200
"""Below both, starting workers costs more than it saves."""
_MOST: Final = 8


class Workers:
    """Some processes; `asked` 0 is as many as there are cores that may be used, at most eight."""

    __slots__ = ("_asked",)

    def __init__(self, asked: int = 0) -> None:
        self._asked = asked

    def answers(self, court: Court, groups: Sequence[Group], read: Read, tell: Progress) -> Sequence[Answer]:
        """What groups come to, in their order. Raises what the first of them raises."""
        count = min(self._count(groups), len(groups))
        if count < 2 or not hasattr(os, "fork") or _has_threads():
            return one_by_one(court, groups, read, tell)
        started = [(places, *_start(court, groups, places, read)) for places in _shares(groups, count)]
        found: dict[int, Answer] = {}
        try:
            for done, (places, process, pipe) in enumerate(started):
                tell("judging in several processes", done, count)
                found.update(_collect(groups, places, process, pipe))
        except BaseException:
            for _, process, _ in started:
                _end(process)
            raise
        return [found[place] for place in range(len(groups))]

    def _count(self, groups: Sequence[Group]) -> int:
        if self._asked:
            return self._asked
        documents = [one for group in groups for _, unit in group.work for one in unit.documents]
        if len(documents) < _LEAST_FILES and sum(len(one.data) for one in documents) < _LEAST_BYTES:
            return 1
        return min(_MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _has_threads() -> bool:
    """Whether this process has threads, which a fork would leave behind with whatever they hold."""
    import threading

    return threading.active_count() > 1


def _shares(groups: Sequence[Group], count: int) -> list[list[int]]:
    """The places of the groups, shared so that each worker has about as many bytes; the largest go first."""
    weights = [sum(len(one.data) for _, unit in group.work for one in unit.documents) for group in groups]
    shares: list[list[int]] = [[] for _ in range(count)]
    loads = [0] * count
    for place in sorted(range(len(groups)), key=lambda place: (-weights[place], place)):
        least = loads.index(min(loads))
        shares[least].append(place)
        loads[least] += weights[place] + 1
    return shares


def _start(court: Court, groups: Sequence[Group], places: Sequence[int], read: Read) -> tuple[int, int]:
    """A worker for some groups: its process, and the pipe that its answers come through."""
    import pickle
    import signal

    out, into = os.pipe()
    process = os.fork()
    if process:
        os.close(into)
        return process, out
    status = 1
    try:
        os.close(out)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with os.fdopen(into, "wb") as pipe:
            for place in places:
                pickle.dump((place, _answer(court, groups[place], read)), pipe, protocol=5)
        status = 0
    finally:
        os._exit(status)  # the parent's exit handlers and buffers are not this process's


def _answer(court: Court, group: Group, read: Read) -> Answer | MunimentError:
    try:
        return court.answer(group, read)
    except MunimentError as error:
        return error


def _collect(groups: Sequence[Group], places: Sequence[int], process: int, pipe: int) -> dict[int, Answer]:
    """The answers of one worker. What it did not get to is lost, and said to be."""
    import pickle

    found: dict[int, Answer] = {}
    with os.fdopen(pipe, "rb") as stream:
        try:
            for _ in places:
                place, answer = pickle.load(stream)  # noqa: S301  our own child wrote it
                if isinstance(answer, MunimentError):
                    raise answer
                found[place] = answer
        except (EOFError, pickle.UnpicklingError):
            pass
    _, status = os.waitpid(process, 0)
    return found | {place: _lost(groups[place], status) for place in places if place not in found}


def _end(process: int) -> None:
    """Ends a worker that nobody waits for any more."""
    import signal

    with suppress(OSError):
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _lost(group: Group, status: int) -> Answer:
    """What is said of a group whose worker ended before it answered."""
    how = f"by signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"with status {os.WEXITSTATUS(status)}"
    return Answer(
        (),
        tuple(
            Unread(
                Location(document.path, 1),
                "worker-lost",
                f"the process that judged it ended {how}",
                "run again with --workers 1; if memory is short, judge fewer paths at once",
                unit.format,
            )
            for _, unit in group.work
            for document in unit.documents
        ),
        lasting=False,
    )
