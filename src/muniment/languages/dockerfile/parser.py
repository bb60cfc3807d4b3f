"""Takes instructions apart by the rules of BuildKit's `frontend/dockerfile/parser`, and groups them to stages."""

import re
from typing import Final

from muniment.languages.dockerfile.instruction import Dockerfile, Instruction, Stage
from muniment.languages.dockerfile.lines import LineReader, LogicalLine
from muniment.languages.dockerfile.words import first_word, json_strings, plain_words, quoted_words, skip_blanks
from muniment.languages.source import Diagnostic, Limits, Span

_FLAG: Final = re.compile(r"--([a-zA-Z][\w-]*)(?:=(.*))?", re.DOTALL)
_FLAGS: Final = {
    "ADD": "chmod chown checksum exclude keep-git-dir link unpack",
    "COPY": "chmod chown exclude from link parents",
    "FROM": "platform",
    "HEALTHCHECK": "interval retries start-interval start-period timeout",
    "RUN": "device mount network security",
}
"""The instructions that have flags; to the others a word with dashes is an argument."""
_INSTRUCTIONS: Final = frozenset(
    {
        *_FLAGS,
        *("ARG", "CMD", "ENTRYPOINT", "ENV", "EXPOSE", "LABEL", "MAINTAINER", "ONBUILD"),
        *("SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
    }
)
_JSON: Final = frozenset({"ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME"})
_ONE_TEXT: Final = frozenset({"USER", "WORKDIR", "STOPSIGNAL", "MAINTAINER"})
_PLAIN: Final = frozenset({"FROM", "EXPOSE", "ADD", "COPY", "VOLUME"})
_STAGE_NAME: Final = re.compile(r"[a-z][a-z0-9_.-]*")


def parse(text: str, *, limits: Limits = Limits()) -> Dockerfile:  # noqa: B008  a frozen value
    """Reads a Dockerfile; what is wrong with it is in `diagnostics`, and the rest is there all the same."""
    if len(text) > limits.size:
        wrong = Diagnostic("limit-exceeded", f"larger than {limits.size} characters", Span(1, 1, 1, 2))
        return Dockerfile((), (), {}, (), (wrong,))
    reader = LineReader(text)
    found = [_Taken(line, reader).instruction() for line in reader.read()]
    instructions, stages = _staged(found, reader)
    if not stages:
        reader.complain(1, "the file has no FROM instruction")
    return Dockerfile(
        tuple(instructions),
        tuple(stages),
        reader.directives,
        tuple(reader.comments),
        tuple(reader.diagnostics),
        reader.directive_lines,
    )


class _Taken:
    """A logical line being taken apart; places are offsets in its joined text."""

    __slots__ = ("_line", "_reader", "_text")

    def __init__(self, line: LogicalLine, reader: LineReader) -> None:
        self._line = line
        self._reader = reader
        self._text = "".join(line.parts)

    def instruction(self, start: int = 0, *, inside: bool = False) -> Instruction:
        """The instruction that begins at `start`; `inside` of an ONBUILD."""
        line, text = self._line, self._text
        place = skip_blanks(text, start)
        end = next((at for at in range(place, len(text)) if text[at].isspace()), len(text))
        name = text[place:end].upper()
        flags, written, place = self._flags(name, skip_blanks(text, end))
        rest = text[place:].rstrip()
        self._check(name, rest)
        onbuild = None
        if name == "ONBUILD" and rest and not inside:
            onbuild = self.instruction(place, inside=True)
        form, words = self._arguments(name, rest)
        return Instruction(
            name=name,
            flags=flags,
            text=rest,
            arguments=words,
            form=form,
            heredocs=line.heredocs,
            stage=None,
            span=self._reader.span(line.first, line.last),
            script=_script(line.parts, place),
            lines=line.numbers,
            onbuild=onbuild,
            comments=() if inside else line.comments,
            written_flags=written,
        )

    def _complain(self, message: str, code: str = "syntax-error") -> None:
        self._reader.complain(self._line.first, message, code)

    def _check(self, name: str, rest: str) -> None:
        if name not in _INSTRUCTIONS:
            self._complain(f"{name} is no instruction")
        elif not rest:
            self._complain(f"{name} needs an argument")

    def _flags(self, name: str, place: int) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], int]:
        """The flags that begin at `place`, as written too, and the place behind them; a lone `--` ends them."""
        text, flags, written = self._text, list[tuple[str, str]](), list[str]()
        known = _FLAGS.get(name, "").split()
        while known and text.startswith("--", place):
            end = first_word(text, place, self._reader.escape)
            word = text[place:end]
            found = _FLAG.fullmatch(word)
            if found is None:
                break
            if found[1] not in known:
                self._complain(f"{name} has no flag --{found[1]}", "unknown-flag")
            flags.append((found[1], found[2] or ""))
            written.append(word)
            place = skip_blanks(text, end)
        return tuple(flags), tuple(written), place

    def _arguments(self, name: str, rest: str) -> tuple[str, tuple[str, ...]]:
        """The form and the words of an argument."""
        head: tuple[str, ...] = ()
        if name == "HEALTHCHECK":
            head, rest = _healthcheck(rest)
        if name in _JSON or head:
            strings, other = json_strings(rest)
            if other:
                self._complain("an array must hold strings in double quotes only")
            if strings is not None:
                return "json", (*head, *strings)
        if name == "SHELL":
            self._complain("SHELL needs an array of strings in double quotes")
        if name in _ONE_TEXT:
            return "shell", (rest,) if rest else ()
        return "shell", (*head, *(plain_words(rest) if name in _PLAIN else quoted_words(rest, self._reader.escape)))


