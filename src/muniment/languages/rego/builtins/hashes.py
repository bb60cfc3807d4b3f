"""Hashes of strings, plain and with a key."""

import hashlib
import hmac
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.builtins.encoding import to_bytes


def _hashed(name: str) -> Callable[[str], str]:
    return lambda text: hashlib.new(name, to_bytes(text), usedforsecurity=False).hexdigest()


def _keyed(name: str) -> Callable[[str, str], str]:
    return lambda text, key: hmac.new(to_bytes(key), to_bytes(text), name).hexdigest()


FUNCTIONS: Final = MappingProxyType(
    {
        "crypto.hmac.equal": lambda first, second: hmac.compare_digest(to_bytes(first), to_bytes(second)),
        **{f"crypto.hmac.{name}": _keyed(name) for name in ("md5", "sha1", "sha256", "sha512")},
        **{f"crypto.{name}": _hashed(name) for name in ("md5", "sha1", "sha256")},
    }
)
