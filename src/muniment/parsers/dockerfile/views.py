"""What policies see of a Dockerfile: stages and instructions, expanded as far as the file tells.

`image` and `words` are expanded values, `base` and `arguments` the text as written. A USER, WORKDIR or HEALTHCHECK
of a stage is its own or that of the stage it builds on; null where the file sets none.
"""

import re
from typing import Any, Final

from muniment.languages.dockerfile import Dockerfile, Instruction, Resolved, resolve
from muniment.languages.unknown import Cause, Unknown
from muniment.parsers.dockerfile.places import Places
from muniment.parsers.dockerfile.scripts import command_views, shell_of

_PORT: Final = re.compile(r"(\d+)(?:-(\d+))?(?:/(\w+))?")
_WINDOWS: Final = re.compile(r"(^|/)windows(/|:|$)|nanoserver|servercore|windowsservercore")


def file_view(parsed: Dockerfile, places: Places, ignored: list[str] | None) -> dict[str, Any]:
    """The whole file; `ignored` are the patterns of its ignore file, None without one."""
    stages: list[dict[str, Any]] = []
    outside = [_instruction(one, None, stages, "sh", places) for one in parsed.instructions if one.stage is None]
    for resolved in resolve(parsed, inherits=True):
        stages.append(_stage(resolved, stages, places))
    _mark_product(stages)
    view = {
        "syntax": parsed.directives.get("syntax"),
        "directives": dict(parsed.directives),
        "ignored": ignored,
        "instructions": outside + [one for stage in stages for one in stage["instructions"]],
        "stages": stages,
        "final": stages[-1],
    }
    if "syntax" in parsed.directive_lines:
        places.put(view, places.line(parsed.directive_lines["syntax"]), "syntax")
    return view


def _stage(resolved: Resolved, before: list[dict[str, Any]], places: Places) -> dict[str, Any]:
    stage = resolved.stage
    parent = before[stage.parent] if stage.parent is not None else None
    origin = parent["origin"] if parent else resolved.image
    view: dict[str, Any] = {
        "index": stage.number,
        "name": stage.name or None,
        "base": stage.base,
        "image": resolved.image,
        "platform": stage.platform or None,
        "parent": stage.parent,
        "origin": origin,
        "user": resolved.user,
        "effectiveUser": _effective_user(resolved.user, origin),
        "workdir": resolved.workdir,
        "healthcheck": None,
        "env": resolved.env,
    }
    _members(view, resolved, parent, before, places)
    head = places.at(stage.instructions[0].span)
    places.put(view, head)
    for name, one in (("user", resolved.user_instruction), ("healthcheck", resolved.healthcheck)):
        if one is not None:
            places.put(view, places.at(one.span), name)
    if resolved.user_instruction is not None:
        places.put(view, places.at(resolved.user_instruction.span), "effectiveUser")
    return view


def _effective_user(user: Any, origin: Any) -> Any:
    """Who the processes run as; a fact of the base image where the file does not say it."""
    if user is not None:
        return user
    return "root" if origin == "scratch" else Unknown((Cause("base-image", _named(origin)),), "string")


def _named(image: Any) -> str:
    return image if isinstance(image, str) else "the base image"


def _members(
    view: dict[str, Any],
    resolved: Resolved,
    parent: dict[str, Any] | None,
    before: list[dict[str, Any]],
    places: Places,
) -> None:
    """Adds the instructions of a stage, and what they leave behind."""
    windows = isinstance(view["origin"], str) and _WINDOWS.search(view["origin"].lower())
    shell = parent["shell"] if parent else "cmd" if windows else "sh"
    healthcheck = parent["healthcheck"] if parent else None
    members: list[dict[str, Any]] = []
    for one in resolved.stage.instructions:
        member = _instruction(one, resolved, before, shell, places)
        members.append(member)
        if one.name == "SHELL":
            shell = shell_of(one)
        elif one.name == "HEALTHCHECK":
            healthcheck = member
    view.update(instructions=members, shell=shell, healthcheck=healthcheck)


