"""Answers of builtins that are easily got wrong, as OPA gives them."""

from decimal import Decimal
from typing import Any

import pytest

from muniment.languages.rego.builtins import registry
from muniment.languages.rego.signatures import UNDEFINED, BuiltinError, QueryContext
from muniment.languages.rego.values import make_set

ANSWERS = [
    ("plus", (0.1, 0.2), 0.3),
    ("div", (1, 3), Decimal("0.33333333333333333334")),
    ("div", (4.0, 2), 2),
    ("rem", (-17, 5), -2),
    ("round", (-2.5,), -3),
    ("ceil", (-1.99,), -1),
    ("max", ([],), UNDEFINED),
    ("sort", ([True, 1, None, "a", [], 0.5],), [None, True, 0.5, 1, "a", []]),
    ("array.slice", ([1, 2, 3], -1, 2), [1, 2]),
    ("array.slice", ([1, 2, 3], 2, 1), []),
    ("array.flatten", ([1, [2, [3]]],), [1, 2, [3]]),
    ("intersection", (make_set([]),), frozenset()),
    ("bits.rsh", (-8, 1), -4),
    ("numbers.range", (3, 1), [3, 2, 1]),
    ("to_number", (None,), 0),
    ("to_number", ("+1.50",), 1.5),
    ("concat", (",", make_set(["b", "a"])), "a,b"),
    ("indexof_n", ("aaa", "aa"), [0, 1]),
    ("split", ("", ""), []),
    ("strings.split_n", ("a.b.c", ".", -2), ["b", "c"]),
    ("strings.replace_n", ({"a": "b", "b": "c"}, "aab"), "bbc"),
    ("substring", ("über", 1, 2), "be"),
    ("upper", ("ß",), "ß"),
    ("format_int", (-15.9, 16), "-f"),
    ("sprintf", ("%s", [2**70]), str(2**70)),
    ("plus", (1e30, 1), 10**30 + 1),
    ("sprintf", ("%v %d %s", [{"a": make_set([1])}, 7, None]), '{"a": {1}} 7 null'),
    ("regex.find_all_string_submatch_n", ("a(x*)b", "ab-axxb", -1), [["ab", ""], ["axxb", "xx"]]),
    ("regex.replace", ("foo", "^[a-z]", "F"), "Foo"),
    ("regex.template_match", ("urn:foo:{.*}", "urn:foo:bar:baz", "{", "}"), True),
    ("regex.globs_match", ("a.a.[0-9]+z", ".b.b2359825792*594823z"), True),
    ("glob.match", ("*", [], "foo.bar"), False),
    ("glob.match", ("{cat,[!b]at}", None, "bat"), False),
    ("glob.match", ("a/**/b", ["/"], "a/x/y/b"), True),
    ("base64url.decode", ("aGVsbG8",), "hello"),
    ("uri.parse", ("//h:1/a%2Fb",), {"hostname": "h", "port": "1", "path": "/a/b", "raw_path": "/a%2Fb"}),
    ("urlquery.encode_object", ({"b": ["1", "2"], "a": "c=b+1"},), "a=c%3Db%2B1&b=1&b=2"),
    ("json.marshal", ({"b": [1, 2.5, "<"], "a": make_set([2, 1])},), '{"a":[1,2],"b":[1,2.5,"\\u003c"]}'),
    ("json.marshal_with_options", ([1], {"prefix": "> "}), "> [\n> \t1\n> ]"),
    ("yaml.unmarshal", ("a: on\na: 2020-01-01\n1: x",), {"a": "2020-01-01", "1": "x"}),
    ("yaml.is_valid", ("a: 1\n---\n\tb: 2\n",), False),
    ("yaml.marshal", ({"a10": "1", "a2": [{"b": "x: y"}]},), "a2:\n  - b: 'x: y'\na10: \"1\"\n"),
    ("yaml.marshal", ({"\u00b9": 1},), "\u00b9: 1\n"),
    ("json.filter", ({"a": [{"b": 1, "c": 2}]}, ["a/0/b"]), {"a": [{"b": 1}]}),
    ("json.remove", ({"a": [1, 2, 3]}, [["a", "1"]]), {"a": [1, 3]}),
    ("json.patch", ({"a": [1, 2]}, [{"op": "move", "from": "a/0", "path": "/b"}]), {"a": [2], "b": 1}),
    ("json.patch", (make_set([[1]]), [{"op": "add", "path": [[1], 1], "value": 2}]), make_set([[1, 2]])),
    ("object.get", ({"a": [{"b": 1}]}, ["a", 0, "b"], 2), 1),
    ("object.union_n", ([{"a": {"b": 2}}, {"a": 4}, {"a": {"c": 3}}],), {"a": {"c": 3}}),
    ("object.subset", ({"a": [1, 2, 3]}, {"a": [2, 3]}), True),
    ("units.parse", ("100m",), 0.1),
    ("units.parse", ("1M",), 1_000_000),
    ("units.parse_bytes", ("1.5KiB",), 1536),
    ("semver.compare", ("1.0.0-rc.2", "1.0.0-rc.10"), -1),
    ("net.cidr_contains", ("::ffff:10.0.0.0/104", "10.1.2.3"), True),
    ("net.cidr_merge", (["10.0.0.0/25", "10.0.0.128/25"],), frozenset({"10.0.0.0/24"})),
    ("net.cidr_expand", ("10.0.0.0/31",), frozenset({"10.0.0.0", "10.0.0.1"})),
    ("time.clock", ([1517832000000000000, "America/New_York"],), [7, 0, 0]),
    ("time.format", ([1517832000000000000, "Asia/Kolkata", "RFC822Z"],), "05 Feb 18 17:30 +0530"),
    ("time.add_date", (1585852421593912000, 3, 9, 12), 1705257221593912000),
    ("time.diff", (1580601600000000000, 1583020800000000000), [0, 0, 28, 0, 0, 0]),
    ("time.parse_duration_ns", ("1d2h",), 93_600_000_000_000),
    ("graph.reachable", ({"a": ["b"], "b": ["c"]}, ["a"]), frozenset({"a", "b"})),
    ("graph.reachable_paths", ({"a": ["b"], "b": ["a"]}, ["a"]), make_set([["a", "b"]])),
    ("uuid.parse", ("{00000000-0000-4000-8000-000000000000}",), {"version": 4, "variant": "RFC4122"}),
    ("crypto.md5", ("message",), "78e731027d8fd50ed642340b7c9a63b3"),
]

