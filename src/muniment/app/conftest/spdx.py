"""SPDX's tags and values in the JSON form of the same document (SPDX 2.3, annex of its tag-value and JSON formats)."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from muniment.errors import InputError

_TAG: Final = re.compile(
    r"[^\S\n]*(\w+):[^\S\n]*+(?:<text>(.*?)</text>[^\S\n]*|((?!<text>)[^\n]*))(?:\n|\Z)", re.DOTALL
)
_NOTHING: Final = re.compile(r"(?:[^\S\n]*(?:#[^\n]*)?(?:\n|\Z))")
_LISTS: Final = MappingProxyType(
    {
        "PackageName": "packages",
        "FileName": "files",
        "LicenseID": "hasExtractedLicensingInfos",
        "Relationship": "relationships",
        "Annotator": "annotations",
        "SnippetSPDXID": "",
        "Reviewer": "",
    }
)
"""Tags that begin a part, and the lists that these stand in; snippets and reviews have none, as under Conftest."""
_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "SPDXVersion": "/spdxVersion",
        "DataLicense": "/dataLicense",
        "DocumentName": "/name",
        "DocumentNamespace": "/documentNamespace",
        "DocumentComment": "/comment",
        "LicenseListVersion": "creationInfo/licenseListVersion",
        "Created": "creationInfo/created",
        "CreatorComment": "creationInfo/comment",
        "Creator": "creationInfo/creators[]",
        "ExternalDocumentRef": "/externalDocumentRefs[]",
        "PackageName": "packages/name",
        "PackageVersion": "packages/versionInfo",
        "PackageFileName": "packages/packageFileName",
        "PackageSupplier": "packages/supplier",
        "PackageOriginator": "packages/originator",
        "PackageDownloadLocation": "packages/downloadLocation",
        "FilesAnalyzed": "packages/filesAnalyzed",
        "PackageVerificationCode": "packages/packageVerificationCode",
        "PackageChecksum": "packages/checksums[]",
        "PackageHomePage": "packages/homepage",
        "PackageSourceInfo": "packages/sourceInfo",
        "PackageLicenseConcluded": "packages/licenseConcluded",
        "PackageLicenseInfoFromFiles": "packages/licenseInfoFromFiles[]",
        "PackageLicenseDeclared": "packages/licenseDeclared",
        "PackageLicenseComments": "packages/licenseComments",
        "PackageCopyrightText": "packages/copyrightText",
        "PackageSummary": "packages/summary",
        "PackageDescription": "packages/description",
        "PackageComment": "packages/comment",
        "PrimaryPackagePurpose": "packages/primaryPackagePurpose",
        "ReleaseDate": "packages/releaseDate",
        "BuiltDate": "packages/builtDate",
        "ValidUntilDate": "packages/validUntilDate",
        "PackageAttributionText": "packages/attributionTexts[]",
        "ExternalRef": "packages/externalRefs[]",
        "FileName": "files/fileName",
        "FileType": "files/fileTypes[]",
        "FileChecksum": "files/checksums[]",
        "LicenseConcluded": "files/licenseConcluded",
        "LicenseInfoInFile": "files/licenseInfoInFiles[]",
        "LicenseComments": "files/licenseComments",
        "FileCopyrightText": "files/copyrightText",
        "FileComment": "files/comment",
        "FileNotice": "files/noticeText",
        "FileContributor": "files/fileContributors[]",
        "FileDependency": "files/fileDependencies[]",
        "FileAttributionText": "files/attributionTexts[]",
        "LicenseID": "hasExtractedLicensingInfos/licenseId",
        "ExtractedText": "hasExtractedLicensingInfos/extractedText",
        "LicenseName": "hasExtractedLicensingInfos/name",
        "LicenseCrossReference": "hasExtractedLicensingInfos/seeAlsos[]",
        "LicenseComment": "hasExtractedLicensingInfos/comment",
        "Relationship": "relationships/",
        "RelationshipComment": "relationships/comment",
        "Annotator": "annotations/annotator",
        "AnnotationDate": "annotations/annotationDate",
        "AnnotationType": "annotations/annotationType",
        "AnnotationComment": "annotations/comment",
    }
)
"""The part that a tag belongs to, and its key there; `[]` marks keys of lists."""
_DEFAULTS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "annotations": {"annotationDate": "", "annotationType": "", "comment": ""},
        "files": {"checksums": None, "copyrightText": ""},
        "hasExtractedLicensingInfos": {"extractedText": ""},
        "packages": {"downloadLocation": "", "filesAnalyzed": True},
    }
)
_UNSEEN: Final = frozenset({"SPDXREF", "ReviewDate", "ReviewComment"})
_UNSEEN_START: Final = ("Snippet", "LicenseInfoInSnippet", "ArtifactOfProject", "Reviewer")


def read_spdx(text: str) -> dict[str, Any]:
    """The document of a text. Raises InputError for tags that are not of SPDX, or before what they belong to."""
    reader = _Reader()
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    at, line = 0, 1
    while at < len(plain):
        found = _TAG.match(plain, at) or _NOTHING.match(plain, at)
        if not found:
            raise InputError(f"line {line}: no tag with a value", code="syntax-error")
        if found.re is _TAG:
            reader.add(found[1], (found[2] if found[2] is not None else found[3]).strip(), line)
        line += plain.count("\n", at, found.end())
        at = found.end()
    if "spdxVersion" not in reader.document:
        raise InputError("no SPDXVersion is told", code="syntax-error")
    return reader.document


class _Reader:
    """Puts tags into the part that was begun last of those that they belong to."""

    __slots__ = ("_element", "_parts", "document")

    def __init__(self) -> None:
        creation: dict[str, Any] = {"creators": None, "created": ""}
        self.document: dict[str, Any] = {
            "dataLicense": "",
            "name": "",
            "documentNamespace": "",
            "creationInfo": creation,
        }
        self._parts = {"": self.document, "creationInfo": creation}
        self._element = self.document

    def add(self, tag: str, value: str, line: int) -> None:
        """One tag with its value."""
        if tag in _LISTS:
            self._begin(tag)
        if tag == "SPDXID":
            self._element["SPDXID"] = value
            return
        if tag in _UNSEEN or tag.startswith(_UNSEEN_START):
            return
        place, _, key = _KEYS.get(tag, "").partition("/")
        part = self._parts.get(place)
        if tag == "ExternalRefComment" and (references := self._parts.get("packages", {}).get("externalRefs")):
            references[-1]["comment"] = value
        elif tag not in _KEYS or part is None:
            raise InputError(f"line {line}: the tag {tag} is not known, or stands before its part", code="syntax-error")
        else:
            _put(part, key, tag, value, line)

    def _begin(self, tag: str) -> None:
        """A new part; files belong to the package before them."""
        name = _LISTS[tag]
        part: dict[str, Any] = dict(_DEFAULTS.get(name, {}))
        owner = self._parts.get("packages", self.document) if name == "files" else self.document
        if name:
            owner.setdefault(name, []).append(part)
            self._parts[name] = part
        if name in {"packages", "files"} or tag == "SnippetSPDXID":
            self._element = part


def _put(part: dict[str, Any], key: str, tag: str, value: str, line: int) -> None:
    read = _READERS.get(tag)
    try:
        shown: Any = read(value) if read else value
    except ValueError as error:
        raise InputError(f"line {line}: {tag} has another form: {value[:60]}", code="syntax-error") from error
    if not key:
        part.update(shown)
    elif key.endswith("[]"):
        part[key[:-2]] = part.get(key[:-2]) or []
        part[key[:-2]].append(shown)
    else:
        part[key] = shown


def _truth(value: str) -> bool:
    if value not in {"true", "false"}:
        raise ValueError(value)
    return value == "true"


def _checksum(value: str) -> dict[str, Any]:
    algorithm, digest = value.split(":")
    return {"algorithm": algorithm.strip(), "checksumValue": digest.strip()}


def _verification(value: str) -> dict[str, Any]:
    code, _, excluded = value.partition("(excludes:")
    files = {"packageVerificationCodeExcludedFiles": [excluded.strip().removesuffix(")")]} if excluded else {}
    return {"packageVerificationCodeValue": code.strip(), **files}


def _reference(value: str) -> dict[str, Any]:
    category, kind, locator = value.split()
    return {"referenceCategory": category, "referenceType": kind, "referenceLocator": locator}


def _document(value: str) -> dict[str, Any]:
    name, place, checksum = value.split(maxsplit=2)
    return {"externalDocumentId": name, "spdxDocument": place, "checksum": _checksum(checksum)}


def _relationship(value: str) -> dict[str, Any]:
    one, kind, other = value.split()
    return {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}


_READERS: Final[Mapping[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "ExternalDocumentRef": _document,
        "ExternalRef": _reference,
        "FileChecksum": _checksum,
        "FilesAnalyzed": _truth,
        "PackageChecksum": _checksum,
        "PackageVerificationCode": _verification,
        "Relationship": _relationship,
    }
)
"""Values that are more than a text. They raise ValueError."""
