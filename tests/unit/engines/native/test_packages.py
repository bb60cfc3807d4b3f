"""What package managers install, and what well-known base images hold."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.engines.native.functions.base_images import FUNCTIONS as IMAGES
from muniment.engines.native.functions.packages import FUNCTIONS as PACKAGES
from muniment.languages.shell import commands
from muniment.languages.unknown import Unknown

installed, holds = PACKAGES[0].call, IMAGES[0].call


def _installs(text: str) -> dict[str, Any]:
    found = [one for command in commands(text) for one in installed(command._asdict())]
    return {one["name"]: None if isinstance(one["pinned"], Unknown) else one["pinned"] for one in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("apt-get -y install -t stable curl jq=1.6-2", {"curl": False, "jq=1.6-2": True}),
        ("apk add --no-cache --virtual .deps gcc~12.2 musl-dev", {"gcc~12.2": True, "musl-dev": False}),
        ("dnf install -y nginx-1.24.0 make", {"nginx-1.24.0": True, "make": False}),
        ("zypper in 'vim=9.0' 'git>=2'", {"vim=9.0": True, "git>=2": False}),
        ("pip3 install flask==3.0.3 'requests>=2' .", {"flask==3.0.3": True, "requests>=2": False, ".": True}),
        ("python3 -m pip install -r a.txt", {"a.txt": None}),
        ("pip install --require-hashes --requirement=a.txt", {"a.txt": True}),
        ("pip install -c bounds.txt flask", {"flask": None}),
        ("npm i -g typescript@5.4.5 eslint@latest", {"typescript@5.4.5": True, "eslint@latest": False}),
        ("npm install", {"package.json": None}),
        ("npm ci && yarn install --immutable", {"package.json": True}),
        ("go install example.com/a@v1.2.3 && go install example.com/b@latest", None),
        ("gem install rails -v 7.1.0", {"rails": True}),
        ("apk add $PACKAGES", {"$PACKAGES": None}),
        ("apt-get update && apk info curl", {}),
    ],
)
def test_packages_with_their_pins(text: str, expected: dict[str, Any] | None) -> None:
    """Each package is pinned, floating, or unknown where a file or a variable decides."""
    wanted = {"example.com/a@v1.2.3": True, "example.com/b@latest": False} if expected is None else expected
    assert _installs(text) == wanted


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["install", "-r", "-t", "add", "--requirement=", "a==1", "$X", "-", "=", "@", ""])))
def test_no_words_break_the_reading(words: list[str]) -> None:
    """Whatever the words, the answer is a list with a pin for each package."""
    for name in ("pip", "apk", "npm", "gem", "go", "yarn", "zypper", "nothing"):
        assert all({"manager", "name", "pinned"} == set(one) for one in installed({"name": name, "words": words}))


@pytest.mark.parametrize(
    ("image", "sort", "expected"),
    [
        ("scratch", "shell", False),
        ("debian:12-slim", "package-manager", True),
        ("debian:12-slim", "network-tools", False),
        ("alpine:3.20", "network-tools", True),
        ("gcr.io/distroless/static-debian12:nonroot", "shell", False),
        ("gcr.io/distroless/static-debian12:debug-nonroot", "shell", True),
        ("python:3.12", "compilers", True),
        ("python:3.12-slim", "compilers", None),
        ("registry.example.com/library/alpine:3.20", "package-manager", None),
        ("someone/alpine:3.20", "package-manager", None),
    ],
)
def test_what_base_images_hold(image: str, sort: str, expected: bool | None) -> None:  # noqa: FBT001  a table's column
    """Only images that are known by their full name have known content."""
    found = holds(image, sort)
    assert (None if isinstance(found, Unknown) else found) == expected
