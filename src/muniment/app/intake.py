"""What a source gives, and which parser reads which of it."""

from typing import Final, NamedTuple

from muniment.app.registry import Parsers
from muniment.core.ports import Parser
from muniment.errors import InputError
from muniment.model.assessment import LedgerLine
from muniment.model.document import Document, Location
from muniment.model.result import Unread
from muniment.sources.rendering import Rendering

_STAND_INS: Final = (
    (b"version https://git-lfs.github.com/spec/", "a pointer of Git LFS", "run git lfs pull first"),
    (b"\0GITCRYPT\0", "encrypted by git-crypt", "run git-crypt unlock first"),
    (b"age-encryption.org/v1", "encrypted by age", "decrypt it first, or exclude it with a reason"),
)
"""How a file begins that stands for another one, what it is, and the remedy."""


class Intake(NamedTuple):
    """What a source gives: documents, and what it saw beside them."""

    documents: tuple[Document, ...]
    ledger: tuple[LedgerLine, ...] = ()
    unread: tuple[Unread, ...] = ()
    scopes: tuple[str, ...] = ("",)
    """The paths that were asked for; plain manifests are joined within one of them."""
    only: frozenset[str] | None = None
    """Files that the answer is about, where single files were named; what they need was read too."""
    renderings: tuple[Rendering, ...] = ()
    as_format: str = ""
    """The format that every document has, where the caller says so."""


class Claims(NamedTuple):
    """Which parser reads which documents, and what nobody reads."""

    judged: dict[str, list[Document]]
    support: dict[str, list[Document]]
    parsers: dict[str, Parser]
    ledger: list[LedgerLine]
    unread: list[Unread]


def classify(intake: Intake, parsers: Parsers) -> Claims:
    """Asks the parsers, in order of precedence, who reads each document."""
    claims = Claims({}, {}, {}, list(intake.ledger), [])
    consumed = frozenset(path for rendering in intake.renderings for path in rendering.consumed)
    for document in intake.documents:
        if document.path in consumed:
            claims.ledger.append(LedgerLine(document.path, "support", "kubernetes", "rendered"))
            claims.support.setdefault("rendered", []).append(document)
            continue
        try:
            _claim(document, parsers, claims, intake.as_format)
        except InputError as error:
            claims.unread.append(Unread(Location(document.path, 1), error.code, str(error), error.hint))
    return claims


def _claim(document: Document, parsers: Parsers, claims: Claims, as_format: str) -> None:
    if as_format:
        claims.parsers[as_format] = parsers.named(as_format)
        claims.judged.setdefault(as_format, []).append(document)
        return
    recognised = False
    for parser in parsers.candidates(document):
        recognised = True
        role = parser.claim(document)
        if role:
            claims.parsers[parser.format] = parser
            kept = claims.judged if role == "judged" else claims.support
            kept.setdefault(parser.format, []).append(document)
            return
    if recognised:
        _refuse_stand_in(document)
    suffix = document.name.rpartition(".")[2] if "." in document.name else document.name
    claims.ledger.append(LedgerLine(document.path, "unrecognised", reason=suffix))


def _refuse_stand_in(document: Document) -> None:
    """Raises InputError for what lies in place of a file named like configuration: nobody else would speak of it."""
    for start, what, remedy in _STAND_INS:
        if document.data.startswith(start):
            raise InputError(f"is {what}, not the configuration itself", code="stand-in", hint=remedy)
