"""Terraform's address arithmetic: `cidrhost`, `cidrnetmask`, `cidrsubnet` and `cidrsubnets`."""

from collections.abc import Sequence

from muniment.languages.net.addresses import Address, format_ip
from muniment.languages.net.errors import refuse
from muniment.languages.net.networks import Network, parse_cidr


def cidrhost(prefix: str, number: int) -> str:
    """The address of a host of `prefix`, counted from its first address, or backwards from the last if negative."""
    network = _parse(prefix)
    size = 1 << (network.bits - network.prefix)
    if not -size <= number < size:
        raise refuse(prefix, f"prefix of {network.prefix} does not accommodate a host numbered {number}")
    return format_ip(Address(network.first + number % size, network.bits))


def cidrnetmask(prefix: str) -> str:
    """The mask of an IPv4 network in dotted form."""
    network = _parse(prefix)
    if network.bits != 32:
        raise refuse(prefix, f"IPv6 addresses cannot have a netmask: {prefix}")
    return format_ip(Address((1 << 32) - (1 << (32 - network.prefix)), 32))


def cidrsubnet(prefix: str, extra_bits: int, number: int) -> str:
    """Subnet `number` among those of `prefix` that are `extra_bits` longer."""
    network = _parse(prefix)
    length = network.prefix + extra_bits
    if not network.prefix <= length <= network.bits:
        raise refuse(prefix, f"insufficient address space to extend prefix of {network.prefix} by {extra_bits}")
    if not 0 <= number < 1 << extra_bits:
        message = f"prefix extension of {extra_bits} does not accommodate a subnet numbered {number}"
        raise refuse(prefix, message)
    return str(Network(Address(network.first + (number << (network.bits - length)), network.bits), length))


def cidrsubnets(prefix: str, extra_bits: Sequence[int]) -> list[str]:
    """Subnets one after the other, each `extra_bits` longer than `prefix` and aligned to its own size."""
    network = _parse(prefix)
    subnets, free = list[str](), network.first
    for extra in extra_bits:
        length = network.prefix + extra
        if extra < 1:
            raise refuse(prefix, "must extend prefix by at least one bit")
        if length > network.bits:
            kind = "IPv4" if network.bits == 32 else "IPv6"
            raise refuse(prefix, f"would extend prefix to {length} bits, which is too long for an {kind} address")
        size = 1 << (network.bits - length)
        start = -(-free // size) * size
        if start > network.last:
            after = subnets[-1] if subnets else prefix
            message = f"not enough remaining address space for a subnet with a prefix of {length} bits after {after}"
            raise refuse(prefix, message)
        subnets.append(str(Network(Address(start, network.bits), length)))
        free = start + size
    return subnets


def _parse(prefix: str) -> Network:
    network = parse_cidr(prefix, leading_zeros=True)
    plain = network.address.unmapped()
    if plain is not network.address and network.prefix >= 96:
        return Network(plain, network.prefix - 96)
    return network
