"""Functions that encode and decode: Base64, URLs, character sets, CSV and the data formats."""

from binascii import a2b_base64, b2a_base64
from re import ASCII
from re import compile as compile_format
from typing import Any

from muniment.languages.hcl.convert import to_string
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.function import CallContext, Function
from muniment.languages.hcl.functions.charsets import codec_of
from muniment.languages.hcl.functions.csv_text import csv_decode
from muniment.languages.hcl.functions.json_text import as_decoded, json_decode, json_encode
from muniment.languages.hcl.functions.numeric import from_double
from muniment.languages.hcl.functions.signature import argument, invalid, partial, typed
from muniment.languages.hcl.functions.texts import EncodedString
from muniment.languages.hcl.functions.yaml_text import yaml_encode
from muniment.languages.hcl.types import ANY, STRING
from muniment.languages.hcl.values import nfc, unknown
from muniment.languages.unknown import Cause, Unknown

_BASE64 = compile_format(r"(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", ASCII)
_UNRESERVED = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~")


def encoding_functions() -> list[Function]:
    """The encoding group; `base64gzip` is with what is unknown by nature."""
    return [
        typed("base64decode", _base64_decode, STRING, returns=STRING),
        typed("base64encode", lambda text: to_base64(text.encode()), STRING, returns=STRING),
        typed("csvdecode", csv_decode, STRING),
        Function("jsondecode", _json_decode, ANY, 1, 1, sees_unknown=True, takes_null=False),
        partial("jsonencode", json_encode, ANY, returns=STRING)._replace(takes_null=True),
        typed("textdecodebase64", _text_decode, STRING, STRING, returns=STRING),
        typed("textencodebase64", _text_encode, STRING, STRING, returns=STRING),
        typed("urlencode", _url_encode, STRING, returns=STRING),
        Function("yamldecode", _yaml_decode, ANY, 1, 1, sees_unknown=True, takes_null=False),
        partial("yamlencode", yaml_encode, ANY, returns=STRING)._replace(takes_null=True),
    ]


def to_base64(data: bytes) -> str:
    """The bytes in standard Base64 with padding."""
    return b2a_base64(data, newline=False).decode()


def from_base64(text: str) -> bytes:
    """The bytes of standard Base64 with padding, line breaks ignored; raises HclError for anything else."""
    packed = text.replace("\r", "").replace("\n", "")
    if not _BASE64.fullmatch(packed):
        raise invalid(0, "not a Base64 text")
    return a2b_base64(packed)


def to_text(data: bytes) -> str:
    """The text of bytes in UTF-8; raises HclError when they are none."""
    try:
        return nfc(data.decode())
    except UnicodeDecodeError:
        raise HclError("the bytes are not a text in UTF-8", code="invalid-argument") from None


def _base64_decode(text: str) -> str:
    return to_text(from_base64(text))


def _text_encode(text: str, encoding: str) -> str:
    codec = codec_of(encoding)
    if codec == "utf-16":
        text, codec = "\ufeff" + text, "utf-16-be"
    try:
        return to_base64(text.encode(codec))
    except UnicodeEncodeError:
        raise invalid(0, f"the text has characters that {encoding} has not") from None


def _text_decode(text: str, encoding: str) -> str:
    data, codec = from_base64(text), codec_of(encoding)
    if codec == "utf-16" and data[:2] not in {b"\xfe\xff", b"\xff\xfe"}:
        codec = "utf-16-be"
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        raise invalid(0, f"the bytes are not a text in {encoding}") from None


def _url_encode(text: str) -> str:
    return "".join(
        chr(byte) if byte in _UNRESERVED else "+" if byte == 32 else f"%{byte:02X}" for byte in text.encode()
    )


def _json_decode(arguments: list[Any], context: CallContext) -> Any:
    return json_decode(argument(arguments[0], STRING, 0), context)


def _yaml_decode(arguments: list[Any], context: CallContext) -> Any:
    text = argument(arguments[0], STRING, 0)
    if isinstance(text, EncodedString):
        return as_decoded(text.structure)
    if isinstance(text, Unknown):
        return unknown((text,))
    if context.yaml_decode is None:
        return Unknown((Cause("function", "yamldecode"),))
    return _of_yaml(context.yaml_decode(text))


def _of_yaml(value: Any) -> Any:
    """A value of a YAML document: sequences as tuples, keys as strings, binary doubles as numbers of the language."""
    if isinstance(value, float):
        return from_double(value)
    if isinstance(value, dict):
        return {to_string(_of_yaml(key)): _of_yaml(member) for key, member in value.items()}
    return tuple(map(_of_yaml, value)) if isinstance(value, list) else value
