"""What policies in Checkov's language say of resources: unknown values, wildcards, types, and what reports are told."""

from pathlib import Path
from typing import Any, Final

import pytest

from muniment.model.status import Severity, Status
from tests.engines.checkov_yaml.judging import assess, judged, policy_text

_BUCKET: Final = 'resource "aws_s3_bucket" "b" {{\n  bucket = "name"\n  {}\n}}\nvariable "open" {{}}\n'


def _attribute(path: str, operator: str, value: Any = None, types: Any = ("aws_s3_bucket",)) -> dict[str, Any]:
    listed = list(types) if isinstance(types, tuple) else types
    return {
        "cond_type": "attribute",
        "resource_types": listed,
        "attribute": path,
        "operator": operator,
        "value": value,
    }


@pytest.mark.parametrize(
    ("body", "path", "operator", "value", "status"),
    [
        ("acl = var.open", "acl", "equals", "private", Status.UNKNOWN),
        ("acl = var.open", "acl", "equals_ignore_case", "private", Status.UNKNOWN),
        ("acl = var.open", "acl", "not_equals", "", Status.UNKNOWN),
        ("acl = var.open", "acl", "exists", None, Status.UNKNOWN),
        ("key = aws_kms_key.k.arn", "key", "exists", None, Status.UNKNOWN),
        ("tags = merge(var.open, { a = 1 })", "tags.b", "exists", None, Status.UNKNOWN),
        ("tags = var.open", "tags.a", "not_exists", None, Status.UNKNOWN),
        ("tags = { a = var.open, b = 2 }", "tags", "contains", "b", Status.PASS),
        ("tags = { a = var.open, b = 2 }", "tags", "contains", "c", Status.UNKNOWN),
        ('list = [var.open, "x"]', "list", "subset", ["y"], Status.FAIL),
        ('list = [var.open, "y"]', "list", "subset", ["y"], Status.UNKNOWN),
        ("rule { a = var.open }\n rule { a = 2 }", "rule.*.a", "equals", 2, Status.PASS),
        ("rule { a = var.open }\n rule { a = 3 }", "rule.*.a", "equals", 2, Status.UNKNOWN),
        ("rule { a = var.open }\n rule { a = 3 }", "$.rule[*].a", "jsonpath_equals", 2, Status.FAIL),
        ("rule { a = var.open }\n rule { a = 2 }", "$.rule[*].a", "jsonpath_equals", 2, Status.UNKNOWN),
        ("rule { a = var.open }", "$.rule[?(@.a == 'x')].b", "jsonpath_not_exists", None, Status.UNKNOWN),
        ("", "$.rule[*].a", "jsonpath_exists", None, Status.FAIL),
        ("", "$.rule[*].a", "jsonpath_not_exists", None, Status.PASS),
    ],
)
def test_what_is_not_known_is_neither_dropped_nor_passed(
    tmp_path: Path, body: str, path: str, operator: str, value: Any, status: Status
) -> None:
    """A verdict that rests on an unknown value is UNKNOWN; one that the known values decide stands."""
    assert judged(tmp_path, _BUCKET.format(body), _attribute(path, operator, value))["aws_s3_bucket.b"].status is status


def test_a_reference_that_identifies_is_there(tmp_path: Path) -> None:
    """The identity of a resource that is not made yet exists, although its text is not known."""
    source = _BUCKET.format("key = aws_kms_key.k.arn") + 'resource "aws_kms_key" "k" {}\n'
    assert judged(tmp_path, source, _attribute("key", "exists"))["aws_s3_bucket.b"].status is Status.PASS


_TRAP: Final = _BUCKET.format("rule { a = 1 }\n rule { a = 2 }")


def test_a_negated_wildcard_is_named_wherever_it_passes(tmp_path: Path) -> None:
    """Checkov's own answer stands, with a warning on the policy and on the pass."""
    result = judged(tmp_path, _TRAP, _attribute("rule.*.a", "not_equals", 1))["aws_s3_bucket.b"]
    assert result.status is Status.PASS
    assert [item.name for item in result.asserts] == ["definition", "negated-wildcard"]
    notes = assess(tmp_path / "tree", tmp_path / "library").coverage.notes
    assert any("negated-wildcard" in note and "library/CKV2_TEST" in note for note in notes)


