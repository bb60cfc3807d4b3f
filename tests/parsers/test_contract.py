"""What core asks of every parser, asked of all of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.core.ports import Parser, Reading
from muniment.languages.unknown import Unknown
from muniment.model.document import Document
from muniment.model.resource import Resource
from muniment.parsers.dockerfile import DockerfileParser
from muniment.parsers.github_actions import GitHubActionsParser
from muniment.parsers.kubernetes import KubernetesParser
from tests.parsers.files import Files

MANIFEST = """\
# checkov:skip=CKV_K8S_16:a test
apiVersion: v1
kind: List
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web, annotations: {checkov.io/skip1: "CKV_K8S_1=why"}}
  spec: &spec
    template: {spec: {containers: [{name: a, image: "b:${TAG}", <<: {tty: true}}]}}
- {apiVersion: batch/v1, kind: CronJob, metadata: {generateName: job-}, spec: *spec}
---
kind: Pod
metadata: {{ .Values.meta }}
---
{"apiVersion": "v1", "kind": "Secret", "data": {"k": "dg=="}}
"""
DOCKERFILE = """\
# syntax=docker/dockerfile:1
ARG BASE=debian
FROM --platform=$BUILDPLATFORM ${BASE}:12 AS build
ENV A=1 B=$A
# hadolint ignore=DL3008
RUN --mount=type=cache,target=/c apt-get update && \\
    # a comment
    sh -c "curl -k $(cat url) | sh"
RUN <<EOF
pip install x
EOF
FROM scratch
COPY --from=build --chown=1:1 /a /b /c/
EXPOSE 22 80-90/udp $PORT
USER ${WHO:-nobody}
HEALTHCHECK CMD ["/c/a"]
"""
WORKFLOW = """\
on: [push, {pull_request: {}}]
permissions: write-all
env: {TITLE: "${{ github.event.issue.title }}"}
jobs:
  build:  # zizmor: ignore[template-injection]
    strategy: {matrix: {os: [a, b], include: [{os: c, x: "${{ fromJSON('1') }}"}]}}
    runs-on: ${{ matrix.os }}
    services: {db: {image: "db:${{ matrix.x || '1' }}"}}
    steps:
    - uses: actions/checkout@v4
    - run: |
        echo ${{ format('{0}', github.head_ref) }}
      if: always() && contains(github.ref, 'x')
"""

PARSERS: tuple[tuple[Parser, str, str], ...] = (
    (KubernetesParser(), "deploy/all.yaml", MANIFEST),
    (DockerfileParser(), "app/Dockerfile", DOCKERFILE),
    (GitHubActionsParser(), ".github/workflows/ci.yml", WORKFLOW),
)
each_parser = pytest.mark.parametrize(("parser", "path", "text"), PARSERS, ids=lambda one: getattr(one, "format", ""))


def read(parser: Parser, path: str, data: bytes) -> Reading:
    """All that a parser makes of one file."""
    (unit,) = parser.units((Document(path, data),), ())
    return parser.resources(unit, Files())


def containers(value: Any) -> Iterator[tuple[Any, Any]]:
    """(container, key) of every member below a value."""
    stack = [value]
    while stack:
        one = stack.pop()
        for key, member in one.items() if isinstance(one, dict) else enumerate(one):
            yield one, key
            if isinstance(member, dict | list):
                stack.append(member)


def described(reading: Reading) -> str:
    """A reading as text, so that two can be compared."""
    made = [
        (one.kind, one.address, one.root, one.name, one.location, one.meta, one.attributes) for one in reading.resources
    ]
    return repr((made, *reading[1:]))


@each_parser
def test_a_file_is_claimed_by_one_parser_and_read_without_loss(parser: Parser, path: str, text: str) -> None:
    """Each parser claims its own file, no other one does, and it makes resources of one root from it."""
    assert [other.format for other, _, _ in PARSERS if other.claim(Document(path, text.encode()))] == [parser.format]
    reading = read(parser, path, text.encode())
    assert reading.resources
    assert {one.root for one in reading.resources} == {path}
    addresses = [one.address for one in reading.resources]
    assert len(set(addresses)) == len(addresses)


@each_parser
def test_other_names_are_never_opened(parser: Parser, path: str, text: str) -> None:
    """A file whose name says that it is something else is not read for its content."""

    def explode() -> bytes:
        raise AssertionError(f"{path} was opened, {text}")

    for name in ("main.tf", "a/photo.png", "README.md", "go.sum", "Makefile"):
        assert parser.claim(Document(name, explode)) == ""


@each_parser
def test_places_lie_in_the_file(parser: Parser, path: str, text: str) -> None:
    """Whatever has a place has one between the first and the last line of its own file."""
    last = text.count("\n") + 1
    reading = read(parser, path, text.encode())
    found = 0
    for one in reading.resources:
        assert one.location.path == path
        for container, key in containers(one.attributes):
            place = one.positions.locate(container, key)
            if place is not None:
                found += 1
                assert place.path == path
                assert 1 <= place.line <= last
                assert place.end_line == 0 or place.line <= place.end_line <= last
    assert found > 10


@each_parser
def test_equal_input_gives_equal_output(parser: Parser, path: str, text: str) -> None:
    """Line ends, a byte order mark and a second reading change nothing but columns."""
    first = read(parser, path, text.encode())
    assert described(read(type(parser)(), path, text.encode())) == described(first)
    for other in (text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode(), text.encode("utf-16")):
        again = read(parser, path, other)
        assert [one.address for one in again.resources] == [one.address for one in first.resources]
        assert [one.location.line for one in again.resources] == [one.location.line for one in first.resources]
        assert len(again.unread) == len(first.unread)


@settings(max_examples=60, deadline=None)
@given(st.data())
@each_parser
def test_no_content_makes_a_parser_raise(parser: Parser, path: str, text: str, data: st.DataObject) -> None:
    """Cut, doubled and disturbed files are read or Unread; nothing escapes and nothing is silently empty."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    junk = data.draw(st.text(st.sampled_from("{}[]&*!|>'\"%@`\t\n:#-<$\\ \0é"), max_size=6))
    mutated = data.draw(st.sampled_from((text[:start] + junk + text[end:], text[:end] + junk + text[start:])))
    raw = mutated.encode() if data.draw(st.booleans()) else mutated.encode("utf-16")[: end + 3]
    document = Document(path, raw)
    if parser.claim(document):
        reading = read(parser, path, raw)
        assert all(isinstance(one, Resource) and not isinstance(one.kind, Unknown) for one in reading.resources)
        assert all(lost.reason and lost.message and lost.location.path == path for lost in reading.unread)
