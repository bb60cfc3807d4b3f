"""The parser of the native syntax: structure, places, recovery and limits."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.hcl import nodes
from muniment.languages.hcl.parser import File, parse, parse_expression, parse_template
from muniment.languages.hcl.references import calls, references, walk
from muniment.languages.source import Limits, Span
from tests.material import SHARED

SAMPLE = """\
# Where logs go.
resource "aws_s3_bucket" "logs" {
  bucket = "${var.prefix}-logs" // named
  tags = {
    Name  = "logs", "a b" : 1
    (k)   = [for x in var.xs : upper(x) if x != ""]
  }
  policy = <<-EOT
    {"Statement": "${join(",", [for s in var.s : "x${s}"])}"}
    %{if var.on~}
    on
    %{endif}
  EOT
  lifecycle { ignore_changes = all }

  dynamic "rule" {
    for_each = { for k, v in var.rules : k => v... }
    content { days = -rule.value.days % 7 + (a ? b : c.*.d[0]) }
  }
}
"""


def _names(file: File) -> list[str]:
    return [*file.body.attributes, *(block.type for block in file.body.blocks)]


def test_a_file_keeps_blocks_labels_arguments_and_comments_with_their_places() -> None:
    """Each part of the tree slices to its own text."""
    file = parse(SAMPLE)
    assert file.diagnostics == ()
    (block,) = file.body.blocks
    assert [label.text for label in block.labels] == ["aws_s3_bucket", "logs"]
    assert [SAMPLE[label.start : label.end] for label in block.labels] == ['"aws_s3_bucket"', '"logs"']
    assert SAMPLE[block.start : block.header_end] == 'resource "aws_s3_bucket" "logs"'
    assert SAMPLE[block.end - 1 : block.end] == "}"
    bucket = block.body.attributes["bucket"]
    assert SAMPLE[bucket.start : bucket.end] == 'bucket = "${var.prefix}-logs"'
    assert file.index.span(bucket.start, bucket.end) == Span(3, 3, 3, 32)
    assert [inner.type for inner in block.body.blocks] == ["lifecycle", "dynamic"]
    assert [comment for _, comment in file.comments] == ["# Where logs go.", "// named"]


def test_references_leave_out_what_the_expression_binds_itself() -> None:
    """Provenance sees variables of the scope, not the names of `for`."""
    attributes = parse(SAMPLE).body.blocks[0].body.attributes
    assert [str(one) for one in references(attributes["tags"].expression)] == ["k", "var.xs"]
    assert [str(one) for one in references(attributes["policy"].expression)] == ["var.s", "var.on"]
    assert [call.name for call in calls(attributes["policy"].expression)] == ["join"]
    (dynamic,) = references(parse_expression('aws_x.y[each.key]["a"][0].*.z').expression)[:1]
    assert str(dynamic) == "aws_x.y"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("a + b * c - d", "((a+(b*c))-d)"),
        ("a || b && c == d", "(a||(b&&(c==d)))"),
        ("!a == b", "(!a==b)"),
        ("a < b + 1", "(a<(b+1))"),
        ("-a % b", "(-a%b)"),
        ("-1 - -2", "(-1--2)"),
        ("a ? b : c ? d : e", "(a?b:(c?d:e))"),
        ("(a\n+\nb)", "(a+b)"),
    ],
)
def test_operators_bind_by_precedence(text: str, shape: str) -> None:
    """The tree nests as the language's table of precedence says."""
    assert _shape(parse_expression(text).expression) == shape


def _shape(node: nodes.Expression) -> str:
    if isinstance(node, nodes.Binary):
        return f"({_shape(node.left)}{node.operator}{_shape(node.right)})"
    if isinstance(node, nodes.Unary):
        return node.operator + _shape(node.operand)
    if isinstance(node, nodes.Conditional):
        return f"({_shape(node.condition)}?{_shape(node.yes)}:{_shape(node.no)})"
    return str(node.value) if isinstance(node, nodes.Literal) else str(node)


def test_a_splat_takes_what_belongs_to_it() -> None:
    """A full splat swallows indexes, an attribute splat does not; `.0.1` is two indexes."""
    full = parse_expression("a[*].b[0]").expression
    assert isinstance(full, nodes.Splat)
    assert isinstance(full.body, nodes.Index)
    short = parse_expression("a.*.b[0]").expression
    assert isinstance(short, nodes.Index)
    assert isinstance(short.source, nodes.Splat)
    legacy = parse_expression("a.0.1").expression
    assert isinstance(legacy, nodes.Index)
    assert isinstance(legacy.source, nodes.Index)


