"""Networks in CIDR notation: reading, containment, and the union of several."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from muniment.languages.net.addresses import Address, format_ip, parse_ip
from muniment.languages.net.errors import NetError, refuse

_LENGTH: Final = re.compile(r"0|[1-9][0-9]{0,2}")


class Network(NamedTuple):
    """An address and the length of its network's prefix; bits of the host are kept as written."""

    address: Address
    prefix: int

    @property
    def bits(self) -> int:
        """32 or 128."""
        return self.address.bits

    @property
    def first(self) -> int:
        """The lowest address as a number."""
        shift = self.address.bits - self.prefix
        return self.address.value >> shift << shift

    @property
    def last(self) -> int:
        """The highest address as a number."""
        return self.first + (1 << (self.address.bits - self.prefix)) - 1

    def masked(self) -> "Network":
        """The network without bits of the host."""
        return Network(Address(self.first, self.bits), self.prefix)

    def contains(self, address: Address) -> bool:
        """Whether an address of the same family lies in it."""
        return address.bits == self.bits and self.first <= address.value <= self.last

    def covers(self, other: "Network") -> bool:
        """Whether every address of `other` lies in it."""
        return other.bits == self.bits and self.first <= other.first and other.last <= self.last

    def overlaps(self, other: "Network") -> bool:
        """Whether the two share an address."""
        return other.bits == self.bits and self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return f"{format_ip(self.address)}/{self.prefix}"


def parse_cidr(text: str, *, strict: bool = False, leading_zeros: bool = False) -> Network:
    """Reads `address/length`; raises `NetError` for any other text; `strict` and `leading_zeros` as for `parse_ip`."""
    head, slash, length = text.rpartition("/")
    if not slash:
        raise refuse(text, f"netip.ParsePrefix(\"{text}\"): no '/'")
    address = parse_ip(head, strict=strict, leading_zeros=leading_zeros)
    if address.zone:
        raise refuse(text, f'netip.ParsePrefix("{text}"): IPv6 zones cannot be present in a prefix')
    if not _LENGTH.fullmatch(length) or int(length) > address.bits:
        raise refuse(text, f'netip.ParsePrefix("{text}"): prefix length out of range')
    return Network(address, int(length))


def parse_ip_or_cidr(text: str) -> Network:
    """Reads a network, or an address as the network of itself alone."""
    if "/" in text:
        return parse_cidr(text)
    address = parse_ip(text)
    return Network(address, address.bits)


def is_ip(text: str, *, strict: bool = False) -> bool:
    """Whether `parse_ip` reads the text."""
    try:
        parse_ip(text, strict=strict)
    except NetError:
        return False
    return True


def is_cidr(text: str, *, strict: bool = False) -> bool:
    """Whether `parse_cidr` reads the text."""
    try:
        parse_cidr(text, strict=strict)
    except NetError:
        return False
    return True


def union_covers(networks: Iterable[Network], wanted: Network) -> bool:
    """Whether `networks` together hold every address of `wanted`."""
    reached = wanted.first
    for first, last in sorted((net.first, net.last) for net in networks if net.bits == wanted.bits):
        if first > reached:
            break
        reached = max(reached, last + 1)
    return reached > wanted.last


def merge_networks(networks: Iterable[Network]) -> tuple[Network, ...]:
    """The fewest networks with the same addresses, IPv4 first, in order of their addresses."""
    spans: list[tuple[int, int, int]] = []
    for bits, first, last in sorted((net.bits, net.first, net.last) for net in networks):
        if spans and spans[-1][0] == bits and first <= spans[-1][2] + 1:
            spans[-1] = (bits, spans[-1][1], max(last, spans[-1][2]))
        else:
            spans.append((bits, first, last))
    return tuple(net for bits, first, last in spans for net in _split(bits, first, last))


def _split(bits: int, first: int, last: int) -> Iterable[Network]:
    """The largest aligned networks that fill a stretch of addresses."""
    while first <= last:
        aligned = (first & -first).bit_length() - 1 if first else bits
        size = min(aligned, (last - first + 1).bit_length() - 1)
        yield Network(Address(first, bits), bits - size)
        first += 1 << size
