"""A deterministic automaton that is built while it reads: every character costs one look-up once its step is known.

A state is an ordered list of instructions, the preferred first, that wait for the next character. What reads nothing
(choices, places, the match) is followed when that character is known, because a place looks at both its neighbours.
So a state tells one step late that a match ended.
"""

from typing import Final

from muniment.languages.regex.errors import exhausted
from muniment.languages.regex.places import EDGE, OTHER, holds
from muniment.languages.regex.program import CHAR, MATCH, PLACE, SPLIT, Program, Symbols

MAX_STATES: Final = 2_000
END: Final = ""
"""The symbol after the last one."""


class Meter:
    """Counts steps of matching against a budget."""

    __slots__ = ("left", "limit")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit

    def charge(self, steps: int) -> None:
        """Takes `steps` off the budget; raises `LimitExceededError` when nothing is left."""
        self.left -= steps
        if self.left < 0:
            raise exhausted(f"a regular expression took more than {self.limit} steps")


class State(dict[str, "State"]):
    """Known next states by symbol; `matched` says that a match ended before the character that led here.

    `plain` is the common case: nothing matched, and something can still match.
    """

    __slots__ = ("before", "matched", "plain", "threads")

    def __init__(self, threads: tuple[int, ...], before: int, *, matched: bool) -> None:
        super().__init__()
        self.threads = threads
        self.before = before
        self.matched = matched
        self.plain = not matched and bool(threads)


class Automaton:
    """Runs one program; `first` stops at the preferred match, otherwise the longest counts.

    `backwards` is for programs that were assembled so: they read down from where they start.
    """

    __slots__ = ("_backwards", "_first", "_kinds", "_program", "_states")

    def __init__(self, program: Program, symbols: Symbols, *, first: bool, backwards: bool = False) -> None:
        self._program = program
        self._kinds = symbols.kinds
        self._first = first
        self._backwards = backwards
        self._states: dict[tuple[tuple[int, ...], int, bool], State] = {}

    def run(self, text: str, start: int, end: int, meter: Meter) -> int:
        """Where the match ends that begins at `start` (or later, if the program floats), -1 if there is none.

        `text` are symbols. What lies beyond `start` and `end` is looked at and not read.
        """
        step, base = (-1, -1) if self._backwards else (1, 0)
        state = self._state((self._program.entry,), self._kind(text, start - 1 - base), matched=False)
        found = -1
        for at in range(start, end, step):
            symbol = text[at + base]
            try:
                state = state[symbol]
            except KeyError:
                state = self._step(state, symbol, meter)
            if state.plain:
                continue
            if state.matched:
                found = at
            if not state.threads:
                meter.charge(abs(at - start))
                return found
        meter.charge(abs(end - start))
        beyond = text[end + base] if 0 <= end + base < len(text) else END
        return end if self._step(state, beyond, meter).matched else found

    def _kind(self, text: str, at: int) -> int:
        if not self._program.looks:
            return OTHER
        return self._kinds.get(text[at], OTHER) if 0 <= at < len(text) else EDGE

    def _step(self, state: State, symbol: str, meter: Meter) -> State:
        """Works out the state after `symbol` and remembers it."""
        known = state.get(symbol)
        if known is not None:
            return known
        after = (EDGE if symbol == END else self._kinds.get(symbol, OTHER)) if self._program.looks else OTHER
        threads, matched, code = dict[int, None](), False, self._program.code
        waiting = self._follow(state, after, meter)
        for pc in waiting:
            op, to, _, accepted, _ = code[pc]
            if symbol in accepted:
                threads[to] = None
            elif op == MATCH:
                matched = True
                if self._first:
                    break
        order = tuple(threads) if self._first else tuple(sorted(threads))
        following = self._state(order, after, matched=matched)
        state[symbol] = following
        return following

    def _follow(self, state: State, after: int, meter: Meter) -> list[int]:
        """What of a state reads a character or matches, in order of preference, once all else is followed."""
        code, before = self._program.code, state.before
        unseen, waiting = bytearray(b"\1") * len(code), list[int]()
        stack = list(reversed(state.threads))
        pop, push, wait = stack.pop, stack.append, waiting.append
        steps = 0
        while stack:
            pc = pop()
            while unseen[pc]:  # along the preferred choices without a detour over the stack
                unseen[pc] = 0
                steps += 1
                op, to, other, _, place = code[pc]
                if op == SPLIT:
                    push(other)
                elif op in (CHAR, MATCH):
                    wait(pc)
                    break
                elif op == PLACE and not holds(place, before, after):
                    break
                pc = to
        meter.charge(10 + 5 * steps)
        return waiting

    def _state(self, threads: tuple[int, ...], before: int, *, matched: bool) -> State:
        key = (threads, before, matched)
        state = self._states.get(key)
        if state is None:
            if len(self._states) >= MAX_STATES:
                self._forget()
            state = self._states[key] = State(threads, before, matched=matched)
        return state

    def _forget(self) -> None:
        """Drops all states, so that no text can fill the memory."""
        states, self._states = self._states, {}
        for state in states.values():
            state.clear()
