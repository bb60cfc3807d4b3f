"""Coverage and traces of Rego."""

from muniment.languages.rego import CompileOptions, EvaluationOptions, compile_modules, parse_module
from muniment.languages.rego.builtins import registry
from muniment.languages.rego.watching import Coverage, Trace, lines_of

_MODULE = parse_module(
    """package t
p if {
    input.a
    q
}
q if {
    some x in input.xs
    x > 1
}
r if {
    not q
}
""",
    "t.rego",
)
_POLICY = compile_modules([_MODULE], registry(), options=CompileOptions(watched=True))


def test_coverage_has_the_lines_that_were_reached() -> None:
    """Lines behind one that fails, and rules that nobody asked, are not covered."""
    coverage = Coverage()
    _POLICY.evaluate("data.t.p", {"a": False, "xs": [2]}, options=EvaluationOptions(watch=coverage))
    assert sorted(line.span.line for line in coverage.reached()) == [3]
    _POLICY.evaluate("data.t.p", {"a": True, "xs": [2]}, options=EvaluationOptions(watch=coverage))
    assert sorted(line.span.line for line in coverage.reached()) == [3, 4, 7, 8]
    assert coverage.reached() < lines_of([_MODULE])
    assert sorted(line.span.line for line in lines_of([_MODULE])) == [3, 4, 7, 8, 11]


def test_trace_tells_which_lines_failed() -> None:
    """A line that is tried twice and fails once is told once."""
    trace = Trace()
    _POLICY.evaluate("data.t.q", {"xs": [1, 2]}, options=EvaluationOptions(watch=trace))
    assert [(event.name, event.line.span.line) for event in trace.finish()] == [
        ("eval", 7),
        ("true", 7),
        ("eval", 8),
        ("fail", 8),
        ("true", 7),
        ("eval", 8),
        ("true", 8),
    ]
    assert [event.line.span.line for event in trace.fails()] == [8]


def test_code_that_is_not_watched_tells_nothing() -> None:
    """Without the option of compilation there is no hook in the code."""
    coverage = Coverage()
    compile_modules([_MODULE], registry()).evaluate("data.t.q", {"xs": [2]}, options=EvaluationOptions(watch=coverage))
    assert coverage.reached() == frozenset()


def test_watched_code_needs_no_watch() -> None:
    """A policy that could tell answers as well when nobody listens."""
    assert _POLICY.evaluate("data.t.q", {"xs": [2]}).value is True
