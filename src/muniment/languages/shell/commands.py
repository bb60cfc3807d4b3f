"""Groups tokens to simple commands, and looks into what runs other commands."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from muniment.languages.shell.tokens import Token, scan
from muniment.languages.shell.wrappers import inner_command, inner_script, is_assignment

_KEYWORDS: Final = frozenset(
    {"if", "then", "else", "elif", "fi", "do", "done", "while", "until", "{", "}", "!", "esac"}
)
_HEADS: Final = frozenset({"for", "select", "function"})
"""Keywords whose words run nothing."""
_CASE_ENDS: Final = frozenset({";;", ";&", ";;&"})
_DEEPEST: Final = 8
_WRAPPERS: Final = 16


class Command(NamedTuple):
    """One simple command."""

    name: str
    """The program's name without its folder; empty for a lone assignment."""
    words: tuple[str, ...]
    """The words behind the name, quotes removed; what is substituted stays as written."""
    flags: tuple[str, ...]
    """The words that start with a dash, up to `--`."""
    assignments: tuple[tuple[str, str], ...]
    redirects: tuple[str, ...]
    operator: str
    """What stands in front of it: `&&`, `|`, `;` ... ; empty for the first."""
    line: int
    """Line of the text, from 1."""
    wrapped: tuple[str, ...] = ()
    """Programs around it that run it: `sudo`, `env`, `sh`."""
    complete: bool = True
    """False where the text ends within a quote or nests too deep: what follows, or is inside, is not known."""


def commands(text: str) -> tuple[Command, ...]:
    """The commands of a text in order, those of substitutions and of `sh -c` behind the command that has them."""
    return tuple(_commands(text, 0))


def _commands(text: str, depth: int) -> list[Command]:
    if depth > _DEEPEST:
        return [Command("", (), (), (), (), "", 1, complete=False)]
    tokens, complete = scan(text)
    out: list[Command] = []
    for operator, group in _Groups(tokens).read():
        out += _of_group(group, operator, depth)
    if not complete:
        end = out.pop() if out else Command("", (), (), (), (), "", 1)
        out.append(end._replace(complete=False))
    return out


class _Groups:
    """Splits tokens into groups of one simple command each, with the operator in front."""

    __slots__ = ("_case", "_group", "_operator", "_pattern", "_tokens")

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._operator = ""
        self._group: list[Token] = []
        self._case = 0
        self._pattern = False
        """Whether the patterns of a case are being read, up to their parenthesis."""

    def read(self) -> Iterator[tuple[str, list[Token]]]:
        """The groups that hold anything."""
        for place, token in enumerate(self._tokens):
            if self._pattern:
                self._read_pattern(token)
            elif token.kind != "operator" or self._in_test():
                self._take(token)
            elif token.text == "(" and self._is_function(place):
                self._group = []
            else:
                if self._group:
                    yield self._operator, self._group
                self._separate(token.text)
        if self._group:
            yield self._operator, self._group

    def _separate(self, operator: str) -> None:
        """Ends a command; line breaks and parentheses behind an operator leave it in force."""
        if operator not in {"\n", "(", ")"}:
            self._operator = operator
        elif self._group or operator == ")":
            self._operator = ";"
        self._group = []
        self._pattern = self._case > 0 and operator in _CASE_ENDS

    def _take(self, token: Token) -> None:
        """Adds a word to the group; the `in` of a case starts its patterns."""
        group = self._group
        word = token.text if token.kind == "word" and not token.quoted else ""
        if word == "esac" and not group:
            self._case = max(self._case - 1, 0)
        elif word == "{" and group and group[0].text == "function":
            self._group = []
        elif word == "in" and len(group) == 2 and group[0].text == "case":
            self._case += 1
            self._pattern = True
            self._group = []
        else:
            group.append(token)
            while len(group) > 1 and group[0].text in _KEYWORDS and not group[0].quoted:
                group.pop(0)

    def _read_pattern(self, token: Token) -> None:
        if token.kind == "word" and token.text == "esac" and not token.quoted:
            self._case -= 1
            self._pattern = False
        elif token.kind == "operator" and token.text == ")":
            self._pattern = False
            self._operator = ";"

    def _in_test(self) -> bool:
        """Whether `[[` is open, in which operators are words."""
        group = self._group
        return bool(group) and group[0].text == "[[" and group[-1].text != "]]"

    def _is_function(self, place: int) -> bool:
        """Whether a parenthesis behind a lone word defines a function."""
        following = self._tokens[place + 1 : place + 2]
        return len(self._group) == 1 and bool(following) and following[0].text == ")"


def _of_group(group: list[Token], operator: str, depth: int) -> Iterator[Command]:
    """The command of a group, what it runs, and what is substituted in it."""
    words = [token for token in group if token.kind == "word"]
    redirects = tuple(token.text for token in group if token.kind == "redirect")
    while words and words[0].text in _KEYWORDS and not words[0].quoted:
        words.pop(0)
    assignments: list[tuple[str, str]] = []
    while words and is_assignment(words[0]):
        name, _, value = words.pop(0).text.partition("=")
        assignments.append((name.removesuffix("+"), value))
    runs = not words or (words[0].text not in _HEADS and not words[0].text.startswith("(("))
    if runs and (words or assignments or redirects):
        base = Command("", (), (), tuple(assignments), redirects, operator, group[0].line)
        yield from _wrapped(words, base, depth)
    for token in group:
        for script, line in token.inner:
            yield from _shifted(script, line, (), depth)


def _wrapped(words: list[Token], base: Command, depth: int) -> Iterator[Command]:
    """A command, and those that it runs as a wrapper or as a shell."""
    around: tuple[str, ...] = ()
    for _ in range(_WRAPPERS):
        name = words[0].text.rpartition("/")[2] if words else ""
        rest = words[1:]
        yield base._replace(
            name=name,
            words=tuple(token.text for token in rest),
            flags=tuple(_flags(rest)),
            line=words[0].line if words else base.line,
            wrapped=around,
        )
        around = (*around, name)
        script = inner_script(name, rest)
        if script is not None:
            yield from _shifted(script.text, script.line, around, depth)
        words = inner_command(name, rest)
        if not words:
            return
    yield base._replace(complete=False, wrapped=around)


def _shifted(script: str, line: int, around: tuple[str, ...], depth: int) -> Iterator[Command]:
    """The commands of a script that starts in a line of the text around it."""
    for found in _commands(script, depth + 1):
        yield found._replace(line=found.line + line - 1, wrapped=(*around, *found.wrapped))


def _flags(words: list[Token]) -> Iterator[str]:
    for token in words:
        if token.text == "--":
            return
        if token.text.startswith("-") and len(token.text) > 1:
            yield token.text
