"""What Go answered (`net/netip`, `net/url`, the CIDR library that Terraform uses), and sets of networks."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages import net

_ANSWERS: dict[str, list[tuple[list[str], str]]] = json.loads(
    (Path(__file__).parent / "answers_of_go.json").read_text("utf-8")
)


def _address(text: str) -> str:
    address = net.parse_ip(text)
    kinds = (
        address.is_loopback,
        address.is_private,
        address.is_multicast,
        address.is_link_local_unicast,
        address.is_link_local_multicast,
        address.is_global_unicast,
        address.is_unspecified,
    )
    return f"{address} {' '.join('true' if kind else 'false' for kind in kinds)}"


def _network(text: str) -> str:
    network = net.parse_cidr(text)
    return f"{network} {network.masked()}"


def _url(text: str) -> str:
    url = net.parse_url(text)
    query = json.dumps(url.query, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{url.scheme}|{url.host}|{url.hostname}|{url.port}|{url.escaped_path}|{query}"


_QUESTIONS: dict[str, Callable[..., str]] = {
    "ip": _address,
    "cidr": _network,
    "url": _url,
    "subnet": lambda prefix, bits, number: net.cidrsubnet(prefix, int(bits), int(number)),
    "host": lambda prefix, number: net.cidrhost(prefix, int(number)),
}


@pytest.mark.parametrize("question", _QUESTIONS)
def test_answers_as_go(question: str) -> None:
    """The same text, or a refusal where Go refuses."""
    for arguments, answer in _ANSWERS[question]:
        try:
            ours = _QUESTIONS[question](*arguments)
        except net.NetError:
            ours = "ERR"
        assert ours == answer, arguments


def test_strict_reading_refuses_zones_and_mapped_addresses() -> None:
    """Kubernetes takes neither, although Go's own parser does."""
    for text in ("fe80::1%eth0", "::ffff:1.2.3.4"):
        assert net.is_ip(text)
        assert not net.is_ip(text, strict=True)


def test_references_may_be_relative_and_have_fragments() -> None:
    """`url.Parse` reads what `url.ParseRequestURI` refuses, and both name the escape that is broken."""
    url = net.parse_reference("//h:1/a%2Fb?q#top%20")
    assert (url.hostname, url.port, url.path, url.default_path, url.fragment) == ("h", "1", "/a/b", "/a/b", "top ")
    assert net.parse_reference("a/b").raw_path == "a/b"
    with pytest.raises(net.NetError, match='invalid URL escape "%6d"'):
        net.parse_reference("http://exa%6dple.com/")
    with pytest.raises(net.NetError, match="first path segment in URL cannot contain colon"):
        net.parse_reference("1a:b/c")


def test_terraform_reads_leading_zeros() -> None:
    """Terraform's functions take them for decimal numbers, and nobody else does."""
    assert net.cidrhost("010.0.0.0/8", 1) == "10.0.0.1"
    assert not net.is_cidr("010.0.0.0/8")


def test_subnets_follow_each_other() -> None:
    """Each subnet starts where the one before ends, aligned to its own size, until the network is full."""
    assert net.cidrsubnets("10.1.0.0/16", (4, 4, 8, 4)) == [
        "10.1.0.0/20",
        "10.1.16.0/20",
        "10.1.32.0/24",
        "10.1.48.0/20",
    ]
    assert net.cidrnetmask("172.16.0.0/12") == "255.240.0.0"
    with pytest.raises(net.NetError, match="not enough remaining address space"):
        net.cidrsubnets("10.0.0.0/30", (1, 1, 1))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 255), st.integers(24, 32)), max_size=6), st.integers(0, 255), st.integers(24, 32)
)
def test_a_union_covers_what_its_addresses_cover(parts: list[tuple[int, int]], first: int, length: int) -> None:
    """Covering is decided for whole stretches as it would be for each address, and merging keeps the addresses."""
    networks = [net.parse_cidr(f"10.0.0.{last}/{prefix}") for last, prefix in parts]
    wanted = net.parse_cidr(f"10.0.0.{first}/{length}")
    held = {value for network in networks for value in range(network.first, network.last + 1)}
    assert net.union_covers(networks, wanted) == held.issuperset(range(wanted.first, wanted.last + 1))
    merged = net.merge_networks(networks)
    assert [value for network in merged for value in range(network.first, network.last + 1)] == sorted(held)
