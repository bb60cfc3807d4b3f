"""Tells by its bytes whether a file holds Kubernetes objects; nothing is parsed for that."""

import re
from typing import Final

_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_AT: Final = rb"""^(?:- |\xef\xbb\xbf)?["']?%b["']?[ \t]*:"""
_API: Final = re.compile(_AT % b"apiVersion", re.MULTILINE)
_KIND: Final = re.compile(_AT % b"kind", re.MULTILINE)
_METADATA: Final = re.compile(_AT % b"metadata", re.MULTILINE)
_INDENTED: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*|---[^\n]*)?\r?\n)*(?:[ \t]+[\w\"']|[ \t]*[\[{])"
)
_ANY_API: Final = re.compile(rb"""["']?apiVersion["']?[ \t]*:""")
_ANY_KIND: Final = re.compile(rb"""["']?kind["']?[ \t]*:""")


def is_manifest(data: bytes) -> bool:
    """Whether the text has objects with an apiVersion and a kind, or what is left of one whose author forgot either."""
    if b"\0" in data[:4] or data[:2] in _WIDE_MARKS:
        data = data.replace(b"\0", b"").lstrip(b"\xff\xfe")
    if b"kind" not in data and b"apiVersion" not in data:
        return False
    if _INDENTED.match(data):
        return _ANY_API.search(data) is not None and _ANY_KIND.search(data) is not None
    signs = sum(pattern.search(data) is not None for pattern in (_API, _KIND))
    return signs == 2 or (signs == 1 and _METADATA.search(data) is not None)
