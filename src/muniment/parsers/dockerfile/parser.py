"""The Dockerfile parser: one unit a file; resources for the file, its stages and its instructions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from muniment.core.ports import Read, Reading, Unit
from muniment.languages.dockerfile import Dockerfile, parse
from muniment.model.document import Document, Location
from muniment.model.resource import Resource
from muniment.model.result import Unread
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.comments import Comment, Stretch, comment_candidates
from muniment.parsers.dockerfile.places import Places
from muniment.parsers.dockerfile.views import file_view

_EXACT: Final = frozenset({"dockerfile", "containerfile"})
_STARTS: Final = ("dockerfile.", "containerfile.", "dockerfile-", "containerfile-", "dockerfile_")
_IGNORE: Final = ".dockerignore"
_FROM: Final = re.compile(rb"^[ \t]*FROM[ \t]", re.MULTILINE | re.IGNORECASE)
_TEMPLATE: Final = re.compile(r"^\s*(?:\{\{|\{%|<%)|^\s*FROM\s[^#\n]*(?:\{\{|\{%|<%)", re.MULTILINE | re.IGNORECASE)
_WIDENED: Final = frozenset({"checkov"})
"""Tools whose comments cover a Dockerfile wherever they stand in it."""


class DockerfileParser:
    """Reads Dockerfiles. Keeps nothing."""

    format = "dockerfile"

    def claim(self, document: Document) -> str:
        """By name; a name that is only like a Dockerfile's needs a FROM in the file too."""
        name = document.name.lower()
        if name.endswith(_IGNORE):
            return "support"
        if name in _EXACT:
            return "judged"
        named = name.startswith(_STARTS) or name.endswith(".dockerfile")
        return "judged" if named and _FROM.search(document.data.replace(b"\0", b"")) else ""

    def units(self, documents: Sequence[Document], _support: Sequence[Document]) -> Iterable[Unit]:
        """One unit a file."""
        return [Unit(self.format, document.path, (document,)) for document in documents]

    def resources(self, unit: Unit, read: Read) -> Reading:
        """The file, its stages and its instructions; what is wrong with the text is Unread beside them."""
        document = unit.documents[0]
        text = _decode(document.data)
        if text is None:
            return Reading((), (_lost(Location(document.path, 1), "encoding", "is no UTF-8 or UTF-16 text"),))
        if _TEMPLATE.search(text):
            lost = _lost(
                Location(document.path, 1), "template-not-rendered", "has template expressions nobody rendered"
            )
            return Reading((), (lost._replace(hint="render it first, and scan the result"),))
        parsed = parse(text)
        places = Places(document.path)
        unread = tuple(_lost(places.at(one.span), one.code, one.message, one.hint) for one in parsed.diagnostics)
        if not parsed.stages:
            return Reading(
                (), unread or (_lost(Location(document.path, 1), "syntax-error", "has no FROM instruction"),)
            )
        view = file_view(parsed, places, _ignored(document, read))
        return Reading(
            tuple(_resources(view, unit.root, places)), unread, tuple(_candidates(parsed, places, unit.root))
        )


def _decode(data: bytes) -> str | None:
    """The text; None if it is in no encoding that a build would read."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _lost(location: Location, reason: str, message: str, hint: str = "") -> Unread:
    return Unread(location, reason, message, hint, "dockerfile")


def _ignored(document: Document, read: Read) -> list[str] | None:
    """The patterns of the ignore file that belongs to the Dockerfile, to its folder, or to the whole tree."""
    folder = f"{document.folder}/" if document.folder else ""
    for path in dict.fromkeys((f"{document.path}{_IGNORE}", f"{folder}{_IGNORE}", _IGNORE)):
        found = read(path)
        text = _decode(found.data) if found is not None else None
        if text is not None:
            lines = (line.strip() for line in text.splitlines())
            return [line for line in lines if line and not line.startswith("#")]
    return None


def _resources(view: dict[str, Any], root: str, places: Places) -> Iterable[Resource]:
    def resource(kind: str, address: str, name: str, attributes: dict[str, Any], meta: dict[str, Any]) -> Resource:
        return Resource(
            kind=kind,
            address=address,
            root=root,
            name=name,
            format="dockerfile",
            attributes=attributes,
            location=places.locate(attributes) or Location(root, 1),
            positions=places,
            meta=meta,
        )

    places.put(view, places.locate(view["final"]) or Location(root, 1))
    yield resource("Dockerfile", "Dockerfile", root.rpartition("/")[2], view, {})
    for stage in view["stages"]:
        address = f"stage[{stage['name'] or stage['index']}]"
        yield resource(
            "Dockerfile.Stage", address, stage["name"] or str(stage["index"]), stage, {"final": stage["final"]}
        )
    counts: dict[tuple[int | None, str], int] = {}
    for one in view["instructions"]:
        place = one["stage"], one["name"]
        number = counts.get(place, 0)
        counts[place] = number + 1
        address = f"{one['name']}[{number}]" if place[0] is None else f"stage[{place[0]}]/{one['name']}[{number}]"
        yield resource(f"Dockerfile.{one['name']}", address, one["name"], one, _instruction_meta(one))


def _instruction_meta(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"stage": one["stage"], "final": one.get("final", False)}


def _candidates(parsed: Dockerfile, places: Places, root: str) -> list[WaiverCandidate]:
    """What the comments ask for, by the lines of the instructions that they cover."""
    comments = (Comment(line, 1, text.lstrip("#").strip()) for line, text in parsed.comments)
    stretches = [Stretch(one.span.line, one.span.end_line) for one in parsed.instructions]
    return comment_candidates(comments, root, stretches, lambda line, _column: places.line(line), _WIDENED)
