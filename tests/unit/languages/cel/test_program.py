"""A program can say what it reads, before and while it reads."""

from typing import Any

import pytest

from muniment.languages.cel import CelEvaluationError, Environment

ENVIRONMENT = Environment(variables=["resource", "other"])
RESOURCE = {"spec": {"containers": [{"name": "a", "ports": [1]}, {"name": "b", "ports": []}], "none": None}}


def test_references_are_the_names_that_are_not_bound() -> None:
    """A macro's variable is no reference, its range is."""
    program = ENVIRONMENT.compile("resource.items.all(other, other.x) && cel.bind(y, 1, y > 0)")
    assert program.references == {"resource"}


def test_paths_lead_through_indexes_and_elements() -> None:
    """An index, an element and a member under a computed key are `*`; elements of a filter are those of its range."""
    program = ENVIRONMENT.compile(
        "resource.spec.containers.filter(c, c.image != '').exists(c, c.ports[0].hostPort > 0 && other['a'][c.name])"
    )
    containers = ("resource", "spec", "containers")
    assert program.paths >= {
        (*containers, "*", "image"),
        (*containers, "*", "ports", "*", "hostPort"),
        (*containers, "*", "name"),
        ("other", "a", "*"),
    }


def test_a_trace_tells_every_read_and_changes_no_answer() -> None:
    """Selections, indexes, tests of presence and elements are told as container, key and value."""
    reads: list[tuple[Any, Any, Any]] = []
    program = ENVIRONMENT.compile("has(resource.spec) && resource.spec.containers.exists(c, c.ports[0] == 1)")
    value = program.trace({"resource": RESOURCE}, lambda container, key, value: reads.append((container, key, value)))
    assert value is program.evaluate({"resource": RESOURCE})
    containers = RESOURCE["spec"]["containers"]
    assert isinstance(containers, list)
    assert reads == [
        (RESOURCE, "spec", RESOURCE["spec"]),
        (RESOURCE, "spec", RESOURCE["spec"]),
        (RESOURCE["spec"], "containers", containers),
        (containers, 0, containers[0]),
        (containers[0], "ports", [1]),
        ([1], 0, 1),
    ]


def test_a_scope_is_only_asked_for_the_names_that_are_read() -> None:
    """Variables may be made when they are asked for; one that cannot be made is an evaluation error."""

    class Lazy(dict[str, Any]):
        def __missing__(self, name: str) -> Any:
            if name == "other":
                raise KeyError(name)
            return RESOURCE

    assert ENVIRONMENT.compile("resource.spec.none == null || other").evaluate(Lazy()) is True
    with pytest.raises(CelEvaluationError, match="no value for 'other'"):
        ENVIRONMENT.compile("other.a.b").evaluate(Lazy())


def test_an_extended_environment_leaves_the_first_as_it_was() -> None:
    """Environments are immutable; programs of one know nothing of another's names."""
    more = ENVIRONMENT.extend(variables=["extra"])
    assert more.compile("extra + resource").evaluate({"extra": 1, "resource": 2}) == 3
    assert ENVIRONMENT.compile("resource").evaluate({"resource": 2}) == 2
