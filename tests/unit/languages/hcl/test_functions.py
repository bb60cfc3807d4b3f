"""The functions agree with Terraform, answer for what is unknown, and fail closed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.hcl.calls import invoke
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression, renderer
from muniment.languages.hcl.function import CallContext
from muniment.languages.hcl.functions.json_text import encode_json
from muniment.languages.hcl.functions.table import functions
from muniment.languages.hcl.functions.texts import EncodedString
from muniment.languages.hcl.parser import parse_expression
from muniment.languages.hcl.scope import Names
from muniment.languages.hcl.types import ANY, STRING
from muniment.languages.hcl.values import SENSITIVE, ListValue, MapValue, Marked, make_set, mark, plain, unmark_deep
from muniment.languages.unknown import Cause, OpenList, OpenMap, PartialString, Unknown

RECORDED = json.loads((Path(__file__).parent / "terraform_console.json").read_text(encoding="utf-8"))
FUNCTIONS = functions(opentofu=True)
HOLE = Unknown((Cause("variable", "var.s"),), STRING)
VALUES: dict[str, Any] = {
    "u": Unknown((Cause("variable", "var.u"),), ANY),
    "s": HOLE,
    "m": OpenMap({"a": 1}, (Cause("module", "m"),)),
    "l": OpenList(["a"], (Cause("module", "l"),)),
    "secret": mark("x", frozenset({SENSITIVE})),
}


def _read(path: str) -> bytes | None:
    text = RECORDED["files"].get(path.removeprefix("./").replace("dir/../", ""))
    return None if text is None else text.encode("latin-1")


def _list_files(folder: str, _deep: bool) -> tuple[str, ...]:  # noqa: FBT001  the port
    prefix = "" if folder == "." else folder + "/"
    return tuple(name.removeprefix(prefix) for name in RECORDED["files"] if name.startswith(prefix))


CONTEXT = CallContext(read=_read, list_files=_list_files, render=renderer(FUNCTIONS))


def _evaluate(text: str, values: Mapping[str, Any] = VALUES) -> Any:
    parsed = parse_expression(text)
    if parsed.diagnostics:
        raise HclError(parsed.diagnostics[0].message)
    return compile_expression(parsed.expression, FUNCTIONS)(Names(values, CONTEXT))


def _as_json(text: str) -> str | None:
    try:
        return encode_json(unmark_deep(_evaluate(text))[0])
    except HclError:
        return None


def _shape(value: Any) -> Any:
    """The value with every hole as `?`, and open collections marked by a last member `...`."""
    if isinstance(value, PartialString):
        return "".join(part if isinstance(part, str) else "?" for part in value.parts)
    if isinstance(value, Unknown):
        return "?"
    if isinstance(value, OpenList):
        return [*map(_shape, value), "..."]
    if isinstance(value, OpenMap):
        return {name: _shape(member) for name, member in value.items()} | {"...": "..."}
    if isinstance(value, dict):
        return {name: _shape(member) for name, member in value.items()}
    return list(map(_shape, value)) if isinstance(value, tuple | list) else value


def test_every_recorded_expression_has_the_value_that_terraform_gave_it() -> None:
    """The recorded expressions have Terraform's values, and those that failed there fail here."""
    wrong = [(text, wanted, ours) for text, wanted in RECORDED["cases"] if (ours := _as_json(text)) != wanted]
    assert not wrong
    assert len(RECORDED["cases"]) > 1300


def test_the_tables_hold_the_functions_of_each_product() -> None:
    """Terraform 1.11 has 118 functions, and OpenTofu three more."""
    assert len(functions()) == 118
    assert set(FUNCTIONS) - set(functions()) == {"base64gunzip", "cidrcontains", "urldecode"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("length([u, 1])", 2),
        ("length(m)", "?"),
        ('lookup(m, "a", 2)', 1),
        ('lookup(m, "b", 2)', "?"),
        ("merge(m, {b = 2})", {"a": 1, "b": 2, "...": "..."}),
        ("merge({b = 2}, m)", {"a": 1, "b": "?", "...": "..."}),
        ("merge({b = 2}, u, {c = 3})", {"b": "?", "c": 3, "...": "..."}),
        ("keys(m)", ["a", "..."]),
        ('concat(u, ["b"])', ["b", "..."]),
        ('concat([u], ["b"])', ["?", "b"]),
        ('flatten([["a"], u, [s]])', ["a", "?", "..."]),
        ('distinct(concat(l, ["b"]))', ["a", "b", "..."]),
        ('compact(["a", s, ""])', ["a", "..."]),
        ('contains(l, "a")', True),
        ('contains(l, "b")', "?"),
        ('element(["a", u], 0)', "a"),
        ('join(",", ["a", s, "b"])', "a,?,b"),
        ('format("arn:%s:x", s)', "arn:?:x"),
        ('formatlist("a-%s", [s, "b"])', ["a-?", "a-b"]),
        ('startswith("ab-${s}", "ab")', True),
        ('startswith("ab-${s}", "ax")', False),
        ('endswith("${s}:latest", ":latest")', True),
        ('strcontains("a${s}b", "c")', "?"),
        ("alltrue([false, u])", False),
        ("anytrue([u, false])", "?"),
        ('coalesce("a", s)', "a"),
        ('coalesce(s, "a")', "?"),
        ('try(u.x, "a")', "?"),
        ("can(u.x)", "?"),
        ('setunion(l, ["b"])', ["a", "b", "..."]),
        ('matchkeys(["a"], [s], ["x"])', "?"),
        ('templatefile("dir/sub/x.tpl", {v = s})', "v=?"),
        ("timestamp()", "?"),
        ('abspath("a")', "?"),
        ("file(s)", "?"),
    ],
)
def test_unknown_arguments_decide_only_what_they_must(text: str, wanted: Any) -> None:
    """What is known of a call with unknown or open arguments stays visible."""
    assert _shape(_evaluate(text)) == wanted


