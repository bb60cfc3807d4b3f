"""Which variable a name means in nested bodies."""

import pytest

from muniment.languages.rego.builtins import registry
from muniment.languages.rego.errors import RegoError
from muniment.languages.rego.modules import parse_module
from muniment.languages.rego.policy import compile_modules


def test_a_name_means_the_outer_variable_until_the_body_declares_its_own() -> None:
    """An inner body may use a name of the body around it, and declare the same name behind that."""
    module = parse_module("package p\nr := y if { x := 1; y := [x | x == 1; x := 2] }\n")
    assert compile_modules([module], registry()).evaluate("data.p.r").value == [2]


def test_a_name_that_nobody_declared_may_not_be_declared_later() -> None:
    """Without a variable around it, a name is declared before it is used."""
    module = parse_module("package p\nr if { [x | x == 1; x := 2] }\n")
    with pytest.raises(RegoError, match="var x referenced above"):
        compile_modules([module], registry())


def test_a_body_within_does_not_keep_the_body_around_from_declaring_its_name() -> None:
    """Before its declaration a name is free in inner bodies, where it is a variable of theirs."""
    module = parse_module(
        """package p
        kinds := r if {
            chosen := [one | one = input[_]; one.kind == "Role"]
            every one in chosen { one.kind }
            one := chosen[_]
            r := [count(chosen), one.kind]
        }
        """
    )
    given = [{"kind": "Role"}, {"kind": "Pod"}]
    assert compile_modules([module], registry()).evaluate("data.p.kinds", given).value == [1, "Role"]