def _healthcheck(rest: str) -> tuple[tuple[str, ...], str]:
    """The type of a HEALTHCHECK, and its command."""
    words = rest.split(maxsplit=1)
    return tuple(words[:1]), words[1] if len(words) > 1 else ""


def _script(parts: tuple[str, ...], place: int) -> str:
    """The parts from a place of their joined text on, with a continuation of a shell between two."""
    skipped = 0
    while skipped < len(parts) - 1 and place >= len(parts[skipped]):
        place -= len(parts[skipped])
        skipped += 1
    return "\\\n" * skipped + "\\\n".join((parts[skipped][place:], *parts[skipped + 1 :]))


def _staged(found: list[Instruction], reader: LineReader) -> tuple[list[Instruction], list[Stage]]:
    """Instructions with their stage, and the stages."""
    placed: list[Instruction] = []
    stages: list[Stage] = []
    for one in found:
        if one.name == "FROM":
            stages.append(_stage(one, stages, reader))
        elif not stages and one.name != "ARG":
            reader.complain(one.span.line, f"{one.name} stands before the first FROM")
        instruction = one._replace(stage=stages[-1].number if stages else None)
        placed.append(instruction)
    members: list[list[Instruction]] = [[] for _ in stages]
    for instruction in placed:
        if instruction.stage is not None:
            members[instruction.stage].append(instruction)
    return placed, [stage._replace(instructions=tuple(members[stage.number])) for stage in stages]


def _stage(one: Instruction, before: list[Stage], reader: LineReader) -> Stage:
    """The stage that a FROM begins; it builds on the last one of the name, without regard to case."""
    words = one.arguments
    named = len(words) == 3 and words[1].lower() == "as"
    if len(words) != 1 and not named:
        reader.complain(one.span.line, "FROM needs an image, or an image AS a name")
    name, base = words[2] if named else "", words[0] if words else ""
    if named and not _STAGE_NAME.fullmatch(name.lower()):
        reader.complain(one.span.line, f"{name!r} is no name of a stage")
    wanted = base.lower()
    parent = next((stage.number for stage in reversed(before) if stage.name and stage.name.lower() == wanted), None)
    return Stage(len(before), name, base, one.flag("platform") or "", parent, ())
