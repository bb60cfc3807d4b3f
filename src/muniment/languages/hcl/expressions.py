"""Parses expressions: operators by precedence, everything else by the kind of its first token.

Each level of nesting costs a few frames of Python, hence the explicit count: too deep a text is a problem that is
reported, not a crash.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from muniment.languages.hcl import templates
from muniment.languages.hcl.cursor import Cursor, SyntaxProblem
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import (
    BareKey,
    Binary,
    Call,
    Conditional,
    Expression,
    For,
    ForHead,
    GetAttribute,
    Index,
    Item,
    Key,
    Literal,
    ObjectExpression,
    Splat,
    Step,
    Traversal,
    TupleExpression,
    Unary,
)
from muniment.languages.hcl.text import flush, template_unescape, unescape
from muniment.languages.hcl.tokens import Problem
from muniment.languages.hcl.values import nfc, number

_BINARY: Final = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    ">": 4,
    "<=": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
_UNARY_POWER = 7
_ATOMS: Final = frozenset({"str", "path", "id", "num"})
_ENDS: Final = frozenset({"nl", ",", ")", "]", "}"})
_NAMED: Final = {"true": True, "false": False, "null": None}


def expression(cursor: Cursor, power: int = 0) -> Expression:
    """Parses an expression whose operators bind tighter than `power`; raises SyntaxProblem."""
    kinds, i = cursor.kinds, cursor.i
    # Most expressions are one name or literal: nothing behind it, nothing more to look at.
    if kinds[i + 1] in _ENDS and kinds[i] in _ATOMS:
        return _PREFIX[kinds[i]](cursor)
    cursor.depth = depth = cursor.depth + 1
    if depth > cursor.limit:
        raise SyntaxProblem(
            Problem(f"nested deeper than {cursor.limit} levels", cursor.starts[i], cursor.end_of(i), "limit-exceeded")
        )
    prefix = _PREFIX.get(kinds[i])
    if prefix is None:
        raise cursor.unexpected("expected an expression")
    left = prefix(cursor)
    kind = kinds[cursor.i]
    if kind in ("[", "."):
        left = _postfix(cursor, left)
        left.start = cursor.starts[i]
        kind = kinds[cursor.i]
    while (binds := _BINARY.get(kind, 0)) > power:
        cursor.i += 1
        left = _spanning(cursor, i, Binary(kind, left, expression(cursor, binds)))
        kind = kinds[cursor.i]
    if kind == "?" and power == 0:
        cursor.i += 1
        yes = expression(cursor)
        cursor.expect(":", '":" of the conditional')
        left = _spanning(cursor, i, Conditional(left, yes, expression(cursor)))
    cursor.depth = depth - 1
    return left


def _name(cursor: Cursor) -> Expression:
    i = cursor.i
    name, start = cursor.values[i], cursor.starts[i]
    i += 1
    kind = cursor.kinds[i]
    if kind == "(":
        return _call(cursor)
    if "::" in name:
        cursor.i = i
        raise cursor.unexpected(f'expected "(" after the function {name}')
    if name in _NAMED:
        cursor.i = i
        return Literal(_NAMED[name], start, start + len(name))
    if kind not in (".", "["):
        cursor.i = i
        return Traversal(name, (), start, start + len(name))
    return _steps(cursor, name, [], i)


def _path(cursor: Cursor) -> Expression:
    i = cursor.i
    value, start = cursor.values[i], cursor.starts[i]
    root, *steps = value.split(".")
    kind = cursor.kinds[i + 1]
    if root in _NAMED:
        cursor.i = i + 1
        node: Expression = Literal(_NAMED[root], start, start + len(root))
        for name in steps:
            node = GetAttribute(node, name, start, start + len(value))
        return node
    if kind in ("[", "."):
        return _steps(cursor, root, list[Step](steps), i + 1)
    cursor.i = i + 1
    return Traversal(root, tuple(steps), start, start + len(value))


def _steps(cursor: Cursor, root: str, steps: list[Step], i: int) -> Traversal:
    """Reads attribute names and literal indexes behind a name, from token `i` on."""
    kinds, values = cursor.kinds, cursor.values
    start = cursor.starts[cursor.i]
    kind = kinds[i]
    while True:
        if kind == "." and kinds[i + 1] in ("id", "path"):
            steps.extend(values[i + 1].split("."))
            i += 2
        elif kind == "[" and kinds[i + 2] == "]" and kinds[i + 1] in ("str", "num"):
            index = values[i + 1]
            if kinds[i + 1] == "num" and not _is_short_integer(index):
                break
            steps.append(Key(nfc(index) if kinds[i + 1] == "str" else int(index)))
            i += 3
        else:
            break
        kind = kinds[i]
    cursor.i = i
    return Traversal(root, tuple(steps), start, cursor.end_of(i - 1))


def _is_short_integer(digits: str) -> bool:
    return len(digits) < 16 and digits.isdigit()


def _call(cursor: Cursor) -> Call:
    i = cursor.i
    name, start = cursor.values[i], cursor.starts[i]
    cursor.i = i + 2
    arguments: list[Expression] = []
    expand = False
    while cursor.kinds[cursor.i] != ")":
        arguments.append(expression(cursor))
        kind = cursor.kinds[cursor.i]
        if kind == "...":
            expand = True
            cursor.i += 1
            break
        if kind != ",":
            break
        cursor.i += 1
    if expand and cursor.kinds[cursor.i] == ",":
        cursor.i += 1
    last = cursor.expect(")", f'"," or ")" in the arguments of {name}')
    return Call(name, arguments, expand, start, cursor.starts[last] + 1)


def _spanning(cursor: Cursor, first: int, node: Expression) -> Expression:
    """A node from its first token to the last that was read: what encloses an operand has no node of its own."""
    node.start, node.end = cursor.starts[first], cursor.end_of(cursor.i - 1)
    return node


def _postfix(cursor: Cursor, left: Expression) -> Expression:
    kinds = cursor.kinds
    while True:
        kind = kinds[cursor.i]
        if kind == ".":
            left = _dot(cursor, left)
        elif kind == "[":
            left = _bracket(cursor, left)
        else:
            return left


def _dot(cursor: Cursor, left: Expression) -> Expression:
    cursor.i += 1
    i = cursor.i
    kind, value = cursor.kinds[i], cursor.values[i]
    if kind in ("id", "path"):
        cursor.i += 1
        for name in value.split("."):
            left = GetAttribute(left, name, left.start, cursor.end_of(i))
        return left
    if kind == "num":
        cursor.i += 1
        return _legacy_indexes(cursor, left, i)
    if kind == "*":
        cursor.i += 1
        item = Item(cursor.starts[i], cursor.end_of(i))
        return _splat(cursor, left, item, _attribute_splat_body(cursor, item))
    raise cursor.unexpected("expected an attribute name after the dot")


def _legacy_indexes(cursor: Cursor, left: Expression, i: int) -> Expression:
    """`.0`, and `.0.1`, which the lexer has read as one number."""
    if not all(_is_short_integer(part) for part in cursor.values[i].split(".")):
        cursor.i = i
        raise cursor.unexpected("expected a whole number as legacy index")
    at = cursor.starts[i]
    for part in cursor.values[i].split("."):
        left = Index(left, Literal(int(part), at, at + len(part)), left.start, at + len(part))
        at += len(part) + 1
    return left


def _attribute_splat_body(cursor: Cursor, item: Item) -> Expression:
    """Attribute names and legacy indexes belong to the body; brackets apply to the splat's result."""
    body: Expression = item
    while cursor.kinds[cursor.i] == "." and cursor.kinds[cursor.i + 1] in ("id", "path", "num"):
        body = _dot(cursor, body)
    return body


