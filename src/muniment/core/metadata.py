"""What policies in other languages say of themselves, and controls as people write them there: `SOC2 CC6.1`."""

import re
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.errors import PolicyError
from muniment.model.policy import ControlLink
from muniment.model.status import Severity

_LONGEST_TITLE: Final = 80

_SPELLINGS: Final = MappingProxyType({"soc2": "soc2", "pci": "pci-dss", "pcidss": "pci-dss", "hipaa": "hipaa"})
_SEPARATORS: Final = re.compile(r"[,;\n]")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")


class Metadata(NamedTuple):
    """What a policy says of itself beside its logic."""

    title: str
    severity: Severity
    risk: str
    fix: str
    controls: tuple[ControlLink, ...]
    owner: str


def short_title(text: str) -> str:
    """A title of at most 80 characters."""
    return text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"


def control_links(written: str, why: str, where: str) -> tuple[ControlLink, ...]:
    """The links to controls that stand behind each other, as `PCI-DSS 2.2.1, soc2:CC6.1`; `where` names their place.

    Raises PolicyError for what names no control.
    """
    parts = (part.strip() for part in _SEPARATORS.split(written))
    return tuple(_link(part, why, where) for part in parts if part)


def _link(written: str, why: str, where: str) -> ControlLink:
    framework, colon, control = written.partition(":")
    if not colon or " " in framework.strip():
        framework, _, control = written.rpartition(" ")
    framework, control = framework.strip(), control.strip()
    if not framework or not control:
        raise PolicyError(f"{where}: {written!r} is no control: write it as SOC2 CC6.1 or soc2:CC6.1")
    plain = _NOT_WORD.sub("", framework.lower())
    known = _SPELLINGS.get(plain) or _NOT_WORD.sub("-", framework.lower()).strip("-")
    return ControlLink(known, control, why)
