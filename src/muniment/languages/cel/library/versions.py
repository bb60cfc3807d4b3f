"""Which functions and macros belong together, and since which release of Kubernetes its API server has them.

Facts are those of `k8s.io/apiserver/pkg/cel/environment`.
"""

from typing import Final, NamedTuple

from muniment.languages.cel.library.formats import FORMATS

MacroKey = tuple[str, int, bool]
"""Name, number of arguments, and whether it is called on something."""


class Library(NamedTuple):
    """A set of functions and macros that an environment has or has not."""

    name: str
    functions: frozenset[str] = frozenset()
    macros: frozenset[MacroKey] = frozenset()
    since: int | None = None
    """The minor version of Kubernetes 1 that brought it; None where Kubernetes never had it."""


def _library(name: str, since: int | None, *functions: str, macros: tuple[MacroKey, ...] = ()) -> Library:
    return Library(name, frozenset(functions), frozenset(macros), since)


def _on_targets(count: int, *names: str) -> tuple[MacroKey, ...]:
    return tuple((name, count, True) for name in names)


OPTIONALS: Final = _library(
    "optionals",
    28,
    *("optional.of", "optional.none", "optional.ofNonZeroValue", "optional.unwrap", "unwrapOpt"),
    *("hasValue", "value", "orValue", "or"),
    macros=_on_targets(2, "optMap", "optFlatMap"),
)
"""Values that may be absent; the syntax `.?` and `[?` belongs to it."""
LIBRARIES: Final = (
    _library("kubernetes-lists", 0, "isSorted", "sum", "min", "max", "indexOf", "lastIndexOf"),
    _library("regex", 0, "find", "findAll"),
    _library(
        "urls", 0, *("url", "isURL", "getScheme", "getHost", "getHostname", "getPort", "getEscapedPath", "getQuery")
    ),
    _library(
        "strings",
        0,
        *("charAt", "indexOf", "join", "lastIndexOf", "lowerAscii", "upperAscii", "replace", "split", "substring"),
        "trim",
    ),
    _library(
        "authorizer",
        27,
        *("path", "group", "serviceAccount", "resource", "subresource", "namespace", "name", "check", "allowed"),
        *("reason", "errored", "error"),
    ),
    OPTIONALS,
    _library(
        "quantity",
        28,
        *("quantity", "isQuantity", "sign", "isInteger", "asInteger", "asApproximateFloat", "add", "sub"),
        *("isGreaterThan", "isLessThan", "compareTo"),
    ),
    _library("strings-2", 29, "format", "strings.quote", "reverse"),
    _library("sets", 29, "sets.contains", "sets.equivalent", "sets.intersects"),
    _library(
        "addresses",
        30,
        *("ip", "isIP", "ip.isCanonical", "family", "isUnspecified", "isLoopback", "isLinkLocalMulticast"),
        *("isLinkLocalUnicast", "isGlobalUnicast", "cidr", "isCIDR", "containsIP", "containsCIDR", "masked"),
        "prefixLength",
    ),
    _library("format", 31, "format.named", "validate", *(f"format.{name}" for name in FORMATS)),
    _library("authorizer-selectors", 31, "fieldSelector", "labelSelector"),
    _library(
        "two-variable-comprehensions",
        32,
        macros=(
            *_on_targets(3, "all", "exists", "exists_one", "existsOne"),
            *_on_targets(3, "transformList", "transformMap", "transformMapEntry"),
            *_on_targets(4, "transformList", "transformMap", "transformMapEntry"),
        ),
    ),
    _library("json-patch", 32, "jsonpatch.escapeKey"),
    _library(
        "semver",
        33,
        *("semver", "isSemver", "major", "minor", "patch", "isGreaterThan", "isLessThan", "compareTo"),
    ),
    _library(
        "lists",
        34,
        *("slice", "flatten", "sort", "distinct", "lists.range", "reverse", "first", "last"),
        macros=_on_targets(2, "sortBy"),
    ),
    _library("kubernetes-lists-1", 37, "includes"),
    _library(
        "math",
        None,
        *("math.greatest", "math.least", "math.ceil", "math.floor", "math.trunc", "math.round", "math.isNaN"),
        *("math.isInf", "math.isFinite", "math.abs", "math.sign", "math.sqrt", "math.bitAnd", "math.bitOr"),
        *("math.bitXor", "math.bitNot", "math.bitShiftLeft", "math.bitShiftRight"),
    ),
    _library("encoders", None, "base64.encode", "base64.decode"),
    _library(
        "bindings",
        None,
        macros=(
            *_on_targets(3, "bind"),
            *_on_targets(2, "block", "iterVar", "accuVar"),
            *_on_targets(1, "index"),
        ),
    ),
)
"""Everything; what no library names belongs to the language itself."""


def environment_for(version: str) -> tuple[Library, ...]:
    """The libraries of a release of Kubernetes, as `1.30`; of the newest one if the text names none."""
    parts = version.removeprefix("v").split(".")
    minor = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else None
    return tuple(
        library for library in LIBRARIES if library.since is not None and (minor is None or library.since <= minor)
    )