def _splat(cursor: Cursor, source: Expression, item: Item, body: Expression) -> Splat:
    return Splat(source, item, body, source.start, cursor.end_of(cursor.i - 1))


def _bracket(cursor: Cursor, left: Expression) -> Expression:
    i = cursor.i
    if cursor.kinds[i + 1] == "*" and cursor.kinds[i + 2] == "]":
        cursor.i = i + 3
        item = Item(cursor.starts[i], cursor.starts[i + 2] + 1)
        return _splat(cursor, left, item, _full_splat_body(cursor, item))
    cursor.i = i + 1
    key = expression(cursor)
    last = cursor.expect("]", '"]" after the index')
    return Index(left, key, left.start, cursor.starts[last] + 1)


def _full_splat_body(cursor: Cursor, item: Item) -> Expression:
    """Everything behind a full splat belongs to its body; a chain of splats nests, which the depth limit bounds."""
    cursor.depth += 1
    if cursor.depth > cursor.limit:
        raise cursor.unexpected(f"expected at most {cursor.limit} nested splats")
    body = _postfix(cursor, item)
    cursor.depth -= 1
    return body


def _number(cursor: Cursor) -> Literal:
    i = cursor.i
    cursor.i = i + 1
    text, start = cursor.values[i], cursor.starts[i]
    if _is_short_integer(text):
        return Literal(int(text), start, start + len(text))
    try:
        value = number(Decimal(text))
    except (HclError, ArithmeticError):
        raise SyntaxProblem(
            Problem("the number is too large or too small", start, start + len(text), "limit-exceeded")
        ) from None
    return Literal(value, start, start + len(text))


