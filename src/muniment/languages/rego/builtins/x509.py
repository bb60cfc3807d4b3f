"""Certificates, requests for them and private keys out of PEM or base64."""

from types import MappingProxyType
from typing import Any, Final

from muniment.languages.rego.builtins.aggregates import listed
from muniment.languages.rego.builtins.arithmetic import whole
from muniment.languages.rego.builtins.encoding import decode_base64
from muniment.languages.rego.builtins.pki.certificates import Certificate, read_certificates, read_request
from muniment.languages.rego.builtins.pki.chains import Trust, chain
from muniment.languages.rego.builtins.pki.der import DerError, pem_blocks
from muniment.languages.rego.builtins.pki.gojson import certificate_json, private_json, private_jwk, request_json
from muniment.languages.rego.builtins.pki.keys import Key, private_key
from muniment.languages.rego.signatures import BuiltinError, QueryContext
from muniment.languages.rego.values import Value, is_number

_USAGES: Final = MappingProxyType(
    {
        f"KeyUsage{name}": number
        for number, name in enumerate(
            (
                *("Any", "ServerAuth", "ClientAuth", "CodeSigning", "EmailProtection", "IPSECEndSystem", "IPSECTunnel"),
                *("IPSECUser", "TimeStamping", "OCSPSigning", "MicrosoftServerGatedCrypto"),
                *("NetscapeServerGatedCrypto", "MicrosoftCommercialCodeSigning", "MicrosoftKernelCodeSigning"),
            )
        )
    }
)


def certificates(text: str) -> list[Certificate]:
    """The certificates of a text. Raises BuiltinError if it has anything else."""
    data = text.encode("utf-8", "replace") if text.startswith("-----BEGIN") else decode_base64(text)
    if data.startswith(b"-----BEGIN"):
        blocks = list(pem_blocks(data.decode("utf-8", "replace")))
        for block in blocks:
            if block.label != "CERTIFICATE":
                raise BuiltinError(f"PEM block type is '{block.label}', expected CERTIFICATE")
        data = b"".join(block.data for block in blocks)
    try:
        return read_certificates(data)
    except DerError as error:
        raise BuiltinError(str(error)) from None


def verified(context: QueryContext, text: str) -> list[Value]:
    """Whether the last certificate leads to the first, and the way from it."""
    return verified_with_options(context, text, {})


def verified_with_options(context: QueryContext, text: str, options: dict[str, Value]) -> list[Value]:
    """Whether the last certificate leads to the first for a host, a time and uses, and the way from it."""
    wanted = _options(context, options)
    try:
        known = certificates(text)
    except BuiltinError:
        return [False, []]
    if len(known) < 2:
        return [False, []]
    trust = Trust(known[0], tuple(known[1:-1]), *wanted)
    try:
        path = chain(known[-1], trust)
    except (DerError, IndexError, ValueError):
        path = ()
    return [bool(path), [certificate_json(one) for one in path]]


def _options(context: QueryContext, options: dict[str, Value]) -> tuple[int, str, frozenset[int]]:
    """The time in seconds, the host, and the uses."""
    for name in options:
        if name not in {"DNSName", "CurrentTime", "MaxConstraintComparisons", "KeyUsages"}:
            raise BuiltinError("invalid key option")
    host, time = options.get("DNSName", ""), options.get("CurrentTime", context.now_ns)
    if host.__class__ is not str:
        raise BuiltinError("'DNSName' should be a string")
    nanoseconds = whole(time) if is_number(time) else None
    if nanoseconds is None:
        raise BuiltinError("'CurrentTime' should be a number")
    usages = options.get("KeyUsages", ["KeyUsageServerAuth"])
    if usages.__class__ not in {list, frozenset}:
        raise BuiltinError("'KeyUsages' should be an Array or Set")
    names = [name for name in listed(usages) if name.__class__ is str]
    if unknown := [name for name in names if name not in _USAGES]:
        raise BuiltinError(f"invalid entries for 'KeyUsages' found: [{' '.join(unknown)}]")
    return nanoseconds // 10**9, host.strip('"'), frozenset(_USAGES[name] for name in names) or frozenset({1})


def certificate_request(text: str) -> Value:
    """The parts of a request for a certificate."""
    if not text.startswith("-----BEGIN CERTIFICATE REQUEST-----"):
        text = decode_base64(text).decode("latin-1")
    block = next(pem_blocks(text), None)
    if block and block.label != "CERTIFICATE REQUEST":
        raise BuiltinError("invalid PEM-encoded certificate signing request")
    try:
        return request_json(read_request(block.data if block else text.encode("latin-1")))
    except DerError as error:
        raise BuiltinError(str(error)) from None


def private_keys(text: str) -> list[Key]:
    """The private keys of a text in PEM, or in base64 of it."""
    if not text.startswith("-----BEGIN"):
        text = _decoded(text)
    try:
        found = [private_key(block.label, block.data) for block in pem_blocks(text)]
    except (DerError, IndexError, ValueError) as error:
        raise BuiltinError(str(error)) from None
    return [key for key in found if key is not None]


def _decoded(text: str) -> str:
    """The text within base64; a text that is none stays."""
    try:
        return decode_base64(text).decode("utf-8", "replace")
    except BuiltinError:
        return text


def private_keys_json(text: str) -> Value:
    """The private keys of a text; null of the empty one."""
    return [private_json(key) for key in private_keys(text)] if text else None


def first_private_jwk(text: str) -> Value:
    """The first private key of a text as a JSON Web Key, null if there is none."""
    if not text:
        raise BuiltinError("input PEM data was empty")
    if not text.startswith("-----BEGIN"):
        text = decode_base64(text).decode("utf-8", "replace")
    keys = private_keys(text)
    return private_jwk(keys[0]) if keys else None


def key_pair(certificate: str, key: str) -> Value:
    """A certificate with its private key, if they belong together."""
    known = certificates(certificate)
    if not key.startswith("-----BEGIN"):
        key = decode_base64(key).decode("utf-8", "replace")
    keys = private_keys(key)
    if not known or not keys:
        raise BuiltinError("tls: failed to find any PEM data in certificate or key input")
    if _public(keys[0]) != _public(known[0].key):
        raise BuiltinError("tls: private key does not match public key")
    shown: dict[str, Any] = {"Certificate": [certificate_json(one)["Raw"] for one in known]}
    shown |= dict.fromkeys(("SupportedSignatureAlgorithms", "OCSPStaple", "SignedCertificateTimestamps"))
    return {**shown, "PrivateKey": private_json(keys[0]), "Leaf": certificate_json(known[0])}


def _public(key: Any) -> Any:
    return key[:2] if isinstance(key, tuple) and len(key) == 3 else key[:1] if isinstance(key, tuple) else key


FUNCTIONS: Final = MappingProxyType(
    {
        "crypto.parse_private_keys": private_keys_json,
        "crypto.x509.parse_and_verify_certificates": verified,
        "crypto.x509.parse_and_verify_certificates_with_options": verified_with_options,
        "crypto.x509.parse_certificate_request": certificate_request,
        "crypto.x509.parse_certificates": lambda text: [certificate_json(one) for one in certificates(text)],
        "crypto.x509.parse_keypair": key_pair,
        "crypto.x509.parse_rsa_private_key": first_private_jwk,
    }
)
