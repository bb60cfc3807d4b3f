"""Requests to AWS with a signature of version 4."""

import hashlib
import hmac
from types import MappingProxyType
from typing import Final

from muniment.languages.goformat.layouts import format_time
from muniment.languages.goformat.timestamps import Timestamp
from muniment.languages.net import NetError, Url, parse_reference
from muniment.languages.rego.builtins.arithmetic import Number
from muniment.languages.rego.builtins.documents import marshal
from muniment.languages.rego.builtins.encoding import to_bytes
from muniment.languages.rego.builtins.requests import check_request, operand_fault
from muniment.languages.rego.signatures import BuiltinError, operand_error
from muniment.languages.rego.values import Value, value_of

_CONFIGURATION: Final = frozenset({"aws_access_key", "aws_secret_access_key", "aws_service", "aws_region"})
_UNSIGNED_HEADERS: Final = frozenset({"authorization", "user-agent", "x-amzn-trace-id"})
_HASHED_SERVICES: Final = frozenset({"s3", "glacier"})
_PAYLOAD: Final = "x-amz-content-sha256"


def sign_request(request: dict[str, Value], configuration: dict[str, Value], time_ns: Number) -> dict[str, Value]:
    """The request with the headers that sign it for a service at a time."""
    _check_configuration(configuration)
    if not isinstance(time_ns, int) or abs(time_ns) >= 2**63:
        message = "operand 3 could not convert time_ns value into a unix timestamp"
        raise BuiltinError(message, code="eval_type_error")
    check_request({value_of(key): value for key, value in request.items()})
    if wrong := {name for name in ("method", "url") if request[name].__class__ is not str}:
        raise operand_fault(1, "invalid values for required request parameters(s)", wrong)
    unsigned = configuration.get("disable_payload_signing", False)
    if unsigned.__class__ is not bool:
        message = "operand 2 invalid value for 'disable_payload_signing' in AWS config"
        raise BuiltinError(message, code="eval_type_error")
    headers = _headers(request)
    digest = "UNSIGNED-PAYLOAD" if unsigned else hashlib.sha256(_body(request)).hexdigest()
    moment = Timestamp(time_ns // 10**9)
    added = _added_headers(_url(request["url"]), configuration, digest, moment)
    signed = added | {name.lower(): text for name, text in headers.items() if name.lower() not in _UNSIGNED_HEADERS}
    canonical = _canonical(request, signed, digest)
    authorization = _authorization(canonical, ";".join(sorted(signed)), configuration, moment)
    return {**request, "headers": {**headers, "Authorization": authorization, **added}}


def _check_configuration(configuration: dict[str, Value]) -> None:
    if missing := _CONFIGURATION - configuration.keys():
        raise operand_fault(2, "missing required AWS config parameters(s)", missing)
    if wrong := {name for name in _CONFIGURATION if configuration[name].__class__ is not str}:
        raise operand_fault(2, "invalid values for required AWS config parameters(s)", wrong)


def _headers(request: dict[str, Value]) -> dict[str, str]:
    headers = request.get("headers", {})
    if headers.__class__ is not dict:
        raise operand_error(0, "object", headers)
    return {_text(value_of(name)): _text(value) for name, value in headers.items()}


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _body(request: dict[str, Value]) -> bytes:
    if "raw_body" in request:
        return to_bytes(_text(request["raw_body"]))
    return to_bytes(marshal(request["body"])) if "body" in request else b""


def _url(text: str) -> Url:
    try:
        return parse_reference(text)
    except NetError as error:
        raise BuiltinError(error.diagnostic.message) from None


def _added_headers(url: Url, configuration: dict[str, Value], digest: str, moment: Timestamp) -> dict[str, str]:
    headers = {"host": url.host, "x-amz-date": format_time(moment, "20060102T150405Z")}
    if configuration["aws_service"] in _HASHED_SERVICES:
        headers[_PAYLOAD] = digest
    if token := _text(configuration.get("aws_session_token")):
        headers["x-amz-security-token"] = token
    return headers


def _canonical(request: dict[str, Value], signed: dict[str, str], digest: str) -> str:
    """The request in the one form that is signed."""
    url = _url(request["url"])
    headers = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    return "\n".join((request["method"], url.escaped_path, url.raw_query, headers, ";".join(sorted(signed)), digest))


def _authorization(canonical: str, names: str, configuration: dict[str, Value], moment: Timestamp) -> str:
    day, region, service = format_time(moment, "20060102"), configuration["aws_region"], configuration["aws_service"]
    scope = f"{day}/{region}/{service}/aws4_request"
    time = format_time(moment, "20060102T150405Z")
    text = f"AWS4-HMAC-SHA256\n{time}\n{scope}\n{hashlib.sha256(to_bytes(canonical)).hexdigest()}"
    key = to_bytes("AWS4" + configuration["aws_secret_access_key"])
    for part in (day, region, service, "aws4_request"):
        key = hmac.digest(key, to_bytes(part), "sha256")
    signature = hmac.digest(key, to_bytes(text), "sha256").hex()
    credential = f"Credential={configuration['aws_access_key']}/{scope}"
    return f"AWS4-HMAC-SHA256 {credential},SignedHeaders={names},Signature={signature}"


FUNCTIONS: Final = MappingProxyType({"providers.aws.sign_req": sign_request})
