"""JSON Web Tokens: decoding, checks of signatures and claims, and signing (RFC 7515, 7518, 7519)."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from muniment.languages.rego.builtins.documents import unmarshal
from muniment.languages.rego.builtins.encoding import decode_base64url, to_bytes
from muniment.languages.rego.builtins.token_keys import TokenKey, read_keys
from muniment.languages.rego.builtins.token_signatures import ALGORITHMS, verifies
from muniment.languages.rego.signatures import BuiltinError, QueryContext
from muniment.languages.rego.values import Value, is_number

_HEADER_TEXTS: Final = ("alg", "kid", "typ", "cty")
_LARGEST_DEPTH: Final = 16
"""Tokens within tokens."""


class Token(NamedTuple):
    """The three sections of a token as they are written, and its header."""

    header_text: str
    payload_text: str
    signature_text: str
    header: dict[str, Value]

    @property
    def signed(self) -> bytes:
        """What the signature is of."""
        return to_bytes(f"{self.header_text}.{self.payload_text}")

    def signature(self) -> bytes:
        """The bytes of the signature."""
        return to_bytes(decode_base64url(self.signature_text))

    def payload(self) -> str:
        """The payload decoded."""
        try:
            return decode_base64url(self.payload_text)
        except BuiltinError as error:
            raise BuiltinError(f"JWT payload had invalid encoding: {error}") from None


def read_token(text: str) -> Token:
    """The sections of a token. Raises BuiltinError if it is none, or encrypted."""
    if "." not in text:
        raise BuiltinError("encoded JWT had no period separators")
    sections = text.split(".")
    if len(sections) != 3:
        raise BuiltinError(f"encoded JWT must have 3 sections, found {len(sections)}")
    try:
        decoded = decode_base64url(sections[0])
    except BuiltinError as error:
        raise BuiltinError(f"JWT header had invalid encoding: {error}") from None
    try:
        header = _object(decoded)
    except BuiltinError as error:
        raise BuiltinError(f"bad JWT header: {error}") from None
    if "enc" in header:
        raise BuiltinError("JWT is a JWE object, which is not supported")
    return Token(sections[0], sections[1], sections[2], header)


def _object(text: str) -> dict[str, Value]:
    try:
        value = unmarshal(text)
    except BuiltinError as error:
        raise BuiltinError(f"invalid JSON: {error}") from None
    if value.__class__ is not dict:
        raise BuiltinError("decoded JSON type was not an Object")
    return dict(value)


def decode(text: str) -> list[Value]:
    """Header, payload and hexadecimal signature of a token, the innermost where tokens nest; nothing is checked."""
    for _ in range(_LARGEST_DEPTH):
        token = read_token(text)
        payload = token.payload()
        if token.header.get("cty") != "JWT":
            try:
                signature = token.signature()
            except BuiltinError as error:
                raise BuiltinError(f"JWT signature had invalid encoding: {error}") from None
            return [token.header, _object(payload), signature.hex()]
        text = payload.strip("\"'")
    raise BuiltinError("JWT is nested too deep")


def verify_with_key(algorithm: str) -> Callable[[QueryContext, str, str], bool]:
    """Whether a token is signed by a certificate, a public key or one of a set of JSON Web Keys."""

    def verify(context: QueryContext, text: str, key: str) -> bool:
        token = read_token(text)
        keys = _keys(context, key)
        header = _checked_header(token)
        return _signed(token, keys, header.get("kid", ""), header.get("alg", ""), algorithm)

    return verify


def verify_with_secret(algorithm: str) -> Callable[[str, str], bool]:
    """Whether a token is signed with a shared secret."""

    def verify(text: str, secret: str) -> bool:
        token = read_token(text)
        return verifies(algorithm, to_bytes(secret), token.signed, token.signature())

    return verify


def _keys(context: QueryContext, text: str) -> tuple[TokenKey, ...]:
    """The keys of a text, read once in a query."""
    found = context.cache.get(("io.jwt keys", text))
    if found is None:
        found = context.cache["io.jwt keys", text] = read_keys(text)
    return tuple(found)


def _checked_header(token: Token) -> dict[str, str]:
    """The texts of a header. Raises BuiltinError if a field has another type."""
    for name in _HEADER_TEXTS:
        if token.header.get(name, "").__class__ is not str:
            raise BuiltinError(f"{name}: must be a string")
    critical = token.header.get("crit", [""])
    if critical.__class__ is not list:
        raise BuiltinError("crit: must be a list")
    if not critical:
        raise BuiltinError("crit: must be a nonempty list")
    return {name: token.header[name] for name in _HEADER_TEXTS if name in token.header}


def _signed(token: Token, keys: tuple[TokenKey, ...], kid: str, named: str, algorithm: str) -> bool:
    """Whether the key with the token's id made the signature, or any key if none has that id."""
    signature = token.signature()
    chosen = [key for key in keys if kid and key.kid == kid][:1]
    tried = chosen or [key for key in keys if key.algorithm in {"", named}]
    return any(verifies(algorithm, key.key, token.signed, signature) for key in tried)


