"""What `moved` blocks say: the addresses by which a resource went before.

The rules are Terraform's. A block names both ends from the module that it stands in, holds in every instance of that
module, and moves a resource or a module call with all of its instances unless one of the ends has a key. Of two blocks
that could move the same thing, the narrower one does. A move that Terraform refuses to plan carries nothing over.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from muniment.parsers.terraform.addresses import MODULE, Step, Steps, steps_of, text_of
from muniment.parsers.terraform.declarations import Declared, Module
from muniment.parsers.terraform.instance import ModuleInstance
from muniment.parsers.terraform.repetition import Repetition
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


Index = Mapping[tuple[Steps, str, str], Sequence[tuple[str, Move]]]
"""Moves by one of their ends: by its steps but the last, and that one's kind and name; with its key, narrower first."""


def has_moves(module: Module) -> bool:
    """Whether a module has `moved` blocks at all."""
    return any(one.block.type == "moved" for one in module.notices)


class Moves:
    """The moves of one root, from its top module on; what is wrong with them is noted in its run."""

    __slots__ = ("_by_source", "_by_target")

    def __init__(self, top: ModuleInstance) -> None:
        stated = [move for instance in _instances(top) for move in _stated(instance) if _holds(move, top)]
        moves = _unambiguous(stated, top)
        self._by_source = _index([(move.source, move) for move in moves])
        self._by_target = _index([(move.target, move) for move in moves])
        self._refuse_cycles(moves, top)

    def former(self, address: str) -> tuple[str, ...]:
        """The addresses by which the resource or module at an address went before, the latest first."""
        here = steps_of(address)
        found = {here: None}
        work = [here]
        for now in work:
            for move in _selecting(self._by_target, now):
                before = _carried(now, move.target, move.source, whole=move.whole)
                if before not in found and self._next(before) is move and len(work) <= _MOST:
                    found[before] = None
                    work.append(before)
        return tuple(map(text_of, work[1:]))

    def _next(self, address: Steps) -> Move | None:
        """The move that takes away what is at an address: the narrowest of those that could."""
        return next(_selecting(self._by_source, address), None)

    def _refuse_cycles(self, moves: Sequence[Move], top: ModuleInstance) -> None:
        """Notes the moves that lead back to where they began; nothing that is declared can be found through them."""
        done: set[Steps] = set()
        for start in moves:
            here, seen, move = start.source, set[Steps](), self._next(start.source)
            while move is not None and here not in done and here not in seen:
                seen.add(here)
                here = _carried(here, move.source, move.target, whole=move.whole)
                move = self._next(here)
            if here in seen:
                top.run.refuse(start.declared.location, f"moved: from {text_of(here)} the moves lead back to it")
            done |= seen


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


def _holds(move: Move, top: ModuleInstance) -> bool:
    """Whether a move carries anything over. What still goes by the old address keeps what is known of it."""
    place, source, target = move.declared.location, text_of(move.source), text_of(move.target)
    if move.source == move.target:
        top.run.refuse(place, f"moved: both ends are {source}")
        return False
    declared = _is_declared(top, move)
    if declared:
        top.run.refuse(place, f"moved: {source} is still declared, so that it cannot be {target} now")
    elif declared is None:
        top.run.note(place, f"moved: whether {source} is still declared cannot be told: nothing known of it is kept")
    elif move.source[-1].kind != move.target[-1].kind:
        top.run.note(place, f"moved: {target} is of another type than {source}: nothing known of it is kept")
        return False
    return declared is False


def _is_declared(top: ModuleInstance, move: Move) -> bool | None:
    """Whether the configuration still has what a move moves; None where that cannot be told."""
    here = top
    for step in move.source[:-1]:
        found = _called(here, step)
        if found is None or found is False:
            return found
        here = found
    last = move.source[-1]
    instances = _repetitions(here, last)
    if instances is None or move.whole:
        return instances is not None
    meant = {_is_meant(one, last.key) for one in instances}
    return True if True in meant else None if None in meant else False


def _called(here: ModuleInstance, step: Step) -> ModuleInstance | Literal[False] | None:
    """The module instance that a step leads to: False where none is declared, None where that cannot be told."""
    for repetition, child in here.calls(step.name).instances if step.name in here.module.calls else ():
        is_meant = _is_meant(repetition, step.key)
        if is_meant is not False:
            return child if is_meant else None
    return False


def _repetitions(here: ModuleInstance, step: Step) -> list[Repetition] | None:
    """The instances of what a step names in a module instance; None where nothing of it is declared."""
    if step.kind == MODULE:
        return [one for one, _ in here.calls(step.name).instances] if step.name in here.module.calls else None
    mode, _, kind = step.kind.rpartition(".")
    mode = mode or "managed"
    if (kind, step.name) not in here.module.blocks[mode]:
        return None
    return [one.repetition for one in here.block(mode, kind, step.name).members]


def _is_meant(one: Repetition, key: str) -> bool | None:
    """Whether an instance has a key; None for one that stands for all where some of them might."""
    if one.suffix == key:
        return True
    kind = "for_each" if key.startswith('["') else "count" if key else ""
    return None if one.unknown and one.kind == kind else False


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


def _listed(ends: Mapping[Steps, None]) -> str:
    return " and ".join(map(text_of, ends))


def _index(ends: Sequence[tuple[Steps, Move]]) -> Index:
    found: dict[tuple[Steps, str, str], list[tuple[str, Move]]] = {}
    for steps, move in sorted(ends, key=lambda end: end[1].whole):
        kind, name, key = steps[-1]
        found.setdefault((steps[:-1], kind, name), []).append((key, move))
    return found


def _selecting(index: Index, address: Steps) -> Iterator[Move]:
    """The moves one end of which is an address or a module above it, the narrowest first."""
    for length in range(len(address), 0, -1):
        kind, name, key = address[length - 1]
        for own, move in index.get((address[: length - 1], kind, name), ()):
            if move.whole or own == key:
                yield move


def _carried(address: Steps, origin: Steps, goal: Steps, *, whole: bool) -> Steps:
    """The address with one end of a move in place of the other."""
    last = goal[-1]._replace(key=address[len(origin) - 1].key) if whole else goal[-1]
    return (*goal[:-1], last, *address[len(origin) :])
