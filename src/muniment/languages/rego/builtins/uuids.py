"""Universally unique identifiers of RFC 4122."""

import hashlib
import re
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.signatures import QueryContext
from muniment.languages.rego.values import UNDEFINED, Undefined, Value, to_text

_GROUPS: Final = r"([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})"
_FORM: Final = re.compile(rf"(?:urn:uuid:{_GROUPS}|.{_GROUPS}.|{_GROUPS}|([0-9a-f]{{32}}))", re.IGNORECASE)
_GREGORIAN: Final = 0x01B21DD213814000
"""Tenths of microseconds from 1582-10-15, where identifiers count from, to 1970."""
_DOMAINS: Final = ("Person", "Group", "Org")


def parse(text: str) -> dict[str, Value] | Undefined:
    """What an identifier tells of how it was made; of any other text undefined."""
    found = _FORM.fullmatch(text)
    if not found:
        return UNDEFINED
    data = bytes.fromhex("".join(group for group in found.groups() if group))
    version = data[6] >> 4
    told: dict[str, Value] = {"version": version, "variant": _variant(data[8])}
    if version in {1, 2}:
        told |= _of_machine(data)
    if version == 2:
        domain = data[9]
        told |= {
            "id": int.from_bytes(data[:4], "big"),
            "domain": _DOMAINS[domain] if domain < len(_DOMAINS) else f"Domain{domain}",
        }
    return told


def _variant(octet: int) -> str:
    if octet & 0xC0 == 0x80:
        return "RFC4122"
    return {0xC0: "Microsoft", 0xE0: "Future"}.get(octet & 0xE0, "Reserved")


def _of_machine(data: bytes) -> dict[str, Value]:
    """Time, place in a sequence, and network card of an identifier that was made from them."""
    low, middle, high = (int.from_bytes(data[a:b], "big") for a, b in ((0, 4), (4, 6), (6, 8)))
    node = data[10:]
    scope, cast = "local" if node[0] & 2 else "global", "multicast" if node[0] & 1 else "unicast"
    return {
        "time": (((high & 0xFFF) << 48 | middle << 32 | low) - _GREGORIAN) * 100,
        "nodeid": node.hex("-"),
        "macvariables": f"{scope}:{cast}",
        "clocksequence": int.from_bytes(data[8:10], "big") & 0x3FFF,
    }


def random_uuid(context: QueryContext, key: Value) -> str:
    """An identifier of version 4 that is the same for the same key and seed."""
    data = bytearray(hashlib.sha256(f"{context.seed} {to_text(key)}".encode("utf-8", "surrogatepass")).digest()[:16])
    data[6] = data[6] & 0x0F | 0x40
    data[8] = data[8] & 0x3F | 0x80
    text = data.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


FUNCTIONS: Final = MappingProxyType({"uuid.parse": parse, "uuid.rfc4122": random_uuid})
