"""Dockerfiles: what is claimed, stages and what they inherit, commands with their lines, and requests."""

from typing import Any

import pytest

from muniment.core.ports import Reading
from muniment.languages.unknown import OpenList, Unknown
from muniment.model.document import Document
from muniment.model.resource import Resource
from muniment.parsers.dockerfile import DockerfileParser
from tests.parsers.files import Files


def _read(text: str) -> Reading:
    parser = DockerfileParser()
    (unit,) = parser.units((Document("app/Dockerfile", text.encode()),), ())
    return parser.resources(unit, Files())


def _whole(text: str) -> Any:
    return _read(text).resources[0].attributes


def _one(reading: Reading, address: str) -> Resource:
    return next(one for one in reading.resources if one.address == address)


@pytest.mark.parametrize(
    ("path", "text", "role"),
    [
        ("Dockerfile", "", "judged"),
        ("a/Containerfile", "", "judged"),
        ("dockerfile", "FROM a", "judged"),
        ("Dockerfile.prod", "FROM a", "judged"),
        ("web.Dockerfile", "# x\n from a", "judged"),
        ("Dockerfile.md", "how to build\n", ""),
        (".dockerignore", "*", "support"),
        ("Dockerfile.dockerignore", "*", "support"),
    ],
)
def test_claims(path: str, text: str, role: str) -> None:
    """A name alone is enough only where it is exact."""
    assert DockerfileParser().claim(Document(path, text.encode())) == role


def test_addresses_name_stage_and_place() -> None:
    """Stages are known by name, instructions by stage, name and number, global arguments by their number."""
    reading = _read("ARG A=1\nFROM a AS build\nRUN x\nRUN y\nFROM b\nUSER 1\n")
    assert [one.address for one in reading.resources] == [
        *("Dockerfile", "stage[build]", "stage[1]", "ARG[0]"),
        *("stage[0]/FROM[0]", "stage[0]/RUN[0]", "stage[0]/RUN[1]", "stage[1]/FROM[0]", "stage[1]/USER[0]"),
    ]
    assert [one.location.line for one in reading.resources[:4]] == [5, 2, 5, 1]


def test_a_stage_inherits_from_the_stage_it_builds_on() -> None:
    """User, folder, variables and health check come down from the stage that FROM names; the image is the product."""
    text = "FROM a AS base\nUSER app\nWORKDIR /srv\nENV K=v\nHEALTHCHECK CMD x\nFROM b AS other\nFROM base\nRUN y\n"
    view = _whole(text)
    final = view["final"]
    assert (final["user"], final["workdir"], final["env"], final["origin"]) == ("app", "/srv", {"K": "v"}, "a")
    assert final["healthcheck"]["none"] is False
    assert [(stage["final"], stage["used"]) for stage in view["stages"]] == [(True, True), (False, False), (True, True)]


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("FROM scratch\n", "root"),
        ("FROM a\nUSER 0:0\n", "0:0"),
        ("FROM a\n", None),
        ("FROM a\nUSER $WHO\n", None),
        ("FROM scratch\nUSER $WHO\n", ""),
    ],
)
def test_the_user_is_unknown_where_the_base_sets_it(text: str, user: str | None) -> None:
    """The effective user is a fact of the base image unless the file says it."""
    found = _whole(text)["final"]["effectiveUser"]
    assert isinstance(found, Unknown) if user is None else found == user


def test_values_that_the_file_leaves_open_are_unknown() -> None:
    """An argument without a default is unknown, with its name as the cause, and never an empty text."""
    image = _whole("ARG TAG\nFROM debian:$TAG\n")["final"]["image"]
    assert isinstance(image, Unknown)
    assert [cause.kind for cause in image.causes] == ["variable"]


def test_commands_have_their_own_lines() -> None:
    """A command stands in the line where it is written, in continued lines and in heredocs."""
    reading = _read("FROM a\nRUN one && \\\n  # note\n  sudo two -k\nRUN <<E\nthree\nfour x\nE\n")
    found = []
    for address in ("stage[0]/RUN[0]", "stage[0]/RUN[1]"):
        one = _one(reading, address)
        for command in one.attributes["commands"]:
            place = one.positions.locate(command, "name")
            found.append((command["name"], command["wrapped"], place.line if place else 0))
    assert found == [("one", [], 2), ("sudo", [], 4), ("two", ["sudo"], 4), ("three", [], 6), ("four", [], 7)]


@pytest.mark.parametrize(
    ("run", "names"),
    [
        ('RUN ["sudo", "apt-get", "update"]', ["sudo", "apt-get"]),
        ('RUN ["sh", "-c", "apt update"]', ["sh", "apt"]),
        ("RUN python3 <<E\nimport os\nE", ["python3"]),
        ("RUN bash <<E\napt update\nE", ["bash", "apt"]),
        ("RUN <<E\n#!/usr/bin/env python3\nimport os\nE", []),
        ("COPY <<E /motd\nRUN apt update\nE", None),
    ],
)
def test_only_scripts_of_a_shell_have_commands(run: str, names: list[str] | None) -> None:
    """JSON form and shells' standard input are scripts; other programs' input and files are data."""
    instruction = _read(f"FROM a\n{run}\n").resources[3].attributes
    commands = instruction.get("commands")
    assert (None if commands is None else [one["name"] for one in commands]) == names


