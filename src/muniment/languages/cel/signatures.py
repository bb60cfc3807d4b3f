"""The signatures of operators and of the shipped functions, which the checker reads when an expression uses them."""

from types import MappingProxyType
from typing import Final

_ORDER: Final = "; ".join(
    f"{one}, {another} -> bool"
    for one, others in (
        ("bool", ("bool",)),
        ("int", ("int", "uint", "double")),
        ("uint", ("uint", "int", "double")),
        ("double", ("double", "int", "uint")),
        ("string", ("string",)),
        ("bytes", ("bytes",)),
        ("timestamp", ("timestamp",)),
        ("duration", ("duration",)),
    )
    for another in others
)
_NUMBERS: Final = "int, int -> int; uint, uint -> uint; double, double -> double"
_WHOLE: Final = "int, int -> int; uint, uint -> uint"
_TEXT_TEST: Final = ".string, string -> bool"
_OF_TIME: Final = ".timestamp -> int; .timestamp, string -> int"
_OF_SPAN: Final = f"{_OF_TIME}; .duration -> int"
_DOUBLE_TEST: Final = "double -> bool"
_ROUNDING: Final = "double -> double"
_EXTREME: Final = ".list<A> -> A"
_SETS: Final = "list<A>, list<A> -> bool"
_INDEX: Final = ".string, string -> int; .string, string, int -> int; .list<A>, A -> int"
_LIST_TO_LIST: Final = ".list<A> -> list<A>"
_QUANTITIES: Final = ".quantity, quantity -> quantity; .quantity, int -> quantity"
_ADDRESS_TEST: Final = ".ip -> bool"
_URL_TEXT: Final = ".url -> string"

