"""The modules that `terraform init` installed: read from its manifest, never fetched."""

import json
import posixpath
from typing import Any

from muniment.core.ports import Read
from muniment.errors import InputError
from muniment.languages.goformat.constraints import parse_constraints, parse_version, satisfies
from muniment.languages.source import LanguageError
from muniment.parsers.terraform.addresses import without_keys


class Manifest:
    """`.terraform/modules/modules.json` of a root; read when the first call asks."""

    __slots__ = ("_entries", "_read", "_root")

    def __init__(self, root: str, read: Read) -> None:
        self._root = root
        self._read = read
        self._entries: dict[str, dict[str, Any]] | None = None

    def find(self, address: str, source: str, version: object) -> tuple[str, str]:
        """The folder of an installed module and an empty text, or what is wrong."""
        key = ".".join(part for part in without_keys(address).split(".") if part != "module")
        entry = self._load().get(key)
        if entry is None:
            return "", f"{source} is not installed"
        installed = str(entry.get("Version") or "")
        folder = posixpath.normpath(posixpath.join(self._root, str(entry.get("Dir", ""))))
        if not _same_source(str(entry.get("Source", "")), source):
            return folder, f"{source} is wanted, {entry.get('Source')} is installed"
        if isinstance(version, str) and installed and not _allows(version, installed):
            return folder, f"version {version} is wanted, {installed} is installed"
        return folder, ""

    def _load(self) -> dict[str, dict[str, Any]]:
        if self._entries is None:
            document = self._read(posixpath.join(self._root, ".terraform/modules/modules.json"))
            try:
                modules = json.loads(document.data).get("Modules", []) if document else []
                self._entries = {entry["Key"]: entry for entry in modules}
            except (ValueError, KeyError, TypeError, AttributeError, InputError):
                self._entries = {}
        return self._entries


def _same_source(installed: str, wanted: str) -> bool:
    host = "registry.terraform.io/"
    return installed.removeprefix(host) == wanted.removeprefix(host)


def _allows(wanted: str, installed: str) -> bool:
    try:
        return satisfies(parse_version(installed), parse_constraints(wanted))
    except LanguageError:
        return False
