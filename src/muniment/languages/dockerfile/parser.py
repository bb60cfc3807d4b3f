"""Splits a Dockerfile into instructions by the rules of BuildKit's `frontend/dockerfile/parser`; expands nothing."""

import json
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from muniment.languages.source import Diagnostic, Limits, Span

_DIRECTIVE: Final = re.compile(r"#\s*([A-Za-z][\w-]*)\s*=\s*(.+?)\s*$")
_KNOWN_DIRECTIVES: Final = frozenset({"syntax", "escape", "check"})
_HEREDOC: Final = re.compile(r"(\d*)<<(-?)([\"']?)([a-zA-Z][a-zA-Z0-9._-]*)\3(?![<\w])")
_FLAG: Final = re.compile(r"--([a-zA-Z][\w-]*)(?:=(.*))?", re.DOTALL)
_INSTRUCTIONS: Final = frozenset(
    {
        *("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL"),
        *("MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
    }
)
_WITH_HEREDOCS: Final = frozenset({"RUN", "COPY", "ADD"})
_WITH_FLAGS: Final = frozenset({"FROM", "COPY", "ADD", "RUN", "HEALTHCHECK", "ONBUILD"})


class Heredoc(NamedTuple):
    """Text that follows an instruction: `<<EOF`; `expand` is false for a quoted name, `strip` true for `<<-`."""

    name: str
    body: str
    expand: bool
    strip: bool
    span: Span
    """The lines of the body."""


class Instruction(NamedTuple):
    """One instruction. `text` is everything behind the name and the flags, continuations joined."""

    name: str
    flags: tuple[tuple[str, str], ...]
    text: str
    arguments: tuple[str, ...]
    """The words as written, quotes kept; the strings of the array in JSON form."""
    form: str
    """`json` or `shell`."""
    heredocs: tuple[Heredoc, ...]
    stage: int | None
    """Index of its stage; None before the first FROM."""
    span: Span
    script: str
    """`text` with a backslash and a line break at each continuation, as a shell may read it."""
    lines: tuple[int, ...]
    """The file's line of each line of `script`."""
    onbuild: "Instruction | None" = None
    """What ONBUILD will run."""

    def flag(self, name: str) -> str | None:
        """The value of the last flag of that name; empty for a bare one."""
        return next((value for key, value in reversed(self.flags) if key == name), None)


class Stage(NamedTuple):
    """A build stage. `base` is the image as written; `parent` the index of the stage that FROM names, if any."""

    number: int
    name: str
    base: str
    platform: str
    parent: int | None
    instructions: tuple[Instruction, ...]


class Dockerfile(NamedTuple):
    """What a text holds."""

    instructions: tuple[Instruction, ...]
    stages: tuple[Stage, ...]
    directives: dict[str, str]
    comments: tuple[tuple[int, str], ...]
    """(line, text with its #) of comments."""
    diagnostics: tuple[Diagnostic, ...]


class _Piece(NamedTuple):
    """The logical line of one instruction."""

    line: int
    end_line: int
    parts: tuple[str, ...]
    lines: tuple[int, ...]
    heredocs: tuple[Heredoc, ...]


def parse(text: str, *, limits: Limits = Limits()) -> Dockerfile:  # noqa: B008  a frozen value
    """Reads a Dockerfile; what is wrong with it is in `diagnostics`, and the rest is there all the same."""
    if len(text) > limits.size:
        place = Span(1, 1, 1, 2)
        return Dockerfile(
            (), (), {}, (), (Diagnostic("limit-exceeded", f"larger than {limits.size} characters", place),)
        )
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    reader = _Reader(lines)
    pieces = list(reader.pieces())
    instructions, stages = _staged([_instruction(piece, reader) for piece in pieces], reader)
    if not any(stage.instructions for stage in stages) and not reader.diagnostics:
        reader.complain(1, "syntax-error", "the file has no FROM instruction")
    return Dockerfile(
        tuple(instructions), tuple(stages), reader.directives, tuple(reader.comments), tuple(reader.diagnostics)
    )


class _Reader:
    """Walks over lines; knows the escape character, collects comments and complaints."""

    __slots__ = ("_lines", "comments", "diagnostics", "directives", "escape")

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.comments: list[tuple[int, str]] = []
        self.diagnostics: list[Diagnostic] = []
        self.directives: dict[str, str] = {}
        self.escape = "\\"

    def complain(self, line: int, code: str, message: str) -> None:
        """Adds a diagnostic for a line."""
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        self.diagnostics.append(Diagnostic(code, message, Span(line, 1, line, len(text) + 1)))

    def pieces(self) -> Iterator[_Piece]:
        """The logical lines."""
        place = self._read_directives()
        while place < len(self._lines):
            stripped = self._lines[place].strip()
            if not stripped or stripped.startswith("#"):
                if stripped:
                    self.comments.append((place + 1, stripped))
                place += 1
                continue
            piece = self._piece(place)
            yield piece
            place = piece.end_line

    def _read_directives(self) -> int:
        """Directives are only the first lines, and end at the first line that is none."""
        for place, line in enumerate(self._lines):
            found = _DIRECTIVE.fullmatch(line.strip())
            name = found[1].lower() if found else ""
            if found is None or name not in _KNOWN_DIRECTIVES:
                return place
            if name in self.directives:
                self.complain(place + 1, "syntax-error", f"the directive {name} stands twice")
            self.directives[name] = found[2]
            if name == "escape" and found[2] in {"\\", "`"}:
                self.escape = found[2]
        return len(self._lines)

    def _piece(self, place: int) -> _Piece:
        """One instruction: its lines joined at escape characters; comments and empty lines inside are dropped."""
        first = place
        parts: list[str] = []
        numbers: list[int] = []
        continued = True
        while continued and place < len(self._lines):
            line = self._lines[place]
            stripped = line.strip()
            if place > first and (not stripped or stripped.startswith("#")):
                if stripped:
                    self.comments.append((place + 1, stripped))
                place += 1
                continue
            body = line.rstrip(" \t")
            continued = body.endswith(self.escape)
            parts.append(body[:-1] if continued else line.rstrip("\r"))
            numbers.append(place + 1)
            place += 1
        heredocs: list[Heredoc] = []
        text = "".join(parts)
        if text.lstrip().partition(" ")[0].upper() in {*_WITH_HEREDOCS, "ONBUILD"}:
            for found in _heredoc_marks(text):
                heredoc, place = self._heredoc(found, place, first + 1)
                heredocs.append(heredoc)
        return _Piece(first + 1, place, tuple(parts), tuple(numbers), tuple(heredocs))

    def _heredoc(self, found: "re.Match[str]", place: int, line: int) -> tuple[Heredoc, int]:
        chomp, quoted, name = bool(found[2]), bool(found[3]), found[4]
        start = place
        body: list[str] = []
        while place < len(self._lines):
            text = self._lines[place].lstrip("\t") if chomp else self._lines[place]
            place += 1
            if text.rstrip("\r") == name:
                break
            body.append(text)
        else:
            self.complain(line, "syntax-error", f"the heredoc {name} is not closed")
        span = Span(start + 1, 1, start + len(body) + 1, 1)
        return Heredoc(name, "".join(f"{one}\n" for one in body), not quoted, chomp, span), place


def _heredoc_marks(text: str) -> Iterator["re.Match[str]"]:
    """The heredoc words of a logical line, outside of quotes."""
    for found in _HEREDOC.finditer(text):
        before = text[: found.start()]
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            yield found


def _instruction(piece: _Piece, reader: _Reader) -> Instruction:
    span = Span(piece.line, 1, piece.end_line, len(reader._lines[piece.end_line - 1]) + 1)  # noqa: SLF001  one module
    return _parse_one("".join(piece.parts), piece, span, reader)


def _parse_one(text: str, piece: _Piece, span: Span, reader: _Reader) -> Instruction:
    head = text.lstrip()
    name = re.split(r"\s", head, maxsplit=1)[0]
    rest = head[len(name) :].lstrip()
    name = name.upper()
    if name not in _INSTRUCTIONS:
        reader.complain(piece.line, "syntax-error", f"{name} is no instruction")
    flags: list[tuple[str, str]] = []
    while name in _WITH_FLAGS and rest.startswith("--"):
        word, rest = _first_word(rest)
        found = _FLAG.fullmatch(word)
        if found is None:
            break
        flags.append((found[1], found[2] or ""))
    inner = _parse_one(rest, piece, span, reader) if name == "ONBUILD" and rest else None
    array = _json_array(rest) if name not in {"FROM", "ENV", "ARG", "LABEL", "ONBUILD"} else None
    words = array if array is not None else tuple(split_words(rest, reader.escape))
    if not rest and not piece.heredocs:
        reader.complain(piece.line, "syntax-error", f"{name} needs an argument")
    form = "json" if array is not None else "shell"
    script = _behind("\\\n".join(piece.parts), name, len(flags))
    return Instruction(name, tuple(flags), rest, words, form, piece.heredocs, None, span, script, piece.lines, inner)


def _behind(text: str, name: str, flags: int) -> str:
    """A text without its first word and the flags behind it; line breaks before the rest are kept."""
    place = text.upper().find(name) + len(name)
    for _ in range(flags):
        place = text.find("--", place)
        word, _ = _first_word(text[place:])
        place += len(word)
    return "\\\n" * text.count("\n", 0, place) + text[place:]


def _first_word(text: str) -> tuple[str, str]:
    """The first word, with its quotes, and what follows."""
    quote = ""
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character.isspace():
            return text[:place], text[place:].lstrip()
    return text, ""


def _json_array(text: str) -> tuple[str, ...] | None:
    """The strings of an argument that is a JSON array of strings as a whole; None for any other text."""
    stripped = text.strip()
    if not stripped.startswith("["):
        return None
    try:
        value = json.loads(stripped)
    except (ValueError, RecursionError):
        return None
    return tuple(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else None


def split_words(text: str, escape: str = "\\") -> Iterator[str]:
    """Words separated by blanks outside of quotes; quotes and escapes are kept."""
    word: list[str] = []
    quote = ""
    skip = False
    for character in text:
        if skip:
            word.append(character)
            skip = False
        elif character == escape and quote != "'":
            word.append(character)
            skip = True
        elif quote:
            word.append(character)
            quote = "" if character == quote else quote
        elif character in "\"'":
            word.append(character)
            quote = character
        elif character.isspace():
            if word:
                yield "".join(word)
                word = []
        else:
            word.append(character)
    if word:
        yield "".join(word)


def _staged(found: list[Instruction], reader: _Reader) -> tuple[list[Instruction], list[Stage]]:
    """Instructions with their stage, and the stages; a stage is named without regard to case."""
    placed: list[Instruction] = []
    heads: list[tuple[str, str, str, int | None]] = []
    members: list[list[Instruction]] = []
    for one in found:
        if one.name == "FROM":
            heads.append(_head(one, heads))
            members.append([])
        instruction = one._replace(stage=len(heads) - 1 if heads else None)
        placed.append(instruction)
        if members:
            members[-1].append(instruction)
        elif one.name != "ARG":
            reader.complain(one.span.line, "syntax-error", f"{one.name} stands before the first FROM")
    stages = [
        Stage(index, *head, tuple(inside)) for index, (head, inside) in enumerate(zip(heads, members, strict=True))
    ]
    return placed, stages


def _head(one: Instruction, before: list[tuple[str, str, str, int | None]]) -> tuple[str, str, str, int | None]:
    """Name, base, platform and parent of a stage."""
    words = list(one.arguments)
    name = words[2] if len(words) >= 3 and words[1].lower() == "as" else ""
    base = words[0] if words else ""
    named = {head[0].lower(): index for index, head in enumerate(before) if head[0]}
    return name, base, one.flag("platform") or "", named.get(base.lower())
