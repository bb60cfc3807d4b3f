"""Trivy's ignore files: each entry asks to accept an id in the folder of the file, or in the paths that it names.

They hold no resources. An entry that cannot be understood is Unread and asks for nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import Any, Final

from muniment.core.paths import literal
from muniment.core.ports import Read, Reading, Unit
from muniment.languages.yaml import Positions, load
from muniment.model.document import Document, Location
from muniment.model.result import Unread
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.yaml_places import span_location

_FORMAT: Final = "trivy-ignore"
_PLAIN: Final = ".trivyignore"
_LISTED: Final = frozenset({".trivyignore.yaml", ".trivyignore.yml"})
_ID: Final = re.compile(r"[A-Za-z0-9][\w./+-]*")
_JUDGED: Final = "misconfigurations"
_ELSEWHERE: Final = ("vulnerabilities", "secrets", "licenses")
"""Sections about what is not configuration."""
_KEYS: Final = frozenset({"id", "paths", "expired_at", "statement"})
_STARTS_WITH_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_MOST: Final = 64
"""Patterns that the braces of one path may stand for."""

Entry = WaiverCandidate | Unread


class TrivyIgnoreParser:
    """Reads `.trivyignore` and `.trivyignore.yaml`. Keeps nothing."""

    format = _FORMAT

    def claim(self, document: Document) -> str:
        """By name; such a file is read for the sake of what is judged."""
        return "support" if document.name == _PLAIN or document.name in _LISTED else ""

    def units(self, documents: Sequence[Document], support: Sequence[Document]) -> Iterable[Unit]:
        """One unit a file."""
        return [Unit(self.format, one.path, (), (one,)) for one in (*documents, *support)]

    def resources(self, unit: Unit, _read: Read) -> Reading:
        """No resources: the requests, what is wrong with the others, and notes on what is not about configuration."""
        document = unit.support[0]
        notes: list[str] = []
        entries = list(_lines(document) if document.name == _PLAIN else _sections(document, notes))
        return Reading(
            (),
            tuple(one for one in entries if isinstance(one, Unread)),
            tuple(one for one in entries if isinstance(one, WaiverCandidate)),
            notes=tuple(notes),
        )


def _lost(location: Location, message: str, reason: str = "syntax-error", hint: str = "") -> Unread:
    return Unread(location, reason, message, hint, _FORMAT)


def _lines(document: Document) -> Iterator[Entry]:
    """The entries of the plain form: an id, perhaps `exp:` with a day, and a comment there or in the line above."""
    try:
        text = document.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield _lost(Location(document.path, 1), "is no UTF-8 text", "encoding")
        return
    above = ""
    for number, line in enumerate(text.split("\n"), 1):
        entry, mark, comment = line.partition("#")
        if entry.strip():
            yield _line(Location(document.path, number), entry.split(), comment.strip() or above, document.folder)
        above = comment.strip() if mark and not entry.strip() else ""


def _line(place: Location, words: Sequence[str], reason: str, folder: str) -> Entry:
    until = [word.removeprefix("exp:") for word in words[1:] if word.startswith("exp:")]
    if len(words) > 1 + len(until) or len(until) > 1:
        return _lost(place, "an entry is an id and, where it ends, exp:2026-06-30", hint="begin a comment with #")
    return _request(place, words[0], until[0] if until else None, reason, _below(folder, ("**",)))


def _request(place: Location, identity: object, until: object, reason: str, patterns: tuple[str, ...]) -> Entry:
    if not isinstance(identity, str) or _ID.fullmatch(identity) is None:
        return _lost(place, f"{identity!r} is no id" if identity is not None else "`id` is missing")
    day = "" if until is None else _day(until)
    if day is None:
        return _lost(place, f"{until!r} is no day", hint="write it as 2026-06-30")
    return WaiverCandidate("trivy", (identity,), reason, place, paths=patterns, until=day)


def _day(value: object) -> str | None:
    """A day, or the day of a time, as ISO 8601 has it; None for anything else."""
    if not isinstance(value, str) or _STARTS_WITH_DAY.match(value) is None:
        return None
    try:
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return None


def _below(folder: str, patterns: Iterable[str]) -> tuple[str, ...]:
    """Patterns that are relative to a folder, relative to the base."""
    above = f"{literal(folder)}/" if folder else ""
    return tuple(f"{above}{pattern}" for pattern in patterns)


def _sections(document: Document, notes: list[str]) -> Iterator[Entry]:
    """The entries of the form in YAML, section by section."""
    stream = load(document.data, dialect="yamlv3")
    wrong = [*stream.diagnostics, *(fault for one in stream.documents for fault in one.diagnostics)]
    for fault in wrong:
        yield _lost(span_location(document, fault.span), fault.message, fault.code, fault.hint)
    if wrong or not stream.documents or (len(stream.documents) == 1 and stream.documents[0].empty):
        return
    top = stream.documents[0]
    if len(stream.documents) > 1 or not isinstance(top.value, dict):
        yield _lost(Location(document.path, 1), "must be one mapping of sections")
        return
    for name, section in top.value.items():
        place = _place(document, top.positions, top.value, name)
        if name not in {_JUDGED, *_ELSEWHERE}:
            yield _lost(place, f"no section is called {name!r}", hint=f"known: {', '.join((_JUDGED, *_ELSEWHERE))}")
        elif section is not None and not isinstance(section, list):
            yield _lost(place, f"`{name}` must be a list")
        elif name != _JUDGED and section:
            notes.append(f"{place.path}:{place.line}: `{name}` has no effect: it is not about configuration")
        elif section:
            for index, item in enumerate(section):
                yield _item(_place(document, top.positions, section, index), item, document.folder)


def _place(document: Document, positions: Positions, container: object, key: object) -> Location:
    span = positions.key(container, key)
    return span_location(document, span) if span else Location(document.path, 1)


def _item(place: Location, item: Any, folder: str) -> Entry:
    if not isinstance(item, Mapping):
        return _lost(place, "an entry must be a mapping with `id`")
    unknown = sorted(str(key) for key in item if key not in _KEYS)
    if unknown:
        return _lost(place, f"an entry has no {unknown[0]!r}", hint=f"known: {', '.join(sorted(_KEYS))}")
    paths, statement = item.get("paths"), item.get("statement")
    if not isinstance(statement, str | None):
        return _lost(place, "`statement` must be a text")
    if paths is not None and not (isinstance(paths, list) and all(isinstance(one, str) and one for one in paths)):
        return _lost(place, "`paths` must be a list of patterns")
    patterns = [pattern for one in paths or ("**",) for pattern in _spelled_out(one)]
    if not patterns:
        return _lost(place, f"the braces of a path stand for more than {_MOST} patterns")
    return _request(place, item.get("id"), item.get("expired_at"), statement or "", _below(folder, patterns))


def _spelled_out(pattern: str) -> list[str]:
    """The patterns that one with `{a,b}` stands for; none if they are too many. A class may be negated with `^` too."""
    parts = [part.split(",") if place % 2 else [part] for place, part in enumerate(_BRACES.split(pattern))]
    number = 1
    for part in parts:
        number *= len(part)
    if number > _MOST:
        return []
    return ["".join(one).removeprefix("./").replace("[^", "[!") for one in product(*parts)]
