"""Conditions on the way to a location: what must, or must not, be there for a mutator to act."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from muniment.engines.gatekeeper.manifests import text
from muniment.engines.gatekeeper.mutation.location import Path, read_location, shown
from muniment.errors import PolicyError

MUST_EXIST: Final = "MustExist"
MUST_NOT_EXIST: Final = "MustNotExist"


class PathTests:
    """What is demanded of each step of a location, by its place."""

    __slots__ = ("_demands",)

    def __init__(self, demands: Mapping[int, str] = MappingProxyType({})) -> None:
        self._demands = demands

    def may_exist(self, depth: int) -> bool:
        """Whether something may be at a step."""
        return self._demands.get(depth) != MUST_NOT_EXIST

    def may_be_missing(self, depth: int) -> bool:
        """Whether nothing may be at a step."""
        return self._demands.get(depth) != MUST_EXIST


def read_path_tests(rows: Sequence[Any], location: Path) -> PathTests:
    """Reads `pathTests`. Raises PolicyError for tests of another path and for those that contradict each other."""
    demands: dict[int, str] = {}
    for row in rows:
        path, demand = read_location(text(row, "subPath")), text(row, "condition")
        if demand not in {MUST_EXIST, MUST_NOT_EXIST}:
            raise PolicyError(f"the condition {demand!r} is neither {MUST_EXIST} nor {MUST_NOT_EXIST}")
        if location[: len(path)] != path:
            raise PolicyError(f"the subPath {shown(path)!r} is no prefix of the location {shown(location)!r}")
        if demands.setdefault(len(path) - 1, demand) != demand:
            raise PolicyError(f"{shown(path)} cannot both exist and not exist")
    wanted = [text(row, "condition") for row in rows]
    if MUST_NOT_EXIST in wanted and MUST_EXIST in wanted[wanted.index(MUST_NOT_EXIST) :]:
        # The webhook tells a child from its parent by the order of the tests, not by their paths.
        raise PolicyError(f"no test may say {MUST_EXIST} after one that says {MUST_NOT_EXIST}")
    return PathTests(demands)