def test_encoded_text_is_decoded_through_its_structure() -> None:
    """JSON or YAML written from unknown members gives these members back."""
    encoded = _evaluate('jsonencode({a = s, b = [1, u], c = "x-${s}", d = toset(["k"])})')
    assert isinstance(encoded, EncodedString)
    assert _shape(encoded) == '{"a":"?","b":[1,?],"c":"x-?","d":["k"]}'
    for form in ("json", "yaml"):
        decoded = _evaluate(f'{form}decode({form}encode({{a = s, b = [1, u], c = "x-${{s}}", d = toset(["k"])}}))')
        assert _shape(decoded) == {"a": "?", "b": [1, "?"], "c": "x-?", "d": ["k"]}


def test_a_policy_in_a_template_is_read_around_its_holes() -> None:
    """JSON text with holes is decoded with the holes as unknown members, and unknown where that cannot be."""
    decoded = _evaluate(r'jsondecode("{\"a\": \"x-${s}\", \"b\": ${u}, \"c\": [\"${s}\", 1, ${u}]}")')
    assert _shape(decoded) == {"a": "x-?", "b": "?", "c": ["?", 1, "..."]}
    assert _shape(_evaluate(r'jsondecode("{\"a\": ${s}")')) == "?"


def test_the_opentofu_functions_decode_and_contain() -> None:
    """OpenTofu's three functions work, and refuse malformed input."""
    packed = "H4sIAAAAAAAC/8tIzcnJBwCGphA2BQAAAA=="
    assert _evaluate(f'base64gunzip("{packed}")') == "hello"
    assert _evaluate('urldecode("a%20b+c%C3%A9")') == "a b cé"
    assert _evaluate('cidrcontains("10.0.0.0/8", "10.1.0.0/16")') is True
    assert _evaluate('cidrcontains("10.0.0.0/8", "11.0.0.1")') is False
    for text in ('base64gunzip("aGk=")', 'urldecode("%zz")', 'urldecode("%1")', 'cidrcontains("x", "y")'):
        with pytest.raises(HclError):
            _evaluate(text)


@pytest.mark.parametrize(
    "text",
    [
        'format("%999999999s", "a")',
        'format("%.999999999f", 1)',
        'indent(99999999, "a\\nb\\nc")',
        "range(0, 1, 1e-9)",
        'parseint(join("", [for i in range(1000): "zzzzz"]), 62)',
        'jsondecode(join("", [for i in range(1000): "[[["]))',
        "setproduct(range(1000), range(1000), range(1000))",
    ],
)
def test_a_call_that_would_grow_without_bound_is_an_error(text: str) -> None:
    """Budgets end a call before memory does."""
    with pytest.raises(HclError):
        _evaluate(text)


def test_a_yaml_reader_is_lent_by_the_caller() -> None:
    """`yamldecode` uses the context's reader, and is unknown without one."""
    lent = CONTEXT._replace(yaml_decode=lambda text: {"text": text})
    parsed = parse_expression('yamldecode("a: 1")')
    assert compile_expression(parsed.expression, FUNCTIONS)(Names({}, lent)) == {"text": "a: 1"}
    assert _shape(_evaluate('yamldecode("a: 1")')) == "?"


TEXTS = st.sampled_from(
    (
        *("", "a", "1", "-5", "é", "%s", "%5.2f", "%[2]q", "/a/", "(", "a*", "[a", "{a", "**", "10.0.0.0/8", "::/10"),
        *("2020-01-01T00:00:00Z", "1h", '{"a":1}', "[1", "a,b\n1,2", "aGk=", "YYYY", "true", "utf-8", "\ud800"),
        *("dir/a.txt", "1e5000", "9" * 4500, "%", "..", "\\", "$1", "\U000f0000", "dns", "\x00"),
    )
)
NUMBERS = st.sampled_from((0, 1, -1, 10, 2**63, 10**3999, -(10**30)))
SCALARS = st.one_of(TEXTS, NUMBERS, st.booleans(), st.none(), st.just(HOLE), st.just(PartialString(("a", HOLE))))


