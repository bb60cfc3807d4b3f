"""What a Dockerfile consists of."""

from collections.abc import Mapping
from typing import NamedTuple

from muniment.languages.source import Diagnostic, Span


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
    comments: tuple[str, ...] = ()
    """The comments above it, without their mark."""
    written_flags: tuple[str, ...] = ()

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
    directive_lines: Mapping[str, int] = {}
    """The line of each directive."""

    @property
    def escape(self) -> str:
        """The escape character."""
        given = self.directives.get("escape", "")
        return given if given == "`" else "\\"

    @property
    def global_arguments(self) -> tuple[Instruction, ...]:
        """The ARG instructions before the first FROM, which FROM lines may use."""
        return tuple(one for one in self.instructions if one.stage is None and one.name == "ARG")
