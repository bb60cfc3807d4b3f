"""The syntax tree that `rego.parse_module` answers with."""

import pytest

from muniment.languages.rego.builtins.module_trees import module_tree
from muniment.languages.rego.signatures import BuiltinError


def test_tree_has_opas_form() -> None:
    """Packages, imports, heads and calls look as in OPA's JSON."""
    tree = module_tree("m.rego", "package a.b\nimport data.c as d\np contains x if not f(x, 1) with input as [d]\n")
    assert tree["package"] == {
        "path": [
            {"type": "var", "value": "data"},
            {"type": "string", "value": "a"},
            {"type": "string", "value": "b"},
        ]
    }
    assert tree["imports"][0]["alias"] == "d"
    (rule,) = tree["rules"]
    assert rule["head"] == {
        "name": "p",
        "ref": [{"type": "var", "value": "p"}],
        "key": {"type": "var", "value": "x"},
    }
    (line,) = rule["body"]
    assert line["negated"] is True
    assert [term["type"] for term in line["terms"]] == ["ref", "var", "number"]
    assert line["with"][0]["value"] == {"type": "array", "value": [{"type": "var", "value": "d"}]}


@pytest.mark.parametrize(
    "line",
    [
        "x := [y | some y in [1]]",
        '{"a": 1}[k] = $"{k}"',
        "every x in {1} { x > 0 }",
        "some x; [x, {x: x}] = [1, {1: 1}]",
        "some k, v in {k2: v2 | v2 := [1][k2]}",
    ],
)
def test_every_kind_of_line_has_a_tree(line: str) -> None:
    """Nothing that parses is beyond the tree."""
    assert module_tree("m.rego", f"package a\np if {{ {line} }}")["rules"][0]["body"]


def test_text_that_is_no_module_is_refused() -> None:
    """The parser's own words are the builtin's error."""
    with pytest.raises(BuiltinError, match="unexpected eof token: expected ident"):
        module_tree("m.rego", "package a.")
