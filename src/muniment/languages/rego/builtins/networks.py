"""Networks in CIDR notation."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from muniment.languages.net import Address, NetError, Network, format_ip, merge_networks, parse_cidr, parse_ip
from muniment.languages.rego.signatures import BuiltinError, QueryContext, operand_error
from muniment.languages.rego.values import Value, entries, make_set, members


def contains(outer: str, inner: str) -> bool:
    """Whether a network holds an address or all addresses of another network."""
    network = _network(outer)
    try:
        return network.contains(parse_ip(inner).unmapped())
    except NetError:
        pass
    try:
        return network.covers(_unmapped(parse_cidr(inner)))
    except NetError:
        message = f"not a valid textual representation of an IP address or CIDR: {inner}"
        raise BuiltinError(message) from None


def _network(text: str) -> Network:
    try:
        return _unmapped(parse_cidr(text))
    except NetError:
        raise BuiltinError(f"invalid CIDR address: {text}") from None


def _unmapped(network: Network) -> Network:
    """A network of IPv4 addresses written as IPv6 is one of IPv4."""
    if network.address.is_mapped and network.prefix >= 96:
        return Network(network.address.unmapped(), network.prefix - 96).masked()
    return network.masked()


def contains_matches(outers: Value, inners: Value) -> frozenset[Value]:
    """The pairs of indexes, keys or members by which one network holds another."""
    return make_set(
        [left, right]
        for left, outer in _listed(outers, 1)
        for right, inner in _listed(inners, 2)
        if contains(outer, inner)
    )


def _listed(networks: Value, position: int) -> Iterator[tuple[Value, str]]:
    """Networks with what stands for them in pairs: the text itself, an index, a member of a set, a key."""
    kind = networks.__class__
    if kind is str:
        yield networks, networks
    elif kind is list:
        yield from ((index, _text(member, position)) for index, member in enumerate(networks))
    elif kind is frozenset:
        yield from ((member, _text(member, position)) for member in members(networks))
    else:
        yield from ((key, _text(member, position)) for key, member in entries(networks))


def _text(value: Value, position: int) -> str:
    """The network of a member, which is a text or an array that begins with it."""
    found = value[0] if value.__class__ is list and value else value
    if found.__class__ is str:
        return str(found)
    if value.__class__ is list and value:
        raise operand_error(position, "string", found)
    raise BuiltinError(f"operand {position}: element must be string or non-empty array")


def expand(context: QueryContext, text: str) -> frozenset[str]:
    """All addresses of a network."""
    network = _network(text)
    context.allow_items(network.last - network.first + 1)
    return frozenset(format_ip(Address(value, network.bits)) for value in range(network.first, network.last + 1))


def intersects(first: str, second: str) -> bool:
    """Whether two networks share an address."""
    return _network(first).overlaps(_network(second))


def is_valid(text: Value) -> bool:
    """Whether a value is a network in CIDR notation."""
    if text.__class__ is not str:
        return False
    try:
        parse_cidr(text)
    except NetError:
        return False
    return True


def merge(networks: Value) -> frozenset[str]:
    """The fewest networks with the same addresses; an address alone stands for the network of its class."""
    if networks.__class__ not in {list, frozenset}:
        raise BuiltinError("operand must be an array")
    texts = members(networks) if networks.__class__ is frozenset else networks
    return frozenset(str(network) for network in merge_networks(map(_of_element, texts)))


def _of_element(text: Value) -> Network:
    if text.__class__ is not str:
        raise BuiltinError("element must be string")
    try:
        address = parse_ip(text).unmapped()
    except NetError:
        return _network(text)
    if address.bits == 128:
        raise BuiltinError("IPv6 invalid: needs prefix length")
    first = address.value >> 24
    return Network(address, 8 if first < 0x80 else 16 if first < 0xC0 else 24).masked()


FUNCTIONS: Final = MappingProxyType(
    {
        "net.cidr_contains": contains,
        "net.cidr_contains_matches": contains_matches,
        "net.cidr_expand": expand,
        "net.cidr_intersects": intersects,
        "net.cidr_is_valid": is_valid,
        "net.cidr_merge": merge,
        "net.cidr_overlap": contains,
    }
)
