"""The libraries that Kubernetes adds: quantities, addresses, URLs, versions, named formats, regular expressions.

Facts are those of `k8s.io/apiserver/pkg/cel/library`.
"""

from collections.abc import Callable
from typing import Any, Final

from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.function import Function
from muniment.languages.cel.library.standard import Patterns
from muniment.languages.cel.values import no_overload
from muniment.languages.goformat.quantity import Quantity, is_quantity, parse_quantity
from muniment.languages.goformat.semver import Semver, parse_semver, parse_semver_normalised
from muniment.languages.net import Address, Network, is_cidr, is_ip, is_url, parse_cidr, parse_ip, parse_url
from muniment.languages.source import LanguageError

_GREATEST: Final = (2**63 - 1) * 10**9


class Wrapped:
    """A value of a library type; equal to another of the same type and value."""

    __slots__ = ("value",)
    cel_type = ""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Wrapped) and self.value == other.value

    def __hash__(self) -> int:
        return hash((self.cel_type, self.value))

    def __str__(self) -> str:
        return str(self.value)

    def cel_size(self) -> int:
        """The size that its price goes by."""
        return 1


class QuantityValue(Wrapped):
    """A quantity."""

    __slots__ = ()
    cel_type = "kubernetes.Quantity"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QuantityValue) and self.value.compare(other.value) == 0

    def __hash__(self) -> int:
        return hash(self.cel_type)


class IpValue(Wrapped):
    """An address."""

    __slots__ = ()
    cel_type = "net.IP"

    def cel_size(self) -> int:
        """Bytes of the address."""
        address: Address = self.value
        return address.bits // 8


