"""Whether a certificate leads to a root that is trusted: signatures, times, the right to issue, uses and names."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.languages.net import NetError, parse_ip
from muniment.languages.rego.builtins.pki import ecdsa, ed25519, rsa
from muniment.languages.rego.builtins.pki.certificates import KEY_USAGE, READ, USAGES, Certificate, Oid
from muniment.languages.rego.builtins.pki.der import single
from muniment.languages.rego.builtins.pki.ecdsa import EcKey
from muniment.languages.rego.builtins.pki.ed25519 import EdKey
from muniment.languages.rego.builtins.pki.rsa import RsaKey

_PKCS1: Final = (1, 2, 840, 113549, 1, 1)
PSS: Final = (*_PKCS1, 10)
ED25519: Final = (1, 3, 101, 112)
RSA_HASHES: Final = MappingProxyType[Oid, str](
    {(*_PKCS1, 11): "sha256", (*_PKCS1, 12): "sha384", (*_PKCS1, 13): "sha512"}
)
EC_HASHES: Final = MappingProxyType[Oid, str](
    {(1, 2, 840, 10045, 4, 3, n): f"sha{bits}" for n, bits in ((2, 256), (3, 384), (4, 512))}
)
_PSS_HASHES: Final = MappingProxyType[Oid, str](
    {(2, 16, 840, 1, 101, 3, 4, 2, n): f"sha{b}" for n, b in ((1, 256), (2, 384), (3, 512))}
)
_LONGEST: Final = 10
_CERTIFICATE_SIGN: Final = 0x04
"""The bit of the key's usage, in its first octet."""


class Trust(NamedTuple):
    """What a chain is judged by."""

    root: Certificate
    intermediates: tuple[Certificate, ...]
    seconds: int
    """The time since 1970."""
    host: str = ""
    usages: frozenset[int] = frozenset({1})
    """Go's numbers of the uses of which the leaf needs one; 0 is any."""


def chain(leaf: Certificate, trust: Trust) -> tuple[Certificate, ...]:
    """The certificates from the leaf to the root; empty if there is no way that holds."""
    if trust.host and not matches_host(leaf, trust.host):
        return ()
    if not _usable(leaf, trust, trust.usages):
        return ()
    return _climb((leaf,), trust)


def _climb(path: tuple[Certificate, ...], trust: Trust) -> tuple[Certificate, ...]:
    last = path[-1]
    if last.raw == trust.root.raw:
        return path
    if len(path) >= _LONGEST:
        return ()
    for issuer in (trust.root, *trust.intermediates):
        if any(issuer.raw == known.raw for known in path) or issuer.subject.raw != last.issuer.raw:
            continue
        if not (_may_issue(issuer, len(path) - 1) and _usable(issuer, trust, trust.usages) and signed_by(last, issuer)):
            continue
        if found := _climb((*path, issuer), trust):
            return found
    return ()


def _usable(certificate: Certificate, trust: Trust, usages: frozenset[int]) -> bool:
    """Whether it is in force, has no demand that is not understood here, and is for one of the uses."""
    if not certificate.not_before <= trust.seconds <= certificate.not_after:
        return False
    if any(one.critical and one.oid not in READ for one in certificate.extensions):
        return False
    allowed = frozenset(USAGES.get(usage, -1) for usage in certificate.usages)
    return not allowed or 0 in allowed or 0 in usages or bool(allowed & usages)


def _may_issue(certificate: Certificate, below: int) -> bool:
    """Whether it is an authority for a chain with so many authorities below it."""
    constraints = certificate.constraints
    if certificate.version == 3 and (constraints is None or not constraints[0]):
        return False
    if constraints and 0 <= constraints[1] < below:
        return False
    usage = certificate.extension(KEY_USAGE)
    return usage is None or bool(usage.bits()[:1] and usage.bits()[0] & _CERTIFICATE_SIGN)


def signed_by(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether the issuer's key made the signature of a certificate; old hashes do not count."""
    key, oid, message, signature = issuer.key, certificate.algorithm, certificate.signed, certificate.signature
    if isinstance(key, RsaKey) and oid in RSA_HASHES:
        return rsa.verify(key, RSA_HASHES[oid], message, signature)
    if isinstance(key, RsaKey) and oid == PSS:
        return rsa.verify(key, pss_hash(certificate), message, signature, pss=True)
    if isinstance(key, EcKey) and oid in EC_HASHES:
        r, s = (part.integer() for part in single(signature).children()[:2])
        return ecdsa.verify(key, EC_HASHES[oid], message, (r, s))
    return isinstance(key, EdKey) and oid == ED25519 and ed25519.verify(key, message, signature)


def pss_hash(certificate: Certificate) -> str:
    """The hash that the parameters of an RSA-PSS signature name."""
    parameters = certificate.parameters.children() if certificate.parameters else []
    hashes: Iterable[Oid] = (single(one.body).children()[0].oid() for one in parameters if one.tag == 0xA0)
    return next((_PSS_HASHES[oid] for oid in hashes if oid in _PSS_HASHES), "sha256")


def matches_host(certificate: Certificate, host: str) -> bool:
    """Whether one of the alternative names is a host's name or address; `*` stands for the first label."""
    names = certificate.names
    try:
        address = parse_ip(host.removeprefix("[").removesuffix("]"))
    except NetError:
        wanted = host.lower().rstrip(".")
        rest = wanted.partition(".")[2]
        known = {name.lower().rstrip(".") for name in names.dns}
        return wanted in known or (bool(rest) and f"*.{rest}" in known)
    return address.value.to_bytes(address.bits // 8, "big") in names.addresses
