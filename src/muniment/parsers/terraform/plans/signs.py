"""Tells by its bytes whether a file is a plan; nothing is parsed for that."""

from typing import Final

_ARCHIVE: Final = b"PK\x03\x04"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_PARTS: Final = (b'"planned_values"', b'"resource_changes"')
_HEAD: Final = 256
"""Bytes in which the archive of a plan names its first member."""


def is_plan(data: bytes) -> bool:
    """Whether a text is the JSON form of a plan, in any encoding that shells write."""
    if data[:2] in _WIDE or b"\0" in data[:2]:
        data = data.replace(b"\0", b"")
    return b'"format_version"' in data and any(part in data for part in _PARTS)


def is_binary_plan(data: bytes) -> bool:
    """Whether the bytes are what `terraform plan -out` writes."""
    return data.startswith(_ARCHIVE) and b"tfplan" in data[:_HEAD]


def is_encrypted_plan(data: bytes) -> bool:
    """Whether the bytes are a plan that OpenTofu has encrypted."""
    return data[:1] == b"{" and b'"encrypted_data"' in data and b'"encryption_version"' in data
