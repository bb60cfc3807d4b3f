"""Controls as people write them beside policies in other languages: `SOC2 CC6.1`, `PCI-DSS 2.2.1`, `soc2:CC6.1`."""

import re
from types import MappingProxyType
from typing import Final

from muniment.errors import PolicyError
from muniment.model.policy import ControlLink

_SPELLINGS: Final = MappingProxyType({"soc2": "soc2", "pci": "pci-dss", "pcidss": "pci-dss", "hipaa": "hipaa"})
_SEPARATORS: Final = re.compile(r"[,;\n]")
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")


def control_links(written: str, why: str, where: str) -> tuple[ControlLink, ...]:
    """The links to controls that stand behind each other; `where` is what they are written in.

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
