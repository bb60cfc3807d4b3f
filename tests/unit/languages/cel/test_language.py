"""CEL means what its definition says, where Python's own habits would say otherwise."""

import math
from typing import Any

import pytest

from muniment.languages.cel import CelError, CelEvaluationError, Environment, Function
from muniment.languages.cel.values import Duration, Timestamp, Uint, type_name

SCOPE = {"x": 5, "pod": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "a"}]}}}
ENVIRONMENT = Environment(variables=tuple(SCOPE))
VALUES: dict[str, Any] = {
    # Python's True is 1; CEL's is not.
    "true == 1": None,
    "dyn(true) == 1": False,
    "1 in [dyn(true)]": False,
    "{true: 'a', 1: 'b'}[true]": "a",
    "{true: 'a', 1: 'b'}[1]": "b",
    "[true, 1, 1.0].distinct().size()": 2,
    "1 == dyn(1.0) && dyn(1u) == 1": True,
    "type(true) == int": False,
    # Integers round toward zero, and remainders take the sign of the dividend.
    "-7 / 2": -3,
    "-7 % 2": -1,
    "7 / -2": -3,
    "0.0 / 0.0 == 0.0 / 0.0": False,
    "1.0 / 0.0": math.inf,
    "string(1000000.0)": "1e+06",
    "string(1.0)": "1",
    "'日本'.size()": 2,
    "b'日本'.size()": 6,
    "'a\\u00e9b'.substring(1, 2)": "é",
    "'\\x41\\101\\U0001F431'": "AA🐱",
    "r'\\d' + '''a'b'''": "\\da'b",
    "'axb'.matches('x')": True,
    "1 < 2u && 2u < 2.5": True,
    "duration('1h2m3s').getMinutes()": 62,
    "duration('90m') + timestamp('2024-02-28T23:00:00Z') == timestamp('2024-02-29T00:30:00Z')": True,
    "timestamp('2024-02-29T23:30:00Z').getDayOfMonth('+01:00')": 0,
    "timestamp('2024-02-29T23:30:00Z').getDate('Europe/Berlin')": 1,
    "string(duration('1h0.5s'))": "3600.5s",
    # Absence.
    "has(pod.metadata.annotations)": False,
    "pod.?metadata.?annotations[?'x'].orValue('none')": "none",
    "[?pod.?missing, 1]": [1],
    "{?'a': pod.?missing}": {},
    "optional.ofNonZeroValue('').hasValue()": False,
    "pod.?metadata.labels.app.optMap(v, v + '!').orValue('')": "web!",
    # Deciding operands win over errors.
    "pod.missing == 1 || true": True,
    "false && 1 / 0 == 1": False,
    "[1, 0].exists(n, 4 / n == 4)": True,
    "[0, 1].all(n, 4 / n == 5)": False,
    "true ? 1 : 1 / 0": 1,
    # Macros.
    "pod.spec.containers.map(c, c.name)": ["a"],
    "pod.metadata.labels.all(k, k == 'app')": True,
    "pod.metadata.labels.transformMap(k, v, v + k)": {"app": "webapp"},
    "[3, 1, 2].sortBy(n, -n)": [3, 2, 1],
    "['b', 'a'].transformList(i, v, i > 0, v)": ["a"],
    "[1, 2].transformMapEntry(i, v, {v: i})": {1: 0, 2: 1},
    "cel.bind(y, x * 2, [y, y])": [10, 10],
    "[1, 2].exists(x, x == 2) && x == 5": True,
    # Libraries.
    "'%s is %d, %.2f%%'.format(['a', 3, 1.005])": "a is 3, 1.00%",
    "['a', 'b'].join('-').split('-')": ["a", "b"],
    "'abcabc'.replace('b', '', 1)": "acabc",
    "strings.quote('a\"b')": '"a\\"b"',
    "math.greatest([1, 2.5, 2])": 2.5,
    "math.round(-2.5)": -3.0,
    "math.bitShiftRight(-1, 60)": 15,
    "base64.decode('aGk')": b"hi",
    "sets.equivalent([1, 2, 2], [2u, 1.0])": True,
    "[[1], [2, [3]]].flatten(2)": [1, 2, 3],
    "'a.b.c'.lastIndexOf('.')": 3,
    "url('https://example.com:80/p?a=1&a=2').getQuery()": {"a": ["1", "2"]},
    "'a1b22'.findAll('[0-9]+')": ["1", "22"],
    "jsonpatch.escapeKey('a/b~c')": "a~1b~0c",
}
ERRORS = (
    "9223372036854775807 + 1",
    "-9223372036854775807 - 2",
    "1 / 0",
    "1 % 0",
    "0u - 1u",
    "-(-9223372036854775807 - 1)",
    "uint(-1)",
    "int('1.5')",
    "string(b'\\xff')",
    "pod.missing",
    "pod.spec.containers[1]",
    "{'a': 1, 'a': 2}",
    "[1, 2].exists_one(n, n / 0 == 1)",
    "optional.none().value()",
    "timestamp(x).getHours('Nowhere/Town')",
    "dyn(null).size()",
    "[1, 'a'].sort()",
    "'a'.charAt(2)",
    "unbound",
)


