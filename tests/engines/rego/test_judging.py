"""Conftest's contract: which rules judge, what counts as a success, exceptions and namespaces."""

import pytest

from muniment.engines.rego.judging import Answer, Judge, Place
from muniment.engines.rego.rules import check_heads, judging_rules, matching
from muniment.languages.rego.builtins import registry
from muniment.languages.rego.errors import RegoError, RegoEvaluationError
from muniment.languages.rego.modules import parse_module
from muniment.languages.rego.policy import EvaluationOptions, compile_modules


def ask(text: str, document: object, *, lenient: bool = False) -> Answer:
    """What the rules of a module say of a document."""
    module = parse_module(text, "policy.rego")
    policy = compile_modules([module], registry())
    judge = Judge(policy, "main", judging_rules([module], "main"), lenient=lenient)
    return judge.ask(document, {}, EvaluationOptions())


def test_definitions_without_a_message_have_succeeded() -> None:
    """Every definition that says nothing counts as one success, whatever the rule's kind."""
    text = """package main
deny contains "a" if input.a
deny contains "b" if input.b
warn_c contains "c" if input.c
violation contains {"msg": "d", "more": 1, "_loc": {"file": "x.yaml", "line": 3}} if input.d
denylist contains "no rule of ours"
"""
    answer = ask(text, {"a": True, "c": True, "d": True})
    assert (answer.successes, len(answer.failures), len(answer.warnings)) == (1, 2, 1)
    placed = answer.failures[1]
    assert (placed.message, placed.location) == ("d", Place("x.yaml", 3))
    assert dict(placed.metadata) == {"more": 1, "query": "data.main.violation"}


def test_an_exception_drops_all_that_a_rule_says() -> None:
    """An exception names a rule without its prefix; it stands for all results of the rule."""
    text = """package main
deny_root contains msg if some msg in ["a", "b"]
deny contains "c"
exception contains rules if rules := ["root"]
"""
    answer = ask(text, {})
    assert [one.message for one in answer.failures] == ["c"]
    assert [one.message for one in answer.exceptions] == ['data.main.exception[_][_] == "root"']


def test_a_rule_that_is_simply_true_is_no_success() -> None:
    """A rule that fails without a message is an error that names it, unless upstream's answer is asked for."""
    with pytest.raises(RegoEvaluationError, match=r"data\.main\.deny is true and says nothing"):
        ask("package main\ndeny if true\n", {})
    assert ask("package main\ndeny if true\n", {}, lenient=True).successes == 1


def test_a_message_is_needed() -> None:
    """An object without a text `msg` ends the evaluation."""
    with pytest.raises(RegoEvaluationError, match="the text `msg`"):
        ask('package main\ndeny contains {"message": "a"}\n', {})


def test_bracket_heads_with_if_are_refused() -> None:
    """`deny[msg] if` makes an object in Rego v1, which nobody means."""
    with pytest.raises(RegoError, match="using 'if' keyword without 'contains' keyword"):
        check_heads([parse_module("package main\ndeny[msg] if { msg := 1 }\n")])
    check_heads([parse_module("package main\ndeny[msg] { msg := 1 }\n", "a.rego", "v0")])


def test_patterns_of_namespaces_cross_dots() -> None:
    """`*` stands for any text; a name without a wildcard is taken as it is, known or not."""
    known = ["main", "main.gke", "test"]
    assert matching(known, ["ma*"]) == ["main", "main.gke"]
    assert matching(known, ["absent", "t?st", "test"]) == ["absent", "test"]
