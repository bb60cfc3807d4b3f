"""What Rego's rules, functions and bodies answer, where it is easily got wrong."""

from typing import Any

import pytest

from muniment.languages.rego import (
    UNDEFINED,
    CompileOptions,
    EvaluationOptions,
    Policy,
    RegoEvaluationError,
    compile_modules,
    parse_module,
)
from muniment.languages.rego.builtins import registry
from muniment.languages.rego.values import Key, make_set


def policy(*texts: str, dialect: str = "v1", data: Any = None, **options: bool) -> Policy:
    """The policy of modules of the package `t`."""
    modules = [parse_module(f"package t\n{text}", "t.rego", dialect) for text in texts]
    return compile_modules(modules, registry(), data, CompileOptions(**options))


def value(text: str, input_value: Any = UNDEFINED, *, dialect: str = "v1", data: Any = None) -> Any:
    """The value of the rule `p`."""
    return policy(text, dialect=dialect, data=data).evaluate("data.t.p", input_value).value


def test_negated_call_of_a_missing_field_is_undefined() -> None:
    """What a call under `not` needs is evaluated outside of it, so that an absent field is no success."""
    text = "f(x) if x == 1\np if not f(input.missing)\nq if not input.missing"
    assert policy(text).evaluate("data.t.p", {}).value is UNDEFINED
    assert policy(text).evaluate("data.t.q", {}).value is True
    assert value('f(_) := {"a": true} if input.on\np if not f(1).a', {}) is UNDEFINED


def test_negation_with_bodies_is_true_for_a_missing_field() -> None:
    """Behind `import future.keywords.not` all of what is negated is inside."""
    assert value("import future.keywords.not\nf(x) if x == 1\np if not f(input.missing)", {}) is True


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("p := {1, 1.0, true}", frozenset({1, Key(True)})),
        ("p := [x | some x in {3, null, true, [1], {}, set(), 2, false}]", None),
        ("p if not 1 in {true}", True),
        ("p := {true: 1}[true]", 1),
        ("p := {1: 2}[true]", UNDEFINED),
        ("p := [10, 20][1.0]", 20),
    ],
)
def test_booleans_are_no_numbers(text: str, wanted: Any) -> None:
    """Python's `True == 1` shows nowhere; numbers are equal by value."""
    found = value(text)
    assert found == (wanted if wanted is not None else [None, False, True, 2, 3, [1], {}, frozenset()])


@pytest.mark.parametrize(
    "text",
    [
        "p := 1\np := 2",
        "f(x) := x\nf(x) := 2 if x > 0\np := f(1)",
        'p["a"] := 1\np[x] := 2 if x := "a"',
        "p := {k: v | some v in [1, 2]; k := 1}",
    ],
)
def test_values_that_cannot_stand_together_are_an_error(text: str) -> None:
    """Two values for one rule, call or key end the query."""
    with pytest.raises(RegoEvaluationError) as caught:
        policy(text).evaluate("data.t", {})
    assert caught.value.code == "eval_conflict_error"


def test_lines_are_ordered_by_what_they_bind() -> None:
    """A line may use variables that a later one binds."""
    assert value("p := y if {\n y == x + 1\n x = z\n z = 4\n y = 5\n}") == 5


def test_every_value_within_a_line_is_a_solution() -> None:
    """References that iterate inside of arrays, objects and calls make the line iterate."""
    document = {"xs": [1, 2]}
    assert value("p contains x if { [x] = [input.xs[i]]; i > 0 }", document) == frozenset({2})
    assert value("p contains i if [input.xs[i]]", document) == frozenset({0, 1})
    assert value('p contains i if {"a": abs(input.xs[i])}', document) == frozenset({0, 1})


def test_wildcard_keeps_no_value_of_an_iteration() -> None:
    """What `some key, _ in collection` passes over goes nowhere, whatever the lines behind it do."""
    text = """p := [[i, path] |
        some i, _ in ["x", "y"]
        path := array.slice(["x", "y"], 0, i + 1)
        walk({"x": {"y": 1}}, [path, _])
    ]"""
    assert value(text) == [[0, ["x"]], [1, ["x", "y"]]]


def test_nested_call_binds_before_the_rest_of_its_line() -> None:
    """A line may need what another line makes of a variable that a call within the first one iterates over."""
    text = """p contains made if {
        found := [x | some x in input.all; x.name == input.wanted[i].name]
        made := {"wanted": upper(input.wanted[i].name), "found": count(found)}
    }"""
    asked = {"all": [{"name": "a"}, {"name": "a"}], "wanted": [{"name": "a"}, {"name": "b"}]}
    assert [one.value for one in sorted(value(text, asked), key=repr)] == [
        {"found": 2, "wanted": "A"},
        {"found": 0, "wanted": "B"},
    ]


def test_key_that_is_written_twice_has_its_last_value() -> None:
    """What was written for it before is not even evaluated; equal values of other keys are no matter."""
    assert value('p := {"a": nothing, "b": 2, "a": 3, 1: 4, true: 5}') == {"a": 3, "b": 2, 1: 4, Key(True): 5}
    assert value("p := [{x: 1, x: 2} | some x in [7]]") == [{7: 2}]


