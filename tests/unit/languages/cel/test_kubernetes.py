"""The libraries of Kubernetes answer what the API server's own tables ask of them, at the price that it asks."""

import json
import re
from typing import Any

import pytest

from muniment.languages.cel import (
    Authorizer,
    Budget,
    CelError,
    CelEvaluationError,
    Decision,
    Environment,
    Request,
    environment_for,
)
from muniment.languages.cel.values import Optional
from tests.material import SHARED

ROWS = SHARED / "conformance/cel-kubernetes/rows.json" if SHARED else None
TABLES = ("TestCIDR", "TestFormat", "TestIP", "TestQuantity", "TestSemver")
COSTS = ("TestStringLibrary", "TestAuthzLibrary", "TestQuantityCost", "TestNameFormatCost", "TestSemverCost")
LITERALS = {"trueVal": True, "falseVal": False, "types.False": False, "int4": 4, "int6": 6}


def rows(*functions: str) -> list[dict[str, Any]]:
    """The rows of some tables; none where the public suites are absent."""
    if ROWS is None:
        return []
    return [case["fields"] for case in json.loads(ROWS.read_text("utf-8"))["cases"] if case["func"] in functions]


def expected(go: str) -> Any:
    """A value in Go notation; the text itself where only Go can say what it is."""
    number = re.fullmatch(r"types\.(?:Int|Double)\((-?\d+)\)", go)
    text = re.fullmatch(r'types\.String\("(.*)"\)', go)
    if number:
        return int(number[1])
    return text[1] if text else LITERALS.get(go, go)


@pytest.mark.skipif(ROWS is None, reason="the public suites are not on this machine")
def test_every_row_of_the_library_tables_has_its_answer() -> None:
    """Values, compile errors and evaluation errors are those of the API server's tables."""
    environment = Environment(libraries=environment_for("newest"))
    wrong = [f"{row['expr']}: {found}" for row in rows(*TABLES) if (found := judged(environment, row))]
    assert not wrong, "\n".join(map(str, wrong))


def judged(environment: Environment, row: dict[str, Any]) -> str:
    """What is wrong with the answer to a row."""
    fails = next((key for key in row if key.lower().endswith(("err", "errs"))), None)
    try:
        value = environment.compile(row["expr"]).evaluate({})
    except CelError as error:
        return "" if fails and "compile" in fails.lower() else str(error)
    except CelEvaluationError as error:
        return "" if fails and "runtime" in fails.lower() else str(error)
    if fails:
        return f"no error but {value!r}"
    wanted = expected(row.get("expectValue", row.get("expectResult"))["go"])
    if isinstance(value, Optional):
        return "" if value.present == wanted.startswith("types.OptionalOf(") else f"present: {value.present}"
    known = not isinstance(wanted, str) or not wanted.startswith(("apiservercel", "types."))
    return f"{value!r}, wanted {wanted!r}" if known and value != wanted else ""


@pytest.mark.skipif(ROWS is None, reason="the public suites are not on this machine")
def test_costs_are_those_of_the_cost_tables() -> None:
    """Functions cost what the tables say, less the literals that the API server folds and the tables do not."""
    environment = Environment(libraries=environment_for("newest"), variables=["authorizer"], cost="kubernetes")
    scope = {"authorizer": Authorizer(lambda _: Decision(allowed=True))}
    wrong = []
    for row in rows(*COSTS):
        budget = Budget(10**6)
        environment.compile(row["expr"]).evaluate(scope, budget)
        wanted = int(row["expectRuntimeCost"]["go"]) - 10 * row["expr"].count("[")
        if 10**6 - budget.remaining != wanted:
            wrong.append((row["expr"], 10**6 - budget.remaining, wanted))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.skipif(ROWS is None, reason="the public suites are not on this machine")
def test_sets_and_comprehensions_cost_what_the_tables_say() -> None:
    """Constant lists are free; a list or map that a comprehension starts from is too."""
    environment = Environment(cost="kubernetes")
    starts = {"transformList": 10, "transformMap": 30, "transformMapEntry": 30}
    wrong = []
    for row in rows("TestSetsCost", "TestTwoVariableComprehensionCost"):
        text = row["expr"]
        budget = Budget(10**6)
        environment.compile(text).evaluate({}, budget)
        folded = 10 * text.count("[") + 30 * text.count("{'")
        started = next((cost for name, cost in starts.items() if f".{name}(" in text), 0)
        wanted = int(row["expectRuntimeCost"]["go"]) - folded - started
        if 10**6 - budget.remaining != wanted:
            wrong.append((text, 10**6 - budget.remaining, wanted))
    assert not wrong, "\n".join(map(str, wrong))


