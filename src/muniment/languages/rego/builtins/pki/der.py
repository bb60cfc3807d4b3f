"""DER, the binary form of ASN.1 values, and PEM, its form as text."""

import base64
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 1, 2, 3, 4, 5, 6
SEQUENCE, SET = 0x30, 0x31
_PEM: Final = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----[ \t\r]*\n(.*?)-----END \1-----[ \t]*\r?\n?", re.DOTALL)


class DerError(ValueError):
    """Bytes that are no DER, or not of the wanted structure."""


class Block(NamedTuple):
    """A block of PEM: its label, its bytes, and where it ends in the text."""

    label: str
    data: bytes
    end: int


class Node(NamedTuple):
    """A value: its tag, its contents, and all its bytes."""

    tag: int
    body: bytes
    whole: bytes

    def children(self) -> "list[Node]":
        """The values within a constructed one."""
        return list(nodes(self.body))

    def expect(self, tag: int) -> "Node":
        """The value itself. Raises DerError if it has another tag."""
        if self.tag != tag:
            raise DerError(f"asn1: structure error: tag {self.tag} instead of {tag}")
        return self

    def integer(self) -> int:
        """The number of an INTEGER."""
        return int.from_bytes(self.expect(INTEGER).body, "big", signed=True)

    def oid(self) -> tuple[int, ...]:
        """The arcs of an object identifier."""
        arcs, value = list[int](), 0
        for octet in self.expect(OID).body:
            value = value << 7 | octet & 0x7F
            if octet < 0x80:
                arcs.append(value)
                value = 0
        first = min(arcs[0] // 40, 2) if arcs else 0
        return (first, arcs[0] - 40 * first, *arcs[1:]) if arcs else ()

    def bits(self) -> bytes:
        """The bytes of a BIT STRING that has whole ones."""
        body = self.expect(BIT_STRING).body
        if not body:
            raise DerError("asn1: syntax error: zero length BIT STRING")
        return body[1:]

    def text(self) -> str:
        """The text of any kind of string."""
        return self.body.decode("utf-16-be" if self.tag == 30 else "utf-8", "replace")


def nodes(data: bytes) -> Iterator[Node]:
    """The values that stand one behind the other. Raises DerError where they end early."""
    at = 0
    while at < len(data):
        node = _node(data, at)
        at += len(node.whole)
        yield node


def single(data: bytes) -> Node:
    """The one value of some bytes. Raises DerError if there is none, or anything behind it."""
    if not data:
        raise DerError("asn1: syntax error: sequence truncated")
    node = _node(data, 0)
    if len(node.whole) != len(data):
        raise DerError("asn1: syntax error: trailing data")
    return node


def _node(data: bytes, at: int) -> Node:
    head = data[at : at + 2]
    if len(head) < 2:
        raise DerError("asn1: syntax error: truncated tag or length")
    tag, size, body = head[0], head[1], at + 2
    if size & 0x80:
        count = size & 0x7F
        body += count
        if not 0 < count <= 4:
            raise DerError("asn1: syntax error: bad length")
        size = int.from_bytes(data[at + 2 : body], "big")
    if body + size > len(data):
        raise DerError("asn1: structure error: length too large")
    return Node(tag, data[body : body + size], data[at : body + size])


def pem_blocks(text: str) -> Iterator[Block]:
    """The blocks of a text; what stands around them does not count, headers within them neither."""
    for found in _PEM.finditer(text):
        body = found[2].replace("\r", "")
        if ":" in body:
            body = body.rpartition("\n\n")[2]
        try:
            data = base64.b64decode("".join(body.split()), validate=True)
        except ValueError:
            continue
        yield Block(found[1], data, found.end())
