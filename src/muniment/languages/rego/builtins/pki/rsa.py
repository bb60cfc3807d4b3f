"""RSA signatures of RFC 8017: PKCS #1 v1.5 and PSS."""

import hashlib
from types import MappingProxyType
from typing import Final, NamedTuple

_MOST_BITS: Final = 8192
_PREFIXES: Final = MappingProxyType(
    {
        "sha1": bytes.fromhex("3021300906052b0e03021a05000414"),
        "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
        "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
        "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
    }
)
"""What stands before a digest: its algorithm's name in DER."""


class RsaKey(NamedTuple):
    """A key; without `private` (d, p, q) it is a public one."""

    modulus: int
    exponent: int
    private: tuple[int, int, int] | None = None

    @property
    def size(self) -> int:
        """Bytes of a signature."""
        return (self.modulus.bit_length() + 7) // 8


def verify(key: RsaKey, algorithm: str, message: bytes, signature: bytes, *, pss: bool = False) -> bool:
    """Whether a signature of a message is the key's."""
    number = int.from_bytes(signature, "big")
    if len(signature) != key.size or number >= key.modulus or key.modulus.bit_length() > _MOST_BITS:
        return False
    encoded = pow(number, key.exponent, key.modulus)
    if pss:
        return _is_pss(key, algorithm, message, encoded)
    padded = _padded(key, algorithm, message)
    return padded is not None and encoded == int.from_bytes(padded, "big")


def sign(key: RsaKey, algorithm: str, message: bytes, *, pss: bool = False, salt: bytes = b"") -> bytes | None:
    """The signature of a message; nothing if the key is too short or no private one."""
    padded = _pss(key, algorithm, message, salt) if pss else _padded(key, algorithm, message)
    if key.private is None or padded is None:
        return None
    return pow(int.from_bytes(padded, "big"), key.private[0], key.modulus).to_bytes(key.size, "big")


def _padded(key: RsaKey, algorithm: str, message: bytes) -> bytes | None:
    """EMSA-PKCS1-v1_5."""
    digest = _PREFIXES[algorithm] + hashlib.new(algorithm, message).digest()
    filling = key.size - len(digest) - 3
    return b"\0\1" + b"\xff" * filling + b"\0" + digest if filling >= 8 else None


def _pss(key: RsaKey, algorithm: str, message: bytes, salt: bytes) -> bytes | None:
    """EMSA-PSS."""
    bits = key.modulus.bit_length() - 1
    digest = hashlib.new(algorithm, bytes(8) + hashlib.new(algorithm, message).digest() + salt).digest()
    filling = (bits + 7) // 8 - len(salt) - len(digest) - 2
    if filling < 0:
        return None
    block = bytearray(_xor(bytes(filling) + b"\1" + salt, _mask(algorithm, digest, filling + 1 + len(salt))))
    block[0] &= 0xFF >> (-bits % 8)
    return bytes(block) + digest + b"\xbc"


def _is_pss(key: RsaKey, algorithm: str, message: bytes, encoded: int) -> bool:
    """EMSA-PSS-VERIFY, with a salt of any length."""
    bits = key.modulus.bit_length() - 1
    length = (bits + 7) // 8
    if encoded.bit_length() > bits:
        return False
    block, size = encoded.to_bytes(length, "big"), hashlib.new(algorithm).digest_size
    if length < size + 2 or block[-1] != 0xBC:
        return False
    masked, digest = block[: length - size - 1], block[length - size - 1 : -1]
    plain = bytearray(_xor(masked, _mask(algorithm, digest, len(masked))))
    plain[0] &= 0xFF >> (-bits % 8)
    mark = bytes(plain).lstrip(b"\0")
    if mark[:1] != b"\1":
        return False
    hashed = hashlib.new(algorithm, message).digest()
    return hashlib.new(algorithm, bytes(8) + hashed + mark[1:]).digest() == digest


def _mask(algorithm: str, seed: bytes, length: int) -> bytes:
    """MGF1."""
    blocks = -(-length // hashlib.new(algorithm).digest_size)
    return b"".join(hashlib.new(algorithm, seed + count.to_bytes(4, "big")).digest() for count in range(blocks))[
        :length
    ]


def _xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))
