"""Streams, places, limits and broken documents of the YAML loader."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.source import Limits, Span
from muniment.languages.yaml import Positions, Stream, comments, load, looks_templated
from tests.material import SHARED, needs_material

BROKEN = "a: 1\n---\nb: {\n---\nc: 'open\n---\nd: *none\n---\ne: 5\n"


def values(stream: Stream) -> list[Any]:
    """The values of all documents."""
    return [document.value for document in stream.documents]


def cut(text: str, span: Span | None) -> str:
    """The text that a span covers."""
    assert span is not None
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def test_a_broken_document_is_alone() -> None:
    """Documents before, between and behind broken ones are read, each with the lines that it has in the file."""
    stream = load(BROKEN)
    assert values(stream) == [{"a": 1}, None, None, None, {"e": 5}]
    assert [bool(document.diagnostics) for document in stream.documents] == [False, True, True, True, False]
    assert [document.span.line for document in stream.documents] == [1, 2, 4, 6, 8]
    assert stream.documents[3].diagnostics[0].span == Span(7, 4, 7, 5)
    last = stream.documents[4]
    assert cut(BROKEN, last.positions.key(last.value, "e")) == "e"


def test_a_forbidden_character_spoils_its_own_document_only() -> None:
    """The parser reads ahead and stops early; the documents before the character are read all the same."""
    stream = load("a: 1\n---\nb: \x07\n---\nc: 3\n")
    assert values(stream) == [{"a": 1}, None, {"c": 3}]
    (diagnostic,) = stream.documents[1].diagnostics
    assert diagnostic.span[:2] == (3, 4)
    assert "U+0007" in diagnostic.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_encodings(encoding: str) -> None:
    """Every encoding of YAML is read, with and without a mark of the byte order; columns are code points."""
    stream = load("\u00fc: \U0001f600\r\nb: 2\r\n".encode(encoding))
    (document,) = stream.documents
    assert document.value == {"\u00fc": "\U0001f600", "b": 2}
    assert document.positions.value(document.value, "\u00fc") == Span(1, 1, 1, 5)
    assert document.positions.value(document.value, "b") == Span(2, 1, 2, 5)


@pytest.mark.parametrize("data", [b"a: \xff\n", "a: \ud800\n"])
def test_what_is_no_text_is_a_diagnostic_of_the_stream(data: bytes | str) -> None:
    """Bytes in no encoding and halves of surrogate pairs give no documents, and one reason."""
    stream = load(data)
    assert stream.documents == ()
    assert [diagnostic.code for diagnostic in stream.diagnostics] == ["encoding"]


def test_empty_documents_say_so() -> None:
    """A document without content, or of null, is empty and never an empty mapping."""
    stream = load("---\n# nothing\n---\n~\n---\n{}\n")
    assert [(document.value, document.empty) for document in stream.documents] == [
        (None, True),
        (None, True),
        ({}, False),
    ]
    assert load("").documents == ()


def test_duplicate_keys_have_both_places() -> None:
    """The last of two equal keys counts, and both places are told."""
    text = "a: 1\nb: 2\na: {c: 3}\n"
    (document,) = load(text).documents
    assert document.duplicates == (("a", Span(1, 1, 1, 2), Span(3, 1, 3, 2)),)
    assert cut(text, document.positions.value(document.value, "a")) == "a: {c: 3}"
    (strict,) = load(text, dialect="core12").documents
    assert strict.diagnostics[0].code == "duplicate-key"
    assert "line 1" in strict.diagnostics[0].message


LIMITS = (
    ("[" * 513, Limits(), "nested over 512 deep"),
    ("[" * 20 + "]" * 20, Limits(data_depth=10), "nested over 10 deep"),
    ("[" + "a, " * 60 + "]", Limits(nodes=50), "over 50 values"),
    (
        "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" if i else "a0: &a0 x" for i in range(12)),
        Limits(),
        "aliases multiply",
    ),
)


@pytest.mark.parametrize(("text", "limits", "message"), LIMITS)
def test_limits(text: str, limits: Limits, message: str) -> None:
    """Depth, nodes and aliases that multiply end at a budget, with a diagnostic that says which."""
    (document,) = load(text, limits=limits).documents
    assert document.diagnostics[0].code == "limit-exceeded"
    assert document.value is None
    assert message in document.diagnostics[0].message


def test_a_text_that_is_too_large_is_not_read() -> None:
    """The size is looked at before anything else."""
    assert load("a: 1", limits=Limits(size=3)).diagnostics[0].code == "limit-exceeded"


def test_many_broken_documents_take_linear_time() -> None:
    """Each broken document costs its own length, not that of the rest of the file."""
    assert len(load("---\n}\n" * 3000).documents) == 3000


@pytest.mark.parametrize("text", ["a: &a [*a]", "&a {b: *a}"])
def test_an_alias_within_its_own_anchor_is_an_error(text: str) -> None:
    """No JSON value contains itself."""
    (document,) = load(text).documents
    assert "inside its own anchor" in document.diagnostics[0].message


PLACED = """\
apiVersion: v1   # comment
"spec":
  list:
  - one
  - name: two
    text: |
      first
      second

  flow: {a: [1,
    2]}
