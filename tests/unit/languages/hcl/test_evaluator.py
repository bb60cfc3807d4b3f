"""Values of expressions: the language's rules, what is unknown, what is marked, and budgets."""

from decimal import Decimal
from typing import Any

import pytest

from muniment.languages.hcl import nodes
from muniment.languages.hcl.access import follow
from muniment.languages.hcl.compiler import Options
from muniment.languages.hcl.convert import convert
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression, renderer
from muniment.languages.hcl.function import Argument, CallContext, Function
from muniment.languages.hcl.parser import parse_expression
from muniment.languages.hcl.scope import Names
from muniment.languages.hcl.types import NUMBER, STRING, ListType
from muniment.languages.hcl.values import ListValue, MapValue, Marked, make_set, mark, marked_paths, plain
from muniment.languages.source import Limits
from muniment.languages.unknown import Cause, OpenList, OpenMap, PartialString, Unknown

CAUSE = Cause("variable", "var.u")
SECRET = frozenset({"sensitive"})
VALUES: dict[str, Any] = {
    "u": Unknown((CAUSE,)),
    "n": None,
    "s": "text",
    "list": ListValue(["a", "b"]),
    "set": make_set(["b", "a", "b"]),
    "map": MapValue({"k": 1}),
    "open": OpenList(["a"], (CAUSE,)),
    "open_map": OpenMap({"k": 1}, (CAUSE,)),
    "secret": Marked("s3", SECRET),
    "secrets": Marked(ListValue(["x"]), SECRET),
}


def _first(arguments: list[Any], _context: CallContext) -> Any:
    return arguments[0]


def _try(arguments: list[Argument], _context: CallContext) -> Any:
    for argument in arguments:
        try:
            return argument.evaluate()
        except HclError as error:
            if error.static:
                raise
    raise HclError("nothing is left to try")


FUNCTIONS = {
    "first": Function("first", _first, returns=STRING, least=1),
    "seen": Function("seen", lambda arguments, _context: repr(arguments), sees_unknown=True, sees_marks=True),
    "try": Function("try", _try, lazy=True),
    "strict": Function("strict", _first, least=1, most=1, takes_null=False),
}


def evaluate(text: str, options: Options = Options(), **more: Any) -> Any:  # noqa: B008  an immutable tuple
    """The value of an expression over VALUES."""
    parsed = parse_expression(text)
    assert not parsed.diagnostics, parsed.diagnostics
    return compile_expression(parsed.expression, FUNCTIONS, options, parsed.index)(Names(VALUES | more))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"1" == 1', False),
        ('true == "true"', False),
        ("1 == 1.0", True),
        ("null == null", True),
        ('true ? 1 : "a"', "1"),
        ('true ? [1] : ["a"]', ("1",)),
        ("true ? {a=1} : {b=2}", MapValue({"a": 1})),
        ("true ? s : n.x", "text"),
        ("[for x in set: x]", ("a", "b")),
        ('"${[1]}"', (1,)),
        ("null[*]", ()),
        ('"x"[*]', ("x",)),
        ("[{a=1},{a=2}].*.a", (1, 2)),
        ("list[*]", ListValue(["a", "b"])),
        ("-5 % 3", -2),
        ("1 / 0", Decimal("Infinity")),
        ("0.1 + 0.2", Decimal("0.3")),
        ("1.5 + 1.5", 3),
        ('"${1.0}${1e3}"', "11000"),
        ('{for k in ["a","a"]: k => 1...}', {"a": (1, 1)}),
        ("n != null && n.x", False),
        ("n == null || n.x", True),
        ("map.k", 1),
        ('map["k"]', 1),
        ("core::first(1)", 1),
        ("first([1, 2]...)", 1),
        ('try(n.x, "d")', "d"),
        ('"%{for i, x in list}${i}${x}%{if x == "a"},%{endif}%{endfor}"', "0a,1b"),
    ],
)
def test_expressions_have_their_values(text: str, value: object) -> None:
    """The rules that are easy to get wrong."""
    found = evaluate(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[1,2,3][-1]", (1, 12)),
        ("1 + n", (1, 6)),
        ("s.x.y", (1, 6)),
        ('"a${n}"', (1, 8)),
        ("first()", (1, 8)),
        ("first(n.x)", (7, 10)),
        ("nothing(1)", (1, 11)),
        ("strict(n)", (1, 10)),
        ("missing.x", (1, 10)),
        ('{for k in ["a","a"]: k => 1}', (1, 29)),
        ("n ? 1 : 2", (1, 10)),
        ("set[0]", (1, 7)),
        ('true ? "x" : [1]', (1, 17)),
        ('"a" < 1', (1, 8)),
        ("first(s...)", (1, 12)),
    ],
)
def test_errors_say_where(text: str, place: tuple[int, int]) -> None:
    """An error carries the columns of the innermost expression that has no value."""
    with pytest.raises(HclError) as caught:
        evaluate(text)
    span = caught.value.diagnostic.span
    assert (span.column, span.end_column) == place


