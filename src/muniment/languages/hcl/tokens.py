"""Cuts HCL's native syntax into tokens, in three parallel lists.

A newline is a token only where it may end something: in bodies and objects, not within parentheses, brackets,
interpolations and `for` expressions. Templates come out as their literal parts and the tokens of their expressions.
"""

import re
from typing import Final, NamedTuple


class Problem(NamedTuple):
    """What is wrong with the text between two offsets."""

    message: str
    start: int
    end: int
    code: str = "syntax-error"
    hint: str = ""


class Tokens:
    """The tokens of a text.

    The kind of an operator or bracket is its own text; the others are `id`, `path` (names joined by
    dots), `set` (a name and the `=` behind it; its value is the name), `num`, `str` (a quoted string without
    escapes and templates; its value is the content), `here` and `flush` (a heredoc without templates), `open` and
    `close` (a template's quotes or heredoc markers), `lit` (a literal part), `${`, `%{` and `t}` (the marks of an
    interpolation or directive), `bad`, `nl` and `eof`.
    """

    __slots__ = ("comments", "kinds", "problems", "starts", "values")

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.values: list[str] = []
        self.starts: list[int] = []
        self.comments: list[tuple[int, str]] = []
        self.problems: list[Problem] = []

    def add(self, kind: str, value: str, start: int) -> None:
        """Appends one token."""
        self.kinds.append(kind)
        self.values.append(value)
        self.starts.append(start)


_ID, _PATH, _SET, _NEWLINE, _OPERATOR, _STRING, _BRACKET, _NUMBER, _COMMENT, _HEREDOC, _QUOTE, _END = range(1, 13)


# Everything outside of templates, as one alternation: the groups are numbered above.
_CODE = r"""(?x)[ \t]*+(?:
    ([^\W\d][\w-]*+(?:::[^\W\d][\w-]*+)*+)(?:((?:\.[^\W\d][\w-]*+)++)|[ \t]*+(?:/\*[^*\n]*+\*/[ \t]*+)?+(=)(?![=>]))?+
  | ((?:\r?\n[ \t]*+)++)
  | (\.\.\.|==|=>|!=|<=|>=|&&|\|\||[-+*%!?:=.,>]|/(?![/*])|<(?!<))
  | "((?:[^"\\\n$%]++|[$%](?!\{))*+)"
  | ([{}()\[\]]|~\})
  | ([0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)
  | (\#[^\n]*+|//[^\n]*+|/\*(?s:.*?)(?:\*/|\Z))
  | (<<-?[^\W\d][\w-]*+[ \t]*\r?\n)
  | (")
  | (\Z)
  | (?s:.)
)"""
# One literal run, mark or end of a quoted template.
_QUOTED = r"""((?:[^"\\\n$%]++|\\(?:[^\n]|(?=\n))|\$\$\{|%%\{|[$%](?!\{))++)|([$%]\{~?)|(")"""
# One literal run, to the end of its line at most, or mark of a heredoc or bare template.
_PLAIN = r"""((?:[^\n$%]++|\$\$\{|%%\{|[$%](?!\{))*+\n|(?:[^\n$%]++|\$\$\{|%%\{|[$%](?!\{))++)|([$%]\{~?)"""


_PARTNER: Final = {"}": "{", ")": "(", "]": "["}
_OPENERS: Final = {"}": ("{", "for"), ")": ("(",), "]": ("[",)}


class _Template:
    """A template that is being read: how it ends."""

    __slots__ = ("line_start", "marker", "start")

    def __init__(self, marker: str | None, start: int) -> None:
        self.marker = marker  # '"', the word that ends a heredoc, or None: the template ends with the text
        self.start = start
        self.line_start = True


