"""Certificates and keys in the form that Go's structures have as JSON, which policies read by field."""

import base64
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.goformat.timestamps import Timestamp, print_rfc3339
from muniment.languages.net import Address, NetError, format_ip, parse_reference
from muniment.languages.rego.builtins.pki import certificates as x509
from muniment.languages.rego.builtins.pki.certificates import USAGES, Certificate, Extension, Name
from muniment.languages.rego.builtins.pki.chains import EC_HASHES, ED25519, PSS, RSA_HASHES, pss_hash
from muniment.languages.rego.builtins.pki.der import Node
from muniment.languages.rego.builtins.pki.ecdsa import EcKey
from muniment.languages.rego.builtins.pki.ed25519 import EdKey
from muniment.languages.rego.builtins.pki.keys import Key
from muniment.languages.rego.builtins.pki.rsa import RsaKey

Json = dict[str, Any]

_NAME_LISTS: Final = MappingProxyType(
    {
        "Country": 6,
        "Organization": 10,
        "OrganizationalUnit": 11,
        "Locality": 7,
        "Province": 8,
        "StreetAddress": 9,
        "PostalCode": 17,
    }
)
"""Fields of a name by the last arc of the attributes that they list."""
_RSA_NUMBERS: Final = MappingProxyType({"sha256": 4, "sha384": 5, "sha512": 6})
_EC_NUMBERS: Final = MappingProxyType({"sha256": 10, "sha384": 11, "sha512": 12})
_PSS_NUMBERS: Final = MappingProxyType({"sha256": 13, "sha384": 14, "sha512": 15})
_ABSENT: Final = (
    *("ExtraExtensions", "PermittedDNSDomains", "ExcludedDNSDomains", "PermittedIPRanges", "ExcludedIPRanges"),
    *("PermittedEmailAddresses", "ExcludedEmailAddresses", "PermittedURIDomains", "ExcludedURIDomains"),
    "PolicyMappings",
)
"""Fields that are null: lists of what is not read here."""


def certificate_json(certificate: Certificate) -> Json:
    """The fields of Go's `x509.Certificate`, and the URIs as texts beside."""
    constraints = certificate.constraints
    longest = constraints[1] if constraints else 0
    policies = [part.children()[0].oid() for part in _inner(certificate, x509.POLICIES)]
    unknown = [one for one in certificate.usages if one not in USAGES]
    return {
        **_common(certificate),
        "RawTBSCertificate": _base64(certificate.signed),
        "RawIssuer": _base64(certificate.issuer.raw),
        "SerialNumber": certificate.serial,
        "Issuer": _name(certificate.issuer),
        "NotBefore": print_rfc3339(Timestamp(certificate.not_before)),
        "NotAfter": print_rfc3339(Timestamp(certificate.not_after)),
        "KeyUsage": _key_usage(certificate),
        "UnhandledCriticalExtensions": [list(one.oid) for one in certificate.extensions if _unhandled(one)] or None,
        "ExtKeyUsage": [USAGES[one] for one in certificate.usages if one in USAGES] or None,
        "UnknownExtKeyUsage": [list(one) for one in unknown] or None,
        "BasicConstraintsValid": constraints is not None,
        "IsCA": bool(constraints and constraints[0]),
        "MaxPathLen": longest,
        "MaxPathLenZero": constraints is not None and longest == 0,
        "SubjectKeyId": _key_id(certificate.extension(x509.SUBJECT_KEY)),
        "AuthorityKeyId": _key_id(next((p for p in _inner(certificate, x509.AUTHORITY_KEY) if p.tag == 0x80), None)),
        "OCSPServer": _access(certificate, 1),
        "IssuingCertificateURL": _access(certificate, 2),
        "PermittedDNSDomainsCritical": False,
        "CRLDistributionPoints": _revocation_lists(certificate),
        "PolicyIdentifiers": [list(oid) for oid in policies] or None,
        "Policies": [".".join(map(str, oid)) for oid in policies] or None,
        **{f"{name}{zero}": False if zero else 0 for name in _POLICY_LIMITS for zero in ("", "Zero")},
        **dict.fromkeys(_ABSENT),
        "URIStrings": list(certificate.names.uris) or None,
    }


_POLICY_LIMITS: Final = ("InhibitAnyPolicy", "InhibitPolicyMapping", "RequireExplicitPolicy")


def request_json(request: Certificate) -> Json:
    """The fields of Go's `x509.CertificateRequest`."""
    return {
        **_common(request),
        "RawTBSCertificateRequest": _base64(request.signed),
        "Attributes": None,
        "ExtraExtensions": None,
    }


def _common(certificate: Certificate) -> Json:
    """What certificates and requests share."""
    names = certificate.names
    return {
        "Raw": _base64(certificate.raw),
        "RawSubjectPublicKeyInfo": _base64(certificate.key_info.whole),
        "RawSubject": _base64(certificate.subject.raw),
        "Signature": _base64(certificate.signature),
        "SignatureAlgorithm": _algorithm(certificate),
        "PublicKeyAlgorithm": {RsaKey: 1, EcKey: 3, EdKey: 4}.get(type(certificate.key), 0),
        "PublicKey": public_json(certificate.key),
        "Version": certificate.version,
        "Subject": _name(certificate.subject),
        "Extensions": [_extension(one) for one in certificate.extensions] or None,
        "DNSNames": list(names.dns) or None,
        "EmailAddresses": list(names.email) or None,
        "IPAddresses": [_address(data) for data in names.addresses] or None,
        "URIs": [_url(text) for text in names.uris] or None,
    }


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _extension(one: Extension) -> Json:
    return {"Id": list(one.oid), "Critical": one.critical, "Value": _base64(one.value)}