@pytest.mark.parametrize("text", ["try(missing, 1)", "try(nothing(), 1)", "true ? 1 : missing"])
def test_undeclared_names_are_static_errors(text: str) -> None:
    """Neither `try` nor a branch that is not taken hides a name that does not exist."""
    with pytest.raises(HclError) as caught:
        evaluate(text)
    assert caught.value.static


def test_before_short_circuits_both_sides_are_evaluated() -> None:
    """Older releases fail on the guard that newer ones accept."""
    with pytest.raises(HclError):
        evaluate("n != null && n.x", Options(short_circuit=False))
    assert isinstance(evaluate("u && false", Options(short_circuit=False)), Unknown)
    assert evaluate("u && false") is False


@pytest.mark.parametrize(
    "text",
    [
        *("u + 1", "u == 1", "!u", "-u", "u && true", "u ? 1 : 2", "u.a[0]", "list[u]", "map[u]", "u[*].x"),
        *("[for x in u: x]", "{for x in u: x => 1}", "first(u)", "first([u])", "first(open)", "first(u...)"),
        *("open[0]", "open_map.other", "open == list", "provider::x::y(1)", "seen(u...)"),
    ],
)
def test_unknown_operands_make_unknown_results(text: str) -> None:
    """Nothing decides by accident over what is not known."""
    assert isinstance(evaluate(text), Unknown)


def test_unknown_results_keep_cause_and_type() -> None:
    """Operators know what type they give, functions say it, and causes come along once."""
    assert evaluate("u + u").type == NUMBER
    assert evaluate("first(u)").type == STRING
    assert evaluate("u + u").causes == (CAUSE,)
    typed = evaluate("t[0]", t=Unknown((CAUSE,), ListType(NUMBER)))
    assert typed.type == NUMBER


def test_strings_with_unknown_parts_stay_partly_known() -> None:
    """Text around a hole is kept, joined through nested templates."""
    partial = evaluate('"a${"b${u}c"}d"')
    assert isinstance(partial, PartialString)
    assert (partial.prefix, partial.suffix) == ("ab", "cd")
    assert evaluate('"a${u}" == "xa"') is False
    assert isinstance(evaluate('"a${u}" == "ax"'), Unknown)
    assert isinstance(evaluate('"%{if u}a%{endif}b"'), PartialString)


def test_collections_with_unknown_membership_stay_open() -> None:
    """Known members are visible, and what may be missing has a cause."""
    assert evaluate('[for x in open: "${x}!"]') == OpenList(["a!"])
    assert evaluate("open[*]").causes == (CAUSE,)
    filtered = evaluate("[for x in list: x if u]")
    assert (list(filtered), filtered.causes) == ([], (CAUSE,))
    built = evaluate("{a = 1, (u) = 2}")
    assert isinstance(built, OpenMap)
    assert built == {"a": 1}
    assert evaluate("open_map.k") == 1
    assert evaluate("[u, 1][1]") == 1


@pytest.mark.parametrize(
    "text",
    [
        *('"a${secret}"', 'secret == "s3"', "first(secret)", "secrets[0]", "[for x in secrets: x]", "secrets[*]"),
        *('secret == "s3" ? 1 : 2', "{(secret) = 1}", "first(secrets...)", "[1][sensitive_zero]", "!sensitive_true"),
        *("[for x in list: x if sensitive_true]", "sensitive_true || true", '"%{if sensitive_true}a%{endif}"'),
    ],
)
def test_marks_pass_to_the_result(text: str) -> None:
    """Whatever has looked at a sensitive value is sensitive."""
    found = evaluate(text, sensitive_zero=mark(0, SECRET), sensitive_true=mark(True, SECRET))
    assert isinstance(found, Marked)
    assert found.marks == SECRET


def test_marks_of_members_stay_with_them() -> None:
    """An object with a sensitive member is not sensitive itself; the plain form drops marks, the paths tell."""
    value = evaluate('{a = [secret, 1.5], b = "x", c = set}')
    assert plain(value) == {"a": ["s3", 1.5], "b": "x", "c": ["a", "b"]}
    assert marked_paths(value) == [("a", 0)]
    assert evaluate("[secret, 1][1]") == 1


