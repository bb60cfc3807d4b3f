"""IP addresses as whole numbers: reading, canonical text and the classes that Go's `net/netip` knows."""

import re
from typing import Final, NamedTuple

from muniment.languages.net.errors import refuse

_OCTETS: Final = re.compile(r"([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)")
_GROUP: Final = re.compile(r"[0-9A-Fa-f]{1,4}")
_MAPPED: Final = 0xFFFF << 32


class Address(NamedTuple):
    """An address of 32 or 128 bits."""

    value: int
    bits: int
    zone: str = ""

    @property
    def family(self) -> int:
        """4 or 6."""
        return 4 if self.bits == 32 else 6

    @property
    def is_mapped(self) -> bool:
        """Whether this is an IPv4 address written as IPv6, `::ffff:a.b.c.d`."""
        return self.bits == 128 and self.value >> 32 == 0xFFFF

    def unmapped(self) -> "Address":
        """The IPv4 address that a mapped one stands for; any other address itself."""
        return Address(self.value - _MAPPED, 32) if self.is_mapped else self

    @property
    def is_unspecified(self) -> bool:
        """`0.0.0.0` or `::`."""
        return self.value == 0

    @property
    def is_loopback(self) -> bool:
        """127.0.0.0/8 or `::1`."""
        value, bits, _ = self.unmapped()
        return value >> 24 == 127 if bits == 32 else value == 1

    @property
    def is_private(self) -> bool:
        """10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or fc00::/7."""
        value, bits, _ = self.unmapped()
        if bits == 128:
            return value >> 121 == 0xFC >> 1
        return value >> 24 == 10 or value >> 20 == 0xAC1 or value >> 16 == 0xC0A8

    @property
    def is_multicast(self) -> bool:
        """224.0.0.0/4 or ff00::/8."""
        value, bits, _ = self.unmapped()
        return value >> 28 == 0xE if bits == 32 else value >> 120 == 0xFF

    @property
    def is_link_local_unicast(self) -> bool:
        """169.254.0.0/16 or fe80::/10."""
        value, bits, _ = self.unmapped()
        return value >> 16 == 0xA9FE if bits == 32 else value >> 118 == 0xFE80 >> 6

    @property
    def is_link_local_multicast(self) -> bool:
        """224.0.0.0/24, or multicast of IPv6 with the scope 2."""
        value, bits, _ = self.unmapped()
        return value >> 8 == 0xE00000 if bits == 32 else value >> 112 & 0xFF0F == 0xFF02

    @property
    def is_global_unicast(self) -> bool:
        """Whatever is none of the special kinds; private addresses are global unicast."""
        plain = self.unmapped()
        special = plain.is_unspecified or plain.is_loopback or plain.is_multicast or plain.is_link_local_unicast
        return not special and plain != (0xFFFFFFFF, 32, "")

    def __str__(self) -> str:
        return format_ip(self)


def parse_ip(text: str, *, strict: bool = False, leading_zeros: bool = False) -> Address:
    """Reads an address as Go's `netip.ParseAddr` does; raises `NetError` for any other text.

    `strict` refuses zones and IPv4-mapped addresses, as Kubernetes does; `leading_zeros` allows them in IPv4, as
    Terraform does.
    """
    if ":" not in text:
        return Address(_parse_ipv4(text, leading_zeros=leading_zeros), 32)
    body, percent, zone = text.partition("%")
    if percent and not zone:
        raise refuse(text, f"ParseAddr({_quoted(text)}): zone must be a non-empty string")
    address = Address(_parse_ipv6(text, body, leading_zeros=leading_zeros), 128, zone)
    if strict and zone:
        raise refuse(text, f"IP address {_quoted(text)} with zone value is not allowed")
    if strict and address.is_mapped:
        raise refuse(text, f"IPv4-mapped IPv6 address {_quoted(text)} is not allowed")
    return address


def format_ip(address: Address) -> str:
    """The canonical text: RFC 5952 for IPv6, `::ffff:a.b.c.d` for mapped addresses."""
    if address.bits == 32:
        return _dotted(address.value)
    zone = f"%{address.zone}" if address.zone else ""
    if address.is_mapped:
        return f"::ffff:{_dotted(address.value - _MAPPED)}{zone}"
    groups = [f"{address.value >> shift & 0xFFFF:x}" for shift in range(112, -1, -16)]
    start, length = _longest_zeros(groups)
    if length < 2:
        return ":".join(groups) + zone
    return f"{':'.join(groups[:start])}::{':'.join(groups[start + length :])}{zone}"


def _longest_zeros(groups: list[str]) -> tuple[int, int]:
    """Start and length of the first of the longest runs of zero groups."""
    best, run = (0, 0), 0
    for index, group in enumerate(groups):
        run = run + 1 if group == "0" else 0
        if run > best[1]:
            best = (index - run + 1, run)
    return best


def _dotted(value: int) -> str:
    return f"{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}"


def _parse_ipv4(text: str, *, leading_zeros: bool) -> int:
    found = _OCTETS.fullmatch(text)
    if not found:
        raise refuse(text, f"ParseAddr({_quoted(text)}): unable to parse IP")
    value = 0
    for octet in found.groups():
        if len(octet) > 1 and octet[0] == "0" and not leading_zeros:
            raise refuse(text, f"ParseAddr({_quoted(text)}): IPv4 field has octet with leading zero")
        number = int(octet) if len(octet.lstrip("0")) < 4 else 256
        if number > 255:
            raise refuse(text, f"ParseAddr({_quoted(text)}): IPv4 field has value >255")
        value = value << 8 | number
    return value


def _parse_ipv6(text: str, body: str, *, leading_zeros: bool) -> int:
    head, double, tail = body.partition("::")
    left = _groups(text, head, last=not double, leading_zeros=leading_zeros)
    right = _groups(text, tail, last=True, leading_zeros=leading_zeros)
    missing = 8 - len(left) - len(right)
    if missing < 0 or (missing < 1 if double else missing):
        raise refuse(text, f"ParseAddr({_quoted(text)}): an IPv6 address has eight groups")
    value = 0
    for group in (*left, *(0 for _ in range(missing)), *right):
        value = value << 16 | group
    return value


def _groups(text: str, part: str, *, last: bool, leading_zeros: bool) -> list[int]:
    """The 16-bit groups between colons; the last of an address may be IPv4."""
    if not part:
        return []
    words, numbers = part.split(":"), list[int]()
    for index, word in enumerate(words):
        if _GROUP.fullmatch(word):
            numbers.append(int(word, 16))
        elif "." in word and last and index == len(words) - 1:
            value = _parse_ipv4(word, leading_zeros=leading_zeros)
            numbers += (value >> 16, value & 0xFFFF)
        else:
            raise refuse(text, f"ParseAddr({_quoted(text)}): each colon-separated field must have 1 to 4 digits")
    return numbers


def _quoted(text: str) -> str:
    return f'"{text}"'
