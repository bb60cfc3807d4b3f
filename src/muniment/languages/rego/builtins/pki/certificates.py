"""X.509 certificates and requests for them (RFC 5280), read into parts."""

from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.languages.goformat.timestamps import days_from_civil
from muniment.languages.rego.builtins.pki.der import DerError, Node, nodes, single
from muniment.languages.rego.builtins.pki.keys import Key, public_key

Oid = tuple[int, ...]

BASIC_CONSTRAINTS: Final = (2, 5, 29, 19)
KEY_USAGE: Final = (2, 5, 29, 15)
EXTENDED_KEY_USAGE: Final = (2, 5, 29, 37)
ALTERNATIVE_NAMES: Final = (2, 5, 29, 17)
SUBJECT_KEY: Final = (2, 5, 29, 14)
AUTHORITY_KEY: Final = (2, 5, 29, 35)
POLICIES: Final = (2, 5, 29, 32)
REVOCATION_LISTS: Final = (2, 5, 29, 31)
AUTHORITY_ACCESS: Final = (1, 3, 6, 1, 5, 5, 7, 1, 1)
READ: Final = frozenset(
    {
        BASIC_CONSTRAINTS,
        KEY_USAGE,
        EXTENDED_KEY_USAGE,
        ALTERNATIVE_NAMES,
        SUBJECT_KEY,
        AUTHORITY_KEY,
        POLICIES,
        REVOCATION_LISTS,
        AUTHORITY_ACCESS,
    }
)
"""Extensions that are understood here."""


class Extension(NamedTuple):
    """An extension with its contents."""

    oid: Oid
    critical: bool
    value: bytes


class Attribute(NamedTuple):
    """A part of a name, such as its country."""

    oid: Oid
    value: str


class Name(NamedTuple):
    """A distinguished name and the bytes by which names are compared."""

    attributes: tuple[Attribute, ...]
    raw: bytes


class AlternativeNames(NamedTuple):
    """The names of a subject by kind; addresses are bytes."""

    dns: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    addresses: tuple[bytes, ...] = ()
    uris: tuple[str, ...] = ()


class Certificate(NamedTuple):
    """A certificate; a request for one has neither issuer nor times, serial number or extensions of an issuer."""

    raw: bytes
    signed: bytes
    """What the signature is of."""
    version: int
    serial: int
    algorithm: Oid
    parameters: Node | None
    signature: bytes
    issuer: Name
    subject: Name
    not_before: int
    """Seconds since 1970."""
    not_after: int
    key_info: Node
    key: Key | None
    extensions: tuple[Extension, ...]

    def extension(self, oid: Oid) -> Node | None:
        """The contents of an extension."""
        found = next((one for one in self.extensions if one.oid == oid), None)
        return single(found.value) if found else None

    @property
    def constraints(self) -> tuple[bool, int] | None:
        """Whether it may issue certificates, and how long a chain below it may be (-1 for any), where it says so."""
        node = self.extension(BASIC_CONSTRAINTS)
        if node is None:
            return None
        parts = node.expect(0x30).children()
        authority = bool(parts) and parts[0].tag == 1 and parts[0].body != b"\0"
        lengths = [part.integer() for part in parts if part.tag == 2]
        return authority, lengths[0] if lengths else -1

    @property
    def usages(self) -> tuple[Oid, ...]:
        """What the key is for, of the extended kind."""
        node = self.extension(EXTENDED_KEY_USAGE)
        return tuple(part.oid() for part in node.children()) if node else ()

    @property
    def names(self) -> AlternativeNames:
        """The alternative names of the subject."""
        node = self.extension(ALTERNATIVE_NAMES)
        parts = node.children() if node else []
        texts = {tag: tuple(part.text() for part in parts if part.tag == tag) for tag in (0x81, 0x82, 0x86)}
        return AlternativeNames(texts[0x82], texts[0x81], tuple(p.body for p in parts if p.tag == 0x87), texts[0x86])