def test_functions_that_ask_for_it_see_unknown_and_marked_values() -> None:
    """The evaluator hands them on as they are."""
    assert evaluate("seen(u, secret)") == "[Unknown(variable var.u), Marked(sensitive)]"


class _Recording:
    """A scope that notes which traversals it is asked for."""

    context = CallContext()

    def __init__(self) -> None:
        self.asked: list[str] = []

    def traverse(self, root: str, steps: tuple[nodes.Step, ...]) -> Any:
        self.asked.append(str(nodes.Traversal(root, steps, 0, 0)))
        return {"each": "k", "u": Unknown()}.get(root, "value")


def test_a_traversal_reaches_the_scope_as_a_whole() -> None:
    """Computed indexes are evaluated first; an unknown one ends what the scope can answer."""
    scope = _Recording()
    assert compile_expression(parse_expression('a.b[each.key]["x"].0.id').expression, {})(scope) == "value"
    assert scope.asked == ["each.key", 'a.b["k"]["x"][0].id']
    scope = _Recording()
    with pytest.raises(HclError):
        compile_expression(parse_expression("a.b[u].id").expression, {})(scope)
    assert scope.asked == ["u", "a.b"]


@pytest.mark.parametrize(
    "text",
    [
        " + ".join(["1"] * 5000),
        "s" + "[0]" * 5000,
        "[for a in big: [for b in big: [for c in big: [for d in big: 1]]]]",
        "[for a in big: big]",
        '"${long}${long}"',
        "try([for a in big: [for b in big: [for c in big: [for d in big: 1]]]], 0)",
        " * ".join(["1e3000"] * 9),
    ],
)
def test_budgets_stop_what_grows_without_bound(text: str) -> None:
    """Depth, visits, members, characters and digits are limited; nothing but HclError comes out."""
    with pytest.raises(HclError):
        evaluate(text, Options(limits=Limits(items=1000, string=1000), visits=10_000), big=(0,) * 100, long="x" * 600)


def test_invalid_expressions_are_errors_not_absent() -> None:
    """What could not be parsed fails when it is evaluated."""
    with pytest.raises(HclError) as caught:
        compile_expression(parse_expression("1 +").expression, {})(Names({}))
    assert caught.value.diagnostic.code == "syntax-error"


def test_templates_from_files_are_rendered_with_their_variables() -> None:
    """The renderer sees the given variables and nothing else, and reports mistakes by line."""
    render = renderer(FUNCTIONS)
    assert render("a ${x}\n%{ for y in ys ~}\n${y}\n%{ endfor ~}\n", {"x": 1, "ys": ("p", "q")}) == "a 1\np\nq\n"
    for text in ("${missing}", "\n%{ if }"):
        with pytest.raises(HclError):
            render(text, {})


def test_follow_steps_into_plain_values() -> None:
    """Attribute names and keys of one traversal, as scopes use them."""
    assert follow({"a": (1, {"b": 2})}, ("a", nodes.Key(1), "b")) == 2
    assert convert(follow({"a": 1}, ("a",)), STRING) == "1"


@pytest.mark.parametrize(
    "text", ['true ? "a" : secret', "false ? secret : null", '"%{ if true }a%{ else }${secret}%{ endif }"']
)
def test_a_choice_is_as_secret_as_what_is_not_chosen(text: str) -> None:
    """The marks of both branches stand on the result, as in Terraform."""
    assert isinstance(evaluate(text), Marked)


def test_sets_are_ordered_by_value_then_by_text_and_null_comes_last() -> None:
    """The order of a set decides what `for` makes of it."""
    assert make_set([2, None, 10]) == [2, 10, None]
    assert make_set([{"a": 2}, {"a": 10}, {"a": None}]) == [{"a": 10}, {"a": 2}, {"a": None}]
    assert make_set([("b",), ("a",), ()]) == [("a",), ("b",), ()]


def test_a_name_with_steps_is_a_key_only_for_those_who_read_the_name() -> None:
    """`{ aws.main = aws.eu }` is read, since it names providers; its value is an error."""
    parsed = parse_expression("{ aws.main = 1 }")
    assert not parsed.diagnostics
    assert isinstance(parsed.expression, nodes.ObjectExpression)
    assert isinstance(parsed.expression.items[0][0], nodes.BareKey)
    with pytest.raises(HclError):
        evaluate("{ aws.main = 1 }")