def _collections(members: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = st.lists(members, max_size=3)
    maps = st.dictionaries(st.sampled_from(("a", "b", "")), members, max_size=3)
    return st.one_of(
        lists.map(tuple),
        maps,
        lists.map(lambda value: OpenList(value, HOLE.causes)),
        maps.map(lambda value: OpenMap(value, HOLE.causes)),
        members.map(lambda value: value if isinstance(value, Marked) else Marked(value, frozenset({SENSITIVE}))),
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.recursive(SCALARS, _collections, max_leaves=6), max_size=4))
def test_no_function_lets_a_foreign_exception_out(arguments: list[Any]) -> None:
    """Whatever the arguments, every function gives a value or an HclError."""
    for function in FUNCTIONS.values():
        if function.lazy or len(arguments) < function.least or len(arguments) > (function.most or len(arguments)):
            continue
        try:
            invoke(function, list(arguments), CONTEXT)
        except HclError:
            continue


CALLS = (
    *("length({0})", "coalesce({0}, {1})", "concat({0}, {1})", "flatten([{0}, {1}])", "merge({0}, {1})", "keys({0})"),
    *(
        'contains({0}, "a")',
        "distinct({0})",
        "compact([{0}, {1}])",
        "element({0}, 0)",
        "setunion({0}, {1})",
        "one({0})",
    ),
    *('lookup({0}, "a", {1})', 'join("-", {0})', 'format("%s-%v", {0}, {1})', 'formatlist("x%s", {0})', "values({0})"),
    *('startswith("a${{{0}}}", "ab")', 'endswith("${{{0}}}a", "a")', 'strcontains("${{{0}}}", "a")', "sort({0})"),
    *("alltrue([{0}, {1}])", "anytrue([{0}, {1}])", "tolist([{0}, {1}])", "toset([{0}, {1}])", "reverse({0})"),
    *("jsondecode(jsonencode([{0}, {{a = {1}}}]))", "zipmap(['a'], [{0}])".replace("'", '"'), "try({0}.a, {1})"),
    *(
        'jsondecode("[\\"${{{0}}}\\", 1]")',
        "setproduct([{0}], [{1}])",
        "slice([{0}, 1, 2], 1, 3)",
        "tomap({{a = {0}}})",
    ),
    *('index(["a", {0}], "a")', "chunklist([{0}, {1}], 1)", "setsubtract({0}, {1})", 'coalescelist([], {0}, ["a"])'),
)
POSSIBLE = st.sampled_from(
    (
        *(None, True, 0, 1, "a", "b", "", "1", (), (1, "a"), ("a", ""), ListValue(["a"]), make_set(["a", "b"])),
        *({"a": 1}, {"a": None, "b": "x"}, MapValue({}), (("a",), ListValue(["b"]))),
    )
)


def _admits(partial: Any, whole: Any) -> bool:
    """Whether a value with unknown parts may turn out to be `whole`, numbers as their text."""
    if isinstance(partial, PartialString):
        return isinstance(whole, str) and whole.startswith(partial.prefix) and whole.endswith(partial.suffix)
    if isinstance(partial, Unknown):
        return True
    if isinstance(partial, OpenList):
        return isinstance(whole, list) and all(any(_admits(a, b) for b in whole) for a in partial)
    if isinstance(partial, dict):
        names = isinstance(whole, dict) and (isinstance(partial, OpenMap) or partial.keys() == whole.keys())
        return names and all(name in whole and _admits(partial[name], whole[name]) for name in partial)
    if isinstance(partial, list):
        return isinstance(whole, list) and len(partial) == len(whole) and all(map(_admits, partial, whole))
    return bool(str(partial).lower() == str(whole).lower())


@settings(max_examples=100, deadline=None)
@given(POSSIBLE, POSSIBLE)
def test_what_functions_decide_over_unknown_arguments_holds_for_every_value(first: Any, second: Any) -> None:
    """A known part of a result over an unknown argument is part of the result for whatever that becomes."""
    for call in CALLS:
        text = call.format("p", "q")
        try:
            actual = plain(_evaluate(text, {"p": first, "q": second}))
        except HclError:
            continue
        for names in ("p", "q", "pq"):
            values = {"p": first, "q": second} | {name: Unknown((Cause("variable", name),), ANY) for name in names}
            decided = plain(_evaluate(text, values))
            assert _admits(decided, actual), (text, names, decided, actual)