@pytest.mark.parametrize("head", ['FROM a\nSHELL ["powershell", "-Command"]', "FROM mcr.example/windows/nanoserver:1"])
def test_scripts_of_other_shells_are_unknown(head: str) -> None:
    """What PowerShell or cmd would run is not guessed."""
    assert isinstance(_read(f"{head}\nRUN x -k\n").resources[-1].attributes["commands"], Unknown)


@pytest.mark.parametrize(
    "run",
    ["apt update && echo 'it", 'sh -c "sudo x \'y"', "<<E\napt update\necho `x\nE"],
    ids=["quote", "inner", "heredoc"],
)
def test_a_script_that_breaks_off_is_open(run: str) -> None:
    """What a quote that is not closed would swallow is not known, so no command is known to be absent."""
    assert isinstance(_read(f"FROM a\nRUN {run}\n").resources[3].attributes["commands"], OpenList)


def test_a_directive_has_its_own_line() -> None:
    """The frontend stands where it is written, not where the first stage begins."""
    whole = _read("# escape=`\n# syntax=docker/dockerfile:1\n\nFROM a\n").resources[0]
    place = whole.positions.locate(whole.attributes, "syntax")
    assert place is not None
    assert place.line == 2


def test_details_of_instructions() -> None:
    """Ports, copies, mounts and pairs are there in one form."""
    text = (
        "ARG V=1\nFROM a AS b\nLABEL x=$V y='z w'\nRUN --mount=type=secret,id=k,required x\nFROM c\n"
        "EXPOSE 22 8000-8002/UDP\n"
        "COPY --from=b --chown=1 s t /u/\nCOPY --from=nginx:1 e /f\nHEALTHCHECK NONE\nONBUILD RUN sudo x\n"
    )
    found = {one.address: one.attributes for one in _read(text).resources}
    assert found["stage[0]/LABEL[0]"]["pairs"][1] == {"name": "y", "value": "z w"}
    assert found["stage[0]/RUN[0]"]["mounts"] == [{"type": "secret", "id": "k", "required": True}]
    assert found["stage[1]/EXPOSE[0]"]["ports"] == [
        {"from": 22, "to": 22, "protocol": "tcp"},
        {"from": 8000, "to": 8002, "protocol": "udp"},
    ]
    copy = found["stage[1]/COPY[0]"]
    assert (copy["from"], copy["sources"], copy["target"]) == ({"stage": 0, "image": None}, ["s", "t"], "/u/")
    assert found["stage[1]/COPY[1]"]["from"] == {"stage": None, "image": "nginx:1"}
    assert found["stage[1]/HEALTHCHECK[0]"]["none"] is True
    assert [one["name"] for one in found["stage[1]/ONBUILD[0]"]["onbuild"]["commands"]] == ["sudo", "x"]


def test_places_of_inherited_facts() -> None:
    """The user of the final stage stands where USER stands, and the stage where its FROM stands."""
    whole = _read("FROM a AS b\nUSER 0\nFROM b\nRUN x\n").resources[0]
    final = whole.attributes["final"]
    places = [whole.positions.locate(final, key) for key in ("user", "image")]
    assert [place.line if place else 0 for place in places] == [2, 3]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"RUN x\n", "syntax-error"),
        (b"", "syntax-error"),
        (b"FROM {{ .Image }}\n", "template-not-rendered"),
        (b"\xff\xfe\xff", "encoding"),
        (b"FROM a\nNONSENSE x\n", "syntax-error"),
    ],
)
def test_what_is_no_dockerfile_is_unread(data: bytes, reason: str) -> None:
    """A file that claims to be a Dockerfile and is none is Unread."""
    parser = DockerfileParser()
    (unit,) = parser.units((Document("Dockerfile", data),), ())
    reading = parser.resources(unit, Files())
    assert reason in {lost.reason for lost in reading.unread}


def test_the_ignore_file_beside_is_read() -> None:
    """The patterns of the folder's ignore file are known, comments left out; without one there are none to know."""
    files = Files(Document("app/.dockerignore", b"# c\n.git\n\n*.pem\n"))
    parser = DockerfileParser()
    (unit,) = parser.units((Document("app/Dockerfile", b"FROM a\n"),), ())
    reading = parser.resources(unit, files)
    assert reading.resources[0].attributes["ignored"] == [".git", "*.pem"]
    assert _whole("FROM a\n")["ignored"] is None


def test_requests_cover_lines_or_the_file() -> None:
    """A comment for hadolint covers the next instruction, one for Checkov the whole file."""
    text = "# hadolint ignore=DL3007  # why\nFROM a:latest\n#checkov:skip=CKV_DOCKER_2:none\nRUN x\n"
    found = [(one.tool, one.lines, one.reason) for one in _read(text).candidates]
    assert found == [("hadolint", (2, 2), "why"), ("checkov", None, "none")]
