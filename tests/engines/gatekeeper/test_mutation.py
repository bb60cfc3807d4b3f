"""Mutators change what they say, where they say it, and come to rest; the answers are those of gator."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.engines.gatekeeper.errors import MutationError
from muniment.engines.gatekeeper.mutation.location import Field, Item, read_location, shown
from muniment.engines.gatekeeper.mutation.system import Mutations
from muniment.errors import PolicyError
from tests.engines.gatekeeper.objects import thing

POD = {"applyTo": [{"groups": [""], "versions": ["v1"], "kinds": ["Pod"]}]}
IMAGES = {"location": "spec.containers[name: *].image", **POD}
DIGEST = "@sha256:" + "0" * 64


def mutator(kind, name="m", **spec):
    """A mutator."""
    return {"apiVersion": "mutations.gatekeeper.sh/v1", "kind": kind, "metadata": {"name": name}, "spec": spec}


def assign(location, value, *, tests=(), name="m", **more):
    """An Assign of a value to a location of pods."""
    parameters = {"assign": {"value": value}, "pathTests": list(tests)}
    return mutator("Assign", name, location=location, parameters=parameters, **{**POD, **more})


def mutated(value, *mutators):
    """What mutators make of an object."""
    return Mutations(mutators).mutated(value, source="Original")


def test_locations_read_and_print_back():
    """Names, quoted names, items by text, by number and all of them."""
    path = read_location("""spec."a.b"[name: *].'c d'[port: 80].e[k: "x y"]""")
    assert path == (
        Field("spec"),
        Field("a.b"),
        Item("name", None),
        Field("c d"),
        Item("port", 80),
        Field("e"),
        Item("k", "x y"),
    )
    assert read_location(shown(path)) == path


@pytest.mark.parametrize(
    "text", ["", ".", "a.", "a..b", "a[", "a[b]", "a[b: c", "a[b: *].", "a b", "a[b: c][d: e]", "'a", "1a", "a.é"]
)
def test_a_location_that_does_not_read_is_an_error(text):
    """Nothing is guessed."""
    with pytest.raises(PolicyError):
        read_location(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20))
def test_any_text_reads_or_is_refused(text):
    """No text ends in another error, and what reads can be printed and read again."""
    try:
        path = read_location(text)
    except PolicyError:
        return
    assert read_location(shown(path)) == path


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (assign("spec.hostNetwork", value=False), {"hostNetwork": True}, {"hostNetwork": False}),
        (assign("spec.a.b", value={"c": 1}), {}, {"a": {"b": {"c": 1}}}),
        (
            assign("spec.c[name: x].on", value=True),
            {"c": [{"name": "y"}]},
            {"c": [{"name": "y"}, {"name": "x", "on": True}]},
        ),
        (
            assign("spec.c[name: *].on", value=True),
            {"c": [{"name": "y"}, {}]},
            {"c": [{"name": "y", "on": True}, {"on": True}]},
        ),
        (assign("spec.c[name: *].on", value=True), {}, {}),
        (
            assign("spec.c[port: 1].on", value=True),
            {"c": [{"port": True}]},
            {"c": [{"port": True}, {"port": 1, "on": True}]},
        ),
        (
            assign("spec.c[name: x]", value={"name": "x", "a": 1}),
            {"c": [{"name": "x", "b": 1}]},
            {"c": [{"name": "x", "a": 1}]},
        ),
        (assign("spec.c[name: x]", value={"name": "x"}), {"c": []}, {"c": [{"name": "x"}]}),
        (assign("spec.a.b", 1, tests=[{"subPath": "spec.a", "condition": "MustExist"}]), {}, {}),
        (assign("spec.a.b", 1, tests=[{"subPath": "spec.a", "condition": "MustExist"}]), {"a": {}}, {"a": {"b": 1}}),
        (
            assign("spec.a.b", 1, tests=[{"subPath": "spec.a.b", "condition": "MustNotExist"}]),
            {"a": {"b": 2}},
            {"a": {"b": 2}},
        ),
        (assign("spec.a", 1, match={"namespaces": ["other"]}), {"a": 2}, {"a": 2}),
        (assign("spec.a", 1, match={"source": "Generated"}), {"a": 2}, {"a": 2}),
        (
            mutator("Assign", location="spec.a", parameters={"assign": {"fromMetadata": {"field": "name"}}}, **POD),
            {},
            {"a": "a"},
        ),
        (
            mutator(
                "ModifySet",
                location="spec.s",
                parameters={"operation": "merge", "values": {"fromList": ["x", "y"]}},
                **POD,
            ),
            {"s": ["y", "z"]},
            {"s": ["y", "z", "x"]},
        ),
        (
            mutator(
                "ModifySet", location="spec.s", parameters={"operation": "prune", "values": {"fromList": ["x"]}}, **POD
            ),
            {"s": ["x", "z", "x"]},
            {"s": ["z"]},
        ),
        (
            mutator(
                "ModifySet", location="spec.s", parameters={"operation": "prune", "values": {"fromList": ["x"]}}, **POD
            ),
            {},
            {},
        ),
        (
            mutator("AssignImage", **IMAGES, parameters={"assignDomain": "r.io", "assignTag": ":2"}),
            {"containers": [{"image": "docker.io/library/nginx:1"}, {"image": "nginx" + DIGEST}, {"image": "a/b"}]},
            {"containers": [{"image": "r.io/library/nginx:2"}, {"image": "r.io/nginx:2"}, {"image": "r.io/a/b:2"}]},
        ),
    ],
)
def test_each_mutator_does_what_it_says(rule, before, after):
    """One row for each rule of the walk and of the setters; the object that was given stays as it was."""
    pod = thing(namespace="shop", spec=before)
    assert mutated(pod, rule) == thing(namespace="shop", spec=after)
    assert pod == thing(namespace="shop", spec=before)


def test_metadata_is_added_and_never_overwritten():
    """AssignMetadata sets labels and annotations that are absent."""
    rule = mutator("AssignMetadata", location="metadata.labels.owner", parameters={"assign": {"value": "me"}})
    assert mutated(thing(), rule)["metadata"]["labels"] == {"owner": "me"}
    owned = thing(metadata={"labels": {"owner": "you"}})
    assert mutated(owned, rule) == owned


def test_mutators_act_by_kind_and_name_until_nothing_changes():
    """The second round lets the first mutator see what the last one made."""
    first = assign("spec.b", 1, tests=[{"subPath": "spec.b", "condition": "MustExist"}], name="a")
    second = assign("spec.b", 2, tests=[{"subPath": "spec.b", "condition": "MustNotExist"}], name="b")
    assert mutated(thing(spec={}), second, first)["spec"] == {"b": 1}


SETS = st.lists(
    st.tuples(st.sampled_from(["merge", "prune"]), st.lists(st.sampled_from("xyz"), min_size=1, unique=True)),
    max_size=4,
)


@settings(max_examples=100, deadline=None)
@given(SETS, st.lists(st.sampled_from("xyz"), unique=True))
def test_what_was_mutated_is_at_rest(rules, held):
    """Mutating again changes nothing, whatever sets are merged and pruned."""
    mutators = [
        mutator(
            "ModifySet",
            f"m{place}",
            location="spec.s",
            parameters={"operation": operation, "values": {"fromList": values}},
            **POD,
        )
        for place, (operation, values) in enumerate(rules)
    ]
    once = mutated(thing(spec={"s": held}), *mutators)
    assert mutated(once, *mutators) == once


@pytest.mark.parametrize(
    "rule",
    [
        assign("spec.a.b", 1),
        assign("spec.c[name: *].on", 1),
        mutator("ModifySet", location="spec.a", parameters={"operation": "merge", "values": {"fromList": [1]}}, **POD),
        mutator("AssignImage", location="spec.n", parameters={"assignTag": ":1"}, **POD),
        mutator("Assign", location="spec.x", parameters={"assign": {"externalData": {"provider": "p"}}}, **POD),
        assign("spec.x", 1, match={"namespaceSelector": {"matchLabels": {"a": "b"}}}),
    ],
)
def test_an_object_of_another_shape_is_an_error(rule):
    """Text where the location wants an object or a list, and data that nobody can fetch here, stop the mutation."""
    with pytest.raises(MutationError):
        mutated(thing(namespace="shop", spec={"a": "text", "c": {}, "n": 1}), rule)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (assign("metadata.labels.a", "b"), "for AssignMetadata"),
        (assign("spec.c[name: x].name", "y"), "change the key"),
        (assign("spec.c[name: *]", {"name": "x"}), "every item"),
        (assign("spec.c[name: x]", {"name": "y"}), "is not 'x'"),
        (assign("spec.c[name: x]", "y"), "only an object"),
        (assign("spec.a", 1, applyTo=[]), "applyTo is required"),
        (
            assign(
                "spec.a", 1, applyTo=[{"groups": [""], "versions": ["v1"], "kinds": ["Pod"], "operations": ["DELETE"]}]
            ),
            "CREATE",
        ),
        (assign("spec.a", 1, applyTo=[{"groups": [""], "kinds": ["Pod"]}]), "groups, versions and kinds"),
        (assign("spec.a.b", 1, tests=[{"subPath": "spec.c", "condition": "MustExist"}]), "no prefix"),
        (assign("spec.a.b", 1, tests=[{"subPath": "spec.a", "condition": "Exists"}]), "neither MustExist"),
        (
            assign(
                "spec.a.b",
                1,
                tests=[
                    {"subPath": "spec.a", "condition": "MustNotExist"},
                    {"subPath": "spec.a.b", "condition": "MustExist"},
                ],
            ),
            "after one that says",
        ),
        (assign("spec.a", 1, mach={}), "spec.mach: unknown"),
        (mutator("Assign", location="spec.a", parameters={"assign": {}}, **POD), "exactly one"),
        (
            mutator("AssignMetadata", location="metadata.name", parameters={"assign": {"value": "x"}}),
            "neither metadata.labels",
        ),
        (
            mutator("AssignMetadata", location="metadata.labels.a", parameters={"assign": {"value": 1}}),
            "must be a text",
        ),
        (mutator("ModifySet", location="spec.c[name: x]", parameters={}, **POD), "must not end in an item"),
        (mutator("AssignImage", **IMAGES, parameters={}), "must be given"),
        (mutator("AssignImage", **IMAGES, parameters={"assignDomain": "nodots"}), "no domain"),
        (mutator("AssignImage", **IMAGES, parameters={"assignTag": "1"}), "no tag"),
        (mutator("AssignImage", **IMAGES, parameters={"assignPath": "gcr.io/x"}), "like a domain"),
    ],
)
def test_a_mutator_that_no_cluster_accepts_is_refused(rule, told):
    """Every rule of the webhook that guards mutators has its row."""
    with pytest.raises(PolicyError, match=told):
        Mutations([rule])


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("spec.a.b", "spec.a[name: x].b", True),
        ("spec.a[name: x].b", "spec.a[name: y].c", False),
        ("spec.a[name: x].b", "spec.a[port: y].b", True),
        ("spec.a", "spec.a.b", False),
        ("spec.a", "spec.b.c", False),
    ],
)
def test_two_mutators_must_see_one_place_alike(one, other, clash):
    """A list to one and an object to the other, or two keys of one list, is found before anything is changed."""
    rules = [assign(one, 1, name="one"), assign(other, 1, name="other")]
    elsewhere = assign(other, 1, name="other", applyTo=[{"groups": [""], "versions": ["v1"], "kinds": ["Node"]}])
    Mutations([rules[0], elsewhere])
    if clash:
        with pytest.raises(PolicyError, match="contradict"):
            Mutations(rules)
    else:
        Mutations(rules)
