"""Functions that OpenTofu has beside Terraform's."""

import zlib
from typing import Any

from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.function import CallContext, Function
from muniment.languages.hcl.functions.encoding import from_base64, to_text
from muniment.languages.hcl.functions.network import cidr_contains
from muniment.languages.hcl.functions.signature import argument, typed
from muniment.languages.hcl.types import STRING

_GZIP = 31  # window bits that make zlib expect gzip's header


def opentofu_functions() -> list[Function]:
    """`base64gunzip`, `cidrcontains` and `urldecode`."""
    return [
        Function("base64gunzip", _gunzip, STRING, 1, 1, takes_null=False),
        cidr_contains(),
        typed("urldecode", _url_decode, STRING, returns=STRING),
    ]


def _gunzip(arguments: list[Any], context: CallContext) -> str:
    packed = from_base64(argument(arguments[0], STRING, 0))
    unpacker = zlib.decompressobj(_GZIP)
    try:
        data = unpacker.decompress(packed, context.limits.string)
    except zlib.error:
        raise HclError("the bytes are not in gzip's format", code="invalid-argument") from None
    if unpacker.unconsumed_tail:
        raise limit_exceeded(f"the text would have more than {context.limits.string} bytes")
    if not unpacker.eof:
        raise HclError("the gzip data end too early", code="invalid-argument")
    return to_text(data)


def _url_decode(text: str) -> str:
    data, at = bytearray(), 0
    raw = text.encode()
    while at < len(raw):
        if raw[at] != 37:
            data.append(32 if raw[at] == 43 else raw[at])
            at += 1
            continue
        try:
            digits = raw[at + 1 : at + 3].decode("ascii")
            data.append(int(digits, 16) if len(digits) == 2 and digits.isalnum() else -1)
        except ValueError:
            raise HclError("a percent sign without two hexadecimal digits", code="invalid-argument") from None
        at += 3
    return to_text(bytes(data))
