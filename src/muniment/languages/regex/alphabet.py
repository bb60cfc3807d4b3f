"""The characters of a pattern as few symbols: those that no part of the pattern tells apart share one."""

from bisect import bisect_right
from collections.abc import Sequence

from muniment.languages.regex.nodes import Ranges


class Alphabet(dict[int, str]):
    """A table for `str.translate` from code points to symbols, filled as characters appear."""

    __slots__ = ("_bounds", "_symbols", "sets")

    def __init__(self, classes: Sequence[Ranges]) -> None:
        super().__init__()
        flips: dict[int, int] = {0: 0}
        for index, ranges in enumerate(classes):
            for low, high in ranges:
                flips[low] = flips.get(low, 0) ^ 1 << index
                flips[high + 1] = flips.get(high + 1, 0) ^ 1 << index
        names: dict[int, str] = {}
        members = 0
        self._bounds = sorted(flips)
        self._symbols = list[str]()
        for bound in self._bounds:
            members ^= flips[bound]
            self._symbols.append(names.setdefault(members, chr(len(names))))
        self.sets = tuple(
            frozenset(symbol for members, symbol in names.items() if members >> index & 1)
            for index in range(len(classes))
        )

    def __missing__(self, code: int) -> str:
        symbol = self[code] = self._symbols[bisect_right(self._bounds, code) - 1]
        return symbol
