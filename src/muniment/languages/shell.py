"""The simple commands of a shell text: words, flags and what runs what. Nothing is executed and no grammar is whole.

Only what policies about build scripts ask for: quotes, escapes, separators, subshells, substitutions, heredocs,
and the wrappers that run another command.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_ASSIGNMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
_WRAPPERS: Final = frozenset(
    {"env", "nice", "nohup", "time", "timeout", "xargs", "exec", "command", "stdbuf", "ionice"}
)
_SHELLS: Final = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh"})
_KEYWORDS: Final = frozenset(
    {"if", "then", "else", "elif", "fi", "do", "done", "while", "until", "{", "}", "!", "case", "esac"}
)
_OPERATORS: Final = ("&&", "||", ";;", "|&", ";", "|", "&", "\n")


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


class Token(NamedTuple):
    """A word or an operator."""

    kind: str
    text: str
    line: int
    quoted: bool
    inner: tuple[tuple[str, int], ...] = ()
    """Command substitutions inside a word, with their lines."""


def commands(text: str, *, depth: int = 0) -> tuple[Command, ...]:
    """The commands of a text in order, those of substitutions and of `sh -c` behind the command that has them."""
    return tuple(_commands(text, depth)) if depth < 8 else ()


def _commands(text: str, depth: int) -> Iterator[Command]:
    operator = ""
    current: list[Token] = []
    for token in _tokens(text):
        if token.kind == "operator":
            yield from _command(current, operator, depth)
            current = []
            operator = ";" if token.text == "\n" else token.text
        else:
            current.append(token)
    yield from _command(current, operator, depth)


def _command(tokens: list[Token], operator: str, depth: int) -> Iterator[Command]:
    words = list(tokens)
    while words and not words[0].quoted and words[0].text in _KEYWORDS:
        words.pop(0)
    if not words:
        return
    assignments: list[tuple[str, str]] = []
    while words and _ASSIGNMENT.match(words[0].text):
        name, _, value = words.pop(0).text.partition("=")
        assignments.append((name.removesuffix("+"), value))
    yield from _simple(words, tuple(assignments), operator, depth, tokens[0].line, ())
    for token in tokens:
        for inner, line in token.inner:
            for found in commands(inner, depth=depth + 1):
                yield found._replace(line=found.line + line - 1)


def _simple(
    words: list[Token],
    assignments: tuple[tuple[str, str], ...],
    operator: str,
    depth: int,
    line: int,
    wrapped: tuple[str, ...],
) -> Iterator[Command]:
    plain, redirects = _redirected(words)
    name = plain[0].text.rpartition("/")[2] if plain else ""
    rest = plain[1:]
    yield Command(
        name,
        tuple(token.text for token in rest),
        tuple(_flags(rest)),
        assignments,
        tuple(redirects),
        operator,
        plain[0].line if plain else line,
        wrapped,
    )
    if name in _SHELLS:
        script = _script(rest)
        if script is not None:
            for found in commands(script.text, depth=depth + 1):
                yield found._replace(line=found.line + script.line - 1, wrapped=(*wrapped, name, *found.wrapped))
    elif name in _WRAPPERS or name == "sudo":
        inner = _unwrapped(name, rest)
        if inner:
            yield from _simple(inner, assignments, operator, depth, line, (*wrapped, name))


def _script(words: list[Token]) -> Token | None:
    """The text behind `-c` of a shell."""
    for place, token in enumerate(words):
        if token.text.startswith("-") and "c" in token.text[1:] and not token.text.startswith("--"):
            return next((one for one in words[place + 1 :] if not one.text.startswith("-")), None)
    return None


def _unwrapped(name: str, words: list[Token]) -> list[Token]:
    """The command that a wrapper runs: behind its flags, assignments and, for some, one argument."""
    rest = list(words)
    takes = {
        "sudo": {"-u", "-g", "-h", "-p", "-C", "-T"},
        "nice": {"-n"},
        "timeout": {"-s", "-k"},
        "xargs": {"-n", "-I", "-P", "-L", "-d", "-a"},
    }
    while rest and (rest[0].text.startswith("-") or _ASSIGNMENT.match(rest[0].text)):
        taken = rest.pop(0).text
        if taken in takes.get(name, ()) and rest:
            rest.pop(0)
    if name == "timeout" and rest:
        rest.pop(0)
    return rest


def _flags(words: list[Token]) -> Iterator[str]:
    for token in words:
        if token.text == "--":
            return
        if token.text.startswith("-") and len(token.text) > 1:
            yield token.text


def _redirected(words: list[Token]) -> tuple[list[Token], list[str]]:
    """The words without redirections, and these."""
    plain: list[Token] = []
    redirects: list[str] = []
    pending = ""
    for token in words:
        if pending:
            redirects.append(f"{pending}{token.text}")
            pending = ""
        elif token.quoted:
            plain.append(token)
        elif re.fullmatch(r"\d*(>>|>\||>&|<&|&>>?|>|<<<|<)", token.text):
            pending = token.text
        elif re.match(r"\d*(>>?|<)[^&(]", token.text) or re.fullmatch(r"\d*[<>]&[\d-]", token.text):
            redirects.append(token.text)
        else:
            plain.append(token)
    return plain, redirects


def _tokens(text: str) -> Iterator[Token]:
    scanner = _Scanner(text)
    while (token := scanner.next()) is not None:
        yield token


class _Scanner:
    """Reads tokens; an unclosed quote or substitution ends at the end of the text."""

    __slots__ = ("_line", "_place", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._line = 1

    def next(self) -> Token | None:
        text = self._text
        while self._place < len(text):
            character = text[self._place]
            if character in " \t\r":
                self._place += 1
            elif text.startswith("\\\n", self._place):
                self._place += 2
                self._line += 1
            elif character == "#" and (self._place == 0 or text[self._place - 1] in " \t\n;&|("):
                end = text.find("\n", self._place)
                self._place = len(text) if end < 0 else end
            elif character in "()":
                self._place += 1
                return Token("operator", character, self._line, quoted=False)
            else:
                operator = next((one for one in _OPERATORS if text.startswith(one, self._place)), "")
                if operator and not (operator == "&" and text[self._place : self._place + 2] == "&>"):
                    line = self._line
                    self._place += len(operator)
                    self._line += operator == "\n"
                    return Token("operator", operator, line, quoted=False)
                return self._word()
        return None

    def _word(self) -> Token:
        text, line = self._text, self._line
        out: list[str] = []
        inner: list[tuple[str, int]] = []
        quoted = False
        while self._place < len(text):
            character = text[self._place]
            if character in " \t\r\n;|()" or (character == "&" and self._separates(out)):
                break
            if character == "\\" and self._place + 1 < len(text):
                following = text[self._place + 1]
                self._line += following == "\n"
                out.append("" if following == "\n" else following)
                self._place += 2
            elif character == "'":
                quoted = True
                out.append(self._until("'"))
            elif character == '"':
                quoted = True
                out.append(self._double(inner))
            elif text.startswith("$(", self._place) or character == "`":
                out.append(self._substitution(inner))
            else:
                out.append(character)
                self._place += 1
        return Token("word", "".join(out), line, quoted, tuple(inner))

    def _separates(self, out: list[str]) -> bool:
        """Whether an ampersand ends the command, and is no part of a redirection."""
        return not (out and out[-1][-1:] in "<>") and not self._text.startswith("&>", self._place)

    def _until(self, mark: str) -> str:
        end = self._text.find(mark, self._place + 1)
        end = len(self._text) if end < 0 else end
        body = self._text[self._place + 1 : end]
        self._line += body.count("\n")
        self._place = end + 1
        return body

    def _double(self, inner: list[tuple[str, int]]) -> str:
        out: list[str] = []
        self._place += 1
        text = self._text
        while self._place < len(text) and text[self._place] != '"':
            character = text[self._place]
            if character == "\\" and self._place + 1 < len(text):
                following = text[self._place + 1]
                out.append(following if following in '"\\$`' else "" if following == "\n" else character + following)
                self._line += following == "\n"
                self._place += 2
            elif text.startswith("$(", self._place) or character == "`":
                out.append(self._substitution(inner))
            else:
                self._line += character == "\n"
                out.append(character)
                self._place += 1
        self._place += 1
        return "".join(out)

    def _substitution(self, inner: list[tuple[str, int]]) -> str:
        start, line = self._place, self._line
        if self._text[start] == "`":
            body = self._until("`")
        else:
            end = _matching(self._text, start + 1)
            body = self._text[start + 2 : end]
            self._line += body.count("\n")
            self._place = end + 1
        if not body.startswith("("):
            inner.append((body, line))
        return self._text[start : self._place]


def _matching(text: str, start: int) -> int:
    """The offset of the parenthesis that closes the one at `start`; the end of the text if there is none."""
    depth, quote = 0, ""
    for place in range(start, len(text)):
        character = text[place]
        if quote:
            quote = "" if character == quote and text[place - 1] != "\\" else quote
        elif character in "\"'":
            quote = character
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                return place
    return len(text)