def test_parameters_may_stand_apart_from_the_name_of_a_rule() -> None:
    """Blanks end a name in a body, but not in a head."""
    assert value("f (x) := x + 1\np := f(1)") == 2
    assert value("p [x] { x := 1 }", dialect="v0") == frozenset({1})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('p := [input[name] | copy = name; startswith(copy, "a")]', [1]),
        ('p := {input[name] | startswith(name, "a")}', frozenset({1})),
        ('p := {name: input[name] | startswith(name, "a")}', {"a": 1}),
        ('p contains input[name] if startswith(name, "a")', frozenset({1})),
        ('p := input[name] if name == "b"', 2),
        ('p[input[name]] := name if startswith(name, "a")', {1: "a"}),
    ],
)
def test_heads_bind_what_their_references_iterate_over(text: str, wanted: Any) -> None:
    """The head of a rule or comprehension is one more line of its body, so other lines may use its variables."""
    assert value(text, {"a": 1, "b": 2}) == wanted


def test_brackets_of_v0_make_sets_and_of_v1_objects() -> None:
    """The same head means another kind of rule in another version."""
    assert value('p["a"] { true }', dialect="v0") == frozenset({"a"})
    assert value('p["a"] if true') == {"a": True}


def test_heads_with_variables_share_their_object() -> None:
    """Rules whose references overlap fill one object, sets at its leaves among it."""
    text = "p[x].r := i if some i, x in [4, 5]\np.z.s contains 1\np.z.s contains 2"
    assert value(text) == {4: {"r": 0}, 5: {"r": 1}, "z": {"s": frozenset({1, 2})}}


def test_with_replaces_documents_and_functions_for_one_line_only() -> None:
    """Rules that are asked inside see the replacement; those outside, before and after, do not."""
    text = """q := input.a
    size(xs) := count(xs)
    r := size([1])
    nine(_) := 9
    p := [q, a, b, c, data.u.v, d, q] if {
        a := q with input.a as 2
        b := r with count as nine
        c := r with data.t.size as 7
        d := data.u.v with data.u as {"v": 5}
    }"""
    assert value(text, {"a": 1}, data={"u": {"v": 3}}) == [1, 2, 9, 7, 3, 5, 1]


def test_with_around_a_loop_ends_before_the_next_line() -> None:
    """Every solution of a line under `with` is followed by lines that see the old input."""
    assert value('p contains [x, input.n] if x := input.xs[_] with input as {"xs": [1, 2]}', {"n": 7}) == make_set(
        [[1, 7], [2, 7]]
    )


def test_every_holds_on_nothing_and_fails_without_a_domain() -> None:
    """An empty collection satisfies `every`, an absent one does not."""
    text = "p if every x in input.xs { x > 1 }"
    assert value(text, {"xs": []}) is True
    assert value(text, {"xs": [1, 2]}) is UNDEFINED
    assert value(text, {}) is UNDEFINED


def test_data_merges_what_rules_make_with_base_documents() -> None:
    """Iteration below `data` sees both; a base document wins where both have a value."""
    found = value("q := 1\np := {k | some k, _ in data.u}", data={"t": {"base": 2}, "u": {"a": 1}})
    assert found == frozenset({"a"})
    assert policy("q := 1\n", data={"t": {"base": 2}}).evaluate("data.t").value == {"q": 1, "base": 2}


def test_print_shows_combinations_and_changes_nothing() -> None:
    """Undefined arguments are shown as such, several values one line each."""
    made = policy('p if {\n print("x", [1, 2][_], input.missing)\n}', prints=True).evaluate("data.t.p", {})
    assert made.prints == (("x 1 <undefined>", "t.rego", 3), ("x 2 <undefined>", "t.rego", 3))
    assert made.value is True


def test_metadata_answers_for_the_rule_that_asks() -> None:
    """`rego.metadata.chain` begins with the rule and goes up to its packages."""
    text = "# METADATA\n# title: ours\n# custom:\n#   a: [1]\np := rego.metadata.chain()"
    assert value(text) == [
        {"path": ["t", "p"], "annotations": {"scope": "rule", "title": "ours", "custom": {"a": [1]}}}
    ]


def test_strict_evaluation_ends_where_a_builtin_refuses() -> None:
    """A failing builtin is undefined by default and an error, with its place, when asked for."""
    made = policy('p := to_number("x")')
    assert made.evaluate("data.t.p").value is UNDEFINED
    with pytest.raises(RegoEvaluationError, match=r"t\.rego:2: eval_builtin_error: to_number: "):
        made.evaluate("data.t.p", options=EvaluationOptions(strict_builtin_errors=True))


def test_input_is_judged_without_a_copy() -> None:
    """A rule that gives back a part of the input gives that very object."""
    document = {"spec": {"containers": [{"name": "a"}]}}
    assert value("p := input.spec", document) is document["spec"]


def test_query_gives_every_solution() -> None:
    """The variables of a query are its columns."""
    rows = policy("q := [1, 2]").query("x = data.t.q[i]").rows
    assert rows == ({"i": 0, "x": 1}, {"i": 1, "x": 2})
