"""Formats that are recognised and not read yet: they are `Unread`, with the reason, and never silently left out."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from muniment.core.ports import Read, Reading, Unit
from muniment.model.document import Document, Location
from muniment.model.result import Unread

_BY_NAME: Final = (
    (re.compile(r"(^|/)(docker-)?compose[^/]*\.ya?ml$"), "compose"),
    (re.compile(r"(^|/)\.gitlab-ci\.ya?ml$"), "gitlab-ci"),
    (re.compile(r"(^|/)(azure-pipelines|bitbucket-pipelines)\.ya?ml$"), "ci"),
    (re.compile(r"(^|/)\.circleci/config\.ya?ml$"), "ci"),
    (re.compile(r"(^|/)serverless\.ya?ml$"), "serverless"),
    (re.compile(r"(^|/)Pulumi(\.[^/]+)?\.ya?ml$"), "pulumi"),
    (re.compile(r"\.bicep$"), "bicep"),
    (re.compile(r"(^|/)terragrunt\.hcl$"), "terragrunt"),
)
_BY_CONTENT: Final = (
    (re.compile(rb"schema\.management\.azure\.com/schemas/[^\"]*deploymentTemplate\.json"), "arm"),
    (re.compile(rb"^-?\s*hosts\s*:.*\n(.*\n)*?\s+(tasks|roles)\s*:", re.MULTILINE), "ansible"),
)
_LOOK: Final = 64 * 1024
"""Bytes of a file in which a sign is looked for."""


class UnsupportedParser:
    """Recognises by name, then by content."""

    format = "unsupported"

    def claim(self, document: Document) -> str:
        """`judged` for a file of a known format that nothing here reads."""
        return "judged" if _format(document) else ""

    def units(self, documents: Sequence[Document], _support: Sequence[Document]) -> Iterable[Unit]:
        """One unit a file."""
        return [Unit(_format(document), document.path, (document,)) for document in documents]

    def resources(self, unit: Unit, _read: Read) -> Reading:
        """Nothing but the Unread."""
        lost = Unread(
            Location(unit.root, 1),
            "no-parser",
            f"{unit.format} is recognised and not read yet",
            "exclude it with a reason, or render it to a format that is read",
            unit.format,
        )
        return Reading((), (lost,))


def _format(document: Document) -> str:
    for pattern, name in _BY_NAME:
        if pattern.search(document.path):
            return name
    if document.name.endswith((".yaml", ".yml", ".json", ".template")):
        head = document.data[:_LOOK]
        for content, name in _BY_CONTENT:
            if content.search(head):
                return name
    return ""
