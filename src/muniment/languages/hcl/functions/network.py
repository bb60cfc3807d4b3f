"""Functions of network addresses."""

from collections.abc import Callable
from typing import Any

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.function import Function
from muniment.languages.hcl.functions.signature import typed, whole
from muniment.languages.hcl.types import BOOL, NUMBER, STRING, ListType
from muniment.languages.hcl.values import ListValue
from muniment.languages.net.networks import parse_cidr, parse_ip_or_cidr
from muniment.languages.net.subnets import cidrhost, cidrnetmask, cidrsubnet, cidrsubnets
from muniment.languages.source import LanguageError


def network_functions() -> list[Function]:
    """The network group."""
    return [
        typed("cidrhost", _refusing(_host), STRING, NUMBER, returns=STRING),
        typed("cidrnetmask", _refusing(cidrnetmask), STRING, returns=STRING),
        typed("cidrsubnet", _refusing(_subnet), STRING, NUMBER, NUMBER, returns=STRING),
        typed("cidrsubnets", _refusing(_subnets), STRING, rest=NUMBER, least=1, returns=ListType(STRING)),
    ]


def cidr_contains() -> Function:
    """OpenTofu's `cidrcontains`: whether a network holds an address or another network."""
    return typed("cidrcontains", _refusing(_contains), STRING, STRING, returns=BOOL)


def _refusing(body: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        try:
            return body(*arguments)
        except HclError:
            raise
        except LanguageError as error:
            raise HclError(error.diagnostic.message, code="invalid-argument") from error

    return call


def _integer(value: Any) -> int:
    if isinstance(value, int):
        return value
    raise HclError("a whole number is required", code="invalid-argument")


def _host(prefix: str, number: Any) -> str:
    return cidrhost(prefix, _integer(number))


def _subnet(prefix: str, bits: Any, number: Any) -> str:
    return cidrsubnet(prefix, whole(bits), _integer(number))


def _subnets(prefix: str, *bits: Any) -> ListValue:
    lengths = [whole(value) for value in bits]
    if any(length > 32 for length in lengths):
        raise HclError("a prefix cannot be extended by more than 32 bits", code="invalid-argument")
    return ListValue(cidrsubnets(prefix, lengths))


def _contains(prefix: str, wanted: str) -> bool:
    return parse_cidr(prefix).covers(parse_ip_or_cidr(wanted))
