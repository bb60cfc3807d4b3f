"""Addresses and ports: what a list of networks covers, what a range of ports includes."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from muniment.languages.cel import CelEvaluationError, Function
from muniment.languages.net import NetError, Network, parse_ip_or_cidr, union_covers
from muniment.languages.unknown import OpenList, Unknown, merge_causes

_PRIVATE: Final = tuple(
    parse_ip_or_cidr(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
_EVERYWHERE: Final = (*(parse_ip_or_cidr(text) for text in ("0.0.0.0/0", "::/0")),)
_TAGS: Final = {"*": _EVERYWHERE, "internet": _EVERYWHERE, "any": _EVERYWHERE}
"""Words that clouds write for every address."""
_HIGHEST: Final = 65535
_WITHOUT_PORTS: Final = frozenset({"icmp", "icmpv6", "1", "58"})
"""Protocols whose "ports" in a rule are message types."""
_WITH_PORTS: Final = frozenset({"tcp", "udp", "6", "17"})
"""Protocols of which no rule is complete without ports."""
_NAMED_PORTS: Final = {"ssh": 22, "rdp": 3389, "http": 80, "https": 443, "telnet": 23, "ftp": 21, "smtp": 25, "dns": 53}


def _covers(*arguments: Any) -> Any:
    """Whether the union of the first lists covers one of the networks of the last: true, false or unknown."""
    *lists, wanted = arguments
    known: list[Network] = []
    unknown: list[Unknown] = []
    for text in _texts(lists):
        if isinstance(text, Unknown):
            unknown.append(text)
        else:
            known.extend(_networks(text))
    targets = [network for text in _texts([wanted]) for network in _networks(text)]
    if any(union_covers(known, target) for target in targets):
        return True
    return Unknown(merge_causes(unknown)) if unknown else False


def _overlaps(one: Any, other: Any) -> Any:
    """Whether any network of one list shares an address with any of the other."""
    texts = [*_texts([one]), *_texts([other])]
    unknown = [text for text in texts if isinstance(text, Unknown)]
    left = [network for text in _texts([one]) if not isinstance(text, Unknown) for network in _networks(text)]
    right = [network for text in _texts([other]) if not isinstance(text, Unknown) for network in _networks(text)]
    if any(a.overlaps(b) for a in left for b in right):
        return True
    return Unknown(merge_causes(unknown)) if unknown else False


def _is_private(text: str) -> bool:
    return all(any(private.covers(network) for private in _PRIVATE) for network in _networks(text))


def _texts(values: Iterable[Any]) -> Iterator[Any]:
    """The texts of nested lists; null and an empty text are nothing, an open list has an unknown one more."""
    for value in values:
        if isinstance(value, OpenList):
            yield Unknown(value.causes)
        if isinstance(value, list | tuple):
            yield from _texts(value)
        elif value is not None and value != "":
            yield value


def _networks(text: Any) -> tuple[Network, ...]:
    if not isinstance(text, str):
        raise CelEvaluationError(f"{text!r} is no network")
    everywhere = _TAGS.get(text.strip().lower())
    if everywhere is not None:
        return everywhere
    try:
        return (parse_ip_or_cidr(text.strip()),)
    except NetError as error:
        raise CelEvaluationError(str(error)) from error


class PortRange:
    """The ports that one rule opens."""

    __slots__ = ("spans",)

    def __init__(self, spans: tuple[tuple[int, int], ...]) -> None:
        self.spans = spans

    def includes(self, port: int) -> bool:
        """Whether a port is among them."""
        return any(first <= port <= last for first, last in self.spans)

    def width(self) -> int:
        """How many ports they are; overlapping spans count twice."""
        return sum(last - first + 1 for first, last in self.spans)


def _range(*arguments: Any) -> PortRange:
    """`range(from, to, protocol)`, or `range("22-80,443")`, `range(["22", "80-90"])`."""
    if len(arguments) == 1:
        return PortRange(tuple(_span(text) for text in _split_ports(arguments[0])))
    first, last, *protocol = arguments
    if protocol and str(protocol[0]).lower() in {"-1", "all", "*", "any"}:
        return PortRange(((0, _HIGHEST),))
    if protocol and str(protocol[0]).lower() in _WITHOUT_PORTS:
        return PortRange(())
    if first is None and last is None:
        # what a rule leaves out limits nothing; protocols of their own have no ports to limit
        portless = protocol and protocol[0] is not None and str(protocol[0]).lower() not in _WITH_PORTS
        return PortRange(()) if portless else PortRange(((0, _HIGHEST),))
    low, high = _port(first if first is not None else last), _port(last if last is not None else first)
    return PortRange(((0, _HIGHEST),) if (low, high) == (-1, -1) else ((low, high),))


def _split_ports(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list | tuple) else [value]:
        if item is not None:
            yield from str(item).split(",")


def _span(text: str) -> tuple[int, int]:
    text = text.strip()
    if text in {"*", "-1", "any", "all"}:
        return 0, _HIGHEST
    low, dash, high = text.partition("-")
    return (_port(low), _port(high)) if dash and low else (_port(text), _port(text))


def _port(value: Any) -> int:
    if isinstance(value, bool):
        raise CelEvaluationError(f"{value} is no port")
    if isinstance(value, int | float):
        return int(value)
    text = str(value).strip().lower()
    if text in _NAMED_PORTS:
        return _NAMED_PORTS[text]
    try:
        return int(text)
    except ValueError as error:
        raise CelEvaluationError(f"{value!r} is no port") from error


FUNCTIONS: Final = (
    Function("covers", _covers, unknowns=True),
    Function("overlaps", _overlaps, unknowns=True),
    Function("isPrivate", _is_private),
    Function("range", _range),
    Function("includes", PortRange.includes, receiver=True),
    Function("width", PortRange.width, receiver=True),
)
