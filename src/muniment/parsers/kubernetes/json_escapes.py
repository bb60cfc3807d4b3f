"""JSON's escapes of characters outside of the basic plane, in the form that YAML has for them."""

import re
from typing import Final

_SURROGATE: Final = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}")
_ESCAPE: Final = re.compile(
    rb"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)


def as_yaml(data: bytes) -> bytes:
    """The text with pairs of surrogates as one escape; half a pair stands for no character. Lines stay as they are."""
    return _ESCAPE.sub(_escape, data) if _SURROGATE.search(data) else data


def _escape(found: "re.Match[bytes]") -> bytes:
    if found[1]:
        high, low = int(found[1], 16) - 0xD800, int(found[2], 16) - 0xDC00
        return b"\\U%08x" % (0x10000 + (high << 10) + low)
    return b"\\ufffd" if found[3] else found[0]