@pytest.mark.parametrize(
    ("text", "kept", "places"),
    [
        ("a = 1 b = 2\nc = 3", ["a", "c"], [(1, 7)]),
        ("a = [1, 2\nb = 3\n", ["a"], [(2, 1)]),
        ("x {\n a = [1, 2\n}\nb = 1", ["b", "x"], [(3, 1)]),
        ("a = {\n x = \n y = 1\n}\nb = 2", ["a", "b"], [(2, 6)]),
        ("x {\n a = )\n b = 1\n}\nc = 1", ["c", "x"], [(2, 6)]),
        ('a = "open\nb = 1', ["a", "b"], [(1, 5)]),
        ("a = @\nb = 1", ["a", "b"], [(1, 5)]),
        ("}\na = 1", ["a"], [(1, 1)]),
        ("x {\n}}\na = 1", ["a", "x"], [(2, 2)]),
        ("a b\nc = 1", ["c"], [(1, 4)]),
        ("x {", ["x"], [(1, 3)]),
        ("/* open", [], [(1, 1)]),
        ("a = <<E\nx", ["a"], [(1, 5)]),
        ('a = "x\\q"', ["a"], [(1, 7)]),
        ("a = 1\na = 2", ["a"], [(2, 1)]),
        ("a = 1e99999", ["a"], [(1, 5)]),
        ('x "${y}" {\n}\na = 1', ["a"], [(1, 3)]),
    ],
)
def test_a_mistake_is_reported_where_it_is_and_the_rest_is_read(
    text: str, kept: list[str], places: list[tuple[int, int]]
) -> None:
    """One diagnostic a mistake; arguments that could not be read stay, so that nothing takes them for absent."""
    file = parse(text)
    assert sorted(_names(file)) == sorted(kept)
    assert [one.span[:2] for one in file.diagnostics] == places


def test_the_first_of_two_arguments_counts_and_an_unreadable_one_is_invalid() -> None:
    """A later duplicate changes nothing, and what stands for an unreadable value has none."""
    assert _value(parse("a = 1\na = 2").body.attributes["a"].expression) == 1
    assert isinstance(parse("a = )").body.attributes["a"].expression, nodes.Invalid)


def _value(node: nodes.Expression) -> object:
    assert isinstance(node, nodes.Literal)
    return node.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<<E\n  a\n    b\n  E\n", "  a\n    b\n"),
        ("<<-E\n  a\n    b\n  E\n", "a\n  b\n"),
        ("<<-E\n  a\n\n  b\nE\n", "a\n\nb\n"),
        ("<<E\nE\n", ""),
        ("<<E\r\na\r\nE\r\n", "a\r\n"),
        ("<<E\n$${a} %%{b} \\n\nE\n", "${a} %{b} \\n\n"),
        ("<<E\nNOT E\nE\n", "NOT E\n"),
        ('"a\\tb\\u00e9\\U0001F600\\"$${x}%%{y} 5% $"', 'a\tbé😀"${x}%{y} 5% $'),
        ('"an\u0303os"', "a\u00f1os"),
        ('"\\ud800"', "\ufffd"),
        ("-1.50", "-1.5"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("1e3", "1000"),
    ],
)
def test_literals_have_the_value_that_they_spell(text: str, value: str) -> None:
    """Escapes, heredocs and numbers; heredocs know no backslash."""
    parsed = parse_expression(text)
    assert parsed.diagnostics == ()
    found = _value(parsed.expression)
    assert (found if isinstance(found, str) else f"{found:f}" if "." in str(found) else str(found)).rstrip(
        "0" if "." in value and not isinstance(found, str) else ""
    ) == value


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a ${~ x ~} b", ["a", "x", "b"]),
        ("a\n  ${~ x }", ["a\n", "x"]),
        ("${x ~}\n  b", ["x", "  b"]),
        ("%{ if x ~}\n  y\n%{~ endif }", ["if"]),
        ("%{for k in x}a%{endfor}!", ["for", "!"]),
        ("${x}${y}", ["x", "y"]),
    ],
)
def test_templates_strip_and_nest(text: str, parts: list[str]) -> None:
    """Strip markers act on the neighbouring literal, which ends with its line; directives become nodes."""
    node = parse_template(text).expression
    assert isinstance(node, nodes.Template)
    assert [_part(part) for part in node.parts] == parts


