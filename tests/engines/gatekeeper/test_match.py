"""What constraints look at, criterion by criterion."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.engines.gatekeeper.match import Match, NamespaceMissingError, Subject, glob
from muniment.errors import PolicyError
from muniment.languages.unknown import Cause, Unknown
from tests.engines.gatekeeper.objects import thing

POD = thing(namespace="shop", metadata={"labels": {"app": "web"}})
NAMESPACE = thing("Namespace", "shop", metadata={"labels": {"team": "a"}})
ROLE = thing("ClusterRole", "admin", api="rbac.authorization.k8s.io/v1")
GENERATED = {"apiVersion": "v1", "kind": "Pod", "metadata": {"generateName": "job-"}}


def holds(match, value, **more):
    """Whether a match looks at an object."""
    given_namespace = value["metadata"].get("namespace", "")
    return Match(match)(Subject(value, **{"namespace": given_namespace, **more}))


@pytest.mark.parametrize(
    ("match", "value", "expected"),
    [
        ({}, POD, True),
        ({"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}, POD, True),
        ({"kinds": [{"apiGroups": ["apps"], "kinds": ["Pod"]}]}, POD, False),
        ({"kinds": [{"apiGroups": [""], "kinds": ["pod"]}]}, POD, False),
        ({"kinds": [{"kinds": ["*"]}]}, ROLE, True),
        ({"kinds": [{"apiGroups": ["*"], "kinds": ["Pod"]}, {"kinds": ["ClusterRole"]}]}, ROLE, True),
        ({"scope": "Cluster"}, ROLE, True),
        ({"scope": "Cluster"}, NAMESPACE, True),
        ({"scope": "Cluster"}, POD, False),
        ({"scope": "Namespaced"}, POD, True),
        ({"scope": "Namespaced"}, NAMESPACE, False),
        ({"scope": "cluster"}, POD, True),
        ({"namespaces": ["sh*"]}, POD, True),
        ({"namespaces": ["*op"]}, POD, True),
        ({"namespaces": ["*ho*"]}, POD, True),
        ({"namespaces": ["sho"]}, POD, False),
        ({"namespaces": ["other"]}, ROLE, True),
        ({"namespaces": ["other"]}, NAMESPACE, False),
        ({"excludedNamespaces": ["shop"]}, POD, False),
        ({"excludedNamespaces": ["shop"]}, NAMESPACE, False),
        ({"excludedNamespaces": ["*"]}, ROLE, True),
        ({"labelSelector": {"matchLabels": {"app": "web"}}}, POD, True),
        ({"labelSelector": {"matchLabels": {"app": "db"}}}, POD, False),
        ({"labelSelector": {"matchExpressions": [{"key": "app", "operator": "In", "values": ["db"]}]}}, POD, False),
        ({"labelSelector": {"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["x"]}]}}, POD, True),
        ({"labelSelector": {"matchExpressions": [{"key": "app", "operator": "Exists"}]}}, POD, True),
        ({"labelSelector": {"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}}, POD, False),
        ({"namespaceSelector": {"matchLabels": {"team": "a"}}}, NAMESPACE, True),
        ({"namespaceSelector": {"matchLabels": {"team": "a"}}}, ROLE, True),
        ({"name": "a"}, POD, True),
        ({"name": "b*"}, POD, False),
        ({"name": "job-*"}, GENERATED, True),
        ({"name": "job-"}, GENERATED, False),
        ({"name": "*job-"}, GENERATED, False),
    ],
)
def test_each_criterion_selects_what_a_cluster_selects(match, value, expected):
    """Every row is the answer of Gatekeeper's own matcher."""
    assert holds(match, value) is expected


def test_a_selector_of_namespaces_needs_the_namespace():
    """Labels of a namespace that nobody gave are neither empty nor guessed."""
    selector = {"namespaceSelector": {"matchLabels": {"team": "a"}}}
    assert holds(selector, POD, namespace_object=NAMESPACE)
    with pytest.raises(NamespaceMissingError, match="shop"):
        holds(selector, POD)
    with pytest.raises(NamespaceMissingError, match="namespace of the release"):
        holds({"namespaces": ["shop"]}, POD, namespace=Unknown((Cause("setting", "namespace of the release"),)))


@pytest.mark.parametrize(
    ("wanted", "source", "expected"), [("Generated", "Generated", True), ("Original", "Generated", False)]
)
def test_a_source_tells_what_was_written_from_what_was_expanded(wanted, source, expected):
    """`source` is about where an object came from."""
    assert holds({"source": wanted}, POD, source=source) is expected


@pytest.mark.parametrize(
    "match",
    [
        {"source": "Everything"},
        {"labelSelector": {"matchExpressions": [{"key": "a", "operator": "in", "values": ["b"]}]}},
        {"labelSelector": {"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["b"]}]}},
        {"namespaceSelector": {"matchExpressions": [{"key": "a", "operator": "In"}]}},
    ],
)
def test_a_match_that_no_cluster_accepts_is_refused(match):
    """A selector that is wrong does not become one that selects nothing."""
    with pytest.raises(PolicyError):
        Match(match)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab*", max_size=5), st.text(alphabet="ab", max_size=6))
def test_only_a_wildcard_at_an_end_is_one(pattern, text):
    """The glob is the regular expression with its outer stars opened, and nothing else."""
    middle = pattern.removeprefix("*")
    middle = middle.removesuffix("*") if pattern != "*" else ""
    before, after = pattern.startswith("*"), pattern.endswith("*")
    places = [place for place in range(len(text) + 1) if text.startswith(middle, place)]
    expected = any((before or place == 0) and (after or place + len(middle) == len(text)) for place in places)
    assert glob(pattern, text) is expected