@pytest.mark.parametrize("text", [text for text, value in VALUES.items() if value is not None])
def test_an_expression_has_its_value(text: str) -> None:
    """Values and their types are those of the language definition."""
    value = ENVIRONMENT.compile(text).evaluate(SCOPE)
    assert value == VALUES[text]
    assert type_name(value) == type_name(VALUES[text])


@pytest.mark.parametrize("text", ERRORS)
def test_an_error_is_an_error_and_not_a_value(text: str) -> None:
    """What has no value raises; nothing becomes null, false or a large integer."""
    with pytest.raises(CelEvaluationError):
        ENVIRONMENT.extend(variables=["unbound"]).compile(text).evaluate(SCOPE)


def test_values_of_the_caller_are_read_as_they_are() -> None:
    """Unsigned integers, times and bytes come in as the classes of `values`."""
    program = Environment(variables=["a", "b", "c"]).compile(
        "a + 1u == 3u && b + c == timestamp('1970-01-01T00:00:02Z')"
    )
    assert program.evaluate({"a": Uint(2), "b": Timestamp(10**9), "c": Duration(10**9)}) is True


def test_a_container_is_searched_from_the_inside() -> None:
    """`a` in `x.y` is `x.y.a`, else `x.a`, else `a`; a leading dot means the outermost, a bound name the nearest."""
    environment = Environment(variables=["x.y.a", "x.b", "a", "c"], container="x.y")
    scope = {"x.y.a": 1, "x.b": 2, "a": 3, "c": {"d": 4}}
    assert environment.compile("[a, b, .a, c.d]").evaluate(scope) == [1, 2, 3, 4]
    assert environment.compile("[7].map(a, a)").evaluate(scope) == [7]


def test_the_null_safe_dialect_reads_absence_as_null_and_null_as_empty() -> None:
    """Selections never fail and macros see an empty collection, but null is no text and no number."""
    environment = Environment(variables=["r"], null_safe=True)
    scope = {"r": {"a": None, "b": [1]}}
    for text, value in {
        "r.x.y.z": None,
        "r.a.all(v, false)": True,
        "r.a.exists(v, true)": False,
        "size(r.a)": 0,
        "1 in r.a": False,
        "r.a + r.b": [1],
        "r.a.map(v, v)": [],
        "has(r.a)": False,
        "r['x']['y'] == null": True,
        "sets.intersects(r.a, r.b)": False,
        "r.a.join(',')": "",
    }.items():
        assert environment.compile(text).evaluate(scope) == value, text
    for text in ("r.a < 1", "r.a + 1", "r.a.startsWith('x')", "!r.a", "r.a && true"):
        with pytest.raises(CelEvaluationError):
            environment.compile(text).evaluate(scope)


def test_objects_of_the_caller_are_maps_with_a_type() -> None:
    """A type's first name says whether an expression may make it; absent optional fields are left out."""
    program = Environment(objects=["Object"], variables=["o"]).compile("Object.spec{replicas: 2, ?paused: o.?paused}")
    value = program.evaluate({"o": {}})
    assert (value, type_name(value)) == ({"replicas": 2}, "Object.spec")
    with pytest.raises(CelError, match="undeclared type"):
        Environment(objects=["Object"]).compile("JSONPatch{op: 'add'}")


def test_functions_of_the_caller_see_arguments_receivers_and_the_scope() -> None:
    """A function may be called on something, may read the scope, and may refuse an argument."""
    functions = (
        Function("twice", lambda value: value * 2, receiver=True, least=1, most=1),
        Function("near", lambda scope, name: scope[name], scoped=True),
        Function("fragile", lambda value: value.nothing),
    )
    environment = Environment(variables=["x"]).extend(functions=functions)
    assert environment.compile("x.twice() + twice(x) + near('x')").evaluate({"x": 2}) == 10
    with pytest.raises(CelEvaluationError, match="no such overload: fragile"):
        environment.compile("fragile(x)").evaluate({"x": 2})
    with pytest.raises(CelError):
        environment.compile("x.near()")