empty:
last: 'q'
"""


def test_places_of_everything() -> None:
    """Keys, values and containers are cut out of the text exactly, blank lines and comments left out."""
    (document,) = load(PLACED).documents
    value, at = document.value, document.positions
    assert cut(PLACED, at.key(value, "spec")) == '"spec"'
    assert cut(PLACED, at.value(value, "apiVersion")) == "apiVersion: v1"
    assert cut(PLACED, at.key(value["spec"]["list"], 0)) == "one"
    assert cut(PLACED, at.of(value["spec"]["flow"])) == "{a: [1,\n    2]}"
    assert cut(PLACED, at.value(value["spec"]["list"][1], "text")) == "text: |\n      first\n      second"
    assert cut(PLACED, at.value(value["spec"], "list")).endswith("second")
    assert cut(PLACED, at.value(value, "empty")) == "empty:"
    assert cut(PLACED, at.of(value)) == PLACED.rstrip()
    assert at.key(value, "none") is None
    assert at.key(value["spec"]["list"], 2) is None
    assert at.of({}) is None


def test_places_in_large_mappings() -> None:
    """A mapping with many members is looked up by an index."""
    text = "".join(f"key{number}: {number}\n" for number in range(200))
    (document,) = load(text).documents
    assert document.positions.key(document.value, "key150") == Span(151, 1, 151, 7)
    assert document.positions.key(document.value, "key200") is None


LINES = (
    ("a: |\n  x\n\n  y\n", 3, 4),
    ("a: |2-  # c\n  x\n  y\n", 2, 3),
    ("a: &b !!str |\n  x\n  y\n", 2, 3),
    ("a: >\n  x\n  x\n\n  y\n", 2, 5),
    ("a: >\n  x\n    deeper\n  y\n", 3, 4),
    ("a: >\n\n  x\n  x\n\n\n  y\n", 4, 7),
    ("a: plain\n", 1, 1),
    ("a: 'x\n\n  y'\n", 2, 1),
)


@pytest.mark.parametrize(("text", "line", "wanted"), LINES)
def test_lines_of_a_text_lead_to_lines_of_the_file(text: str, line: int, wanted: int) -> None:
    """An error in an embedded script can be shown in the YAML file: exactly for block scalars."""
    (document,) = load(text).documents
    assert document.positions.text_line(document.value, "a", line) == wanted


def test_lines_of_an_item() -> None:
    """Block scalars in lists have lines as well."""
    (document,) = load("- |\n  x\n  y\n").documents
    assert document.positions.text_line(document.value, 0, 2) == 3


COMMENTS = """\
# first
a: 1  # second
b: "no # comment"   # third
c: 'it''s # none
  still # none' # fourth
d: |  # fifth
  # data
