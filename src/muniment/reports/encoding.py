"""Canonical JSON: sorted keys, no spaces, UTF-8, so that equal answers are equal bytes."""

import json
from typing import Any, Final

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def encode(value: Any) -> str:
    """The text of a value."""
    return _ENCODER.encode(value)


def to_bytes(text: str) -> bytes:
    """JSON text in UTF-8; half a character of a hostile file name becomes a JSON escape."""
    return text.encode("utf-8", "backslashreplace")
