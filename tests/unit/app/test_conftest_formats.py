"""The shapes in which Conftest's policies see files."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.app.conftest.formats import Surroundings, parser_of, read_documents
from muniment.errors import InputError

SHAPES: list[tuple[str, str, Any]] = [
    ("yaml", "a: yes\n---\n- 1\n", [{"a": True}, [1]]),
    ("jsonc", '{"a": 1, /* b */}', [{"a": 1}]),
    ("toml", "a = 2020-01-01\n[b]\nc = [1.5]\n", [{"a": "2020-01-01T00:00:00Z", "b": {"c": [1.5]}}]),
    (
        "ini",
        "top = 1\n[a b]\nc = x ; note\nd: 1.5\ne = true\n",
        [{"": {"top": 1}, "a b": {"c": "x", "d": 1.5, "e": True}}],
    ),
    ("properties", "a.b = c\\\n  d\ne: f\n# g\nh\n", [{"a.b": "cd", "e": "f", "h": ""}]),
    ("dotenv", "export A=1 # one\nB='x # y'\n", [{"A": "1", "B": "x # y"}]),
    ("ignore", "# a\n!b\nc\n", [[[("Comment", "a"), ("NegatedPath", "b"), ("Path", "c"), ("Empty", "")]]]),
    ("xml", '<a x="1"><b>t</b><b y="2">u</b></a>', [{"a": {"-x": "1", "b": ["t", {"-y": "2", "#content": "u"}]}}]),
    (
        "hcl2",
        'a "b" "c" {\n  d = "x-${var.e}"\n  f { g = -1 }\n  h = [true, local.i]\n}\nj = { k = 1.5 }\n',
        [{"j": {"k": 1.5}, "a": {"b": {"c": [{"d": "x-${var.e}", "h": [True, "${local.i}"], "f": [{"g": -1}]}]}}}],
    ),
    ("hcl1", 'a "b" { c = 1 }\n', [{"a": [{"b": [{"c": 1}]}]}]),
    (
        "spdx",
        "SPDXVersion: SPDX-2.2\nSPDXID: S\nCreator: Tool: t\nCreated: z\nPackageName: <text>x\ny</text>\nSPDXID: P\n",
        [
            {
                "spdxVersion": "SPDX-2.2",
                "SPDXID": "S",
                "dataLicense": "",
                "name": "",
                "documentNamespace": "",
                "creationInfo": {"creators": ["Tool: t"], "created": "z"},
                "packages": [
                    {
                        "name": "x\ny",
                        "SPDXID": "P",
                        "downloadLocation": "",
                        "filesAnalyzed": True,
                    }
                ],
            }
        ],
    ),
]


@pytest.mark.parametrize(("parser", "text", "wanted"), SHAPES)
def test_each_format_has_its_shape(parser: str, text: str, wanted: list[Any]) -> None:
    """A text is the documents that its parser is known for."""
    found = read_documents(parser, text)
    if parser == "ignore":
        found = [[[(one["Kind"], one["Value"]) for one in found[0][0]]]]
    assert found == wanted


def test_names_choose_parsers() -> None:
    """The name of a file tells its parser; where none is for it, nothing is chosen."""
    names = ("a/Dockerfile.dev", "x.dockerfile", "b.TF", ".gitignore", ".env.local", "values.yml", "README.md")
    assert [parser_of(name) for name in names] == ["dockerfile"] * 2 + ["hcl2", "ignore", "dotenv", "yaml", ""]


@pytest.mark.parametrize(
    "parser", ["yaml", "json", "toml", "ini", "properties", "dotenv", "xml", "hcl2", "spdx", "dockerfile"]
)
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused(parser: str, text: str) -> None:
    """A parser ends with documents or with the error of its input, whatever the text."""
    try:
        assert isinstance(read_documents(parser, text), list)
    except InputError as error:
        assert str(error)  # noqa: PT017  both endings are fine


REFUSED = [
    ("dockerfile", "# nothing", "no instruction is there"),
    ("hcl1", "a" + ' "b"' * 5000 + " {}", "more than 100 labels"),
    ("hcl2", "a" + ' "b"' * 5000 + " {}", "more than 100 labels"),
    ("hcl2", "a = -null", "`-` stands before null"),
    ("hcl2", "a = !1", "`!` stands before 1"),
    ("ini", "[]\na = 1", "line 1: no name of a section"),
    ("ini", "[a]\nb", "line 2: no key"),
    ("ini", "[a]\nb = `x", "line 2: the closing ` is missing"),
    ("properties", "= b", "no key"),
    ("properties", "a = b\\", "nothing behind the last backslash"),
    ("dotenv", "A=1\nB-c=2", "line 2: no variable is set"),
    ("dotenv", 'A=1\n\nB="x', "line 3: .* a quote is not closed"),
    ("dotenv", "A=$HOME", r"line 1: \$HOME refers to nothing: set it before in the file"),
    ("spdx", "SPDXVersion: SPDX-2.3\nNope: 1", "line 2: the tag Nope is not known"),
    ("spdx", "SPDXVersion: SPDX-2.3\nPackageVersion: 1", "stands before its part"),
    ("spdx", "SPDXVersion: SPDX-2.3\nRelationship: a b", "line 2: Relationship has another form"),
    ("spdx", "SPDXID: x", "no SPDXVersion"),
    ("spdx", "SPDXVersion: <text>x", "line 1: no tag with a value"),
    ("toml", "a = inf", "inf is no number of JSON"),
    ("xml", "<a><b></a>", "is no XML"),
]


@pytest.mark.parametrize(("parser", "text", "why"), REFUSED)
def test_what_is_no_text_of_its_format_is_refused(parser: str, text: str, why: str) -> None:
    """What cannot be read is an error that says where and why."""
    with pytest.raises(InputError, match=why):
        read_documents(parser, text)


def test_variables_of_the_environment_count_only_where_they_do_upstream() -> None:
    """A reference to what the file does not set is asked of the environment, if that may decide what a text says."""
    around = Surroundings(variable=lambda name: "/root" if name == "HOME" else "")
    assert read_documents("dotenv", "A=$HOME/x$NOPE\nB='$HOME'", around) == [{"A": "/root/x", "B": "$HOME"}]


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    """What the reader of a format cannot hold is the input's fault, with a message."""
    with pytest.raises(InputError, match="is no TOML"):
        read_documents("toml", "k = " + "7" * 5000)


def test_a_format_without_a_reader_says_what_to_do() -> None:
    """It is known, not read, and no mistake of whoever named it."""
    with pytest.raises(InputError, match="groovy is not read here: convert it to JSON first"):
        read_documents("groovy", "{}")
    with pytest.raises(InputError, match="unknown parser: ednn"):
        read_documents("ednn", "{}")