def _part(node: nodes.Expression) -> str:
    if isinstance(node, nodes.TemplateIf | nodes.TemplateFor):
        return "if" if isinstance(node, nodes.TemplateIf) else "for"
    return str(node.value) if isinstance(node, nodes.Literal) else str(node)


@pytest.mark.parametrize(
    "text", ["%{ if x }a", "a%{ endif }", "%{ else }", "%{ for x in y }%{ endif }", "%{ what }", "${"]
)
def test_misplaced_directives_are_problems(text: str) -> None:
    """Directives that do not nest make the template invalid."""
    parsed = parse_template(text)
    assert isinstance(parsed.expression, nodes.Invalid)
    assert parsed.diagnostics


def test_a_template_of_one_interpolation_is_that_value() -> None:
    """Only a lone interpolation keeps its value's type."""
    assert isinstance(parse_expression('"${x}"').expression, nodes.Traversal)
    assert isinstance(parse_expression('"${x} "').expression, nodes.Template)
    assert isinstance(parse_expression("<<E\n${x}\nE\n").expression, nodes.Template)


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5000, "a = " + "(" * 5000, "a = " + "-" * 5000, "x {\n" * 5000, 'a = "' + '${"' * 5000]
)
def test_depth_is_limited_and_never_overflows_the_stack(text: str) -> None:
    """Nesting beyond the limit is one diagnostic."""
    assert "limit-exceeded" in {one.code for one in parse(text).diagnostics}


def test_size_is_limited() -> None:
    """A text beyond the limit is not read at all."""
    (diagnostic,) = parse("a = 1", limits=Limits(size=3)).diagnostics
    assert diagnostic.code == "limit-exceeded"


PIECES = re.findall(r"\w+|\s+|[^\w\s]", SAMPLE)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_text_gives_a_tree_and_diagnostics_in_range(data: st.DataObject) -> None:
    """Deleting, doubling and moving pieces of a file never raises, and every place lies within the text."""
    pieces = list(PIECES)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(pieces) - 1))
        action = data.draw(st.sampled_from(["delete", "double", "insert"]))
        if action == "delete":
            del pieces[at]
        else:
            pieces.insert(at, pieces[at] if action == "double" else data.draw(st.sampled_from(PIECES)))
    text = "".join(pieces)
    file = parse(text)
    assert all(problem.start <= problem.end <= len(text) + 1 for problem in file.problems)
    pending = [file.body]
    while pending:
        body = pending.pop()
        pending.extend(block.body for block in body.blocks)
        for attribute in body.attributes.values():
            for node in walk(attribute.expression):
                assert 0 <= node.start <= node.end <= len(text)


@pytest.mark.parametrize(
    "unit",
    [
        'a = "${',
        "a = <<E\n",
        "/* ",
        '"',
        "x {\n",
        "a = [",
        "  ",
        "\n \n",
        "a.",
        "~}",
        "%{",
        "a = {\n}}\n",
        "${\n",
        '"$${',
        "1e",
    ],
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    """Four times the text takes far less than sixteen times as long."""
    few, many = (min(_seconds(unit * count) for _ in range(3)) for count in (4000, 16000))
    assert many < 10 * max(few, 0.01)


def _seconds(text: str) -> float:
    """CPU time of one parse; the least of a few is the parser's own, the rest is the machine's."""
    start = time.process_time()
    parse(text)
    return time.process_time() - start


@pytest.mark.skipif(SHARED is None, reason="the public corpora are not on this machine")
def test_public_modules_parse_without_problems() -> None:
    """Real modules have no mistakes, so none may be reported."""
    assert SHARED is not None
    files = sorted(SHARED.glob("corpus/terraform-aws-vpc/**/*.tf"))
    assert files
    assert [path.name for path in files if parse(path.read_text(encoding="utf-8")).problems] == []


@pytest.mark.parametrize("text", ['"${a}" == b', "(a) + (b)", 'a ? "${b}" : "${c}"', "(a)[0].b", "-(a)", '!"${a}"'])
def test_an_expression_spans_what_encloses_its_operands(text: str) -> None:
    """Quotes and parentheses around an operand belong to the whole, though they have no node of their own."""
    node = parse(f"x = {text}\n").body.attributes["x"].expression
    assert (node.start, node.end) == (4, 4 + len(text))