def test_strict_verdicts_ask_of_every_element(tmp_path: Path) -> None:
    """With `verdicts: strict` a negated operator means that no element matches."""
    strict = {"library/CKV2_TEST": {"verdicts": "strict"}}
    result = judged(tmp_path, _TRAP, _attribute("rule.*.a", "not_equals", 1), params=strict)["aws_s3_bucket.b"]
    assert result.status is Status.FAIL


def test_a_failure_points_at_what_was_read(tmp_path: Path) -> None:
    """The message names value and path, the place is the attribute's, and the fingerprint follows the value."""
    definition = _attribute("rule.a", "equals", 2)
    first = judged(tmp_path, _BUCKET.format("rule {\n    a = 1\n  }"), definition)["aws_s3_bucket.b"]
    moved = judged(tmp_path, "\n" + _BUCKET.format("rule {\n    a = 1\n  }"), definition)["aws_s3_bucket.b"]
    other = judged(tmp_path, _BUCKET.format("rule {\n    a = 3\n  }"), definition)["aws_s3_bucket.b"]
    assert (first.location.line, first.message) == (4, "Test: rule.a is 1")
    assert first.fingerprint == moved.fingerprint != other.fingerprint


def test_a_secret_is_not_shown(tmp_path: Path) -> None:
    """A sensitive value is neither in the message nor in the fingerprint's material."""
    source = 'variable "s" {\n  default = "hunter2"\n  sensitive = true\n}\nresource "x_y" "b" {\n  pass = var.s\n}\n'
    result = judged(tmp_path, source, _attribute("pass", "equals", "other", types=("x_y",)))["x_y.b"]
    assert result.status is Status.FAIL
    assert "hunter2" not in repr(result)


def test_manifests_are_judged_by_kind(tmp_path: Path) -> None:
    """A bare Kubernetes kind stands for it in every API group; paths are those of the manifest."""
    library, folder = tmp_path / "library", tmp_path / "tree"
    library.mkdir()
    folder.mkdir()
    path = "spec.template.spec.containers.*.image"
    (library / "p.yml").write_text(policy_text(_attribute(path, "starting_with", "registry/", types=("Deployment",))))
    (folder / "d.yaml").write_text(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n"
        "      containers:\n        - {name: c, image: other/web}\n---\n"
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"
    )
    results = assess(folder, library).results
    assert [(result.kind, result.status) for result in results] == [("Deployment.apps", Status.FAIL)]


def test_connections_beyond_unread_modules_are_unknown(tmp_path: Path) -> None:
    """Where a module could not be read, that nothing is connected cannot be told."""
    source = 'resource "aws_subnet" "s" {}\nmodule "m" { source = "git::https://example.com/m.git" }\n'
    definition = {
        "cond_type": "connection",
        "operator": "exists",
        "resource_types": ["aws_subnet"],
        "connected_resource_types": ["aws_instance"],
    }
    assert judged(tmp_path, source, definition)["aws_subnet.s"].status is Status.UNKNOWN


def test_metadata_becomes_that_of_a_policy(tmp_path: Path) -> None:
    """Id, title, severity, category and guideline are kept; without a severity it is medium and said to be imported."""
    library, folder = tmp_path / "library", tmp_path / "tree"
    library.mkdir()
    folder.mkdir()
    (folder / "main.tf").write_text(_BUCKET.format(""))
    one = policy_text(_attribute("x", "exists"), severity="HIGH", guideline="https://example.com/1", category="LOGGING")
    (library / "one.yaml").write_text(one)
    (library / "two.json").write_text(policy_text(_attribute("x", "exists"), "CKV2_OTHER"))
    first, second = sorted(assess(folder, library).policies, key=lambda policy: policy.severity)
    assert (first.id, first.aliases, first.severity) == ("library/CKV2_TEST", ("CKV2_TEST",), Severity.HIGH)
    assert (first.category, first.references) == ("logging", ("https://example.com/1",))
    assert (second.severity, second.risk) == (Severity.MEDIUM, "imported without a severity")
