"""What the instructions of each stage mean with ARG and ENV applied, as far as the file tells."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from muniment.languages.dockerfile.expansion import expand
from muniment.languages.dockerfile.parser import Dockerfile, Instruction, Stage, split_words
from muniment.languages.unknown import Cause, Unknown

_PLATFORM: Final = (
    *("TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT"),
    *("BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT"),
)
_PROXIES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY")


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
    healthcheck: Instruction | None
    values: dict[int, tuple[Any, ...]]
    """Line of an instruction -> its words, expanded, for instructions whose words are expanded."""
    pairs: dict[int, tuple[tuple[str, Any], ...]]
    """Line of an ENV, ARG or LABEL -> its names and values."""


_EXPANDED: Final = frozenset(
    {"ADD", "COPY", "ENV", "EXPOSE", "FROM", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR", "ONBUILD"}
)


def resolve(dockerfile: Dockerfile, build_args: Mapping[str, str] | None = None) -> tuple[Resolved, ...]:
    """Every stage, in order. `build_args` are the values that the build is given."""
    escape = dockerfile.directives.get("escape", "\\")
    given = build_args or {}
    outer: dict[str, Any] = {name: Unknown((Cause("variable", f"ARG {name}"),)) for name in _PLATFORM}
    for one in dockerfile.instructions:
        if one.stage is not None:
            break
        for name, value in assignments(one):
            outer[name] = _argument(name, value, outer, given, escape)
    out: list[Resolved] = []
    for stage in dockerfile.stages:
        out.append(_stage(stage, out, outer, given, escape))
    return tuple(out)


def _argument(name: str, value: str | None, known: Mapping[str, Any], given: Mapping[str, str], escape: str) -> Any:
    if name in given:
        return given[name]
    if value is None:
        return known.get(name, Unknown((Cause("variable", f"ARG {name}"),)))
    return expand(value, known, escape=escape)


def _stage(
    stage: Stage, before: list[Resolved], outer: Mapping[str, Any], given: Mapping[str, str], escape: str
) -> Resolved:
    parent = before[stage.parent] if stage.parent is not None else None
    image = expand(stage.base, outer, escape=escape)
    if parent is None and isinstance(image, str):
        names = {one.stage.name.lower(): one for one in before if one.stage.name}
        parent = names.get(image.lower())
    env: dict[str, Any] = dict(parent.env) if parent else {}
    arguments: dict[str, Any] = {}
    resolved = Resolved(
        stage if parent is None else stage._replace(parent=parent.stage.number),
        image,
        env,
        parent.user if parent else None,
        parent.user_instruction if parent else None,
        parent.workdir if parent else None,
        parent.healthcheck if parent else None,
        {},
        {},
    )
    for one in stage.instructions:
        resolved = _apply(one, resolved, arguments, outer, given, escape)
    return resolved


def _apply(
    one: Instruction,
    resolved: Resolved,
    arguments: dict[str, Any],
    outer: Mapping[str, Any],
    given: Mapping[str, str],
    escape: str,
) -> Resolved:
    line = one.span.line
    names = outer if one.name == "FROM" else {**arguments, **resolved.env}
    if one.name in {"ARG", "ENV", "LABEL"}:
        pairs = assignments(one)
        if one.name == "ARG":
            done = []
            for name, text in pairs:
                value = _argument(name, text, {**outer, **names} if text is None else names, given, escape)
                arguments[name] = value
                done.append((name, value))
        else:
            done = [
                (expand(name, names, escape=escape), expand(text or "", names, escape=escape)) for name, text in pairs
            ]
            if one.name == "ENV":
                resolved.env.update((name, value) for name, value in done if isinstance(name, str))
        resolved.pairs[line] = tuple(done)
        return resolved
    if one.name in _EXPANDED and one.name != "ONBUILD":
        words = tuple(expand(word, names, escape=escape, quotes=one.form == "shell") for word in one.arguments)
        resolved.values[line] = words
        if one.name == "USER" and words:
            return resolved._replace(user=words[0], user_instruction=one)
        if one.name == "WORKDIR" and words:
            return resolved._replace(workdir=words[0])
    if one.name == "HEALTHCHECK":
        return resolved._replace(healthcheck=one)
    return resolved


def assignments(one: Instruction) -> list[tuple[str, str | None]]:
    """The names and values of ENV, ARG and LABEL as written; an ARG without a value has None."""
    words = list(split_words(one.text))
    if one.name == "ENV" and words and "=" not in words[0]:
        return [(words[0], one.text.strip().removeprefix(words[0]).strip())]
    out: list[tuple[str, str | None]] = []
    for word in words:
        name, equals, value = word.partition("=")
        out.append((name, value if equals else None if one.name == "ARG" else ""))
    return out