def _string(cursor: Cursor) -> Literal:
    i = cursor.i
    cursor.i = i + 1
    value, start = cursor.values[i], cursor.starts[i]
    return Literal(nfc(value), start, start + len(value) + 2)


def _heredoc(cursor: Cursor) -> Literal:
    i = cursor.i
    cursor.i = i + 1
    body = cursor.values[i]
    # The marker's own line is not part of the value, but the next token tells where it ended.
    end = cursor.starts[i + 1]
    return Literal(nfc(flush(body) if cursor.kinds[i] == "flush" else body), cursor.starts[i], end)


def _parentheses(cursor: Cursor) -> Expression:
    cursor.i += 1
    inner = expression(cursor)
    cursor.expect(")", '")"')
    return inner


def _unary(cursor: Cursor) -> Expression:
    i = cursor.i
    operator = cursor.kinds[i]
    cursor.i = i + 1
    operand = expression(cursor, _UNARY_POWER)
    if operator == "-" and type(operand) is Literal and type(operand.value) in (int, Decimal):
        return Literal(-operand.value, cursor.starts[i], operand.end)
    return _spanning(cursor, i, Unary(operator, operand, cursor.starts[i]))


def _tuple(cursor: Cursor) -> Expression:
    kinds = cursor.kinds
    start = cursor.starts[cursor.i]
    cursor.i += 1
    if kinds[cursor.i] == "id" and cursor.values[cursor.i] == "for":
        return _for(cursor, start, "]")
    items: list[Expression] = []
    while kinds[cursor.i] != "]":
        items.append(expression(cursor))
        if kinds[cursor.i] != ",":
            break
        cursor.i += 1
    last = cursor.expect("]", '"," or "]" in the list')
    return TupleExpression(items, start, cursor.starts[last] + 1)


def _object(cursor: Cursor) -> Expression:
    kinds = cursor.kinds
    start = cursor.starts[cursor.i]
    cursor.i += 1
    if kinds[cursor.i] in ("id", "set") and cursor.values[cursor.i] == "for":
        return _for(cursor, start, "}")
    items: list[tuple[Expression, Expression]] = []
    cursor.skip_newlines()
    while kinds[cursor.i] != "}":
        key = _object_key(cursor)
        items.append((key, expression(cursor)))
        kind = kinds[cursor.i]
        if kind == ",":
            cursor.i += 1
        elif kind not in ("nl", "}"):
            raise cursor.unexpected("expected a comma or a new line after the value", "separate the items of an object")
        cursor.skip_newlines()
    end = cursor.starts[cursor.i] + 1
    cursor.i += 1
    return ObjectExpression(items, start, end)


def _object_key(cursor: Cursor) -> Expression:
    """Reads a key and what separates it from its value."""
    i = cursor.i
    kind = cursor.kinds[i]
    if kind == "set" or (kind == "id" and cursor.kinds[i + 1] == ":"):
        cursor.i = i + 1 + (kind == "id")
        name, start = cursor.values[i], cursor.starts[i]
        return Literal(nfc(name), start, start + len(name))
    key = expression(cursor)
    if kind in ("id", "path") and isinstance(key, Traversal):
        key = BareKey(key)
    if cursor.kinds[cursor.i] not in ("=", ":"):
        raise cursor.unexpected('expected "=" or ":" after the key')
    cursor.i += 1
    return key


