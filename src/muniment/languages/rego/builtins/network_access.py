"""The two builtins that reach a network, for a host that wants them: what they do there is the host's own function."""

from collections.abc import Callable, Iterable, Mapping

from muniment.languages.net import is_ip
from muniment.languages.rego.builtins.operands import checked
from muniment.languages.rego.builtins.requests import check_request
from muniment.languages.rego.signatures import Builtin
from muniment.languages.rego.values import Value, value_of

Send = Callable[[Mapping[str, Value]], Value]
"""Answers a request that has method and URL. Raises BuiltinError if it cannot."""
Resolve = Callable[[str], Iterable[str]]
"""The addresses of a host. Raises BuiltinError if it has none."""


def http_send(send: Send) -> Builtin:
    """`http.send`, with requests checked before they are sent."""

    def function(request: dict[str, Value]) -> Value:
        check_request({value_of(key): value for key, value in request.items()})
        return send(request)

    parameters = ("object[string: any]",)
    guarded = checked(function, parameters, context=False)
    return Builtin("http.send", parameters, "object", guarded, nondeterministic=True)


def lookup_ip_addr(resolve: Resolve) -> Builtin:
    """`net.lookup_ip_addr`; an address is its own."""

    def function(host: str) -> frozenset[str]:
        return frozenset((host,) if is_ip(host) else resolve(host))

    guarded = checked(function, ("string",), context=False)
    return Builtin("net.lookup_ip_addr", ("string",), "set[string]", guarded, nondeterministic=True)
