"""`# METADATA` blocks: YAML in comments, which belongs to the package or rule that follows it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from muniment.languages.rego.ast import Annotations
from muniment.languages.rego.errors import Fault, RegoError
from muniment.languages.rego.lexer import Comment
from muniment.languages.source import LineIndex

_SCOPES: Final = frozenset({"rule", "document", "package", "subpackages"})


class Block(NamedTuple):
    """The content of one block; it belongs to the statement that follows."""

    content: Mapping[str, Any]
    end: int


def blocks(name: str, text: str, comments: Sequence[Comment]) -> list[Block]:
    """All blocks of a text, in order. Raises RegoError for one whose YAML cannot be read."""
    if not any("METADATA" in comment.text for comment in comments):
        return []
    lines, found, at = LineIndex(text), [], 0
    while at < len(comments):
        first = comments[at]
        at += 1
        if not first.alone or first.text.strip() != "METADATA":
            continue
        line, rest = lines.position(first.start)[0], []
        while at < len(comments) and comments[at].alone and lines.position(comments[at].start)[0] == line + 1:
            line += 1
            rest.append(comments[at])
            at += 1
        end = (rest[-1] if rest else first).start
        found.append(Block(_content(name, text, first, rest), text.find("\n", end) + 1 or len(text)))
    return found


def _content(name: str, text: str, first: Comment, rest: Sequence[Comment]) -> Mapping[str, Any]:
    from muniment.languages.yaml.loader import load  # noqa: PLC0415  few modules have annotations

    stream = load("\n".join(comment.text.removeprefix(" ") for comment in rest))
    documents = stream.documents
    value = documents[0].value if documents else None
    if len(documents) == 1 and not documents[0].diagnostics and isinstance(value, dict):
        scope = value.get("scope")
        if scope is None or scope in _SCOPES:
            return {str(key): _full(str(key), member) for key, member in value.items()}
    message = "yaml: the annotations cannot be read" if rest else "expected METADATA block, found whitespace"
    place = LineIndex(text).span(first.start, first.start + 1)
    raise RegoError([Fault("rego_parse_error", message, name, place)])


def _full(key: str, member: Any) -> Any:
    """A member in the long form, which authors may shorten."""
    if key == "authors" and isinstance(member, list):
        return [_author(one) if isinstance(one, str) else one for one in member]
    if key == "related_resources" and isinstance(member, list):
        return [{"ref": one} if isinstance(one, str) else one for one in member]
    return member


def _author(text: str) -> dict[str, str]:
    found = re.fullmatch(r"(?s)(.*?)\s*(?:<([^<>]*)>)?\s*", text)
    name, email = found.groups() if found else (text, None)
    return {key: value for key, value in (("name", name), ("email", email)) if value}


def attached(found: list[Block], start: int, scope: str) -> Annotations:
    """Takes the blocks before a statement, which begins at `start`, with their scope filled in."""
    content: list[Mapping[str, Any]] = []
    while found and found[0].end <= start:
        content.append({"scope": scope, **found.pop(0).content})
    return tuple(content)
