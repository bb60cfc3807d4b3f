"""Paths of documents as relative references of URIs."""

from typing import Final

_SAFE: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/@+,=")


def relative_uri(path: str) -> str:
    """A path below the base as RFC 3986 has it; a colon is escaped, so that no path looks like a scheme."""
    data = path.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if byte in _SAFE else f"%{byte:02X}" for byte in data)
