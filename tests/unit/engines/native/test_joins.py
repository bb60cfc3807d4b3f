"""Joins by a text: found by an index, and open wherever what they look for may be."""

from typing import Any

import pytest

from muniment.core.graph import Graph
from muniment.core.ports import Outcome
from muniment.engines.native.engine import NativeEngine
from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown
from muniment.model.policy import Assert
from muniment.model.status import Status
from tests.unit.core.estate import policy
from tests.unit.engines.native.subjects import pod

CAUSE = (Cause("variable", "var.x"),)


def outcome(that: str, *others: dict[str, Any]) -> Outcome:
    """What an assert says of a pod that stands beside others."""
    own = pod()
    graph = Graph([own, *(pod(**attributes) for attributes in others)])
    program = NativeEngine().compile(policy("p/joins", asserts=(Assert(name="holds", that=that),)))
    (found,) = program.judge(own, graph)
    return found


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ({"a": {"b": "x"}}, Status.PASS),
        ({"a": [{"b": ["y", "x"]}]}, Status.PASS),
        ({"a": {"b": "y"}}, Status.FAIL),
        ({}, Status.FAIL),
        ({"a": {"b": Unknown(CAUSE)}}, Status.UNKNOWN),
        ({"a": Unknown(CAUSE)}, Status.UNKNOWN),
        ({"a": OpenMap({}, CAUSE)}, Status.UNKNOWN),
        ({"a": {"b": OpenList(["y"], CAUSE)}}, Status.UNKNOWN),
        ({"a": OpenList([{"b": "y"}], CAUSE)}, Status.UNKNOWN),
        ({"a": OpenList([{"b": "x"}], CAUSE)}, Status.PASS),
    ],
)
def test_siblings_that_hold_a_text(held: dict[str, Any], wanted: Status) -> None:
    """Through maps and lists; absence proves nothing where something there is not known."""
    assert outcome('siblings("Pod", "a.b", "x").exists(s, true)', held).status is wanted


def test_siblings_are_looked_for_by_texts_only() -> None:
    """A number is no text: that is said, and never reads as nobody having it."""
    assert outcome('siblings("Pod", "port", 80).exists(s, true)', {"port": 80}).status is Status.ERROR
    assert outcome('siblings("Pod", "port", null).exists(s, true)', {"port": "80"}).status is Status.FAIL
