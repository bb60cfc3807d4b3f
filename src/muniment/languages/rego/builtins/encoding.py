"""Base64 and hexadecimal text.

Strings are UTF-8 to these functions. Bytes that are no UTF-8 stay in strings as escaped surrogates, so that what was
decoded can be encoded or hashed again.
"""

import base64
import re
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.signatures import BuiltinError
from muniment.languages.rego.values import Value

_STANDARD: Final = re.compile(r"[A-Za-z0-9+/]*")
_URL: Final = re.compile(r"[A-Za-z0-9\-_]*")


def to_bytes(text: str) -> bytes:
    """The bytes of a string."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def to_string(data: bytes) -> str:
    """The string of bytes."""
    return data.decode("utf-8", "surrogateescape")


def decode_base64(text: str, *, url: bool = False, padded: bool = True) -> bytes:
    """The bytes of base64. Raises BuiltinError with the offset of the first character at fault, as Go counts it."""
    body = text.replace("\r", "").replace("\n", "")
    digits = (_URL if url else _STANDARD).match(body)
    size = digits.end() if digits else 0
    if size % 4 == 1 or body[size:] != ("=" * (-size % 4) if padded else ""):
        raise BuiltinError(f"illegal base64 data at input byte {_fault(body, size, padded=padded)}")
    encoded = body[:size] + "=" * (-size % 4)
    return base64.urlsafe_b64decode(encoded) if url else base64.b64decode(encoded)


def _fault(body: str, size: int, *, padded: bool) -> int:
    """The offset of what does not follow `size` digits: a quantum that ends early is at fault from its first digit."""
    rest, over = body[size:], size % 4
    if not rest:
        return size - over
    if rest[0] != "=" or not padded or over < 2:
        return size
    if over == 2 and rest[1:2] != "=":
        return size + (len(rest) == 1)
    return size + 4 - over


def decode_base64url(text: str) -> str:
    """The string of base64 for URLs, with its padding or without."""
    if not text.endswith("="):
        if len(text) % 4 == 1:
            raise BuiltinError(f"illegal base64url string: {text}")
        text += "=" * (-len(text) % 4)
    return to_string(decode_base64(text, url=True))


def is_base64(text: Value) -> bool:
    """Whether a value is standard base64."""
    if text.__class__ is not str:
        return False
    try:
        decode_base64(text)
    except BuiltinError:
        return False
    return True


def decode_hex(text: str) -> str:
    """The string of hexadecimal digits."""
    if found := re.search("[^0-9A-Fa-f]", text):
        raise BuiltinError(f"encoding/hex: invalid byte: U+{ord(found[0]):04X} '{found[0]}'")
    if len(text) % 2:
        raise BuiltinError("encoding/hex: odd length hex string")
    return to_string(bytes.fromhex(text))


FUNCTIONS: Final = MappingProxyType(
    {
        "base64.decode": lambda text: to_string(decode_base64(text)),
        "base64.encode": lambda text: base64.b64encode(to_bytes(text)).decode(),
        "base64.is_valid": is_base64,
        "base64url.decode": decode_base64url,
        "base64url.encode": lambda text: base64.urlsafe_b64encode(to_bytes(text)).decode(),
        "base64url.encode_no_pad": lambda text: base64.urlsafe_b64encode(to_bytes(text)).decode().rstrip("="),
        "hex.decode": decode_hex,
        "hex.encode": lambda text: to_bytes(text).hex(),
    }
)
