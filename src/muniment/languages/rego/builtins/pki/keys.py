"""Keys out of DER (PKCS #1, PKCS #8, SEC 1, SubjectPublicKeyInfo) and out of JSON Web Keys."""

import base64
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.rego.builtins.pki.der import DerError, Node, single
from muniment.languages.rego.builtins.pki.ecdsa import P256, P384, P521, Curve, EcKey
from muniment.languages.rego.builtins.pki.ed25519 import EdKey, public_of
from muniment.languages.rego.builtins.pki.rsa import RsaKey

Key = RsaKey | EcKey | EdKey | bytes
"""A key; bytes are a shared secret."""

RSA: Final = (1, 2, 840, 113549, 1, 1, 1)
EC: Final = (1, 2, 840, 10045, 2, 1)
ED25519: Final = (1, 3, 101, 112)
_CURVES: Final = MappingProxyType(
    {(1, 2, 840, 10045, 3, 1, 7): P256, (1, 3, 132, 0, 34): P384, (1, 3, 132, 0, 35): P521}
)
_NAMED_CURVES: Final = MappingProxyType({curve.name: curve for curve in (P256, P384, P521)})


def public_key(info: Node) -> Key | None:
    """The key of a SubjectPublicKeyInfo; nothing for kinds that nobody here can use."""
    algorithm, bits = info.expect(0x30).children()[:2]
    kind = algorithm.children()
    name, data = kind[0].oid(), bits.bits()
    if name == RSA:
        modulus, exponent = (part.integer() for part in single(data).children()[:2])
        return RsaKey(modulus, exponent)
    if name == ED25519:
        return EdKey(data)
    curve = _CURVES.get(kind[1].oid()) if name == EC and len(kind) > 1 else None
    return EcKey(curve, _point(curve, data)) if curve else None


def _point(curve: Curve, data: bytes) -> tuple[int, int]:
    """An uncompressed point."""
    size = curve.size
    if len(data) != 1 + 2 * size or data[0] != 4:
        raise DerError("x509: failed to unmarshal elliptic curve point")
    return int.from_bytes(data[1 : 1 + size], "big"), int.from_bytes(data[1 + size :], "big")


def private_key(label: str, data: bytes) -> Key | None:
    """The key of a block of PEM by its label; nothing for other kinds. Raises DerError for broken ones."""
    parts = single(data).expect(0x30).children()
    if label == "RSA PRIVATE KEY":
        return _rsa_private(parts)
    if label == "EC PRIVATE KEY":
        return _ec_private(parts, None)
    if label != "PRIVATE KEY" or len(parts) < 3:
        return None
    kind = parts[1].children()
    name, inner = kind[0].oid(), single(parts[2].expect(4).body)
    if name == RSA:
        return _rsa_private(inner.children())
    if name == EC:
        return _ec_private(inner.children(), kind[1].oid())
    return EdKey(public_of(inner.body), inner.body) if name == ED25519 else None


def _rsa_private(parts: list[Node]) -> RsaKey:
    if len(parts) < 6:
        raise DerError("asn1: structure error: sequence truncated")
    n, e, d, p, q = (part.integer() for part in parts[1:6])
    return RsaKey(n, e, (d, p, q))


def _ec_private(parts: list[Node], oid: tuple[int, ...] | None) -> EcKey | None:
    named = oid or next((part.children()[0].oid() for part in parts if part.tag == 0xA0), ())
    curve = _CURVES.get(named)
    if curve is None:
        return None
    return _of_factor(curve, int.from_bytes(parts[1].expect(4).body, "big"))


def _of_factor(curve: Curve, factor: int) -> EcKey | None:
    point = curve.multiply(curve.base, factor) if 0 < factor < curve.order else None
    return EcKey(curve, point, factor) if point else None


def jwk_key(fields: Mapping[str, Any]) -> Key | None:
    """The key of a JSON Web Key (RFC 7517), nothing where it is of no known kind. Raises ValueError if it is broken."""
    kind = fields.get("kty")
    if kind == "oct":
        return _octets(fields, "k")
    if kind == "RSA":
        n, e = _number(fields, "n"), _number(fields, "e")
        whole = all(name in fields for name in ("d", "p", "q"))
        return RsaKey(n, e, (_number(fields, "d"), _number(fields, "p"), _number(fields, "q")) if whole else None)
    if kind == "EC":
        curve = _NAMED_CURVES.get(fields.get("crv", ""))
        if curve is None:
            return None
        factor = _number(fields, "d") if "d" in fields else None
        return EcKey(curve, (_number(fields, "x"), _number(fields, "y")), factor)
    if kind == "OKP" and fields.get("crv") == "Ed25519":
        return EdKey(_octets(fields, "x"), _octets(fields, "d") if "d" in fields else None)
    return None


def _octets(fields: Mapping[str, Any], name: str) -> bytes:
    text = fields.get(name)
    if not isinstance(text, str):
        raise ValueError(f"required field {name} is missing")  # noqa: TRY004
    return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))


def _number(fields: Mapping[str, Any], name: str) -> int:
    return int.from_bytes(_octets(fields, name), "big")
