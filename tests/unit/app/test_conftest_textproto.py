"""Textproto is read by declared types as Conftest reads it, and ends well on any text."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.app.conftest.formats import Surroundings, read_documents
from muniment.app.conftest.proto_schema import Schema, declare, load_schema
from muniment.app.conftest.textproto import message_value
from muniment.errors import InputError
from tests.unit.app.conftest_peer import SEED, asked, needs_conftest

PROTO = """syntax = "proto3";
package p;
option java_package = "x";
enum Color { option deprecated = true; RED = 0; BLUE = 1 [deprecated = true]; OLD = -1; }
message Inner { int64 big = 1; bytes raw = 2; reserved 5, 7 to 9; }
service S { rpc Go (Inner) returns (Inner) { option idempotency_level = IDEMPOTENT; } }
message M {
  string snake_name = 1; int32 n = 2; bool b = 3; repeated string many = 4 [json_name = "Other"]; Inner inner = 5;
  repeated Inner inners = 6; map<string, int32> counts = 7; map<int32, Inner> by_id = 8; Color color = 9;
  repeated Color colors = 10; double d = 11; float f = 12; oneof x { string s = 13; int32 i = 14; }
  optional int32 opt = 15; uint64 u = 16;
  message Nested { string v = 1; }
  Nested nested = 17;
}
"""
MESSAGES = [
    'snake_name: "x" n: 1; b: true, color: BLUE d: 1.5 f: 0.1',
    "many: 'a' \"b\" many: [\"c\", 'd\\u0041\\x42\\103\\n']",
    'inner { big: 12 raw: "hi\\001" } inners: <big: 0x10> inners { big: 010 }',
    'counts { key: "k" value: 2 } counts { value: 0 } by_id { key: 3 } nested { v: "" }',
    "color: 1 colors: [RED, BLUE, 7, -1]",
    "n: 0 b: f opt: 0 i: 0 u: 18446744073709551615",
    "d: -inf f: 3.4e39",
    "d: nan f: 16777217 n: -5 # note",
    "d: 1e22 f: 1e-7 b: t",
    "inner {}",
    "",
]

POLICY = 'package main\ndeny contains {"msg": "m", "input": input} if true\n'
PIECES = st.lists(
    st.sampled_from(
        [
            *"{}[]()#:=,;.!\"\\/'<>- \n",
            *("a", "b.c", "1", "1.5", '"x"', "//", "true"),
            *("message", "enum", "oneof", "map<", "option", "n:", "inner"),
        ]
    ),
    max_size=30,
).map("".join)


def schema() -> Schema:
    """The types of this module."""
    declared = Schema()
    declare(PROTO, declared)
    return declared


def shown(folder: Path, texts: list[str]) -> list[Any]:
    """What Conftest's policies see of each message."""
    (folder / "protos").mkdir()
    (folder / "protos/a.proto").write_text(PROTO)
    (folder / "policy").mkdir()
    (folder / "policy/a.rego").write_text(POLICY)
    names = [f"{number:04}.textproto" for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text(f"# proto-message: p.M\n{text}\n", "utf-8")
    found = asked(folder, "test", "-o", "json", "--proto-file-dirs", "protos", *names)
    return [one["failures"][0]["metadata"]["input"] for one in sorted(found, key=lambda one: str(one["filename"]))]


@needs_conftest
def test_messages_are_those_of_conftest(tmp_path: Path) -> None:
    """A message has the JSON form that Conftest gives it by the same declarations."""
    wanted = shown(tmp_path, MESSAGES)
    around = Surroundings(schema=lambda: load_schema((str(tmp_path / "protos"),)))
    for text, one in zip(MESSAGES, wanted, strict=True):
        assert read_documents("textproto", f"# proto-message: p.M\n{text}", around) == [one]


def message(chance: random.Random) -> str:
    """A message of random fields, each of its type."""
    number = chance.randint(-(2**31), 2**31 - 1)
    words = [chance.choice(("RED", "BLUE", "OLD", "5")) for _ in range(chance.randrange(4))]
    fields = (
        f"n: {chance.choice((number, 0, '0x1f', '017', '- 4'))}",
        f"b: {chance.choice(('true', 'false', 't', 'False', '1'))}",
        "many: " + chance.choice(("[]", '["a", "é"]', '"x" "y"')),
        f'inner {{ big: {number * 2**31} raw: "\\{chance.randrange(256):03o}" }}',
        f"inners < big: {chance.randrange(99)} > inners: {{}}",
        f"counts {{ key: 'k{number % 5}' value: {number} }} by_id {{ key: {number} value {{ big: 1 }} }}",
        f"colors: [{', '.join(words)}]",
        f"d: {chance.uniform(-1e6, 1e6)}",
        f"f: {chance.choice((number, 0.1, '1e-7', '-inf', '3f', '1e39'))}",
        chance.choice(('s: ""', "i: 0", "i: 3")),
        f"opt: {number % 2} # note",
        f"u: {2**64 - 1 - abs(number)}",
        "nested { v: 'it\\'s' }",
    )
    return chance.choice((" ", "\n")).join(chance.sample([f + "\n" if "#" in f else f for f in fields], 6))


@needs_conftest
def test_random_messages_are_those_of_conftest(tmp_path: Path) -> None:
    """Every message is read, and read alike."""
    chance = random.Random(SEED)  # noqa: S311  cases, not secrets
    texts = [message(chance) for _ in range(120)]
    for text, wanted in zip(texts, shown(tmp_path, texts), strict=True):
        assert message_value(text, "p.M", schema()) == wanted, f"seed {SEED}:\n{text}"


WRONG = [
    "unknown: 1",
    'n: "x"',
    "n: 99999999999",
    "b: yes",
    "n: 1 n: 2",
    's: "x" i: 2',
    "inner {",
    "[p.ext]: 1",
    'snake_name: "\\377"',
    "color: GREEN",
    "n: " + "9" * 5000,
    "nested {" * 3000,
]


@pytest.mark.parametrize("text", WRONG)
def test_messages_that_their_type_forbids_are_refused(text: str) -> None:
    """A field that is unknown, set twice or of another type is an error."""
    with pytest.raises(InputError):
        message_value(text, "p.M", schema())


def test_a_message_of_no_known_type_is_refused() -> None:
    """Without its type or the type's declaration a message cannot be read, and the error says what to give."""
    with pytest.raises(InputError, match="proto-message"):
        read_documents("textproto", "n: 1")
    with pytest.raises(InputError, match=r"look up message type.*--proto-file-dirs"):
        read_documents("textproto", "# proto-message: p.M\nn: 1")


@settings(max_examples=100, deadline=None)
@given(text=st.one_of(st.text(max_size=60), PIECES))
def test_any_message_and_any_declaration_is_read_or_refused(text: str) -> None:
    """Neither a message nor a declaration ends with anything but the error of its input."""
    for read in (lambda: message_value(text, "p.M", schema()), lambda: declare(text, Schema())):
        try:
            json.dumps(read(), allow_nan=False)
        except InputError as error:
            assert str(error)  # noqa: PT017  both endings are fine