def _unhandled(one: Extension) -> bool:
    return one.critical and one.oid not in x509.READ


def _inner(certificate: Certificate, oid: x509.Oid) -> list[Node]:
    """The parts of an extension that is a sequence."""
    node = certificate.extension(oid)
    return node.children() if node else []


def _name(name: Name) -> Json:
    def values(arc: int) -> list[str]:
        return [one.value for one in name.attributes if one.oid == (2, 5, 4, arc)]

    return {
        **{field: values(arc) or None for field, arc in _NAME_LISTS.items()},
        "SerialNumber": "".join(values(5)[-1:]),
        "CommonName": "".join(values(3)[-1:]),
        "Names": [{"Type": list(one.oid), "Value": one.value} for one in name.attributes] or None,
        "ExtraNames": None,
    }


def _key_usage(certificate: Certificate) -> int:
    """The bits of the key's usage, the first of them the lowest."""
    node = certificate.extension(x509.KEY_USAGE)
    text = "".join(f"{octet:08b}" for octet in node.bits()) if node else ""
    return sum(1 << place for place, bit in enumerate(text) if bit == "1")


def _key_id(node: Node | None) -> str | None:
    return _base64(node.body) if node else None


def _access(certificate: Certificate, method: int) -> list[str] | None:
    """Where something about the issuer is found."""
    wanted = (1, 3, 6, 1, 5, 5, 7, 48, method)
    parts = (part.children() for part in _inner(certificate, x509.AUTHORITY_ACCESS))
    return [part[1].text() for part in parts if part[0].oid() == wanted and part[1].tag == 0x86] or None


def _revocation_lists(certificate: Certificate) -> list[str] | None:
    found = []
    for point in _inner(certificate, x509.REVOCATION_LISTS):
        names = (name for part in point.children()[:1] for full in part.children() for name in full.children())
        found += [name.text() for name in names if name.tag == 0x86]
    return found or None


def _address(data: bytes) -> str:
    return format_ip(Address(int.from_bytes(data, "big"), 8 * len(data))) if len(data) in {4, 16} else ""


def _url(text: str) -> Json:
    """The fields of Go's `url.URL`."""
    try:
        url = parse_reference(text)
    except NetError:
        return {}
    return {
        "Scheme": url.scheme,
        "Opaque": url.opaque,
        "User": None,
        "Host": url.host,
        "Path": url.path,
        "RawPath": "" if url.default_path == url.raw_path else url.raw_path,
        "OmitHost": False,
        "ForceQuery": False,
        "RawQuery": url.raw_query,
        "Fragment": url.fragment,
        "RawFragment": "",
    }


def _algorithm(certificate: Certificate) -> int:
    """Go's number of the way in which it is signed."""
    oid = certificate.algorithm
    if oid in RSA_HASHES:
        return _RSA_NUMBERS[RSA_HASHES[oid]]
    if oid in EC_HASHES:
        return _EC_NUMBERS[EC_HASHES[oid]]
    if oid == PSS:
        return _PSS_NUMBERS[pss_hash(certificate)]
    return {ED25519: 16, (1, 2, 840, 113549, 1, 1, 5): 3}.get(oid, 0)


def public_json(key: Key | None) -> Any:
    """A public key as Go prints it."""
    if isinstance(key, RsaKey):
        return {"N": key.modulus, "E": key.exponent}
    if isinstance(key, EcKey):
        return {"Curve": {}, "X": key.point[0], "Y": key.point[1]}
    return _base64(key.public) if isinstance(key, EdKey) else None


def private_json(key: Key | None) -> Any:
    """A private key as Go prints it."""
    if isinstance(key, RsaKey) and key.private:
        d, p, q = key.private
        derived = {"Dp": d % (p - 1), "Dq": d % (q - 1), "Qinv": pow(q, -1, p), "CRTValues": []}
        return {**public_json(key), "D": d, "Primes": [p, q], "Precomputed": derived}
    if isinstance(key, EcKey):
        return {**public_json(key), "D": key.private}
    return _base64((key.seed or b"") + key.public) if isinstance(key, EdKey) else None


def private_jwk(key: Key) -> Json:
    """A private key as a JSON Web Key."""
    if isinstance(key, RsaKey) and key.private:
        d, p, q = key.private
        numbers = {"n": key.modulus, "e": key.exponent, "d": d, "p": p, "q": q}
        numbers |= {"dp": d % (p - 1), "dq": d % (q - 1), "qi": pow(q, -1, p)}
        return {"kty": "RSA", **{name: _url64(_octets(number)) for name, number in numbers.items()}}
    if isinstance(key, EcKey):
        numbers = {"x": key.point[0], "y": key.point[1], "d": key.private or 0}
        texts = {name: _url64(number.to_bytes(key.curve.size, "big")) for name, number in numbers.items()}
        return {"kty": "EC", "crv": key.curve.name, **texts}
    if isinstance(key, EdKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": _url64(key.public), "d": _url64(key.seed or b"")}
    return {}


def _octets(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
