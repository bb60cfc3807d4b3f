"""Hashes of texts and of files' bytes, and identifiers made from them."""

import hashlib
from collections.abc import Callable
from typing import Final

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.function import Function
from muniment.languages.hcl.functions.encoding import to_base64
from muniment.languages.hcl.functions.signature import typed
from muniment.languages.hcl.types import STRING

Hash = Callable[[bytes], str]

_NAMESPACES: Final = {
    "dns": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "url": "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
    "oid": "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
    "x500": "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
}


def hash_functions() -> list[Function]:
    """The hash group without the functions of files and those that are unknown by nature."""
    return [
        *(typed(name, _of_text(hashed), STRING, returns=STRING) for name, hashed in hashes().items()),
        typed("uuidv5", _uuid_v5, STRING, STRING, returns=STRING),
    ]


def hashes() -> dict[str, Hash]:
    """The hashes of bytes by the names that their functions have."""
    return {
        "base64sha256": lambda data: to_base64(hashlib.sha256(data).digest()),
        "base64sha512": lambda data: to_base64(hashlib.sha512(data).digest()),
        "md5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
        "sha1": lambda data: hashlib.sha1(data, usedforsecurity=False).hexdigest(),
        "sha256": lambda data: hashlib.sha256(data).hexdigest(),
        "sha512": lambda data: hashlib.sha512(data).hexdigest(),
    }


def _of_text(hashed: Hash) -> Callable[[str], str]:
    return lambda text: hashed(text.encode())


def _uuid_v5(namespace: str, name: str) -> str:
    """The name-based identifier of RFC 4122, version 5."""
    digest = bytearray(hashlib.sha1(_namespace(namespace) + name.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _namespace(name: str) -> bytes:
    text = _NAMESPACES.get(name, name).lower().removeprefix("urn:uuid:")
    digits = text.strip("{}").replace("-", "") if len(text) in {32, 36, 38} else ""
    try:
        data = bytes.fromhex(digits)
    except ValueError:
        data = b""
    if len(data) != 16:
        raise HclError(f'"{name}" is neither a namespace nor a UUID', code="invalid-argument")
    return data
