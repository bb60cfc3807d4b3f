"""EDN, HOCON, nginx and VCL have the shapes that Conftest gives them, and end well on any text."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.app.conftest.formats import Surroundings, read_documents
from muniment.errors import InputError
from tests.unit.app.conftest_peer import needs_conftest, parsed

SHAPES: list[tuple[str, str, Any]] = [
    ("edn", "1", "1"),
    ("edn", "; note\n#_ {:x 1} :a/b", ":a/b"),
    ("edn", '"a\\nb\\u0041\\t\\"q"', 'a\nbA\t"q'),
    ("edn", '{:a 1, "b" [2.50 nil \\c]}', {":a": "1", "b": ["2.5", "<nil>", "99"]}),
    ("edn", "#{3 10 1N}", "map[1:true 3:true 10:true]"),
    ("hocon", "", {}),
    ("hocon", "a = 75 seconds\nb += 1\nb += x\nc = ${b}", {"a": '"75 seconds"', "b": "[1,x]", "c": "[1,x]"}),
    ("hocon", "a = 1\na = ${?PATH}", {"a": 1}),
    (
        "nginx",
        "a 'b;' { c; } # d",
        {"directives": [{"name": "a", "parameters": ["'b;'"], "block": {"directives": [{"name": "c"}]}}]},
    ),
    (
        "vcl",
        'backend a { .n = 5s; } acl p { ! "1.1.1.1"; }',
        {"backend": {"a": {"n": 5}}, "acl": {"p": ['!"1.1.1.1"']}},
    ),
]
PEERS: list[tuple[str, str]] = [
    ("edn", '{:a 1, :b [1 2.5 nil true] "c" (x y) :d {}}'),
    ("edn", "{:e #{3 10 1} :f #{:z :y} :g \\c :h \\newline}"),
    ("edn", '{:i #inst "2020-01-01T00:00:00.50Z" :j #inst "2032-01-01T12:20:50+02:00" :k #uuid "f8"}'),
    ("edn", '{:l #t {:a [1 2]} :m #base64 "aGk=" :n +1 :o -0 :p 1.0}'),
    ("edn", "[1e3 1e20 1e21 1.5M 1e-5 1e-4 123456789.125 -0.0]"),
    ("hocon", "r { a = 1, b : 1.50, c = 1e3, d = 007, e = -3, f = .5 }"),
    ("hocon", 'r { a = 75 seconds, b = "x y", c = "", d = null, e = 64k, f = /x/y, g = 0.1.2, h = yes }'),
    ("hocon", 'r { a = t, b = TRUE, c = "true", d = "12", e = true b, f = "x\\ny" } // note'),
    ("hocon", "r {\n a = [1, x y, true,]\n b = [[1],[2]]\n c = []\n d = [null, 1.0] # note\n}"),
    ("hocon", "r { a = [{b=1,c=x y},{d={e=[1]}}], f = [[{b=1}]], g = [{}] }"),
    ("hocon", "r {\n a.b.c = 1, a.b.d = 2\n a { b { e = 3 } }\n f { b = 1 }\n f = 2, g = 2\n g { b = 1 }\n}"),
    ("hocon", "r { b = x y, a = ${r.b} z, c = ${r.a}, d = ${r.e}, e = 1, f = {x=1} {y=2} }"),
    ("hocon", "r { a = ${?nope}, b = 1, b = ${?nope}, c = x${?nope}y, d = [${?nope}, 1] }"),
    ("hocon", "r { a = ${?nope}, b = ${r.a}, c = ${r.a}/x, d.e = ${?d.e} }"),
    ("hocon", 'r { a = [1]\n a = ${r.a} [2]\n b = """x"y\nz"""\n c.b = 1\n c = ${?nope}\n c.d = 2 }'),
    ("vcl", 'vcl 4.1;\nbackend a { .host = "x"; .port = "80"; .t = 30s; .u = 1.5s; .v = true; .w = p; }'),
    ("vcl", "backend a { .probe = { .interval = 5s; .window = 8; } } backend b { }"),
    ("vcl", '# a\nacl p { "1.2.3.4"; "10.0.0.0"/8; } // b\nacl q { }'),
    ("vcl", 'sub a { set x = 1; set req.y = "z"; } sub b { } /* c */'),
]
REFUSED = [
    ("edn", "{:a 1} {:a 2}"),
    ("edn", "{:a 1 :a 2}"),
    ("edn", "{[1] 2}"),
    ("edn", "9223372036854775808"),
    ("edn", "1/2"),
    ("edn", "{:a}"),
    ("edn", "[" * 5000),
    ("edn", "#_ " * 5000),
    ("edn", "1" * 5000),
    ("hocon", 'include "x"\na = 1'),
    ("hocon", "a = {"),
    ("hocon", "a = http://x"),
    ("hocon", "a = x y, z"),
    ("hocon", "r { a = ${r.a} }\n"),
    ("hocon", "a = ${b}\nb = ${a}"),
    ("hocon", "a { b = ${a} }"),
    ("hocon", "a = NaN"),
    ("hocon", "[" * 3000),
    ("hocon", ".".join("a" * 3000) + " = 1"),
    ("hocon", "a0 = x" + "".join(f"\na{n + 1} = ${{a{n}}}${{a{n}}}" for n in range(60))),
    ("hocon", "a0 { x = 1 }" + "".join(f"\na{n + 1} = {{ x = ${{a{n}}}, y = ${{a{n}}} }}" for n in range(60))),
    ("hocon", "a0 { x = 1 }" + "".join(f"\na{n + 1} = {{ x = ${{a{n}}} }}" for n in range(3000))),
    ("hocon", "".join(f"a{n} = ${{a{n + 1}}}\n" for n in range(3000)) + "a3000 = 1"),
    ("hocon", "".join(f"a{n} = {'[' * 50}${{a{n + 1}}}{']' * 50}\n" for n in range(100)) + "a100 = 1"),
    ("hocon", "a = ${PATH}"),
    ("vcl", 'sub a { if (x ~ "y") { return (pass); } }'),
    ("vcl", 'include "x.vcl";'),
    ("vcl", "backend a { .x = " + "9" * 5000 + "; }"),
    ("vcl", "backend a { .x = 1; .x = 2; }"),
    ("vcl", "backend a { " + ".x = { " * 3000),
    ("vcl", "backend a { } backend a { }"),
    ("nginx", "user a"),
    ("nginx", "events { } }"),
    ("nginx", "http { server {"),
    ("nginx", 'a "b;'),
    ("nginx", "content_by_lua_block { x = {} }"),
    ("nginx", "a { " * 5000),
]
PIECES = st.lists(
    st.sampled_from(
        [
            *"{}[]()#:=,;.!\"\\/'<>- \n",
            *("a", "b.c", "1", "1.5", "nil", "#_", "#{", "#inst", '"x"', "//", "true"),
            *("${a}", "${?b.c}", "+=", '"""'),
            *("backend", "acl", "sub", "set", "vcl"),
        ]
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(("parser", "text", "wanted"), SHAPES)
def test_each_format_has_its_shape(parser: str, text: str, wanted: Any) -> None:
    """A text is the document that its format says."""
    assert read_documents(parser, text) == [wanted]


@needs_conftest
@pytest.mark.parametrize(("parser", "text"), PEERS)
def test_shapes_are_those_of_conftest(parser: str, text: str, tmp_path: Path) -> None:
    """A policy sees of a text what it sees under Conftest."""
    assert read_documents(parser, text) == parsed(tmp_path, parser, [text])


@pytest.mark.parametrize(("parser", "text"), REFUSED)
def test_what_would_be_lost_or_grow_is_refused(parser: str, text: str) -> None:
    """A reader refuses what it would drop, and what grows beyond its limits."""
    with pytest.raises(InputError):
        read_documents(parser, text)


@pytest.mark.parametrize("parser", ["edn", "hocon", "nginx", "vcl"])
@settings(max_examples=100, deadline=None)
@given(text=st.one_of(st.text(max_size=60), PIECES))
def test_any_text_is_read_or_refused(parser: str, text: str) -> None:
    """A reader ends with a document that is JSON or with the error of its input, whatever the text."""
    try:
        json.dumps(read_documents(parser, text), allow_nan=False)
    except InputError as error:
        assert str(error)  # noqa: PT017  both endings are fine


@needs_conftest
@pytest.mark.parametrize("place", ["/x", "1 2", "7"])
def test_variables_are_those_of_conftest_where_they_count(place: str, tmp_path: Path) -> None:
    """A reference to no key is a variable of the environment, if the environment may decide what a text says."""
    text = "r { a = ${PLACE}, b = ${?PLACE}/y, c = 1, c = ${?PLACE} }"
    around = Surroundings(variable=lambda name: place if name == "PLACE" else "")
    assert read_documents("hocon", text, around) == parsed(tmp_path, "hocon", [text], PLACE=place)
    with pytest.raises(InputError, match=r"\$\{PLACE\} refers to nothing: give it a value in the file"):
        read_documents("hocon", text)
