"""What the same text is to each reader of YAML."""

from typing import Any

import pytest

from muniment.languages.yaml import load

ERROR = object()

SCALARS: tuple[tuple[str, Any, Any, Any], ...] = (
    # text, k8s, yamlv3, core12
    *((word, True, word, word) for word in ("yes", "Yes", "YES", "on", "On", "ON", "y", "Y")),
    *((word, False, word, word) for word in ("no", "No", "NO", "off", "Off", "OFF", "n", "N")),
    *((word, word, word, word) for word in ("yEs", "oN", "tRUE", "nULL", "None", "=", ".", "+", "0x", "0b2")),
    ("true", True, True, True),
    ("True", True, True, "True"),
    ("TRUE", True, True, "TRUE"),
    ("false", False, False, False),
    ("False", False, False, "False"),
    *((word, None, None, None) for word in ("~", "null", "Null", "NULL", "")),
    ("0777", 511, 511, 777),
    ("0888", 888, 888, 888),
    ("-017", -15, -15, -17),
    ("0o17", 15, 15, 15),
    ("0x1F", 31, 31, 31),
    ("-0x1F", -31, -31, "-0x1F"),
    ("0b11", 3, 3, "0b11"),
    ("1_000", 1000, 1000, "1_000"),
    ("1:30", "1:30", "1:30", "1:30"),
    ("190:20:30", "190:20:30", "190:20:30", "190:20:30"),
    ("1.2.3", "1.2.3", "1.2.3", "1.2.3"),
    ("1e3", 1000, 1000, 1000),
    ("1.0", 1, 1, 1),
    (".5", 0.5, 0.5, 0.5),
    ("1.", 1, 1, 1),
    ("-1.5E-1", -0.15, -0.15, -0.15),
    ("1e21", 1e21, 1e21, 1e21),
    ("1e400", "1e400", "1e400", ERROR),
    (".inf", ERROR, ERROR, ERROR),
    ("-.Inf", ERROR, ERROR, ERROR),
    (".nan", ERROR, ERROR, ERROR),
    ("9223372036854775807", 2**63 - 1, 2**63 - 1, 2**63 - 1),
    ("9223372036854775808", 2.0**63, 2.0**63, 2**63),
    ("0xFFFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFFFF", 2**72 - 1),
    ("2020-01-01", "2020-01-01", "2020-01-01T00:00:00Z", "2020-01-01"),
    ("2020-1-2 3:4:5.50", "2020-1-2 3:4:5.50", "2020-01-02T03:04:05.5Z", "2020-1-2 3:4:5.50"),
    (
        "2020-02-29T00:00:00+01:00",
        "2020-02-29T00:00:00+01:00",
        "2020-02-29T00:00:00+01:00",
        "2020-02-29T00:00:00+01:00",
    ),
    ("2019-02-29", "2019-02-29", "2019-02-29", "2019-02-29"),
    ("2020-13-01", "2020-13-01", "2020-13-01", "2020-13-01"),
    ('"yes"', "yes", "yes", "yes"),
    ("'12'", "12", "12", "12"),
    ("! 12", "12", "12", "12"),
    ("!!str 12", "12", "12", "12"),
    ('!!int "12"', 12, 12, 12),
    ("!!int x", ERROR, ERROR, ERROR),
    ("!!float 2", 2, 2, 2),
    ('!!bool "true"', True, True, True),
    ("!!null ''", None, None, None),
    ("!!null x", ERROR, ERROR, ERROR),
    ("!!binary aGk=", "hi", "hi", "hi"),
    ("!!binary '%'", ERROR, ERROR, ERROR),
    ("!!int [1]", ERROR, ERROR, ERROR),
    ("!custom 12", 12, 12, 12),
    ("!custom '12'", "12", "12", "12"),
    ("<<", "<<", "<<", "<<"),
    ("&a 12", 12, 12, 12),
)

KEYS: tuple[tuple[str, Any, Any, Any], ...] = (
    ("1: x", {"1": "x"}, {"1": "x"}, ERROR),
    ("yes: x", {"true": "x"}, {"yes": "x"}, {"yes": "x"}),
    ("on: x", {"true": "x"}, {"on": "x"}, {"on": "x"}),
    ("0x10: x", {"16": "x"}, {"0x10": "x"}, ERROR),
    ("1.5: x", {"1.5": "x"}, {"1.5": "x"}, ERROR),
    ("a: {1: x}", {"a": {"1": "x"}}, ERROR, ERROR),
    ("a: {true: x}", {"a": {"true": "x"}}, ERROR, ERROR),
    ("~: x", ERROR, ERROR, ERROR),
    ("[a]: x", ERROR, ERROR, ERROR),
    ("{a: b}: x", ERROR, ERROR, ERROR),
    ("? a\n: x", {"a": "x"}, {"a": "x"}, {"a": "x"}),
    ("&k a: 1\nb: *k", {"a": 1, "b": "a"}, {"a": 1, "b": "a"}, {"a": 1, "b": "a"}),
    ("x: &k a\n*k : 1", {"x": "a", "a": 1}, {"x": "a", "a": 1}, {"x": "a", "a": 1}),
    ("a: 1\na: 2", {"a": 2}, ERROR, ERROR),
    ("1: a\n'1': b", {"1": "b"}, ERROR, ERROR),
)


