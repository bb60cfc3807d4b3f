"""How many ways a backtracking matcher may have to try: whether the standard library is safe for a pattern.

The tree becomes a Glushkov automaton, one position for each character that it reads. After Weber and Seidl, the ways
to read one text grow exponentially with it where a position leads back to itself along two different paths with the
same characters, and like its k-th power where k + 1 loops in a row can share one stretch of text. Counts up to
`UNROLLED` characters are written out, larger ones are taken for endless loops: that only overestimates.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from muniment.languages.regex.nodes import Alternation, Assertion, Class, Concat, Group, Literal, Node, Repeat
from muniment.languages.regex.program import Symbols, char_ranges

MAX_POSITIONS: Final = 400
MAX_PAIRS: Final = 20_000
UNROLLED: Final = 16

_ENDLESS: Final = 1 << 40


class Ambiguity(NamedTuple):
    """A bound for the steps of backtracking from one place: `choices` * length ^ (`degree` + 1)."""

    exponential: bool
    degree: int = 0
    choices: int = 1
    reach: int = _ENDLESS
    """The most characters that a match can have."""


class _Part(NamedTuple):
    """What a piece of the tree contributes to the automaton."""

    nullable: bool
    first: tuple[int, ...]
    last: tuple[int, ...]
    choices: int
    reach: int


class _TooAmbiguousError(Exception):
    """The pattern is exponential, or too large to tell."""


_NOTHING: Final = _Part(nullable=True, first=(), last=(), choices=1, reach=0)


def analyse(tree: Node, symbols: Symbols) -> Ambiguity:
    """How ambiguous `tree` is; a pattern too large to tell counts as exponential."""
    automaton = _Glushkov(symbols)
    try:
        part = automaton.part(tree, 0)
        loops = automaton.loops()
        degree = 0
        if loops:
            _refuse_twins(automaton, loops)
            degree = _degree(automaton, loops)
    except _TooAmbiguousError:
        return Ambiguity(exponential=True)
    return Ambiguity(exponential=False, degree=degree, choices=part.choices, reach=part.reach)


class _Glushkov:
    """Positions with the symbols that they read, as bit sets, and which position can follow which."""

    __slots__ = ("_bits", "_symbols", "follow", "masks", "twice")

    def __init__(self, symbols: Symbols) -> None:
        self._symbols = symbols
        self._bits: dict[str, int] = {}
        self.masks: list[int] = []
        self.follow: list[dict[int, None]] = []
        self.twice: set[tuple[int, int]] = set()
        """Steps that can be taken in two ways, because what lies between may be left out in two ways."""

    def add(self, symbols: frozenset[str]) -> int:
        if len(self.masks) >= MAX_POSITIONS:
            raise _TooAmbiguousError
        self.masks.append(sum(1 << self._bits.setdefault(symbol, len(self._bits)) for symbol in symbols))
        self.follow.append({})
        return len(self.masks) - 1

    def link(self, sources: Iterable[int], targets: Iterable[int]) -> None:
        for source in sources:
            known = self.follow[source]
            for target in targets:
                if target in known:
                    self.twice.add((source, target))
                known[target] = None

    def mask(self, positions: Iterable[int]) -> int:
        """All symbols that one of `positions` reads."""
        mask = 0
        for position in positions:
            mask |= self.masks[position]
        return mask

    def part(self, node: Node, following: int) -> _Part:
        """Adds `node`; `following` are the symbols that what comes next may begin with."""
        if isinstance(node, Literal):
            ranges = (char_ranges(char, folds=node.fold) for char in node.text)
            return self.row([self.add(self._symbols.sets[each]) for each in ranges])
        if isinstance(node, Class):
            return self.row([self.add(self._symbols.sets[node.ranges])])
        if isinstance(node, Assertion):
            return _NOTHING
        if isinstance(node, Group):
            return self.part(node.body, following)
        if isinstance(node, Concat):
            return self.concat(node.items, following)
        if isinstance(node, Alternation):
            return self.alternation(node, following)
        return self.repeat(node, following)

    def row(self, positions: list[int]) -> _Part:
        for before, after in pairwise(positions):
            self.link((before,), (after,))
        return _Part(nullable=False, first=(positions[0],), last=(positions[-1],), choices=1, reach=len(positions))

    def concat(self, items: Iterable[Node], following: int) -> _Part:
        """Adds items from the last to the first, so that each knows what comes next."""
        total = _NOTHING
        for item in reversed(tuple(items)):
            after = self.mask(total.first) | (following if total.nullable else 0)
            total = self.join(self.part(item, after), total)
        return total

    def join(self, left: _Part, right: _Part) -> _Part:
        self.link(left.last, right.first)
        return _Part(
            nullable=left.nullable and right.nullable,
            first=left.first + right.first if left.nullable else left.first,
            last=right.last + left.last if right.nullable else right.last,
            choices=_capped(left.choices * right.choices),
            reach=min(left.reach + right.reach, _ENDLESS),
        )

    def alternation(self, node: Alternation, following: int) -> _Part:
        parts = [self.part(branch, following) for branch in node.branches]
        return _Part(
            nullable=any(part.nullable for part in parts),
            first=tuple(position for part in parts for position in part.first),
            last=tuple(position for part in parts for position in part.last),
            choices=self.branch_choices(node, parts, following),
            reach=max(part.reach for part in parts),
        )

    def branch_choices(self, node: Alternation, parts: list[_Part], following: int) -> int:
        """How many ways can be open at once: those of the branches that may begin with the same character."""
        if all(isinstance(branch, Literal) for branch in node.branches):
            return _nested_prefixes([branch.text.lower() for branch in node.branches if isinstance(branch, Literal)])
        masks = [self.mask(part.first) | (following if part.nullable else 0) for part in parts]
        together = (
            sum(other.choices for other, theirs in zip(parts, masks, strict=True) if mask & theirs) for mask in masks
        )
        return _capped(max(*together, *(part.choices for part in parts)))

    def repeat(self, node: Repeat, following: int) -> _Part:
        if node.high == 0:
            return _NOTHING
        start = len(self.masks)
        body = self.part(node.body, _ENDLESS_MASK)
        if node.high == 1:
            return self.optional(node, body, following)
        if body.nullable:
            raise _TooAmbiguousError
        if node.high > 0 and node.high * (len(self.masks) - start) <= UNROLLED:
            return self.unrolled(node, body, following)
        self.link(body.last, body.first)
        reach = _ENDLESS if node.high < 0 else min(body.reach * node.high, _ENDLESS)
        return body._replace(nullable=node.low == 0, reach=reach)

    def optional(self, node: Repeat, body: _Part, following: int) -> _Part:
        if node.low == 1:
            return body
        open_twice = body.nullable or self.mask(body.first) & following
        return body._replace(nullable=True, choices=_capped(body.choices + 1) if open_twice else body.choices)

    def unrolled(self, node: Repeat, body: _Part, following: int) -> _Part:
        """`x{2,4}` as `xx(x(x)?)?`; the copy that is there already is the last one."""
        again = body
        rest = _NOTHING
        for copy in range(node.high, 0, -1):
            again = body if copy == node.high else self.part(node.body, _ENDLESS_MASK)
            rest = self.join(again, rest)
            if copy > node.low:
                rest = rest._replace(nullable=True)
        exits = 1 + (node.high - node.low if self.mask(body.first) & following else 0)
        return rest._replace(choices=_capped(body.choices**node.high * exits))

    def loops(self) -> dict[int, int]:
        """The loop that each position on a cycle belongs to, numbered so that a later loop has a lower number."""
        return _components([list(targets) for targets in self.follow])


_ENDLESS_MASK: Final = -1
"""All symbols: what follows the body of a repetition is more of it, or whatever comes after."""


def _capped(choices: int) -> int:
    return min(choices, _ENDLESS)


def _nested_prefixes(words: list[str]) -> int:
    """The longest chain of words of which each begins with the one before, equal ones included."""
    chain, deepest = list[str](), 1
    for word in sorted(words):
        while chain and not word.startswith(chain[-1]):
            chain.pop()
        chain.append(word)
        deepest = max(deepest, len(chain))
    return deepest


def _refuse_twins(automaton: _Glushkov, loops: dict[int, int]) -> None:
    """Raises `_TooAmbiguousError` where a position returns to itself along two paths that read the same text."""
    if any(loops.get(a, -1) == loops.get(b, -2) for a, b in automaton.twice):
        raise _TooAmbiguousError
    masks, follow = automaton.masks, automaton.follow
    pairs = dict[tuple[int, int], int]()
    edges = list[list[int]]()
    order = [(position, position) for position in loops]
    for pair in order:
        pairs[pair] = len(pairs)
    for left, right in order:
        targets = list[int]()
        edges.append(targets)
        for a in follow[left]:
            if loops.get(a) != loops[left]:
                continue
            for b in follow[right]:
                if loops.get(b) == loops[left] and masks[a] & masks[b]:
                    if (a, b) not in pairs:
                        if len(pairs) >= MAX_PAIRS:
                            raise _TooAmbiguousError
                        pairs[a, b] = len(pairs)
                        order.append((a, b))
                    targets.append(pairs[a, b])
    component = _components(edges)
    same = {component[index] for (a, b), index in pairs.items() if a == b and index in component}
    if any(a != b and component.get(index) in same for (a, b), index in pairs.items()):
        raise _TooAmbiguousError


def _degree(automaton: _Glushkov, loops: dict[int, int]) -> int:
    """The longest chain of loops that can share one stretch of text, less one."""
    count = max(loops.values()) + 1
    members: list[list[int]] = [[] for _ in range(count)]
    for position, loop in loops.items():
        members[loop].append(position)
    best = [0] * count
    budget = [MAX_PAIRS]
    for loop in range(count):
        for later in range(loop):
            if best[later] + 1 > best[loop] and _share(automaton, loops, members[loop], later, budget):
                best[loop] = best[later] + 1
    return max(best)


def _share(automaton: _Glushkov, loops: dict[int, int], starts: list[int], later: int, budget: list[int]) -> bool:
    """Whether one text leads from a position of a loop to itself, on to the loop `later`, and around that one.

    Three walkers read it together: the first stays in the loop, the second goes over, the third stays in `later`.
    """
    ends = [position for position, loop in loops.items() if loop == later]
    for start in starts:
        for end in ends:
            if _meet(automaton, loops, start, end, budget):
                return True
    return False


def _meet(automaton: _Glushkov, loops: dict[int, int], start: int, end: int, budget: list[int]) -> bool:
    masks, follow = automaton.masks, automaton.follow
    goal = (start, end, end)
    seen = {(start, start, end)}
    stack = [(start, start, end)]
    while stack:
        first, second, third = stack.pop()
        for a in follow[first]:
            if loops.get(a) != loops[start]:
                continue
            for c in follow[third]:
                if loops.get(c) != loops[end] or not masks[a] & masks[c]:
                    continue
                for b in follow[second]:
                    step = (a, b, c)
                    if masks[a] & masks[c] & masks[b] and step not in seen:
                        if step == goal:
                            return True
                        budget[0] -= 1
                        if budget[0] < 0:
                            raise _TooAmbiguousError
                        seen.add(step)
                        stack.append(step)
    return False


def _components(edges: list[list[int]]) -> dict[int, int]:
    """Tarjan's strongly connected components, numbered from the last; only of nodes that lie on a cycle."""
    index, low, number = dict[int, int](), dict[int, int](), dict[int, int]()
    path, on_path, count = list[int](), set[int](), 0
    for root in range(len(edges)):
        if root in index:
            continue
        work = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            node, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = _unwind(path, on_path, node)
                    if len(component) > 1 or node in edges[node]:
                        number.update(dict.fromkeys(component, count))
                        count += 1
            elif target not in index:
                index[target] = low[target] = len(index)
                path.append(target)
                on_path.add(target)
                work.append((target, iter(edges[target])))
            elif target in on_path:
                low[node] = min(low[node], index[target])
    return number


def _unwind(path: list[int], on_path: set[int], root: int) -> list[int]:
    component = list[int]()
    while not component or component[-1] != root:
        component.append(path.pop())
        on_path.discard(component[-1])
    return component
