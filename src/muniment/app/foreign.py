"""Finds policies in other tools' languages among the files of a library folder, by what the files hold."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from muniment.app.registry import LANGUAGES, load
from muniment.content.index import Library
from muniment.core.ports import PolicyReader
from muniment.errors import PolicyError, UsageError
from muniment.model.document import Document
from muniment.model.framework import Framework
from muniment.model.policy import Policy

_OWN: Final = frozenset({"policy.yaml", "defaults.yaml", "framework.json", "framework.yaml"})
"""Files that the native language reads itself."""
_DATA: Final = (".yaml", ".yml", ".json")
_SHOWN: Final = 3


def with_foreign(library: Library, folder: Path, name: str, known: Iterable[Framework] = ()) -> Library:
    """A library with the policies of other languages in its folder; `name` is how the folder was called.

    Controls that neither its frameworks nor those that are `known` have are noted: nothing counts for them.

    Raises PolicyError for a policy that is broken or stands twice, UsageError for a folder without any policy.
    """
    claimed: dict[str, list[Document]] = {}
    readers: dict[str, PolicyReader] = {}
    unclaimed = []
    for document in _documents(folder, name):
        language = _language(document, readers)
        if language:
            claimed.setdefault(language, []).append(document)
        elif document.name.endswith(_DATA):
            unclaimed.append(document.path)
    policies, notes = list(library.policies), list(_unclaimed(name, unclaimed))
    for language, documents in claimed.items():
        found = readers[language].policies(documents, folder.resolve().name)
        policies.extend(found.policies)
        notes.extend(found.notes)
    if not policies and not library.frameworks:
        raise UsageError(f"no policy is in the library {name}", code="empty-library", hint="see docs/policies.md")
    _refuse_twins([policy.id for policy in policies], name)
    notes.extend(_unlisted(policies, (*known, *library.frameworks)))
    return library._replace(
        policies=tuple(sorted(policies, key=lambda policy: policy.id)), notes=(*library.notes, *notes)
    )


def _language(document: Document, readers: dict[str, PolicyReader]) -> str:
    """The language whose reader claims a file; empty if it holds no policies."""
    for entry in LANGUAGES:
        if entry.reader and entry.may_claim(document):
            reader = readers.get(entry.language) or load(entry.reader)()
            readers[entry.language] = reader
            if reader.claim(document):
                return entry.language
    return ""


def _documents(folder: Path, name: str) -> Iterator[Document]:
    """The files that the native language leaves, in a stable order; cases are not policies."""
    suffixes = tuple({suffix for entry in LANGUAGES for suffix in entry.suffixes})
    for place, folders, files in os.walk(folder):
        cases = "cases" if "policy.yaml" in files else None
        folders[:] = sorted(one for one in folders if one != cases and not one.startswith("."))
        for file in sorted(files):
            if file.endswith(suffixes) and file not in _OWN:
                path = Path(place, file)
                try:
                    yield Document(f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes())
                except OSError as error:
                    raise PolicyError(f"{name}/{file}: cannot be read: {error.strerror}", code="content") from error


def _unclaimed(name: str, paths: list[str]) -> Iterator[str]:
    if paths:
        shown = ", ".join(paths[:_SHOWN]) + (", ..." if len(paths) > _SHOWN else "")
        yield f"library {name}: not a policy in any language: {shown} ({len(paths)})"


def _unlisted(policies: Iterable[Policy], frameworks: Iterable[Framework]) -> Iterator[str]:
    """A note on each policy that names controls of no catalogue."""
    listed = {f"{one.id}:{control.id}" for one in frameworks for control in one.controls}
    for policy in policies:
        unlisted = [link.id for link in policy.controls if link.id not in listed]
        if unlisted:
            yield f"{policy.id}: no catalogue has {', '.join(unlisted)}: what it finds counts for nothing there"


def _refuse_twins(ids: list[str], name: str) -> None:
    twice = [identity for identity, number in Counter(ids).items() if number > 1]
    if twice:
        raise PolicyError(f"{name}: {min(twice)} is defined twice", code="duplicate")
