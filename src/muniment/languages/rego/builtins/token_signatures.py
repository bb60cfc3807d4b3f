"""The algorithms of JSON Web Signatures (RFC 7518, RFC 8037)."""

import hmac
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.languages.rego.builtins.pki import ecdsa, ed25519, rsa
from muniment.languages.rego.builtins.pki.ecdsa import EcKey
from muniment.languages.rego.builtins.pki.ed25519 import EdKey
from muniment.languages.rego.builtins.pki.keys import Key
from muniment.languages.rego.builtins.pki.rsa import RsaKey


class Algorithm(NamedTuple):
    """A family, and the hash that it is used with."""

    family: str
    hash: str


ALGORITHMS: Final = MappingProxyType(
    {
        **{
            f"{kind}{bits}": Algorithm(kind, f"sha{bits}")
            for kind in ("HS", "RS", "PS", "ES")
            for bits in (256, 384, 512)
        },
        "EdDSA": Algorithm("EdDSA", ""),
    }
)


def verifies(algorithm: str, key: Key, message: bytes, signature: bytes) -> bool:
    """Whether a signature of a message is the key's; a key of another kind made none."""
    family, hashed = ALGORITHMS[algorithm]
    if family == "HS":
        return isinstance(key, bytes) and hmac.compare_digest(hmac.digest(key, message, hashed), signature)
    if family == "ES" and isinstance(key, EcKey):
        half = len(signature) // 2
        numbers = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
        return ecdsa.verify(key, hashed, message, numbers)
    if family in {"RS", "PS"} and isinstance(key, RsaKey):
        return rsa.verify(key, hashed, message, signature, pss=family == "PS")
    return family == "EdDSA" and isinstance(key, EdKey) and ed25519.verify(key, message, signature)


def signed(algorithm: str, key: Key, message: bytes) -> bytes | None:
    """The signature of a message; nothing if the key is of another kind or no private one.

    The salt of RSA-PSS comes from key and message, so that a query gives the same answer twice.
    """
    family, hashed = ALGORITHMS[algorithm]
    if family == "HS" and isinstance(key, bytes):
        return hmac.digest(key, message, hashed)
    if family == "ES" and isinstance(key, EcKey):
        pair = ecdsa.sign(key, hashed, message)
        return b"".join(number.to_bytes(key.curve.size, "big") for number in pair) if pair else None
    if family in {"RS", "PS"} and isinstance(key, RsaKey):
        secret = str(key.private).encode()
        salt = hmac.digest(secret, message, hashed) if family == "PS" else b""
        return rsa.sign(key, hashed, message, pss=family == "PS", salt=salt)
    return ed25519.sign(key, message) if family == "EdDSA" and isinstance(key, EdKey) else None
