"""IP addresses, networks and URLs as Go programs read them, without the cost of loading `ipaddress` and `urllib`."""

from muniment.languages.net.addresses import Address, format_ip, parse_ip
from muniment.languages.net.errors import NetError
from muniment.languages.net.networks import (
    Network,
    is_cidr,
    is_ip,
    merge_networks,
    parse_cidr,
    parse_ip_or_cidr,
    union_covers,
)
from muniment.languages.net.subnets import cidrhost, cidrnetmask, cidrsubnet, cidrsubnets
from muniment.languages.net.urls import Url, is_url, parse_reference, parse_url

__all__ = (
    "Address",
    "NetError",
    "Network",
    "Url",
    "cidrhost",
    "cidrnetmask",
    "cidrsubnet",
    "cidrsubnets",
    "format_ip",
    "is_cidr",
    "is_ip",
    "is_url",
    "merge_networks",
    "parse_cidr",
    "parse_ip",
    "parse_ip_or_cidr",
    "parse_reference",
    "parse_url",
    "union_covers",
)
