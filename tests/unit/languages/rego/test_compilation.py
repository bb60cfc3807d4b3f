"""What does not compile, with OPA's codes."""

import pytest

from muniment.languages.rego import CompileOptions, RegoError, compile_modules, parse_module
from muniment.languages.rego.builtins import registry


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("p if x == 1", "rego_unsafe_var_error", "var x is unsafe"),
        ("p if not input.a[x]", "rego_unsafe_var_error", "var x is unsafe"),
        ("p := y", "rego_unsafe_var_error", "var y is unsafe"),
        ("p if q\nq if p", "rego_recursion_error", "rule data.t.p is recursive: data.t.p -> data.t.q -> data.t.p"),
        ("p if data.t[input.x]", "rego_recursion_error", "rule data.t.p is recursive: data.t.p -> data.t.p"),
        ("p if nothing(1)", "rego_type_error", "undefined function nothing"),
        ("p if count(1, 2, 3)", "rego_type_error", "count: too many arguments"),
        ("p := 1\np contains 2", "rego_type_error", "conflicting rules data.t.p found"),
        ("default p := 1\ndefault p := 2", "rego_type_error", "multiple default rules data.t.p found"),
        ("p := 1\np.q := 2", "rego_type_error", "rule data.t.p conflicts with [data.t.p.q]"),
        ("p if { x := 1; x := 2 }", "rego_compile_error", "var x assigned above"),
        ("f(x) if x := 1", "rego_compile_error", "arg x redeclared"),
        ("p if { input := 1; input == 1 }", "rego_compile_error", "variables must not shadow input"),
        ("p if any([true])", "rego_type_error", "deprecated built-in function calls in expression: any"),
        ("p := count(1)", "rego_type_error", "count: invalid argument(s)\n\thave: (number, ???)\n\twant: (array|"),
        ("p if { x := upper(input.a); x + 1 == 2 }", "rego_type_error", "plus: invalid argument(s)"),
        ('p := [y | y := concat(",", ["a", 1])]', "rego_type_error", "have: (string, array[string|number], ???)"),
        ('p := graph.reachable({"a": {}}, {"a"})', "rego_type_error", "graph.reachable: invalid argument(s)"),
        ('p if count(input.a) == "1"', "rego_type_error", "match error\n\tleft  : number\n\tright : string"),
        ("p { true }", "rego_parse_error", "`if` keyword is required before rule body"),
        ("p[x] { x := 1 }", "rego_parse_error", "`contains` keyword is required for partial set rules"),
    ],
)
def test_faults_have_codes_and_messages(text: str, code: str, message: str) -> None:
    """Each is reported as OPA does."""
    with pytest.raises(RegoError) as caught:
        compile_modules([parse_module(f"package t\n{text}\n", "t.rego")], registry())
    assert (code, True) in [(fault.code, message in fault.message) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        'p := concat(input.a, [input.b, $"{count(input)}"])',
        "p if { x := [1]; count({x}) == 1 }",
        'p if { some x in [1, "a"]; startswith(x, "a") }',
        'p := array.concat([], [n | n := to_number("1")]) if sum([]) == 0',
        'p := json.patch(input, [{"op": "add", "path": "/a", "value": null}])',
        'p := {"a", "b"} - {x | some x in input}',
    ],
)
def test_operands_that_may_fit_compile(text: str) -> None:
    """What is not known of a value is no fault of it."""
    compile_modules([parse_module(f"package t\n{text}\n", "t.rego")], registry())


def test_builtins_that_reach_a_network_do_not_compile() -> None:
    """A policy that wants them is refused, and does not pass in silence."""
    with pytest.raises(RegoError, match=r"undefined function http\.send"):
        compile_modules([parse_module("package t\np := http.send({})")], registry())


def test_strict_mode_names_unused_imports() -> None:
    """An import that nothing reads is a fault when asked for."""
    used = "import data.t.f as g\nimport data.c\np := b if g(1) else := [x | some x in c]\nf(_)"
    module = parse_module(f"package t\nimport data.a\nimport data.b\n{used}")
    assert compile_modules([module], registry()).evaluate("data.t.p", data={"b": 1}).value == 1
    with pytest.raises(RegoError, match=r"import data\.a unused"):
        compile_modules([module], registry(), options=CompileOptions(strict=True))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("p if { x := 1 }", "assigned var x unused"),
        ("p if { [x, y] := [1, 2]; x == 1 }", "assigned var y unused"),
        ("p := [1 | x := 1]", "assigned var x unused"),
        ("p if { some x; true }", "declared var x unused"),
        ("p if { every k, x in [1] { x == 1 } }", "declared var k unused"),
        ("f(x) := 1 if input else := 2", "unused argument x. (hint: use _ (wildcard variable) instead)"),
        ("p if { some x, y in [1] }\nq := x if { x := 1 }\nf(x) := 1 if input else := x\ng(_) := 1", ""),
    ],
)
def test_strict_mode_names_unused_variables(text: str, message: str) -> None:
    """What is assigned, declared or taken is used in a line, head or branch; what `some ... in` finds need not be."""
    module = parse_module(f"package t\n{text}")
    compile_modules([module], registry())
    found = []
    try:
        compile_modules([module], registry(), options=CompileOptions(strict=True))
    except RegoError as error:
        found = [fault.message for fault in error.faults]
    assert found == ([message] if message else [])