def _instruction(
    one: Instruction, resolved: Resolved | None, stages: list[dict[str, Any]], shell: str, places: Places
) -> dict[str, Any]:
    line = one.span.line
    words = list(resolved.values.get(line, one.arguments) if resolved else one.arguments)
    flags: dict[str, list[str]] = {}
    for name, value in one.flags:
        flags.setdefault(name, []).append(value)
    view: dict[str, Any] = {
        "name": one.name,
        "stage": one.stage,
        "flags": flags,
        "arguments": list(one.arguments),
        "words": words,
        "text": one.text,
        "form": one.form,
        "heredocs": [{"name": doc.name, "body": doc.body, "expand": doc.expand} for doc in one.heredocs],
    }
    _details(view, one, resolved, stages, shell, places)
    place = places.at(one.span)
    for container in (view, *(member for member in view.values() if isinstance(member, list | dict))):
        if places.locate(container) is None:
            places.put(container, place)
    return view


def _details(
    view: dict[str, Any],
    one: Instruction,
    resolved: Resolved | None,
    stages: list[dict[str, Any]],
    shell: str,
    places: Places,
) -> None:
    """What single instructions have beside the words."""
    if one.name in {"ENV", "ARG", "LABEL"}:
        pairs = resolved.pairs.get(one.span.line, ()) if resolved else ()
        view["pairs"] = [{"name": name, "value": value} for name, value in pairs]
    elif one.name == "RUN":
        view["commands"] = command_views(one, shell, places)
        view["mounts"] = [_options(value) for value in view["flags"].get("mount", ())]
    elif one.name in {"COPY", "ADD"}:
        named = [word for word in view["words"] if not (isinstance(word, str) and word.startswith("<<"))]
        view["sources"], view["target"] = named[:-1], named[-1] if named else None
        source = one.flag("from")
        view["from"] = _source(source, stages) if source else None
    elif one.name == "EXPOSE":
        view["ports"] = [_port(word) for word in view["words"]]
    elif one.name == "HEALTHCHECK":
        view["none"] = bool(one.arguments) and one.arguments[0].upper() == "NONE"
    elif one.name == "ONBUILD" and one.onbuild is not None:
        view["onbuild"] = _instruction(one.onbuild, None, stages, shell, places)


def _options(text: str) -> dict[str, Any]:
    """`type=secret,id=key,required` as a table; an option without a value is true."""
    pairs = (option.partition("=") for option in text.split(",") if option)
    return {name: value if equals else True for name, equals, value in pairs}


def _source(text: str, stages: list[dict[str, Any]]) -> dict[str, Any]:
    """Where COPY copies from: an earlier stage by name or index, else an image."""
    for stage in stages:
        if text == str(stage["index"]) or text.lower() == (stage["name"] or "").lower():
            return {"stage": stage["index"], "image": None}
    return {"stage": None, "image": Unknown((Cause("variable", text),), "string") if "$" in text else text}


def _port(word: Any) -> Any:
    """A port or range with its protocol; Unknown where the text is not known, a null port where it is none."""
    if isinstance(word, Unknown):
        return word
    found = _PORT.fullmatch(word.lower())
    if found is None:
        return {"from": None, "to": None, "protocol": None}
    first = int(found[1])
    return {"from": first, "to": int(found[2] or first), "protocol": found[3] or "tcp"}


def _mark_product(stages: list[dict[str, Any]]) -> None:
    """Tells which stages are the image (the last one and those it builds on), and which ones it needs."""
    product = {stages[-1]["index"]}
    while above := {stages[index]["parent"] for index in product} - {None} - product:
        product |= above
    needed: set[int] = set()
    waiting = [stages[-1]["index"]]
    while waiting:
        index = waiting.pop()
        if index not in needed:
            needed.add(index)
            waiting += _needs(stages[index])
    for stage in stages:
        stage["final"] = stage["index"] in product
        stage["used"] = stage["index"] in needed
        for one in stage["instructions"]:
            one["final"] = stage["final"]


def _needs(stage: dict[str, Any]) -> list[int]:
    """The stages that a stage is built on or copies from."""
    out = [] if stage["parent"] is None else [stage["parent"]]
    for one in stage["instructions"]:
        source = one.get("from")
        if source is not None and source["stage"] is not None:
            out.append(source["stage"])
    return out