STABLE = {
    "has(self.a.b)": 2,
    "!has(self.a.missing)": 3,
    "self.name.startsWith('Rook')": 4,
    "self.name.matches('^[^0-9]*$')": 8,
    "self.name.charAt(3) == 'k'": 4,
    "self.name.indexOf('o') == 1": 4,
    "self.name.split(' ') == ['Rook', 'takes', 'x']": 6,
    "self.name in ['Pending', 'Available']": 2,
    "self.numbers[0] in self.numbers": 8,
    "self.numbers + [4, 5] == [1, 2, 3, 4, 5]": 4,
    "double(5) < 10.0": 1,
    "type(self.name) == string": 4,
    "self.map.all(k, self.map[k] > 0)": 17,
    "self.map.exists_one(k, self.map[k] == 2)": 14,
    "size(self.map.filter(k, self.map[k] > 1)) == 1": 26,
    "self.people.exists(m, m.k.endsWith('1'))": 13,
    "self.people.exists(m, m.v2 == 'z')": 24,
    "!self.people.all(m, m.v2 != 'z')": 22,
    "self.people.exists_one(m, has(m.v2) && m.v2 == 'z')": 12,
    "self.people.map(m, has(m.v2) && m.v2 == 'z', m.v2).size() == 1": 25,
    "self.people.map(m, m.v).exists(v, v == 'b1')": 55,
}
SELF = {
    "a": {"b": 1},
    "name": "Rook takes x",
    "numbers": [1, 2, 3],
    "map": {"b": 1, "d": 2},
    "people": [{"k": "a1", "v": "b1"}, {"k": "a2", "v": "b2"}, {"k": "a3", "v": "b3", "v2": "z"}],
}


@pytest.mark.parametrize("text", STABLE)
def test_the_cost_of_an_expression_is_stable(text: str) -> None:
    """The API server promises that these costs never change."""
    budget = Budget(1000)
    assert Environment(variables=["self"], cost="kubernetes").compile(text).evaluate({"self": SELF}, budget) is not None
    assert 1000 - budget.remaining == STABLE[text]


def test_a_budget_that_runs_out_is_no_answer() -> None:
    """Neither `||` nor `exists` makes up for a cost limit."""
    program = Environment(variables=["self"], cost="kubernetes").compile("self.numbers.all(n, n > 0) || true")
    with pytest.raises(CelEvaluationError) as caught:
        program.evaluate({"self": SELF}, Budget(5))
    assert caught.value.code == "limit-exceeded"


def test_a_release_has_only_its_own_functions() -> None:
    """What a later release brought is undeclared in an earlier one."""
    later = (("1.29", "ip('::1')"), ("1.31", "[1].all(i, v, v > 0)"), ("1.27", "[?x]"), ("1.36", "[1].includes(1)"))
    for version, text in later:
        with pytest.raises(CelError):
            Environment(libraries=environment_for(version), variables=["x"]).compile(text)
        Environment(libraries=environment_for("newest"), variables=["x"]).compile(text)


def test_an_authorizer_answers_by_the_callers_function_or_not_at_all() -> None:
    """A request is described link by link; without a decision function, asking is an error."""
    asked: list[Request] = []

    def decide(request: Request) -> Decision:
        asked.append(request)
        return Decision(allowed=request.verb == "create", reason="role")

    text = "authorizer.group('apps').resource('deployments').namespace('shop').name('web').check('create').allowed()"
    program = Environment(variables=["authorizer"]).compile(text)
    assert program.evaluate({"authorizer": Authorizer(decide)}) is True
    assert asked == [Request("create", group="apps", resource="deployments", namespace="shop", name="web")]
    with pytest.raises(CelEvaluationError, match="not available"):
        program.evaluate({"authorizer": Authorizer()})


@pytest.mark.parametrize("value", [None, "text", 3, True])
def test_what_has_no_fields_has_none_of_them(value: Any) -> None:
    """`has` of a field of null or of a scalar is false and no error, as in Go's evaluator."""
    environment = Environment(libraries=environment_for(""), variables=["object"], cost="kubernetes")
    assert environment.compile("has(object.spec)").evaluate({"object": value}) is False
