"""ECDSA on the curves P-256, P-384 and P-521 (FIPS 186), with the deterministic nonces of RFC 6979."""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Final, NamedTuple

Point = tuple[int, int] | None
"""A point of a curve; nothing is the one at infinity."""


class Curve(NamedTuple):
    """The curve y^2 = x^3 - 3x + b over a prime field, and a base point of prime order."""

    name: str
    prime: int
    b: int
    order: int
    base: tuple[int, int]

    @property
    def size(self) -> int:
        """Bytes of a coordinate."""
        return (self.prime.bit_length() + 7) // 8

    def holds(self, point: tuple[int, int]) -> bool:
        """Whether a point lies on the curve."""
        x, y = point
        return 0 <= x < self.prime and 0 <= y < self.prime and (y * y - x * x * x + 3 * x - self.b) % self.prime == 0

    def add(self, a: Point, b: Point) -> Point:
        """The sum of two points."""
        if a is None or b is None:
            return b if a is None else a
        if a[0] == b[0]:
            if (a[1] + b[1]) % self.prime == 0:
                return None
            slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, self.prime)
        else:
            slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, self.prime)
        x = (slope * slope - a[0] - b[0]) % self.prime
        return x, (slope * (a[0] - x) - a[1]) % self.prime

    def multiply(self, point: Point, factor: int) -> Point:
        """A point added to itself so many times."""
        total: Point = None
        for bit in f"{factor:b}":
            total = self.add(total, total)
            if bit == "1":
                total = self.add(total, point)
        return total


P256: Final = Curve(
    "P-256",
    2**256 - 2**224 + 2**192 + 2**96 - 1,
    0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    (
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
)
P384: Final = Curve(
    "P-384",
    2**384 - 2**128 - 2**96 + 2**32 - 1,
    0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
    0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    (
        0xAA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7,
        0x3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F,
    ),
)
P521: Final = Curve(
    "P-521",
    2**521 - 1,
    int(
        "0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E1"
        "56193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00",
        16,
    ),
    int(
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA"
        "51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409",
        16,
    ),
    (
        int(
            "00C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBA"
            "A14B5E77EFE75928FE1DC127A2FFA8DE3348B3C1856A429BF97E7E31C2E5BD66",
            16,
        ),
        int(
            "011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E662C"
            "97EE72995EF42640C550B9013FAD0761353C7086A272C24088BE94769FD16650",
            16,
        ),
    ),
)


class EcKey(NamedTuple):
    """A point of a curve, and for a private key the factor of the base point that it is."""

    curve: Curve
    point: tuple[int, int]
    private: int | None = None


def verify(key: EcKey, algorithm: str, message: bytes, signature: tuple[int, int]) -> bool:
    """Whether a signature (r, s) of a message is the key's."""
    curve, (r, s) = key.curve, signature
    if not (0 < r < curve.order and 0 < s < curve.order and curve.holds(key.point)):
        return False
    inverse, digest = pow(s, -1, curve.order), _digest(curve, algorithm, message)
    base = curve.multiply(curve.base, digest * inverse % curve.order)
    found = curve.add(base, curve.multiply(key.point, r * inverse % curve.order))
    return found is not None and found[0] % curve.order == r


def sign(key: EcKey, algorithm: str, message: bytes) -> tuple[int, int] | None:
    """The signature (r, s) of a message; nothing without a private key."""
    curve, digest = key.curve, _digest(key.curve, algorithm, message)
    if key.private is None:
        return None
    for nonce in _nonces(key.curve, key.private, algorithm, digest):
        point = curve.multiply(curve.base, nonce)
        r = point[0] % curve.order if point else 0
        s = pow(nonce, -1, curve.order) * (digest + r * key.private) % curve.order
        if r and s:
            return r, s
    return None


def _digest(curve: Curve, algorithm: str, message: bytes) -> int:
    """The leftmost bits of the digest, as many as the order has."""
    digest = hashlib.new(algorithm, message).digest()
    return int.from_bytes(digest, "big") >> max(8 * len(digest) - curve.order.bit_length(), 0)


def _nonces(curve: Curve, private: int, algorithm: str, digest: int) -> Iterator[int]:
    """The numbers of RFC 6979, section 3.2."""
    size, order = (curve.order.bit_length() + 7) // 8, curve.order
    seed = private.to_bytes(size, "big") + (digest % order).to_bytes(size, "big")
    length = hashlib.new(algorithm).digest_size
    key, value = bytes(length), b"\1" * length
    for mark in (b"\0", b"\1"):
        key = hmac.digest(key, value + mark + seed, algorithm)
        value = hmac.digest(key, value, algorithm)
    while True:
        text = b""
        while len(text) < size:
            value = hmac.digest(key, value, algorithm)
            text += value
        nonce = int.from_bytes(text[:size], "big") >> (8 * size - order.bit_length())
        if 0 < nonce < order:
            yield nonce
        key = hmac.digest(key, value + b"\0", algorithm)
        value = hmac.digest(key, value, algorithm)