def for_head(cursor: Cursor) -> ForHead:
    """Parses `for name in collection` from its `for` on."""
    cursor.i += 1
    first = cursor.values[cursor.expect("id", "a name after for")]
    second = None
    if cursor.kinds[cursor.i] == ",":
        cursor.i += 1
        second = cursor.values[cursor.expect("id", "a second name")]
    if cursor.kinds[cursor.i] != "id" or cursor.values[cursor.i] != "in":
        raise cursor.unexpected('expected "in"')
    cursor.i += 1
    collection = expression(cursor)
    return ForHead(None, first, collection) if second is None else ForHead(first, second, collection)


def _for(cursor: Cursor, start: int, close: str) -> For:
    head = for_head(cursor)
    cursor.expect(":", '":" after the collection')
    key = None
    value = expression(cursor)
    if close == "}":
        cursor.expect("=>", '"=>" after the key')
        key, value = value, expression(cursor)
    node = For(head, key, value, start, start)
    if close == "}" and cursor.kinds[cursor.i] == "...":
        node.grouped = True
        cursor.i += 1
    if cursor.kinds[cursor.i] == "id" and cursor.values[cursor.i] == "if":
        cursor.i += 1
        node.condition = expression(cursor)
    last = cursor.expect(close, f'"{close}" at the end of the for expression')
    node.end = cursor.starts[last] + 1
    return node


def _template(cursor: Cursor) -> Expression:
    i = cursor.i
    opening, start = cursor.values[i], cursor.starts[i]
    cursor.i = i + 1
    parts: list[templates.Part] = []
    while cursor.kinds[cursor.i] != "close":
        parts.append(_template_part(cursor, opening))
    end = cursor.end_of(cursor.i)
    cursor.i += 1
    try:
        return templates.build(parts, opening, start, end)
    except templates.Misplaced as misplaced:
        raise SyntaxProblem(Problem(misplaced.message, misplaced.start, misplaced.end)) from None


def _template_part(cursor: Cursor, opening: str) -> "templates.Part":
    i = cursor.i
    kind, value, start = cursor.kinds[i], cursor.values[i], cursor.starts[i]
    cursor.i = i + 1
    if kind == "lit":
        return templates.Part("text", start, start + len(value), text=_literal(cursor, value, start, opening))
    if kind == "${":
        part = templates.Part("value", start, start, node=expression(cursor))
    elif kind == "%{":
        part = _directive(cursor, start)
    else:
        cursor.i = i
        raise cursor.unexpected("expected the rest of the string")
    last = cursor.expect("t}", '"}" at the end of the interpolation')
    part.end = cursor.end_of(last)
    part.strip_before = value.endswith("~")
    part.strip_after = cursor.values[last].startswith("~")
    return part


def _literal(cursor: Cursor, value: str, start: int, opening: str) -> str:
    if opening != '"':
        return nfc(template_unescape(value))
    text, invalid = unescape(value)
    for at in invalid:
        cursor.problems.append(
            Problem("the escape does not exist", start + at, start + at + 2, hint='write "\\\\" for a backslash')
        )
    return text


def _directive(cursor: Cursor, start: int) -> "templates.Part":
    i = cursor.i
    word = cursor.values[i] if cursor.kinds[i] == "id" else ""
    if word == "for":
        return templates.Part("for", start, start, head=for_head(cursor))
    if word not in ("if", "else", "endif", "endfor"):
        raise cursor.unexpected("expected if, else, endif, for or endfor", "write %%{ for a literal %{")
    cursor.i = i + 1
    return templates.Part(word, start, start, node=expression(cursor) if word == "if" else None)


_PREFIX: Final[dict[str, Callable[[Cursor], Expression]]] = {
    "id": _name,
    "path": _path,
    "num": _number,
    "str": _string,
    "here": _heredoc,
    "flush": _heredoc,
    "open": _template,
    "(": _parentheses,
    "[": _tuple,
    "{": _object,
    "!": _unary,
    "-": _unary,
}