def read_certificates(data: bytes) -> list[Certificate]:
    """The certificates that stand one behind the other. Raises DerError for any other bytes."""
    try:
        return [_certificate(node) for node in nodes(data)]
    except (DerError, IndexError, ValueError) as error:
        raise DerError("x509: malformed certificate") from error


def _certificate(node: Node) -> Certificate:
    body, algorithm, signature = node.expect(0x30).children()
    parts = body.expect(0x30).children()
    version = single(parts.pop(0).body).integer() + 1 if parts[0].tag == 0xA0 else 1
    serial, _, issuer, validity, subject, info = parts[:6]
    begin, end = validity.children()
    wrapped = next((part for part in parts[6:] if part.tag == 0xA3), None)
    extensions = single(wrapped.body).children() if wrapped else []
    kind = algorithm.children()
    return Certificate(
        node.whole,
        body.whole,
        version,
        serial.integer(),
        kind[0].oid(),
        kind[1] if len(kind) > 1 else None,
        signature.bits(),
        _name(issuer),
        _name(subject),
        _seconds(begin),
        _seconds(end),
        info,
        public_key(info),
        tuple(map(_extension, extensions)),
    )


def read_request(data: bytes) -> Certificate:
    """A request for a certificate (RFC 2986). Raises DerError for any other bytes."""
    try:
        body, algorithm, signature = single(data).expect(0x30).children()
        version, subject, info, *rest = body.children()
        kind = algorithm.children()
        return Certificate(
            data,
            body.whole,
            version.integer(),
            0,
            kind[0].oid(),
            kind[1] if len(kind) > 1 else None,
            signature.bits(),
            Name((), b""),
            _name(subject),
            0,
            0,
            info,
            public_key(info),
            _requested(rest),
        )
    except (DerError, IndexError, ValueError) as error:
        raise DerError(f"asn1: structure error: {error}") from error


def _requested(rest: list[Node]) -> tuple[Extension, ...]:
    """The extensions that a request asks for among its attributes."""
    for attribute in rest[0].children() if rest else ():
        oid, values = attribute.children()[:2]
        if oid.oid() == (1, 2, 840, 113549, 1, 9, 14):
            return tuple(_extension(one) for one in values.children()[0].children())
    return ()


def _extension(node: Node) -> Extension:
    parts = node.children()
    critical = len(parts) == 3 and parts[1].body != b"\0"
    return Extension(parts[0].oid(), critical, parts[-1].expect(4).body)


def _name(node: Node) -> Name:
    attributes = []
    for group in node.expect(0x30).children():
        for pair in group.children():
            oid, value = pair.children()
            attributes.append(Attribute(oid.oid(), value.text()))
    return Name(tuple(attributes), node.whole)


def _seconds(node: Node) -> int:
    """A UTCTime or GeneralizedTime."""
    text = node.text()
    if node.tag == 23:
        text = ("19" if text[:2] >= "50" else "20") + text
    digits = text.removesuffix("Z")
    if len(digits) != 14 or not digits.isdecimal() or not text.endswith("Z"):
        raise DerError("asn1: structure error: bad time")
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    clock = int(digits[8:10]) * 3600 + int(digits[10:12]) * 60 + int(digits[12:])
    return days_from_civil(year, month, day) * 86400 + clock


USAGES: Final = MappingProxyType(
    {
        (2, 5, 29, 37, 0): 0,
        **{(1, 3, 6, 1, 5, 5, 7, 3, number): number for number in range(1, 10)},
        (1, 3, 6, 1, 4, 1, 311, 10, 3, 3): 10,
        (2, 16, 840, 1, 113730, 4, 1): 11,
        (1, 3, 6, 1, 4, 1, 311, 2, 1, 22): 12,
        (1, 3, 6, 1, 4, 1, 311, 61, 1, 1): 13,
    }
)
"""Go's numbers of the extended key usages."""
