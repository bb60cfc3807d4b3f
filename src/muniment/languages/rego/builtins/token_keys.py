"""The keys that tokens are checked with: a certificate, a public key, or JSON Web Keys."""

from typing import Any, NamedTuple

from muniment.languages.rego.builtins.documents import unmarshal
from muniment.languages.rego.builtins.pki.certificates import read_certificates
from muniment.languages.rego.builtins.pki.der import Block, DerError, pem_blocks, single
from muniment.languages.rego.builtins.pki.keys import Key, jwk_key, public_key
from muniment.languages.rego.builtins.token_signatures import ALGORITHMS
from muniment.languages.rego.signatures import BuiltinError


class TokenKey(NamedTuple):
    """A key with the algorithm and the id that its set gives it."""

    key: Key
    algorithm: str = ""
    kid: str = ""


def read_keys(text: str) -> tuple[TokenKey, ...]:
    """The keys of a text. Raises BuiltinError if it has none."""
    block = next(pem_blocks(text), None)
    if block:
        if text[block.end :]:
            raise BuiltinError("extra data after a PEM certificate block")
        return (TokenKey(_of_block(block)),)
    try:
        fields = unmarshal(text)
        sets = fields["keys"] if isinstance(fields, dict) and "keys" in fields else [fields]
        return tuple(key for one in sets if (key := web_key(one)) is not None)
    except (BuiltinError, ValueError, TypeError) as error:
        raise BuiltinError(f"failed to parse a JWK key (set): {error}") from None


def _of_block(block: Block) -> Key:
    kinds = {"CERTIFICATE": "certificate", "PUBLIC KEY": "public key"}
    if block.label not in kinds:
        raise BuiltinError("failed to extract a Key from the PEM certificate")
    try:
        found = read_certificates(block.data)[0] if block.label == "CERTIFICATE" else None
        key = found.key if found else public_key(single(block.data))
    except (DerError, IndexError, ValueError) as error:
        raise BuiltinError(f"failed to parse a PEM {kinds[block.label]}: {error}") from None
    if key is None:
        raise BuiltinError(f"failed to parse a PEM {kinds[block.label]}: unknown key type")
    return key


def web_key(fields: Any) -> TokenKey | None:
    """A JSON Web Key; nothing for one whose algorithm is unknown. Raises ValueError if it is none."""
    if not isinstance(fields, dict) or not isinstance(fields.get("kty"), str):
        raise ValueError("failed to probe data: missing kty")  # noqa: TRY004  the caller knows one kind of error
    key = jwk_key(fields)
    if key is None:
        raise ValueError(f"invalid key type from JSON ({fields['kty']})")
    algorithm = fields.get("alg") or ""
    if algorithm and algorithm not in ALGORITHMS:
        return None
    return TokenKey(key, str(algorithm), str(fields.get("kid") or ""))
