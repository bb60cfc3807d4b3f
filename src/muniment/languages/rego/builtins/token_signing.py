"""Tokens that a policy signs with a key of its own."""

import base64
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.builtins.documents import is_json, marshal, unmarshal
from muniment.languages.rego.builtins.encoding import to_bytes
from muniment.languages.rego.builtins.token_keys import web_key
from muniment.languages.rego.builtins.token_signatures import ALGORITHMS, signed
from muniment.languages.rego.signatures import BuiltinError
from muniment.languages.rego.values import Value


def sign(header: Value, payload: Value, key: Value) -> str:
    """The token of a header and a payload."""
    return sign_texts(marshal(header), marshal(payload), marshal(key))


def sign_texts(header: str, payload: str, key: str) -> str:
    """The token of the texts of a header and a payload; the key is the text of a JSON Web Key or a set of them."""
    try:
        fields = unmarshal(key)
        known = web_key(fields["keys"][0] if isinstance(fields, dict) and fields.get("keys") else fields)
    except (BuiltinError, ValueError, TypeError, LookupError) as error:
        raise BuiltinError(f"failed to parse a JWK key: {error}") from None
    algorithm = _algorithm(header)
    if algorithm not in ALGORITHMS:
        raise BuiltinError(f"unknown JWS algorithm: {algorithm}")
    kind = unmarshal(header).get("typ", "JWT")
    if kind == "JWT" and not is_json(payload):
        raise BuiltinError("type is JWT but payload is not JSON")
    message = f"{_encoded(to_bytes(header))}.{_encoded(to_bytes(payload))}"
    signature = signed(algorithm, known.key, message.encode()) if known else None
    if signature is None:
        raise BuiltinError(f"failed to sign with {algorithm}: the key is of another kind, or no private one")
    return f"{message}.{_encoded(signature)}"


def _algorithm(header: str) -> str:
    complaint = "missing or invalid 'alg' header: "
    if not header:
        raise BuiltinError(complaint + "cannot parse JSON: cannot parse empty string")
    try:
        fields = unmarshal(header)
    except BuiltinError as error:
        if not header.lstrip().startswith(("{", "[", '"')):
            raise BuiltinError(complaint + 'jwsbb: header "alg" not found') from None
        raise BuiltinError(f"{complaint}cannot parse JSON: {error}") from None
    if not isinstance(fields, dict) or not isinstance(fields.get("alg"), str):
        raise BuiltinError(complaint + 'jwsbb: header "alg" not found')
    return str(fields["alg"])


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


FUNCTIONS: Final = MappingProxyType({"io.jwt.encode_sign": sign, "io.jwt.encode_sign_raw": sign_texts})