class CidrValue(Wrapped):
    """A network."""

    __slots__ = ()
    cel_type = "net.CIDR"

    def cel_size(self) -> int:
        """Bytes of the prefix, rounded up."""
        network: Network = self.value
        return -(-network.prefix // 8)


class UrlValue(Wrapped):
    """A URL."""

    __slots__ = ()
    cel_type = "kubernetes.URL"


class SemverValue(Wrapped):
    """A version."""

    __slots__ = ()
    cel_type = "kubernetes.Semver"


def _made(kind: type[Wrapped], parse: Callable[[str], Any]) -> Callable[[Any], Wrapped]:
    def make(text: Any) -> Wrapped:
        if type(text) is not str:
            raise no_overload(kind.cel_type, text)
        try:
            return kind(parse(text))
        except LanguageError as error:
            raise CelEvaluationError(error.diagnostic.message) from error

    return make


def _is(check: Callable[[str], bool]) -> Callable[[Any], bool]:
    def answer(text: Any) -> bool:
        if type(text) is not str:
            raise no_overload("is", text)
        return check(text)

    return answer


def _of(kind: type[Wrapped], work: Callable[..., Any]) -> Callable[..., Any]:
    """A function of a library value's content."""

    def call(value: Any, *rest: Any) -> Any:
        if not isinstance(value, kind):
            raise no_overload(kind.cel_type, value)
        return work(value.value, *rest)

    return call


def _quantity_operand(value: Any) -> Quantity:
    if isinstance(value, QuantityValue):
        operand: Quantity = value.value
        return operand
    if type(value) is int:
        return parse_quantity(str(value))
    raise no_overload("quantity", value)


def _is_integer(value: Quantity) -> bool:
    """Whether 64 bits hold it; the greatest amount stands for all that were too large to keep."""
    return value.is_integer() and value.nanos < _GREATEST


def _as_integer(value: Quantity) -> int:
    if not _is_integer(value):
        raise CelEvaluationError("cannot convert value to integer")
    return value.as_integer()


def _version_operand(value: Any) -> Semver:
    if not isinstance(value, SemverValue):
        raise no_overload("semver", value)
    version: Semver = value.value
    return version


def _semver(text: Any, normalise: bool = False) -> Wrapped:  # noqa: FBT001,FBT002  a positional argument in CEL
    return _made(SemverValue, parse_semver_normalised if normalise else parse_semver)(text)


def _is_semver(text: Any, normalise: bool = False) -> bool:  # noqa: FBT001,FBT002
    try:
        _semver(text, normalise)
    except CelEvaluationError:
        if type(text) is not str:
            raise
        return False
    return True


def _strict_ip(text: str) -> Address:
    return parse_ip(text, strict=True)


def _strict_cidr(text: str) -> Network:
    return parse_cidr(text, strict=True)


def _cidr_of(value: Any) -> Network:
    if isinstance(value, CidrValue):
        network: Network = value.value
        return network
    made: Network = _made(CidrValue, _strict_cidr)(value).value
    return made


def _ip_of(value: Any) -> Address:
    if isinstance(value, IpValue):
        address: Address = value.value
        return address
    made: Address = _made(IpValue, _strict_ip)(value).value
    return made


def _ip(value: Any) -> IpValue:
    if isinstance(value, CidrValue):
        return IpValue(value.value.address)
    return IpValue(_ip_of(value)) if type(value) is str else _no_ip(value)


def _no_ip(value: Any) -> IpValue:
    raise no_overload("ip", value)


def _is_canonical(text: Any) -> bool:
    return bool(str(_ip_of(text)) == text)


def _contains_ip(network: Any, address: Any) -> bool:
    return _cidr_of(network).contains(_ip_of(address))


def _contains_cidr(network: Any, other: Any) -> bool:
    outer, inner = _cidr_of(network), _cidr_of(other)
    return outer.covers(inner)


def _find(patterns: Patterns, text: Any, pattern: Any) -> str:
    found = patterns.get(pattern).search(text)
    return "" if found is None else found.group(0) or ""


def _find_all(patterns: Patterns, text: Any, pattern: Any, limit: int = -1) -> list[str]:
    out: list[str] = []
    for found in patterns.get(pattern).finditer(text):
        if 0 <= limit <= len(out):
            break
        out.append(found.group(0) or "")
    return out


def _escape_key(text: Any) -> str:
    if type(text) is not str:
        raise no_overload("jsonpatch.escapeKey", text)
    return text.replace("~", "~0").replace("/", "~1")


def kubernetes_functions(patterns: Patterns) -> tuple[Function, ...]:
    """Every function of the libraries, as Kubernetes' newest release has them."""
    quantity, ip, url = QuantityValue, IpValue, UrlValue

    def method(name: str, call: Callable[..., Any], arguments: int = 0) -> Function:
        return Function(name, call, receiver=True, least=arguments + 1, most=arguments + 1)

    return (
        Function("quantity", _made(quantity, parse_quantity), least=1, most=1),
        Function("isQuantity", _is(is_quantity), least=1, most=1),
        method("sign", _of(quantity, lambda one: one.sign)),
        method("isInteger", _of(quantity, _is_integer)),
        method("asInteger", _of(quantity, _as_integer)),
        method("asApproximateFloat", _of(quantity, lambda one: one.as_approximate_float())),
        method("add", _of(quantity, lambda one, other: QuantityValue(one.add(_quantity_operand(other)))), 1),
        method("sub", _of(quantity, lambda one, other: QuantityValue(one.sub(_quantity_operand(other)))), 1),
        method("isGreaterThan", _compared(lambda sign: sign > 0), 1),
        method("isLessThan", _compared(lambda sign: sign < 0), 1),
        method("compareTo", _compared(lambda sign: sign), 1),
        Function("ip", _ip, receiver=True, least=1, most=1),
        Function("isIP", _is(lambda text: is_ip(text, strict=True)), least=1, most=1),
        Function("ip.isCanonical", _is_canonical, least=1, most=1),
        method("family", _of(ip, lambda one: one.family)),
        method("isUnspecified", _of(ip, lambda one: one.is_unspecified)),
        method("isLoopback", _of(ip, lambda one: one.is_loopback)),
        method("isLinkLocalMulticast", _of(ip, lambda one: one.is_link_local_multicast)),
        method("isLinkLocalUnicast", _of(ip, lambda one: one.is_link_local_unicast)),
        method("isGlobalUnicast", _of(ip, lambda one: one.is_global_unicast)),
        Function("cidr", _made(CidrValue, _strict_cidr), least=1, most=1),
        Function("isCIDR", _is(lambda text: is_cidr(text, strict=True)), least=1, most=1),
        method("containsIP", _of(CidrValue, lambda one, other: _contains_ip(CidrValue(one), other)), 1),
        method("containsCIDR", _of(CidrValue, lambda one, other: _contains_cidr(CidrValue(one), other)), 1),
        method("masked", _of(CidrValue, lambda one: CidrValue(one.masked()))),
        method("prefixLength", _of(CidrValue, lambda one: one.prefix)),
        Function("url", _made(url, parse_url), least=1, most=1),
        Function("isURL", _is(is_url), least=1, most=1),
        method("getScheme", _of(url, lambda one: one.scheme)),
        method("getHost", _of(url, lambda one: one.host)),
        method("getHostname", _of(url, lambda one: one.hostname)),
        method("getPort", _of(url, lambda one: one.port)),
        method("getEscapedPath", _of(url, lambda one: one.escaped_path)),
        method("getQuery", _of(url, lambda one: one.query)),
        Function("semver", _semver, least=1, most=2),
        Function("isSemver", _is_semver, least=1, most=2),
        method("major", _of(SemverValue, lambda one: one.major)),
        method("minor", _of(SemverValue, lambda one: one.minor)),
        method("patch", _of(SemverValue, lambda one: one.patch)),
        method("find", lambda text, pattern: _find(patterns, text, pattern), 1),
        Function(
            "findAll",
            lambda text, pattern, limit=-1: _find_all(patterns, text, pattern, limit),
            receiver=True,
            least=2,
            most=3,
        ),
        Function("jsonpatch.escapeKey", _escape_key, least=1, most=1),
    )


def _compared(answer: Callable[[int], Any]) -> Callable[[Any, Any], Any]:
    """Order of quantities and versions."""

    def compare(value: Any, other: Any) -> Any:
        if isinstance(value, QuantityValue):
            return answer(value.value.compare(_quantity_operand(other)))
        return answer(_version_operand(value).compare(_version_operand(other)))

    return compare


TYPE_NAMES: Final = ("kubernetes.Quantity", "net.IP", "net.CIDR", "kubernetes.URL", "kubernetes.Semver")
