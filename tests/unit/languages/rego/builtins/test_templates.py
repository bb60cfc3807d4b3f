"""Go's templates: what each construct writes, and that any text ends."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.rego.builtins.templates import render
from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.signatures import BuiltinError, QueryContext

DATA: dict[str, Any] = {"a": "x", "n": 5, "l": ["p", "q"], "m": {"k": "v", "j": True}, "z": "", "e": []}
WRITES = [
    ("{{.a}} {{.n}} {{.l}} {{.m}} {{.m.k}} {{.none}}", "x 5 [p q] map[j:true k:v] v <undefined>"),
    ("{{range $i, $v := .l}}{{if $i}},{{end}}{{$v}}{{end}}", "p,q"),
    ("{{range .e}}x{{else}}none{{end}}", "none"),
    ("{{range $k, $v := .m}}{{$k}}={{$v}};{{end}}", "j=true;k=v;"),
    ('{{range .l}}{{if eq . "q"}}{{break}}{{end}}{{.}}{{end}}', "p"),
    ("{{with .m}}{{.k}}{{$.a}}{{end}}{{with .z}}y{{else}}n{{end}}", "vxn"),
    ("{{if .z}}1{{else if .a}}2{{else}}3{{end}}", "2"),
    ("a {{- /* note */ -}} b{{- .a -}} c", "abxc"),
    ('{{$x := "1"}}{{range .l}}{{$x = .}}{{end}}{{$x}}', "q"),
    ('{{printf "%s-%q" .a .a | len}} {{index .l 1}} {{slice .a 0 1}}', "5 q x"),
    ('{{and .a .z}}|{{or .z .a}}|{{not .z}}|{{len (index .m "k")}}', "|x|true|1"),
    ('{{define "t"}}<{{.}}>{{end}}{{template "t" .a}}{{block "b" .n}}[{{.}}]{{end}}', "<x>[5]"),
    ('{{html "<&>"}} {{urlquery "a b"}} {{lt 1 2}} {{eq .a "y" "x"}}', "&lt;&amp;&gt; a+b true true"),
]
FAULTS = [
    "{{.a",
    "{{if .a}}",
    "{{end}}",
    "{{nope .a}}",
    "{{.a.b}}",
    "{{eq .n 5}}",
    "{{$x}}",
    '{{template "t"}}',
    "{{range .a}}{{end}}",
]


@pytest.mark.parametrize(("template", "wanted"), WRITES)
def test_templates_write_what_go_writes(template: str, wanted: str) -> None:
    """Each construct has Go's meaning."""
    assert render(QueryContext(), template, DATA) == wanted


@pytest.mark.parametrize("template", FAULTS)
def test_broken_templates_are_refused(template: str) -> None:
    """What Go does not parse or evaluate is an error of the builtin."""
    with pytest.raises(BuiltinError):
        render(QueryContext(), template, DATA)


def test_templates_that_call_themselves_end() -> None:
    """Recursion has a bound, and so has the output."""
    with pytest.raises(BuiltinError, match="maximum template depth"):
        render(QueryContext(), '{{define "t"}}{{template "t"}}{{end}}{{template "t"}}', {})
    with pytest.raises(RegoEvaluationError):
        render(QueryContext(string_limit=10), "{{range .l}}xxxxxxxx{{end}}", DATA)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["{{", "}}", "if ", ".a", "end", "range ", "$x", ":=", "|", "(", ")", '"', "else", "- "]),
        max_size=14,
    )
)
def test_any_template_ends(parts: list[str]) -> None:
    """Any text is rendered or refused."""
    try:
        render(QueryContext(), "".join(parts), DATA)
    except BuiltinError:
        return