FAULTS = [
    ("div", (1, 0.0), "eval_builtin_error", "divide by zero"),
    ("count", (1,), "eval_type_error", "operand 1 must be one of {array, object, set, string} but got number"),
    ("concat", (",", [1]), "eval_type_error", "operand 2 must be array of strings but got array containing number"),
    ("bits.or", (1.5, 1), "eval_type_error", "operand 1 must be integer number but got floating-point number"),
    ("minus", (make_set([1]), 1), "eval_type_error", "operand 2 must be set but got number"),
    ("units.parse", ("1e12345678",), "eval_builtin_error", "units.parse: exponent too large"),
    ("hex.decode", ("fg",), "eval_builtin_error", "encoding/hex: invalid byte: U+0067 'g'"),
    ("base64.decode", ("abcde",), "eval_builtin_error", "illegal base64 data at input byte 4"),
    ("time.clock", (10**19,), "eval_builtin_error", "timestamp too big"),
    ("semver.compare", ("1", "1.0.0"), "eval_builtin_error", 'operand 1: string "1" is not a valid SemVer'),
]


def call(name: str, arguments: tuple[Any, ...]) -> Any:
    """What a builtin answers."""
    builtin = registry().find(name)
    assert builtin, name
    return builtin.function(*((QueryContext(),) if builtin.context else ()), *arguments)


@pytest.mark.parametrize(("name", "arguments", "wanted"), ANSWERS)
def test_builtins_answer_as_opa_does(name: str, arguments: tuple[Any, ...], wanted: Any) -> None:
    """A builtin gives the value that OPA gives."""
    assert call(name, arguments) == wanted


@pytest.mark.parametrize(("name", "arguments", "code", "message"), FAULTS)
def test_builtins_complain_as_opa_does(name: str, arguments: tuple[Any, ...], code: str, message: str) -> None:
    """A builtin refuses wrong operands with OPA's code and words."""
    with pytest.raises(BuiltinError) as caught:
        call(name, arguments)
    assert (caught.value.code, str(caught.value)) == (code, message)


def test_network_access_is_absent() -> None:
    """A policy that wants the network does not compile unless a host adds the builtins."""
    assert registry().find("http.send") is None
    assert registry().find("net.lookup_ip_addr") is None


def test_random_answers_are_the_same_for_the_same_seed() -> None:
    """Random builtins depend on their arguments and the seed only."""
    for name, arguments in (("rand.intn", ("key", 1000)), ("uuid.rfc4122", ("key",))):
        assert call(name, arguments) == call(name, arguments)
