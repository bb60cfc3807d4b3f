"""What the instructions of each stage mean with ARG and ENV applied, as far as the file tells."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from muniment.languages.dockerfile.expansion import Ungiven, Unset, expand
from muniment.languages.dockerfile.instruction import Dockerfile, Instruction, Stage
from muniment.languages.dockerfile.words import quoted_words
from muniment.languages.unknown import Cause, PartialString, Unknown

_PREDEFINED: Final = (
    *("TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT"),
    *("BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT"),
    *("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"),
    *("http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy"),
)
"""Arguments that every build has, with values that the file does not tell."""
_EXPANDED: Final = frozenset({"ADD", "COPY", "EXPOSE", "FROM", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"})


class Resolved(NamedTuple):
    """One stage, resolved: inherited from the stage that FROM names."""

    stage: Stage
    image: Any
    """The base image after expansion: a text, a PartialString or an Unknown."""
    env: dict[str, Any]
    """ENV at the end of the stage."""
    user: Any
    """The last USER, expanded; None if neither this stage nor those that it builds on set one."""
    user_instruction: Instruction | None
    workdir: Any
    """The folder that the last WORKDIR leads to; None if there is none."""
    healthcheck: Instruction | None
    values: dict[int, tuple[Any, ...]]
    """Line of an instruction -> its words, expanded, for instructions whose words are expanded."""
    pairs: dict[int, tuple[tuple[str, Any], ...]]
    """Line of an ENV, ARG or LABEL -> its names and values."""
    origin: Any = None
    """The image that the first stage of its line is built on."""


def resolve(
    dockerfile: Dockerfile, build_args: Mapping[str, str] | None = None, *, inherits: bool = False
) -> tuple[Resolved, ...]:
    """Every stage, in order. `build_args` are the values that the build is given.

    With `inherits` a variable that no stage sets is unknown on a foreign image, which may set it; else it is empty.
    """
    given, escape = build_args or {}, dockerfile.escape
    scope: dict[str, Any] = {name: given.get(name, _undeclared(name)) for name in _PREDEFINED}
    for one in dockerfile.global_arguments:
        for name, value in assignments(one, escape):
            scope[name] = given[name] if name in given else _argument(name, value, scope, escape)
    out: list[Resolved] = []
    for stage in dockerfile.stages:
        out.append(_Stage(stage, out, scope, given, escape, inherits=inherits).resolved())
    return tuple(out)


def _undeclared(name: str) -> Unknown:
    return Unknown((Cause("variable", f"ARG {name}"),), "string")


def _ungiven(name: str) -> Ungiven:
    return Ungiven((Cause("variable", f"ARG {name}"),), "string")


def _argument(name: str, value: str | None, known: Mapping[str, Any], escape: str) -> Any:
    """The default of an ARG; without one, what an outer ARG of the name has."""
    if value is None:
        return known.get(name, _ungiven(name))
    return expand(value, known, escape=escape, unset=_ungiven)


class _Stage:
    """A stage being resolved, instruction by instruction."""

    __slots__ = ("_arguments", "_escape", "_given", "_outer", "_resolved", "_unset")

    def __init__(
        self,
        stage: Stage,
        before: list[Resolved],
        outer: Mapping[str, Any],
        given: Mapping[str, str],
        escape: str,
        *,
        inherits: bool,
    ) -> None:
        self._outer = outer
        self._given = given
        self._escape = escape
        self._arguments: dict[str, Any] = {}
        image = expand(stage.base, outer, escape=escape, unset=_ungiven)
        parent = _parent(stage, image, before)
        origin = parent.origin if parent else image
        self._unset: Unset = (lambda _name: _fact_of(origin)) if inherits else (lambda _name: None)
        self._resolved = Resolved(
            stage=stage._replace(parent=parent.stage.number) if parent else stage,
            image=image,
            env=dict(parent.env) if parent else {},
            user=parent.user if parent else None,
            user_instruction=parent.user_instruction if parent else None,
            workdir=parent.workdir if parent else None,
            healthcheck=parent.healthcheck if parent else None,
            values={},
            pairs={},
            origin=origin,
        )

    def resolved(self) -> Resolved:
        """The stage after its last instruction."""
        for one in self._resolved.stage.instructions:
            if one.name == "ARG":
                self._declare(one)
            elif one.name in {"ENV", "LABEL"}:
                self._assign(one)
            elif one.name in _EXPANDED:
                self._expand_words(one)
            elif one.name == "HEALTHCHECK":
                self._resolved = self._resolved._replace(healthcheck=one)
        return self._resolved

    def _names(self) -> dict[str, Any]:
        """What is in force: ENV covers ARG."""
        return {**self._arguments, **self._resolved.env}

    def _text(self, word: str, names: Mapping[str, Any], *, quotes: bool = True) -> Any:
        return expand(word, names, escape=self._escape, quotes=quotes, unset=self._unset)

    def _declare(self, one: Instruction) -> None:
        pairs: list[tuple[str, Any]] = []
        for name, text in assignments(one, self._escape):
            if name in self._resolved.env:
                value: Any = self._resolved.env[name]
            elif name in self._given:
                value = self._given[name]
            elif text is None:
                value = self._outer.get(name, _ungiven(name))
            else:
                value = self._text(text, self._names())
            self._arguments[name] = value
            pairs.append((name, value))
        self._resolved.pairs[one.span.line] = tuple(pairs)

    def _assign(self, one: Instruction) -> None:
        """ENV and LABEL: all values of a line see the variables from before the line."""
        names = self._names()
        pairs = [(self._text(n, names), self._text(v or "", names)) for n, v in assignments(one, self._escape)]
        if one.name == "ENV":
            self._resolved.env.update((name, value) for name, value in pairs if isinstance(name, str))
        self._resolved.pairs[one.span.line] = tuple(pairs)

    def _expand_words(self, one: Instruction) -> None:
        if one.name == "FROM":
            words = tuple(expand(w, self._outer, escape=self._escape, unset=_ungiven) for w in one.arguments)
        else:
            names = self._names()
            words = tuple(self._text(word, names, quotes=one.form == "shell") for word in one.arguments)
        self._resolved.values[one.span.line] = words
        if one.name == "USER" and words:
            self._resolved = self._resolved._replace(user=words[0], user_instruction=one)
        elif one.name == "WORKDIR" and words:
            self._resolved = self._resolved._replace(workdir=self._folder(words[0]))

    def _folder(self, word: Any) -> Any:
        """The folder that a WORKDIR leads to: a relative one starts where the one before ended."""
        start = word.prefix if isinstance(word, PartialString) else word
        if isinstance(start, Unknown) or start[:1] in {"/", "\\"} or start[1:2] == ":":
            return word
        before = self._resolved.workdir
        if before is None:
            before = _fact_of(self._resolved.origin) or "/"
        if isinstance(before, str) and isinstance(word, str):
            return f"{before.rstrip('/')}/{word}"
        return Unknown(tuple(cause for part in (before, word) if isinstance(part, Unknown) for cause in part.causes))


def _parent(stage: Stage, image: Any, before: list[Resolved]) -> Resolved | None:
    """The stage that a stage builds on, by its name as written or as expanded."""
    if stage.parent is not None:
        return before[stage.parent]
    if not isinstance(image, str):
        return None
    return next((one for one in reversed(before) if one.stage.name and one.stage.name.lower() == image.lower()), None)


def _fact_of(origin: Any) -> Unknown | None:
    """What only the image knows that a stage is built on; None for the empty image, which holds nothing."""
    if origin == "scratch":
        return None
    return Unknown((Cause("base-image", origin if isinstance(origin, str) else "the base image"),), "string")


def assignments(one: Instruction, escape: str = "\\") -> list[tuple[str, str | None]]:
    """The names and values of ENV, ARG and LABEL as written; an ARG without a value has None."""
    words = quoted_words(one.text, escape)
    if one.name != "ARG" and words and "=" not in words[0]:
        return [(words[0], one.text.removeprefix(words[0]).strip())]
    out: list[tuple[str, str | None]] = []
    for word in words:
        name, equals, value = word.partition("=")
        out.append((name, value if equals else None if one.name == "ARG" else ""))
    return out