def verdict(text: str, dialect: Any) -> Any:
    """The value of the only document, ERROR if it has none."""
    (document,) = load(text, dialect=dialect).documents
    return ERROR if document.diagnostics else document.value


@pytest.mark.parametrize(("text", "k8s", "yamlv3", "core12"), SCALARS)
def test_plain_scalars_follow_the_dialect(text: str, k8s: Any, yamlv3: Any, core12: Any) -> None:
    """A scalar is what the reader that the dialect is named after makes of it, types included."""
    for dialect, wanted in (("k8s", k8s), ("yamlv3", yamlv3), ("core12", core12)):
        found = verdict(f"key: {text}", dialect)
        if wanted is ERROR:
            assert found is ERROR, dialect
        else:
            assert found == {"key": wanted}, dialect
            assert type(found["key"]) is type(wanted), dialect


@pytest.mark.parametrize(("text", "k8s", "yamlv3", "core12"), KEYS)
def test_keys_follow_the_dialect(text: str, k8s: Any, yamlv3: Any, core12: Any) -> None:
    """A key that is no text becomes the text that the dialect's reader makes of it, or an error."""
    for dialect, wanted in (("k8s", k8s), ("yamlv3", yamlv3), ("core12", core12)):
        assert verdict(text, dialect) == wanted, dialect


MERGES = (
    ("b: &b {x: 1, z: 2}\nc: {<<: *b, x: 3}", {"x": 3, "z": 2}),
    ("b: &b {x: 1, z: 2}\nc: {x: 3, <<: *b}", {"x": 3, "z": 2}),
    ("a: &a {x: 1}\nb: &b {x: 2, z: 2}\nc: {<<: [*a, *b]}", {"x": 1, "z": 2}),
    ("a: &a {x: 1}\nb: &b {<<: *a, z: 2}\nc: {<<: *b}", {"x": 1, "z": 2}),
    ("a: &a {x: 1}\nb: &b {z: 2}\nc: {<<: *a, <<: *b}", {"x": 1, "z": 2}),
    ("a: &a {x: 1}\nc: {!!merge <<: *a}", {"x": 1}),
    ("a: &a {x: 1}\nc: {'<<': *a}", {"<<": {"x": 1}}),
    ("c: {<<: 1}", ERROR),
    ("c: {<<: [1]}", ERROR),
)


@pytest.mark.parametrize(("text", "wanted"), MERGES)
def test_merge_keys(text: str, wanted: Any) -> None:
    """Own keys win whatever their order, an earlier mapping wins over a later one, a quoted `<<` is a plain key."""
    found = verdict(text, "k8s")
    assert found is ERROR if wanted is ERROR else found["c"] == wanted


def test_a_merge_key_is_a_plain_key_in_core12() -> None:
    """YAML 1.2 knows no merge."""
    assert verdict("a: &a {x: 1}\nc: {<<: *a}", "core12")["c"] == {"<<": {"x": 1}}


FUNCTIONS = (
    ("!Ref x", {"Ref": "x"}),
    ("!Condition x", {"Condition": "x"}),
    ("!GetAtt a.b.c", {"Fn::GetAtt": ["a", "b.c"]}),
    ("!GetAtt [a, b]", {"Fn::GetAtt": ["a", "b"]}),
    ("!Sub 'x-${y}'", {"Fn::Sub": "x-${y}"}),
    ("!Join ['', [!Ref a, b]]", {"Fn::Join": ["", [{"Ref": "a"}, "b"]]}),
    ("!If\n  - c\n  - !Ref a\n  - 1", {"Fn::If": ["c", {"Ref": "a"}, 1]}),
    ("!Transform {Name: m}", {"Fn::Transform": {"Name": "m"}}),
)


@pytest.mark.parametrize(("text", "wanted"), FUNCTIONS)
def test_short_tags_of_cloudformation(text: str, wanted: Any) -> None:
    """A short tag is the function that it stands for, and its key stands where the tag stands."""
    (document,) = load(f"key: {text}", tags="cloudformation").documents
    assert document.value == {"key": wanted}
    function = document.value["key"]
    place = document.positions.key(function, next(iter(function)))
    assert place is not None
    assert place == (1, 6, 1, 6 + len(text.split(maxsplit=1)[0]))
    whole, inner = document.positions.of(function), document.positions.value(function, next(iter(function)))
    assert whole is not None
    assert inner is not None
    assert whole[2:] == inner[2:]


def test_unknown_tags_are_kept_beside_the_value() -> None:
    """`!vault` and `!reference` mean nothing here: structure stays, the tag is told with its place."""
    (document,) = load("a: !vault |\n  x\nb: !reference [c, d]\n").documents
    assert document.value == {"a": "x\n", "b": ["c", "d"]}
    assert [(tag, span.line, span.column) for tag, span in document.tags] == [("!vault", 1, 4), ("!reference", 3, 4)]


def test_opa_reads_yaml_leniently() -> None:
    """OPA's dialect takes the last of equal keys, any scalar as a key, old booleans and timestamps as texts."""
    document = load("a: on\na: 2020-01-01\n1: {true: x}\n", dialect="opa").documents[0]
    assert document.value == {"a": "2020-01-01", "1": {"true": "x"}}
