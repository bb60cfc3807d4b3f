"""Data beside the modules of a library, and rules that read data which nobody gives."""

import json
from typing import Any

import pytest

from muniment.core.graph import Graph
from muniment.engines.rego.absences import absent
from muniment.engines.rego.engine import RegoEngine
from muniment.engines.rego.reader import RegoReader
from muniment.errors import PolicyError
from muniment.languages.rego.modules import parse_module
from muniment.model.document import Document
from muniment.model.status import Status
from tests.engines.rego.test_listing import made

MODULE = "package main\ndeny contains name if { some name in data.settings.banned; input.metadata.name == name }\n"


def status(**files: Any) -> Status:
    """What the rule says of a pod called `bad`, by the data of files with these names, without their endings."""
    documents = [Document("lib/main.rego", MODULE.encode())]
    documents += [Document(f"lib/{name}.json", json.dumps(value).encode()) for name, value in files.items()]
    assert all(RegoReader().claim(document) for document in documents)
    (policy,) = RegoReader().policies(documents, "lib").policies
    pod = made("Pod", "bad")
    return RegoEngine().compile(policy).judge(pod, Graph([pod]))[0].status


def test_rules_read_the_data_of_their_library() -> None:
    """Files of data are merged under the folders that they stand in."""
    assert status(data={"settings": {"banned": ["bad"]}}) is Status.FAIL
    assert status(data={"settings": {"banned": []}}) is Status.PASS
    assert status(data={"settings": {}}, **{"settings/data": {"banned": ["bad"]}}) is Status.FAIL


def test_a_rule_passes_nothing_without_the_data_that_it_reads() -> None:
    """Where nobody gives the data, the rule has not judged."""
    assert status() is Status.UNKNOWN
    assert status(data={"other": 1}) is Status.UNKNOWN


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("import data.settings.deep as s\ndeny contains 1 if f(1)\nf(x) if s[x]", ("data.settings",)),
        ("deny contains 1 if data.a.p\nother if data.settings", ()),
        ("import data.unused.one\ndeny contains 1 if data.a.p.q", ()),
        ("deny contains 1 if data.a.other\nother if data[input.x]", ()),
        ("deny contains 1 if inner with data.settings as {}\ninner if data.settings.x", ()),
        ("deny contains x if x := [y | y := data.list[_]]", ("data.list",)),
    ],
)
def test_only_what_a_rule_reaches_can_be_absent(text: str, missing: tuple[str, ...]) -> None:
    """Rules, packages, imports that nobody uses and what a `with` gives are no data that is missing."""
    modules = [parse_module(f"package main\n{text}\n"), parse_module("package a\np.q := 1\nother := 1\n")]
    assert absent(modules, "main", "deny", {}) == missing


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"data.json": b"[]"}, "data for policies is one object"),
        ({"data.json": b"{"}, r"lib/data\.json:1: "),
        ({"data.json": b'{"a": 1}', "data.yaml": b"a: 2\n"}, "another file gives `a` too"),
        ({"data.json": b'{"main": {"deny": 1}}'}, r"data gives main\.deny, which is a rule"),
    ],
)
def test_data_that_cannot_be_used_is_refused(files: dict[str, bytes], message: str) -> None:
    """What cannot be read, or what two files or a file and a rule give, is an error of the library."""
    documents = [Document(f"lib/{name}", data) for name, data in files.items()]
    with pytest.raises(PolicyError, match=message):
        RegoReader().policies([Document("lib/main.rego", MODULE.encode()), *documents], "lib")
