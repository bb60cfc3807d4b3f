"""Parses files of HCL's native syntax, and single expressions and templates; goes on behind every mistake."""

from typing import Any, Final

from muniment.languages.hcl.cursor import Cursor, SyntaxProblem
from muniment.languages.hcl.expressions import expression
from muniment.languages.hcl.nodes import Attribute, Block, Body, Expression, Invalid, Label
from muniment.languages.hcl.text import unescape
from muniment.languages.hcl.tokens import Problem, Tokens, tokenize, tokenize_template
from muniment.languages.source import Diagnostic, Limits, LineIndex

_ITEMS: Final = {"set": "argument", "id": "block"}


class File:
    """What a text holds: its body, what is wrong with it, its comments as (offset, text), and its line index."""

    __slots__ = ("body", "comments", "filename", "index", "problems")

    def __init__(self, filename: str, text: str) -> None:
        self.filename = filename
        self.index = LineIndex(text)
        self.body = Body(0)
        self.problems: list[Problem] = []
        self.comments: list[tuple[int, str]] = []

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The problems in order of their place, with lines and columns."""
        span = self.index.span
        return tuple(
            Diagnostic(problem.code, problem.message, span(problem.start, problem.end), problem.hint)
            for problem in sorted(self.problems, key=_start)
        )


class Parsed:
    """A single expression or template with its diagnostics and its line index."""

    __slots__ = ("diagnostics", "expression", "index")

    def __init__(self, node: Expression, problems: list[Problem], index: LineIndex) -> None:
        self.expression = node
        self.index = index
        self.diagnostics = tuple(Diagnostic(p.code, p.message, index.span(p.start, p.end), p.hint) for p in problems)


def _start(problem: Problem) -> int:
    return problem.start


def too_large(text: str, limits: Limits) -> Problem | None:
    """The problem of a text beyond the limit of size."""
    if len(text) <= limits.size:
        return None
    return Problem(f"the text is longer than {limits.size} characters", 0, 0, "limit-exceeded")


def parse(text: str, *, filename: str = "", limits: Limits = Limits()) -> File:  # noqa: B008  an immutable tuple
    """Parses a file; never raises for what it says: `diagnostics` tell, and the tree holds what could be read."""
    file = File(filename, text)
    problem = too_large(text, limits)
    if problem is not None:
        file.problems.append(problem)
        return file
    tokens = tokenize(text)
    file.problems, file.comments = tokens.problems, tokens.comments
    parser = _Parser(Cursor(tokens, limits.depth))
    parser.items(file.body)
    file.body.end = len(text)
    return file


def parse_expression(text: str, *, limits: Limits = Limits()) -> Parsed:  # noqa: B008  an immutable tuple
    """Parses a text that is one expression, such as a value on the command line."""
    return parse_tokens(text, tokenize, limits)


def parse_template(text: str, *, limits: Limits = Limits()) -> Parsed:  # noqa: B008  an immutable tuple
    """Parses a text that is a template as a whole, such as a file of `templatefile`."""
    return parse_tokens(text, tokenize_template, limits)


def parse_tokens(text: str, tokenizer: Any, limits: Limits) -> Parsed:
    """Parses the one expression that the tokens of a text make up."""
    problem = too_large(text, limits)
    if problem is not None:
        return Parsed(Invalid(problem.message, 0, 0), [problem], LineIndex(text))
    tokens: Tokens = tokenizer(text)
    node = only_expression(tokens, limits)
    return Parsed(node, tokens.problems, LineIndex(text))


def only_expression(tokens: Tokens, limits: Limits) -> Expression:
    """The expression that all the tokens make up; `Invalid` and a further problem when they do not."""
    cursor = Cursor(tokens, limits.depth)
    try:
        cursor.skip_newlines()
        node = expression(cursor)
        cursor.skip_newlines()
        cursor.expect("eof", "the end of the expression")
    except SyntaxProblem as problem:
        cursor.note(problem.problem)
        node = Invalid(problem.problem.message, problem.problem.start, problem.problem.end)
    except RecursionError:
        # The counted limit assumes a caller that is not itself close to the end of the stack.
        tokens.problems.append(Problem("nested too deeply", 0, 0, "limit-exceeded"))
        node = Invalid("nested too deeply", 0, 0)
    return node


class _Parser:
    """Reads bodies; expressions are read by functions on the same cursor."""

    __slots__ = ("cursor",)

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor

    def items(self, body: Body) -> None:
        """Reads attributes and blocks up to the brace that closes the body, or the end."""
        while not self.items_until_mistake(body):
            pass

    def items_until_mistake(self, body: Body) -> bool:
        """Reads items, each of which ends with its line; on a mistake notes it, passes its item and returns false."""
        cursor = self.cursor
        kinds, depth = cursor.kinds, cursor.depth
        first = cursor.i
        try:
            while True:
                first = cursor.i
                kind = kinds[first]
                if kind == "set":
                    self.attribute(body)
                elif kind == "id":
                    self.block(body)
                elif kind != "nl":
                    if kind == "eof" or (kind == "}" and depth):
                        return True
                    raise cursor.unexpected("expected an argument or a block")
                after = kinds[cursor.i]
                if after == "nl":
                    cursor.i += 1
                elif kind != "nl" and after != "eof":
                    raise cursor.unexpected(f"expected a new line after the {_ITEMS[kind]}")
        except SyntaxProblem as problem:
            cursor.note(problem.problem)
        except RecursionError:
            # The counted limit assumes a caller that is not itself close to the end of the stack.
            cursor.note(Problem("nested too deeply", cursor.starts[first], cursor.end_of(first), "limit-exceeded"))
        cursor.depth = depth
        self.recover(first)
        return False

    def recover(self, first: int) -> None:
        """Moves behind the item that began at token `first`: to its newline or to the brace around it."""
        cursor = self.cursor
        kinds, braces, stop = cursor.kinds, 0, cursor.i
        # Braces alone tell the depth: within other brackets the lexer gives no newlines.
        for i in range(first, len(kinds)):
            kind = kinds[i]
            if kind == "{":
                braces += 1
            elif kind == "}":
                braces -= 1
            if kind == "eof" or braces < 0 or (kind == "nl" and braces == 0 and i >= stop):
                break
        cursor.i = i + 1 if kinds[i] == "}" and cursor.depth == 0 else i

    def attribute(self, body: Body) -> None:
        """Reads `name = expression`; what cannot be read stays in the body as an invalid expression."""
        cursor = self.cursor
        i = cursor.i
        name, start = cursor.values[i], cursor.starts[i]
        cursor.i = i + 1
        try:
            node = expression(cursor)
        except SyntaxProblem as problem:
            at = problem.problem
            body.attributes.setdefault(name, Attribute(name, Invalid(at.message, at.start, at.end), start, at.end))
            raise
        if name in body.attributes:
            message = f'the argument "{name}" is set twice'
            cursor.problems.append(Problem(message, start, start + len(name), "duplicate-argument"))
        else:
            body.attributes[name] = Attribute(name, node, start, node.end)

    def block(self, body: Body) -> None:
        """Reads `type "label" { ... }`."""
        cursor = self.cursor
        i = cursor.i
        kind, start = cursor.values[i], cursor.starts[i]
        cursor.i = i + 1
        labels: list[Label] = []
        while cursor.kinds[cursor.i] != "{":
            labels.append(self.label())
        header_end = cursor.end_of(cursor.i - 1)
        inner = Body(cursor.starts[cursor.i])
        cursor.i += 1
        self.deeper()
        if cursor.kinds[cursor.i] == "nl":
            self.items(inner)
        else:
            self.one_line(inner)
        cursor.depth -= 1
        self.close(inner)
        body.blocks.append(Block(kind, tuple(labels), inner, start, header_end))

    def deeper(self) -> None:
        """Counts a level of nested blocks."""
        cursor = self.cursor
        cursor.depth += 1
        if cursor.depth > cursor.limit:
            start = cursor.starts[cursor.i - 1]
            message = f"blocks are nested deeper than {cursor.limit} levels"
            raise SyntaxProblem(Problem(message, start, start + 1, "limit-exceeded"))

    def close(self, inner: Body) -> None:
        """Passes the brace that closes a block."""
        cursor = self.cursor
        if cursor.kinds[cursor.i] == "}":
            inner.end = cursor.starts[cursor.i] + 1
            cursor.i += 1
        else:
            inner.end = cursor.starts[cursor.i]
            cursor.problems.append(Problem("the block is never closed", inner.start, inner.start + 1))

    def label(self) -> Label:
        """Reads a label: a name or a quoted string without templates."""
        cursor = self.cursor
        i = cursor.i
        kind, value, start = cursor.kinds[i], cursor.values[i], cursor.starts[i]
        if kind in ("id", "str"):
            cursor.i = i + 1
            return Label(value, start, cursor.end_of(i))
        if kind == "open" and cursor.kinds[i + 1 : i + 3] == ["lit", "close"]:
            cursor.i = i + 3
            return Label(unescape(cursor.values[i + 1]).text, start, cursor.end_of(i + 2))
        raise cursor.unexpected('expected a label or "{" of the block')

    def one_line(self, inner: Body) -> None:
        """Reads what follows the brace on the same line: nothing or one attribute, then the closing brace."""
        cursor = self.cursor
        kinds, first, depth = cursor.kinds, cursor.i, cursor.depth
        if kinds[first] in ("}", "eof"):
            return
        try:
            if kinds[first] == "id":
                self.refuse_nested(first)
            if kinds[first] != "set":
                raise cursor.unexpected("expected an argument or the end of the block")
            self.attribute(inner)
            if kinds[cursor.i] != "}":
                raise cursor.unexpected("a block on one line holds one argument: expected its closing brace")
        except SyntaxProblem as problem:
            self.cursor.note(problem.problem)
            cursor.depth = depth
            self.to_brace(first)

    def refuse_nested(self, first: int) -> None:
        cursor = self.cursor
        last = first
        while cursor.kinds[last] in ("id", "str"):
            last += 1
        message = "a block on one line holds no further block"
        raise SyntaxProblem(Problem(message, cursor.starts[first], cursor.end_of(last)))

    def to_brace(self, first: int) -> None:
        """Moves to the brace that closes the block whose body began at token `first`."""
        kinds, braces = self.cursor.kinds, 0
        for i in range(first, len(kinds)):
            braces += (kinds[i] == "{") - (kinds[i] == "}")
            if braces < 0 or kinds[i] == "eof":
                break
        self.cursor.i = i
