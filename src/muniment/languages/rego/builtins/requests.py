"""Requests as objects: what `http.send` and `providers.aws.sign_req` ask of them."""

from typing import Any, Final

from muniment.languages.rego.signatures import BuiltinError
from muniment.languages.rego.values import make_set, to_text

_REQUIRED: Final = frozenset({"method", "url"})
_ALLOWED: Final = _REQUIRED | {
    *("body", "raw_body", "headers", "enable_redirect", "force_json_decode", "force_yaml_decode"),
    *("tls_use_system_certs", "tls_ca_cert", "tls_ca_cert_file", "tls_ca_cert_env_variable", "tls_client_cert"),
    *("tls_client_cert_file", "tls_client_cert_env_variable", "tls_client_key", "tls_client_key_file"),
    *("tls_client_key_env_variable", "tls_insecure_skip_verify", "tls_server_name", "timeout", "cache", "force_cache"),
    *("force_cache_duration_seconds", "raise_error", "caching_mode", "max_retry_attempts", "cache_ignored_headers"),
}


def check_request(request: dict[Any, Any]) -> None:
    """Raises BuiltinError for a request with unknown fields, or without method or URL."""
    if unknown := request.keys() - _ALLOWED:
        raise operand_fault(1, "invalid request parameters(s)", unknown)
    if missing := _REQUIRED - request.keys():
        raise operand_fault(1, "missing required request parameters(s)", missing)


def operand_fault(position: int, complaint: str, keys: set[Any] | frozenset[Any]) -> BuiltinError:
    """The error of an operand for some of its keys."""
    return BuiltinError(f"operand {position} {complaint}: {to_text(make_set(keys))}", code="eval_type_error")
