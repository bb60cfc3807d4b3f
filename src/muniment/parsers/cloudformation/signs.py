"""Tells by its bytes whether a file is a template; nothing is parsed for that."""

import re
from typing import Final

_VERSION: Final = re.compile(rb"""^\s*["']?AWSTemplateFormatVersion["']?\s*:""", re.MULTILINE)
_SECTION: Final = re.compile(rb"""["']?Resources["']?\s*:""")
_TYPE: Final = re.compile(
    rb"""["']?Type["']?\s*:\s*["']?(?:AWS::[A-Za-z0-9]+::|Alexa::ASK|Custom::|[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+)"""
)


def is_template(data: bytes) -> bool:
    """Whether a text says the template format's version, or has resources of the cloud's types."""
    if b"\0" in data[:4]:
        data = data.replace(b"\0", b"").lstrip(b"\xff\xfe")
    if _VERSION.search(data) is not None:
        return True
    return b"Resources" in data and _SECTION.search(data) is not None and _TYPE.search(data) is not None