SIGNATURES: Final = MappingProxyType(
    {
        "+": (
            f"{_NUMBERS}; string, string -> string; bytes, bytes -> bytes; list<A>, list<A> -> list<A>; "
            "timestamp, duration -> timestamp; duration, timestamp -> timestamp; duration, duration -> duration"
        ),
        "-": (
            f"{_NUMBERS}; timestamp, timestamp -> duration; timestamp, duration -> timestamp; "
            "duration, duration -> duration"
        ),
        "*": _NUMBERS,
        "/": _NUMBERS,
        "%": _WHOLE,
        "-_": "int -> int; double -> double",
        "!_": "bool -> bool",
        "_?_:_": "bool, A, A -> A",
        "==": "A, A -> bool",
        "!=": "A, A -> bool",
        **dict.fromkeys(("<", "<=", ">", ">="), _ORDER),
        "in": "A, list<A> -> bool; A, map<A, B> -> bool",
        "[]": (
            "list<A>, int -> A; map<A, B>, A -> B; optional<list<A>>, int -> optional<A>; "
            "optional<map<A, B>>, A -> optional<B>"
        ),
        "[?]": (
            "list<A>, int -> optional<A>; map<A, B>, A -> optional<B>; optional<list<A>>, int -> optional<A>; "
            "optional<map<A, B>>, A -> optional<B>"
        ),
        "size": "; ".join(
            f"{dot}{one} -> int" for dot in ("", ".") for one in ("string", "bytes", "list<A>", "map<A, B>")
        ),
        "int": "int -> int; uint -> int; double -> int; string -> int; timestamp -> int; duration -> int",
        "uint": "uint -> uint; int -> uint; double -> uint; string -> uint",
        "double": "double -> double; int -> double; uint -> double; string -> double",
        "string": (
            "string -> string; int -> string; uint -> string; double -> string; bytes -> string; bool -> string; "
            "timestamp -> string; duration -> string; ip -> string; cidr -> string"
        ),
        "bytes": "bytes -> bytes; string -> bytes",
        "bool": "bool -> bool; string -> bool",
        "timestamp": "timestamp -> timestamp; string -> timestamp; int -> timestamp",
        "duration": "duration -> duration; string -> duration",
        "dyn": "A -> dyn",
        "type": "A -> type<A>",
        "matches": f"string, string -> bool; {_TEXT_TEST}",
        **dict.fromkeys(("startsWith", "endsWith", "contains"), _TEXT_TEST),
        **dict.fromkeys(
            (f"get{part}" for part in ("FullYear", "Month", "DayOfMonth", "Date", "DayOfWeek", "DayOfYear")), _OF_TIME
        ),
        **dict.fromkeys((f"get{part}" for part in ("Hours", "Minutes", "Seconds", "Milliseconds")), _OF_SPAN),
        "charAt": ".string, int -> string",
        "indexOf": _INDEX,
        "lastIndexOf": _INDEX,
        "join": ".list<string> -> string; .list<string>, string -> string",
        **dict.fromkeys(("lowerAscii", "upperAscii", "trim"), ".string -> string"),
        "reverse": ".string -> string; .list<A> -> list<A>",
        "replace": ".string, string, string -> string; .string, string, string, int -> string",
        "split": ".string, string -> list<string>; .string, string, int -> list<string>",
        "substring": ".string, int -> string; .string, int, int -> string",
        "format": ".string, list<dyn> -> string",
        "strings.quote": "string -> string",
        "slice": ".list<A>, int, int -> list<A>",
        "flatten": ".list<list<A>> -> list<A>; .list<dyn> -> list<dyn>; .list<dyn>, int -> list<dyn>",
        **dict.fromkeys(("sort", "distinct"), _LIST_TO_LIST),
        "lists.range": "int -> list<int>",
        **dict.fromkeys(("first", "last"), ".list<A> -> optional<A>"),
        "isSorted": ".list<A> -> bool",
        **dict.fromkeys(("sum", "min", "max"), _EXTREME),
        **dict.fromkeys(("sets.contains", "sets.intersects", "sets.equivalent"), _SETS),
        **dict.fromkeys((f"math.{name}" for name in ("ceil", "floor", "round", "trunc")), _ROUNDING),
        **dict.fromkeys((f"math.{name}" for name in ("isNaN", "isInf", "isFinite")), _DOUBLE_TEST),
        **dict.fromkeys(("math.abs", "math.sign"), "int -> int; uint -> uint; double -> double"),
        "math.sqrt": "int -> double; uint -> double; double -> double",
        **dict.fromkeys(("math.bitAnd", "math.bitOr", "math.bitXor"), _WHOLE),
        "math.bitNot": "int -> int; uint -> uint",
        **dict.fromkeys(("math.bitShiftLeft", "math.bitShiftRight"), "int, int -> int; uint, int -> uint"),
        "base64.encode": "bytes -> string",
        "base64.decode": "string -> bytes",
        "optional.of": "A -> optional<A>",
        "optional.none": "-> optional<A>",
        "optional.ofNonZeroValue": "A -> optional<A>",
        "optional.unwrap": "list<optional<A>> -> list<A>",
        "unwrapOpt": ".list<optional<A>> -> list<A>",
        "hasValue": ".optional<A> -> bool",
        "value": ".optional<A> -> A",
        "orValue": ".optional<A>, A -> A",
        "or": ".optional<A>, optional<A> -> optional<A>",
        "quantity": "string -> quantity",
        **dict.fromkeys(("isQuantity", "isURL", "isIP", "isCIDR", "ip.isCanonical"), "string -> bool"),
        "sign": ".quantity -> int",
        "isInteger": ".quantity -> bool",
        "asInteger": ".quantity -> int",
        "asApproximateFloat": ".quantity -> double",
        **dict.fromkeys(("add", "sub"), _QUANTITIES),
        **dict.fromkeys(("isGreaterThan", "isLessThan"), ".quantity, quantity -> bool; .semver, semver -> bool"),
        "compareTo": ".quantity, quantity -> int; .semver, semver -> int",
        "ip": "string -> ip; .cidr -> ip",
        "family": ".ip -> int",
        **dict.fromkeys(
            ("isUnspecified", "isLoopback", "isLinkLocalMulticast", "isLinkLocalUnicast", "isGlobalUnicast"),
            _ADDRESS_TEST,
        ),
        "cidr": "string -> cidr",
        "containsIP": ".cidr, ip -> bool; .cidr, string -> bool",
        "containsCIDR": ".cidr, cidr -> bool; .cidr, string -> bool",
        "masked": ".cidr -> cidr",
        "prefixLength": ".cidr -> int",
        "url": "string -> url",
        **dict.fromkeys(("getScheme", "getHost", "getHostname", "getPort", "getEscapedPath"), _URL_TEXT),
        "getQuery": ".url -> map<string, list<string>>",
        "semver": "string -> semver; string, bool -> semver",
        "isSemver": "string -> bool; string, bool -> bool",
        **dict.fromkeys(("major", "minor", "patch"), ".semver -> int"),
        "format.named": "string -> optional<format>",
        "validate": ".format, string -> optional<list<string>>",
        "find": ".string, string -> string",
        "findAll": ".string, string -> list<string>; .string, string, int -> list<string>",
        "jsonpatch.escapeKey": "string -> string",
    }
)