e: a#b
f: [x, "# no"]  # sixth
- |
  # data
  # data
# seventh
g: it's # eighth
h: say "x" # ninth
"""


def test_comments_stand_outside_of_quotes_and_blocks() -> None:
    """Every comment is found, and nothing else."""
    words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
    assert [comment.text for comment in comments(COMMENTS)] == [f"# {word}" for word in words]
    lines = COMMENTS.split("\n")
    assert all(lines[one.line - 1][one.column - 1 :].startswith(one.text) for one in comments(COMMENTS))


TEMPLATES = (
    ("a: {{ .Values.a }}", True),
    ("  - {{ .Values.a }}", True),
    ("{{- if .Values.a }}\na: 1", True),
    ("{% if a %}\n", True),
    ("a: '{{ x }}'", False),
    ("a: |\n  {{ x }}\nb: 1", False),
    ("- name: |-  # c\n    {% x %}\n", False),
    ("a: text {{ x }}", False),
    ("a: {b: {c: 1}}", False),
)


@pytest.mark.parametrize(("text", "wanted"), TEMPLATES)
def test_templates_are_told_from_data(text: str, wanted: bool) -> None:  # noqa: FBT001  a column of the table
    """Markers where values or lines begin make a template; those in quotes and block scalars do not."""
    assert looks_templated(text) is wanted


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab1~:# y", max_size=4), inner, max_size=4),
    max_leaves=15,
)


@settings(max_examples=100, deadline=None)
@given(JSON, st.sampled_from(["k8s", "yamlv3", "core12"]), st.booleans())
def test_what_is_written_is_read(value: Any, dialect: Any, flow: bool) -> None:  # noqa: FBT001  drawn
    """Values of JSON come back from what another library writes, in every dialect."""
    text = yaml.safe_dump({"k": value}, default_flow_style=flow, allow_unicode=True, default_style='"')
    (document,) = load(text, dialect=dialect).documents
    assert document.value == {"k": value}
    check_keys(document.value, document.positions, text)


def check_keys(value: Any, positions: Positions, text: str) -> None:
    """Asserts that every key's span cuts the key out of the text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            written = cut(text, positions.key(value, key))
            assert yaml.safe_load(written) == key
            check_keys(inner, positions, text)
    elif isinstance(value, list):
        for inner in value:
            check_keys(inner, positions, text)


@settings(max_examples=100, deadline=None)
@given(st.text("ab:-|>&*!{}[]'\"#%@`?,~ \n\t\r\u00e9\u2028\x07", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises, and every place lies within it."""
    stream = load(text)
    comments(text)
    looks_templated(text)
    last = text.count("\n") + 1
    for document in stream.documents:
        for diagnostic in document.diagnostics:
            assert 1 <= diagnostic.span.line <= last
        assert document.diagnostics == () or document.value is None


def test_the_pure_parser_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extension in C values, places and broken documents are the same."""
    texts = (BROKEN, PLACED, "a: 1\n---\nb: \x07\n---\nc: 3\n", COMMENTS)
    compiled = [load(text) for text in texts]
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    for text, before in zip(texts, compiled, strict=True):
        again = load(text)
        assert values(again) == values(before)
        assert [d.span for d in again.documents] == [d.span for d in before.documents]


@needs_material
def test_public_manifests_are_read_as_another_loader_reads_them() -> None:
    """Values of the gatekeeper library agree with PyYAML's, where no scalar rule differs."""
    assert SHARED is not None
    folder: Path = SHARED / "conformance/gatekeeper-library"
    checked = 0
    for path in sorted(folder.rglob("*.yaml"))[::20]:
        text = path.read_text(encoding="utf-8")
        if re.search(r":\s+(?:[0-9]{4}-|y\b|n\b|0[0-9])", text):
            continue
        checked += 1
        theirs = list(yaml.load_all(text, Loader=yaml.SafeLoader))
        assert json.dumps(values(load(text))) == json.dumps(theirs), path
    assert checked > 20