class _Lexer:
    """The state of one pass over `text`: the tokens so far and what is open around the current place."""

    __slots__ = ("match_plain", "match_quoted", "out", "stack", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # Here and not in the module: `re` keeps what it compiled, and who reads no HCL compiles nothing.
        self.match_quoted = re.compile(_QUOTED).match
        self.match_plain = re.compile(_PLAIN).match
        self.out = Tokens()
        self.stack: list[str | _Template] = []

    def run(self, position: int) -> Tokens:
        end = len(self.text)
        while position < end:
            top = self.stack[-1] if self.stack else ""
            if isinstance(top, _Template):
                position = self.quoted(position) if top.marker == '"' else self.unquoted(position, top)
            else:
                position = self.code(position)
        self.finish(end)
        return self.out

    def finish(self, end: int) -> None:
        for item in reversed(self.stack):
            if isinstance(item, _Template):
                if item.marker is not None:
                    self.problem("the string is never closed", item.start, item.start + 1)
                self.out.add("close", "", end)
        self.out.add("eof", "", end)
        self.out.add("eof", "", end)

    def problem(self, message: str, start: int, end: int) -> None:
        self.out.problems.append(Problem(message, start, end))

    def code(self, position: int) -> int:
        """Reads tokens until a template begins or goes on; returns where to read on."""
        kinds, stack = self.out.kinds, self.stack
        add_kind, add_value, add_start = kinds.append, self.out.values.append, self.out.starts.append
        lines = self.lines_count()
        for match in re.compile(_CODE).finditer(self.text, position):
            group = match.lastindex
            if group == _SET:
                add_kind("set")
                add_value(match[1])
                add_start(match.start(1))
            elif group == _NEWLINE:
                if lines and kinds[-1] != "nl":
                    add_kind("nl")
                    add_value("\n")
                    add_start(match.start(4))
            elif group == _PATH:
                add_kind("path")
                add_value(match[1] + match[2])
                add_start(match.start(1))
            elif group == _OPERATOR:
                value = match[5]
                add_kind(value)
                add_value(value)
                add_start(match.start(5))
            elif group == _STRING:
                add_kind("str")
                add_value(match[6])
                add_start(match.start(6) - 1)
            elif group == _ID:
                value = match[1]
                if value == "for" and self.opens_for():
                    lines = False
                add_kind("id")
                add_value(value)
                add_start(match.start(1))
            elif group == _BRACKET:
                value = match[7]
                if stack and stack[-1] == _PARTNER.get(value):
                    stack.pop()
                elif value in "{([":
                    stack.append(value)
                elif self.ends_interpolation(value, match.start(7)):
                    return match.end()
                else:
                    value = self.close(value, match.start(7))
                lines = not stack or stack[-1] == "{"
                add_kind(value)
                add_value(value)
                add_start(match.start(7))
            elif group in (_NUMBER, _COMMENT):
                self.number_or_comment(match)
            else:
                return self.rare(match)
        return len(self.text)

    def lines_count(self) -> bool:
        """Whether a newline here ends an item."""
        return not self.stack or self.stack[-1] == "{"

    def opens_for(self) -> bool:
        """Whether a `for` here begins an object's `for` expression; its newlines mean nothing then."""
        kinds = self.out.kinds
        last = len(kinds) - 1 - (kinds[-1] == "nl")
        if kinds[last] != "{" or self.is_block(last):
            return False
        del kinds[last + 1 :], self.out.values[last + 1 :], self.out.starts[last + 1 :]
        self.stack[-1] = "for"
        return True

    def is_block(self, brace: int) -> bool:
        """Whether the brace with this number follows a block's type or label, which no expression's brace does."""
        before = self.out.kinds[brace - 1]
        return before in ("str", "close") or (before == "id" and self.out.values[brace - 1] not in ("in", "if"))

    def ends_interpolation(self, value: str, start: int) -> bool:
        """Whether a brace closes an interpolation, so that a template goes on behind it."""
        if value not in ("}", "~}") or not self.stack or self.stack[-1] != "${":
            return False
        self.stack.pop()
        self.out.add("t}", value, start)
        return True

    def close(self, value: str, start: int) -> str:
        """Leaves the bracket that `value` closes, and those inside it that were never closed."""
        if value == "~}":
            self.problem("a strip marker belongs to the end of an interpolation", start, start + 1)
            value = "}"
        stack = self.stack
        wanted = _OPENERS[value]
        for depth in range(len(stack) - 1, -1, -1):
            item = stack[depth]
            if item in wanted:
                del stack[depth:]
                break
            if item not in ("(", "["):
                break
        return value

    def number_or_comment(self, match: re.Match[str]) -> None:
        """Notes a number or a comment."""
        group = match.lastindex
        if group == _NUMBER:
            self.out.add("num", match[8], match.start(8))
            return
        value, start = match[9].rstrip(), match.start(9)
        self.out.comments.append((start, value))
        if value.startswith("/*") and (len(value) < 4 or not value.endswith("*/")):
            self.problem("the comment is never closed", start, start + 2)

    def rare(self, match: re.Match[str]) -> int:
        group = match.lastindex
        if group == _HEREDOC:
            return self.heredoc(match[10], match.start(10), match.end())
        if group == _QUOTE:
            start = match.start(11)
            self.out.add("open", '"', start)
            self.stack.append(_Template('"', start))
        elif group is None:
            start = match.end() - 1
            self.problem(f"character {match[0][-1]!r} does not belong here", start, start + 1)
            self.out.add("bad", match[0][-1], start)
        return match.end()

    def heredoc(self, head: str, start: int, position: int) -> int:
        """Reads a heredoc in one piece when it has no templates, else its opening only."""
        flush = head.startswith("<<-")
        marker = head[2 + flush :].strip()
        text = self.text
        line = position
        while line < len(text):
            end = text.find("\n", line)
            end = len(text) if end < 0 else end
            if text[line:end].strip() == marker:
                break
            line = end + 1
        body = text[position:line]
        if line < len(text) and "${" not in body and "%{" not in body:
            self.out.add("flush" if flush else "here", body, start)
            return line + len(text[line:end].rstrip())
        self.out.add("open", "<<-" if flush else "<<", start)
        self.stack.append(_Template(marker, start))
        return position

    def quoted(self, position: int) -> int:
        """Reads literals of a quoted template up to its end or its next expression."""
        out = self.out
        while (match := self.match_quoted(self.text, position)) is not None:
            group = match.lastindex
            if group == 1:
                out.add("lit", match[1], position)
                position = match.end()
            elif group == 2:
                out.add(match[2][:2], match[2], position)
                self.stack.append("${")
                return match.end()
            else:
                out.add("close", '"', position)
                self.stack.pop()
                return match.end()
        template = self.stack.pop()
        if isinstance(template, _Template):
            self.problem("the string is not closed on its line", template.start, position)
        out.add("close", "", position)
        return position

    def unquoted(self, position: int, template: _Template) -> int:
        """Reads literals of a heredoc or bare template up to its end or its next expression."""
        text, out = self.text, self.out
        while position < len(text):
            if template.line_start and template.marker is not None:
                end = text.find("\n", position)
                end = len(text) if end < 0 else end
                if text[position:end].strip() == template.marker:
                    out.add("close", text[position:end], position)
                    self.stack.pop()
                    return position + len(text[position:end].rstrip())
            match = self.match_plain(text, position)
            if match is None:
                return len(text)
            if match.lastindex == 2:
                out.add(match[2][:2], match[2], position)
                self.stack.append("${")
                template.line_start = False
                return match.end()
            out.add("lit", match[1], position)
            template.line_start = match[1].endswith("\n")
            position = match.end()
        return position


def tokenize(text: str) -> Tokens:
    """The tokens of a body or an expression; ends with two `eof`, so that a parser may look one token ahead."""
    lexer = _Lexer(text)
    lexer.out.add("nl", "", 0)  # so that there always is a token before the current one
    return lexer.run(1 if text.startswith("\ufeff") else 0)


def tokenize_template(text: str) -> Tokens:
    """The tokens of a text that is a template as a whole, between an `open` and a `close`."""
    lexer = _Lexer(text)
    lexer.out.add("open", "", 0)
    lexer.stack.append(_Template(None, 0))
    return lexer.run(0)
