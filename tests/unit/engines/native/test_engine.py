"""Policies judged by the native engine: when they apply, and what they say when that cannot be told."""

from typing import Any

import pytest

from muniment.core.evaluate import Judges, evaluate
from muniment.core.graph import Graph
from muniment.engines.native.engine import NativeEngine
from muniment.engines.native.functions.kubernetes import FUNCTIONS
from muniment.errors import PolicyError
from muniment.languages.unknown import Cause, OpenList, Unknown
from muniment.model.policy import Assert, Policy
from muniment.model.resource import Resource
from muniment.model.result import Result
from muniment.model.status import Status
from tests.unit.core.estate import policy
from tests.unit.engines.native.subjects import pod

FUNCTION = {function.name: function.call for function in FUNCTIONS}
UNKNOWN = Unknown((Cause("variable", "var.x"),))


def judged(resource: Resource, *policies: Policy) -> list[Result]:
    """What some policies say of one resource."""
    return list(evaluate(Graph([resource]), Judges(policies, NativeEngine(trusted=True).compile)))


def guarded(applies: str, that: str = "false") -> Policy:
    """A policy with `applies`."""
    return policy("p/guarded", applies=applies, asserts=(Assert(name="holds", that=that),))


def test_a_policy_that_does_not_apply_says_nothing() -> None:
    """It is as if the resource were of another kind: no result, and no error of what it would have asked."""
    assert judged(pod(a=1), guarded("resource.a == 2", that="resource.a.b.c < 1")) == []


def test_a_policy_that_applies_judges() -> None:
    """A true `applies` changes nothing."""
    assert [result.status for result in judged(pod(a=2), guarded("resource.a == 2"))] == [Status.FAIL]


def test_a_fault_of_a_policy_that_may_not_apply_is_unknown() -> None:
    """Whether it applies cannot be told, so neither can the fault; what holds anyway still holds."""
    fault, fine = guarded("resource.a == 2"), guarded("resource.a == 2", that="true")._replace(id="p/fine")
    one, other = judged(pod(a=UNKNOWN), fault, fine)
    assert (one.policy, one.status, other.policy, other.status) == ("p/fine", Status.PASS, "p/guarded", Status.UNKNOWN)
    assert other.unknown == UNKNOWN.causes


@pytest.mark.parametrize("applies", ["1 / resource.none > 0", "'yes'"])
def test_an_applies_that_has_no_answer_is_an_error(applies: str) -> None:
    """A failure to tell is told; it never reads as `does not apply`."""
    assert [result.status for result in judged(pod(none=0), guarded(applies))] == [Status.ERROR]


def test_equal_guards_are_asked_once_for_each_resource() -> None:
    """An answer belongs to its resource: the next one is asked anew."""
    policies = (guarded("resource.a == 1"), guarded("resource.a == 1")._replace(id="p/second"))
    graph = Graph([pod(a=1), pod(a=2), pod(a=1)])
    results = list(evaluate(graph, Judges(policies, NativeEngine(trusted=True).compile)))
    assert [result.policy for result in results] == ["p/guarded", "p/second", "p/guarded", "p/second"]


def test_what_does_not_compile_is_refused_at_once() -> None:
    """An engine that trusts nobody compiles everything when it is given a policy."""
    with pytest.raises(PolicyError, match=r"holds\.that does not compile"):
        NativeEngine().compile(guarded("true", that="resource.("))
    with pytest.raises(PolicyError, match="applies does not compile"):
        NativeEngine().compile(guarded("nothing_has_this_name"))


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        ({"command": ["/usr/local/bin/kubelet", "--v=2"]}, True),
        ({"command": ["sh", "-c", "exec kubelet --v=2"]}, True),
        ({"image": "registry.example:5000/kubelet-arm64:v1@sha256:0"}, True),
        ({"image": "registry.example/kubelet-exporter:v1", "args": ["--kubelet"]}, False),
        ({"image": UNKNOWN}, None),
        ({"command": [UNKNOWN, "--v=2"]}, None),
        ({"args": OpenList(["x"], UNKNOWN.causes)}, None),
        ({"args": UNKNOWN, "command": ["kubelet"]}, True),
    ],
)
def test_runs(container: dict[str, Any], expected: bool | None) -> None:  # noqa: FBT001  a table's column
    """A program is known by a word of the command line or by the image; what is open cannot be told."""
    answer = FUNCTION["runs"](container, "kubelet")
    assert (None if isinstance(answer, Unknown) else answer) == expected
