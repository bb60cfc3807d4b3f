"""Signatures of Ed25519 (RFC 8032)."""

import hashlib
from typing import Final, NamedTuple

_PRIME: Final = 2**255 - 19
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_D: Final = -121665 * pow(121666, -1, _PRIME) % _PRIME
_ROOT: Final = pow(2, (_PRIME - 1) // 4, _PRIME)
"""A square root of -1."""

Point = tuple[int, int, int, int]
"""Extended coordinates: X, Y, Z and XY/Z."""


class EdKey(NamedTuple):
    """The 32 bytes of a public key, and of the seed of a private one."""

    public: bytes
    seed: bytes | None = None


def verify(key: EdKey, message: bytes, signature: bytes) -> bool:
    """Whether a signature of a message is the key's."""
    if len(signature) != 64 or len(key.public) != 32:
        return False
    point, nonce, scalar = _decode(key.public), _decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if point is None or nonce is None or scalar >= _ORDER:
        return False
    challenge = _hash(signature[:32], key.public, message)
    return _encode(_multiply(_BASE, scalar)) == _encode(_add(nonce, _multiply(point, challenge)))


def sign(key: EdKey, message: bytes) -> bytes | None:
    """The signature of a message; nothing without a private key."""
    if key.seed is None:
        return None
    digest = hashlib.sha512(key.seed).digest()
    scalar = _scalar(digest)
    nonce = _hash(digest[32:], message)
    first = _encode(_multiply(_BASE, nonce))
    second = (nonce + _hash(first, key.public, message) * scalar) % _ORDER
    return first + second.to_bytes(32, "little")


def public_of(seed: bytes) -> bytes:
    """The public key of a private one."""
    return _encode(_multiply(_BASE, _scalar(hashlib.sha512(seed).digest())))


def _scalar(digest: bytes) -> int:
    return int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | (1 << 254)


def _hash(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % _ORDER


def _add(a: Point, b: Point) -> Point:
    m = (a[1] - a[0]) * (b[1] - b[0])
    n = (a[1] + a[0]) * (b[1] + b[0])
    c, d = 2 * a[3] * b[3] * _D, 2 * a[2] * b[2]
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % _PRIME, g * h % _PRIME, f * g % _PRIME, e * h % _PRIME


def _multiply(point: Point, factor: int) -> Point:
    total: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point = _add(point, point)
        factor >>= 1
    return total


def _encode(point: Point) -> bytes:
    inverse = pow(point[2], -1, _PRIME)
    x, y = point[0] * inverse % _PRIME, point[1] * inverse % _PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decode(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, odd = number & ((1 << 255) - 1), number >> 255
    if y >= _PRIME:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _PRIME) % _PRIME
    x = pow(square, (_PRIME + 3) // 8, _PRIME)
    if (x * x - square) % _PRIME:
        x = x * _ROOT % _PRIME
    if (x * x - square) % _PRIME or (not x and odd):
        return None
    x = _PRIME - x if x & 1 != odd else x
    return x, y, 1, x * y % _PRIME


def _base() -> Point:
    point = _decode((4 * pow(5, -1, _PRIME) % _PRIME).to_bytes(32, "little"))
    if point is None:
        raise AssertionError
    return point


_BASE: Final = _base()