class Constraints(NamedTuple):
    """What a token has to fulfil."""

    keys: tuple[TokenKey, ...] | None
    secret: bytes
    seconds: float
    texts: dict[str, str]
    """`alg`, `iss` and `aud`."""


def _constraints(context: QueryContext, wanted: dict[str, Value]) -> Constraints:
    for name, value in wanted.items():
        if name not in {"cert", "secret", "alg", "iss", "aud", "time"}:
            raise BuiltinError(f"unknown token validation constraint: {name}")
        if name != "time" and value.__class__ is not str:
            raise BuiltinError(f"{name} constraint: must be a string")
    time = wanted.get("time", context.now_ns)
    if not is_number(time):
        raise BuiltinError("token time constraint: must be a number")
    if time < 0:
        raise BuiltinError("token time constraint: must not be negative")
    if "cert" in wanted and wanted.get("secret"):
        raise BuiltinError("duplicate key constraints")
    if "cert" not in wanted and not wanted.get("secret"):
        raise BuiltinError("no key constraint")
    texts = {name: wanted[name] for name in ("alg", "iss", "aud") if wanted.get(name)}
    keys = _keys(context, wanted["cert"]) if "cert" in wanted else None
    return Constraints(keys, to_bytes(wanted.get("secret", "")), float(time) / 10**9, texts)


def decode_and_verify(context: QueryContext, text: str, wanted: dict[str, Value]) -> list[Value]:
    """Whether a token is signed and fulfils constraints, then with its header and payload."""
    constraints = _constraints(context, wanted)
    for _ in range(_LARGEST_DEPTH):
        token = read_token(text)
        header = _checked_header(token)
        if not (_is_valid(token, header) and _is_signed_by(constraints, token, header)):
            return [False, {}, {}]
        payload = token.payload()
        if header.get("cty", "").upper() != "JWT":
            claims = _object(payload)
            fulfilled = _fulfils(claims, constraints)
            return [True, token.header, claims] if fulfilled else [False, {}, {}]
        text = payload
    raise BuiltinError("JWT is nested too deep")


def _is_valid(token: Token, header: dict[str, str]) -> bool:
    """Whether the header names an algorithm, and nothing critical that is unknown here."""
    unknown = token.header.keys() - {*_HEADER_TEXTS, "crit"}
    return bool(header.get("alg")) and not any(name in unknown for name in _texts(token.header.get("crit", [])))


def _texts(values: list[Value]) -> list[str]:
    return [value for value in values if value.__class__ is str]


def _is_signed_by(constraints: Constraints, token: Token, header: dict[str, str]) -> bool:
    algorithm = header["alg"]
    if constraints.texts.get("alg", algorithm) != algorithm or algorithm not in ALGORITHMS:
        return False
    if constraints.keys is None:
        return verifies(algorithm, constraints.secret, token.signed, token.signature())
    return _signed(token, constraints.keys, header.get("kid", ""), algorithm, algorithm)


def _fulfils(claims: dict[str, Value], constraints: Constraints) -> bool:
    """Whether issuer, audience and times are as wanted."""
    texts = constraints.texts
    if "iss" in texts and claims.get("iss") != texts["iss"]:
        return False
    audience = claims.get("aud", [] if "aud" in texts else None)
    if audience is not None and texts.get("aud", "") not in _texts(
        audience if audience.__class__ is list else [audience]
    ):
        return False
    for name in ("exp", "nbf"):
        if name in claims and not is_number(claims[name]):
            raise BuiltinError(f"{name} value must be a number")
    now = constraints.seconds
    return ("exp" not in claims or now < claims["exp"]) and ("nbf" not in claims or now >= claims["nbf"])


FUNCTIONS: Final = MappingProxyType[str, Callable[..., Any]](
    {
        "io.jwt.decode": decode,
        "io.jwt.decode_verify": decode_and_verify,
        "io.jwt.verify_eddsa": verify_with_key("EdDSA"),
        **{f"io.jwt.verify_hs{bits}": verify_with_secret(f"HS{bits}") for bits in (256, 384, 512)},
        **{
            f"io.jwt.verify_{kind}{bits}": verify_with_key(f"{kind.upper()}{bits}")
            for kind in ("rs", "ps", "es")
            for bits in (256, 384, 512)
        },
    }
)
