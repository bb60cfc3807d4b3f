"""What `moved` blocks say: the addresses by which a resource went before.

The rules are Terraform's. A block names both ends from the module that it stands in, holds in every instance of that
module, and moves a resource or a module call with all of its instances unless one of the ends has a key. Of two blocks
that could move the same thing, the narrower one does. A move that Terraform refuses to plan carries nothing over.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from muniment.parsers.terraform.addresses import MODULE, Steps, steps_of, text_of
from muniment.parsers.terraform.declarations import Declared, Module
from muniment.parsers.terraform.existing import Existing
from muniment.parsers.terraform.instance import ModuleInstance
from muniment.parsers.terraform.written import address_of

_MOST: Final = 64
"""Former addresses of one resource; what was known by still older ones counts as new."""


class Move(NamedTuple):
    """One `moved` block in one instance of its module."""

    source: Steps
    target: Steps
    whole: bool
    """Whether it moves all instances, each with its key."""
    declared: Declared


Index = Mapping[tuple[Steps, bool], Move]
"""Moves by one of their ends, and whether that stands for all instances."""


def has_moves(module: Module) -> bool:
    """Whether a module has `moved` blocks at all."""
    return any(one.block.type == "moved" for one in module.notices)


class Moves:
    """The moves of one root, from its top module on; what is wrong with them is noted in its run."""

    __slots__ = ("_by_source", "_by_target")

    def __init__(self, top: ModuleInstance) -> None:
        existing = Existing(top)
        stated = [move for instance in _instances(top) for move in _stated(instance) if _holds(move, existing, top)]
        moves = _in_order(_unambiguous(stated, top), top)
        self._by_source, self._by_target = _by_ends(moves)

    def former(self, address: str) -> tuple[str, ...]:
        """The addresses by which the resource or module at an address went before, the latest first.

        Where something is at several of them, the first is the one from which Terraform moves it.
        """
        here = steps_of(address)
        found = {here: None}
        work = [here]
        for now in work:
            for move in reversed(tuple(_selecting(self._by_target, now))):  # the widest arrives first
                before = _carried(now, move.target, move.source, whole=move.whole)
                if before not in found and self._next(before) is move and len(work) <= _MOST:
                    found[before] = None
                    work.append(before)
        return tuple(map(text_of, work[1:]))

    def _next(self, address: Steps) -> Move | None:
        """The move that takes away what is at an address: the narrowest of those that could."""
        return next(_selecting(self._by_source, address), None)


def _instances(top: ModuleInstance) -> Iterator[ModuleInstance]:
    """Every module instance of a root, callers first."""
    yield top
    for name in top.module.calls:
        for _, child in top.calls(name).instances:
            if child is not None:
                yield from _instances(child)


def _stated(instance: ModuleInstance) -> Iterator[Move]:
    """The moves that one module instance states, with both ends as the root names them."""
    above = steps_of(instance.prefix.rstrip("."))
    for declared in instance.module.notices:
        if declared.block.type != "moved":
            continue
        source, target = (_end(declared, name) for name in ("from", "to"))
        if not source or not target:
            message = "moved: from and to have to be the addresses of two resources or two modules"
        elif (source[-1].kind == MODULE) != (target[-1].kind == MODULE):
            message = f"moved: of {text_of(source)} and {text_of(target)}, one is a module and one a resource"
        else:
            whole = not source[-1].key and not target[-1].key
            yield Move((*above, *source), (*above, *target), whole, declared)
            continue
        instance.run.refuse(declared.location, message)


def _end(declared: Declared, name: str) -> Steps:
    """One end of a move; empty where it is no address."""
    attribute = declared.block.body.attributes.get(name)
    return steps_of(address_of(attribute.expression)) if attribute is not None else ()


def _holds(move: Move, existing: Existing, top: ModuleInstance) -> bool:
    """Whether a move carries anything over. What still goes by the old address keeps what is known of it."""
    place, source, target = move.declared.location, text_of(move.source), text_of(move.target)
    if move.source == move.target:
        top.run.refuse(place, f"moved: both ends are {source}")
        return False
    declared = existing.has(move.source, whole=move.whole)
    if declared:
        top.run.refuse(place, f"moved: {source} is still declared, so that it cannot be {target} now")
    elif declared is None:
        top.run.note(place, f"moved: whether {source} is still declared cannot be told: nothing known of it is kept")
    elif move.source[-1].kind != move.target[-1].kind:
        top.run.note(place, f"moved: {target} is of another type than {source}: nothing known of it is kept")
        return False
    return declared is False


def _unambiguous(moves: Sequence[Move], top: ModuleInstance) -> list[Move]:
    """The moves whose ends no other move has: one thing can move to one place only, and come from one."""
    targets: dict[tuple[Steps, bool], dict[Steps, None]] = {}
    sources: dict[tuple[Steps, bool], dict[Steps, None]] = {}
    for move in moves:
        targets.setdefault((move.source, move.whole), {})[move.target] = None
        sources.setdefault((move.target, move.whole), {})[move.source] = None
    kept: dict[tuple[Steps, Steps, bool], Move] = {}
    for move in moves:
        to, come = targets[move.source, move.whole], sources[move.target, move.whole]
        if len(to) == len(come) == 1:
            kept[move.source, move.target, move.whole] = move
        else:
            ends = f"to {_listed(to)}" if len(to) > 1 else f"from {_listed(come)}"
            what = text_of(move.source if len(to) > 1 else move.target)
            top.run.refuse(move.declared.location, f"moved: {what} cannot move {ends} at once")
    return list(kept.values())


def _in_order(moves: Sequence[Move], top: ModuleInstance) -> list[Move]:
    """The moves that can be made one after the other: not those that wait for each other, nor what waits for them."""
    waiting: dict[int, set[int]] = {id(move): set() for move in moves}
    after: dict[int, list[Move]] = {}
    for later, first in _pairs(moves):
        if id(first) not in waiting[id(later)]:
            waiting[id(later)].add(id(first))
            after.setdefault(id(first), []).append(later)
    made = [move for move in moves if not waiting[id(move)]]
    for move in made:
        for later in after.get(id(move), ()):
            waiting[id(later)].discard(id(move))
            if not waiting[id(later)]:
                made.append(later)
    left = {id(move) for move in moves} - {id(move) for move in made}
    for move in moves:
        if id(move) in left:
            message = f"moved: from {text_of(move.source)} the moves lead back to it, or to others that do"
            top.run.refuse(move.declared.location, message)
    return made


def _pairs(moves: Sequence[Move]) -> Iterator[tuple[Move, Move]]:
    """Which move has to be made after which, by what their ends have in common.

    What comes to a place goes on from there, the narrower of two goes away first, and the wider of two arrives first.
    """
    by_source, by_target = _by_ends(moves)
    for move in moves:
        for other in _selecting(by_target, move.source):
            yield move, other
        for other in _selecting(by_source, move.target):
            yield other, move
        for other in _selecting(by_source, move.source):
            if len(other.source) < len(move.source) or other.whole > move.whole:
                yield other, move
        for other in _selecting(by_target, move.target):
            if len(other.target) < len(move.target) or other.whole > move.whole:
                yield move, other


def _listed(ends: Mapping[Steps, None]) -> str:
    return " and ".join(map(text_of, ends))


def _by_ends(moves: Sequence[Move]) -> tuple[Index, Index]:
    """The moves by their sources, and by their targets."""
    return {(move.source, move.whole): move for move in moves}, {(move.target, move.whole): move for move in moves}


def _selecting(index: Index, address: Steps) -> Iterator[Move]:
    """The moves one end of which is an address or a module above it, the narrowest first."""
    for length in range(len(address), 0, -1):
        here = address[:length]
        for end, whole in ((here, False), ((*here[:-1], here[-1]._replace(key="")), True)):
            found = index.get((end, whole))
            if found is not None:
                yield found


def _carried(address: Steps, origin: Steps, goal: Steps, *, whole: bool) -> Steps:
    """The address with one end of a move in place of the other."""
    last = goal[-1]._replace(key=address[len(origin) - 1].key) if whole else goal[-1]
    return (*goal[:-1], last, *address[len(origin) :])
