"""URLs and their queries, as Go's `net/url` reads and writes them."""

import re
from types import MappingProxyType
from typing import Final

from muniment.languages.net import NetError, parse_reference
from muniment.languages.rego.builtins.aggregates import listed
from muniment.languages.rego.builtins.encoding import to_bytes, to_string
from muniment.languages.rego.signatures import BuiltinError
from muniment.languages.rego.values import Value, to_json

_NEEDS_ESCAPE: Final = re.compile(rb"[^A-Za-z0-9\-_.~ ]")
_BAD_ESCAPE: Final = re.compile("%(?![0-9A-Fa-f]{2})")


def parse(text: str) -> dict[str, str]:
    """The parts of a URI that are not empty."""
    try:
        url = parse_reference(text)
    except NetError as error:
        raise BuiltinError(error.diagnostic.message) from None
    parts = {"scheme": url.scheme, "hostname": url.hostname, "port": url.port, "path": url.path}
    if url.path:
        parts["raw_path"] = url.path if url.default_path == url.raw_path else url.raw_path
    parts |= {"raw_query": url.raw_query, "fragment": url.fragment}
    return {name: part for name, part in parts.items() if part}


def is_valid(text: Value) -> bool:
    """Whether a value is a URI or a relative reference; the empty text is none."""
    if text.__class__ is not str or not text:
        return False
    try:
        parse_reference(text)
    except NetError:
        return False
    return True


def encode(text: str) -> str:
    """A text as it may stand in a query: a plus for a space."""
    return _NEEDS_ESCAPE.sub(lambda found: b"%%%02X" % found[0][0], to_bytes(text)).decode().replace(" ", "+")


def decode(text: str) -> str:
    """The text of a part of a query."""
    if found := _BAD_ESCAPE.search(text):
        raise BuiltinError(f'invalid URL escape "{text[found.start() : found.start() + 3]}"')
    data = to_bytes(text.replace("+", " "))
    return to_string(re.sub(rb"%(..)", lambda found: bytes.fromhex(found[1].decode()), data))


def encode_object(fields: dict[str, Value]) -> str:
    """A query of an object's members, in order of the keys; arrays and sets give a pair for each value."""
    pairs = []
    for key, value in sorted(to_json(fields).items()):
        for text in [value] if value.__class__ is str else listed(value) if value.__class__ is list else [None]:
            if text.__class__ is not str:
                message = "operand 1 values must be string, array[string], or set[string]"
                raise BuiltinError(message, code="eval_type_error")
            pairs.append(f"{encode(key)}={encode(text)}")
    return "&".join(pairs)


def decode_object(query: str) -> dict[str, list[str]]:
    """The values of each key of a query."""
    fields: dict[str, list[str]] = {}
    for pair in query.split("&"):
        if ";" in pair:
            raise BuiltinError("invalid semicolon separator in query")
        if pair:
            key, _, value = pair.partition("=")
            fields.setdefault(decode(key), []).append(decode(value))
    return fields


FUNCTIONS: Final = MappingProxyType(
    {
        "uri.is_valid": is_valid,
        "uri.parse": parse,
        "urlquery.decode": decode,
        "urlquery.decode_object": decode_object,
        "urlquery.encode": encode,
        "urlquery.encode_object": encode_object,
    }
)
