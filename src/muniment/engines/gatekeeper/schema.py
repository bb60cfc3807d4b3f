"""Structural schemas of custom resources: what does not fit, what nobody declared, and defaults.

The subset that Kubernetes allows in a CustomResourceDefinition; formats are not checked, as the API server ignores
those that it does not know.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from muniment.languages import regex
from muniment.languages.source import LimitExceededError

_PRESERVE: Final = "x-kubernetes-preserve-unknown-fields"
_INT_OR_STRING: Final = "x-kubernetes-int-or-string"
Schema = Mapping[str, Any]


def misfits(value: Any, schema: Schema, path: str) -> Iterator[str]:
    """What does not fit, as `path: what`; nothing if all does."""
    if value is None and schema.get("nullable"):
        return
    if schema.get(_INT_OR_STRING):
        if not _is(value, "integer") and not isinstance(value, str):
            yield f"{path}: must be of type integer or string, and is {type_of(value)}"
        return
    wanted = schema.get("type")
    if isinstance(wanted, str) and not _is(value, wanted):
        yield f"{path}: must be of type {wanted}, and is {type_of(value)}"
        return
    yield from _general(value, schema, path)
    if isinstance(value, dict):
        yield from _mapping(value, schema, path)
    elif isinstance(value, list):
        yield from _list(value, schema, path)
    elif isinstance(value, str):
        yield from _text(value, schema, path)
    elif _is(value, "number"):
        yield from _number(value, schema, path)


def undeclared(value: Any, schema: Schema, path: str) -> Iterator[str]:
    """Paths of members that the schema does not know and would drop."""
    if isinstance(value, dict):
        declared, extra = _properties(schema), schema.get("additionalProperties")
        for key, member in value.items():
            inner = declared.get(key, extra if isinstance(extra, dict) else None)
            if inner is not None:
                yield from undeclared(member, inner, f"{path}.{key}")
            elif not schema.get(_PRESERVE) and extra is not True:
                yield f"{path}.{key}"
    elif isinstance(value, list):
        items = schema.get("items")
        for place, member in enumerate(value):
            yield from undeclared(member, items if isinstance(items, dict) else schema, f"{path}[{place}]")


def with_defaults(value: Any, schema: Schema) -> Any:
    """A copy of the value in which absent members have the schema's defaults, at every depth."""
    if isinstance(value, list):
        items = schema.get("items")
        return [with_defaults(member, items) for member in value] if isinstance(items, dict) else value
    if not isinstance(value, dict):
        return value
    declared, extra = _properties(schema), schema.get("additionalProperties")
    filled = {key: inner["default"] for key, inner in declared.items() if "default" in inner and key not in value}
    merged = {**value, **filled}
    for key, member in merged.items():
        inner = declared.get(key, extra if isinstance(extra, dict) else None)
        if inner is not None:
            merged[key] = with_defaults(member, inner)
    return merged


def malformed(schema: Any, path: str) -> Iterator[str]:
    """What is wrong with a schema itself: words with values of another type, unknown types, bad patterns."""
    if not isinstance(schema, dict):
        yield f"{path}: must be an object, and is {type_of(schema)}"
        return
    for word, wanted in _WORDS.items():
        if word in schema and not _is(schema[word], wanted):
            yield f"{path}.{word}: must be of type {wanted}, and is {type_of(schema[word])}"
    kind, required, pattern = (schema.get(word) for word in ("type", "required", "pattern"))
    if isinstance(kind, str) and kind not in _TYPES:
        yield f"{path}.type: {kind!r} is none of {', '.join(_TYPES)}"
    if isinstance(required, list) and not all(isinstance(name, str) for name in required):
        yield f"{path}.required: must be a list of names"
    if isinstance(pattern, str) and not _compiles(pattern):
        yield f"{path}.pattern: {pattern!r} is no regular expression"
    for place, inner in _inner(schema):
        yield from malformed(inner, f"{path}.{place}")


_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("type", "pattern"), "string"),
        **dict.fromkeys(("required", "enum", "allOf", "anyOf", "oneOf"), "array"),
        "properties": "object",
        **dict.fromkeys(("minimum", "maximum", "multipleOf"), "number"),
        **dict.fromkeys(
            ("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"), "integer"
        ),
        **dict.fromkeys(("nullable", "uniqueItems", "exclusiveMinimum", "exclusiveMaximum"), "boolean"),
        **dict.fromkeys((_PRESERVE, _INT_OR_STRING), "boolean"),
    }
)
"""Words of a schema and the type of their values."""


def _inner(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schemas in a schema, with where they stand."""
    properties, extra = schema.get("properties"), schema.get("additionalProperties")
    for name, inner in properties.items() if isinstance(properties, dict) else ():
        yield f"properties.{name}", inner
    if extra is not None and not isinstance(extra, bool):
        yield "additionalProperties", extra
    yield from ((word, schema[word]) for word in ("items", "not") if word in schema)
    for word in ("allOf", "anyOf", "oneOf"):
        branches = schema.get(word)
        for place, inner in enumerate(branches if isinstance(branches, list) else ()):
            yield f"{word}[{place}]", inner


def preserving(schema: Schema) -> dict[str, Any]:
    """The schema of old templates, in which everything that may be an object may hold what nobody declared."""
    out = dict(schema)
    if out.get("type", "object") == "object":
        out[_PRESERVE] = True
    for key in ("items", "additionalProperties"):
        if isinstance(out.get(key), dict):
            out[key] = preserving(out[key])
    if isinstance(out.get("properties"), dict):
        out["properties"] = {key: preserving(inner) for key, inner in _properties(out).items()}
    return out


def type_of(value: Any) -> str:
    """The schema's word for the type of a value."""
    return next((name for name in _TYPES if _is(value, name)), "unknown")


_TYPES: Final[Mapping[str, Callable[[Any], bool]]] = MappingProxyType(
    {
        "null": lambda value: value is None,
        "boolean": lambda value: isinstance(value, bool),
        "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
        "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
        "string": lambda value: isinstance(value, str),
        "array": lambda value: isinstance(value, list),
        "object": lambda value: isinstance(value, dict),
    }
)


def _is(value: Any, name: str) -> bool:
    check = _TYPES.get(name)
    return check is not None and check(value)


def _properties(schema: Schema) -> dict[str, Any]:
    found = schema.get("properties")
    return {key: inner for key, inner in found.items() if isinstance(inner, dict)} if isinstance(found, dict) else {}


def _general(value: Any, schema: Schema, path: str) -> Iterator[str]:
    options = schema.get("enum")
    if isinstance(options, list) and not any(_same(value, option) for option in options):
        yield f"{path}: must be one of {', '.join(map(str, options))}, and is {value}"
    for inner in _branches(schema, "allOf"):
        yield from misfits(value, inner, path)
    for word, least, most in (("anyOf", 1, None), ("oneOf", 1, 1)):
        branches = _branches(schema, word)
        fitting = sum(not any(misfits(value, inner, path)) for inner in branches)
        if branches and (fitting < least or (most is not None and fitting > most)):
            yield f"{path}: fits {fitting} of the {len(branches)} schemas of {word}"
    refused = schema.get("not")
    if isinstance(refused, dict) and not any(misfits(value, refused, path)):
        yield f"{path}: must not fit the schema of not"


def _branches(schema: Schema, word: str) -> list[Schema]:
    found = schema.get(word)
    return [inner for inner in found if isinstance(inner, dict)] if isinstance(found, list) else []


def _mapping(value: dict[str, Any], schema: Schema, path: str) -> Iterator[str]:
    required = schema.get("required")
    for key in required if isinstance(required, list) else ():
        if key not in value:
            yield f"{path}.{key}: is required"
    yield from _length(len(value), schema, path, "Properties", "members")
    declared, extra = _properties(schema), schema.get("additionalProperties")
    for key, member in value.items():
        inner = declared.get(key, extra if isinstance(extra, dict) else None)
        if inner is not None:
            yield from misfits(member, inner, f"{path}.{key}")


def _list(value: list[Any], schema: Schema, path: str) -> Iterator[str]:
    yield from _length(len(value), schema, path, "Items", "items")
    if schema.get("uniqueItems") and any(_same(a, b) for place, a in enumerate(value) for b in value[:place]):
        yield f"{path}: has an item twice"
    items = schema.get("items")
    if isinstance(items, dict):
        for place, member in enumerate(value):
            yield from misfits(member, items, f"{path}[{place}]")


def _text(value: str, schema: Schema, path: str) -> Iterator[str]:
    yield from _length(len(value), schema, path, "Length", "characters")
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and not _matches(pattern, value):
        yield f"{path}: must match {pattern!r}, and is {value!r}"


def _compiles(pattern: str) -> bool:
    try:
        regex.compile(pattern)
    except (regex.RegexError, LimitExceededError):
        return False
    return True


def _matches(pattern: str, value: str) -> bool:
    try:
        return regex.compile(pattern).search(value) is not None
    except (regex.RegexError, LimitExceededError):
        return False


def _length(size: int, schema: Schema, path: str, suffix: str, what: str) -> Iterator[str]:
    least, most = schema.get(f"min{suffix}"), schema.get(f"max{suffix}")
    if isinstance(least, int) and size < least:
        yield f"{path}: has {size} {what}, and must have at least {least}"
    if isinstance(most, int) and size > most:
        yield f"{path}: has {size} {what}, and may have at most {most}"


def _number(value: float, schema: Schema, path: str) -> Iterator[str]:
    least, most, step = (schema.get(word) for word in ("minimum", "maximum", "multipleOf"))
    if isinstance(least, int | float) and (value < least or (value == least and schema.get("exclusiveMinimum"))):
        yield f"{path}: must be at least {least}, and is {value}"
    if isinstance(most, int | float) and (value > most or (value == most and schema.get("exclusiveMaximum"))):
        yield f"{path}: must be at most {most}, and is {value}"
    if isinstance(step, int | float) and step and value % step:
        yield f"{path}: must be a multiple of {step}, and is {value}"


def _same(a: Any, b: Any) -> bool:
    """JSON's equality: true is not 1, at no depth."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(_same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[key], b[key]) for key in a)
    return bool(a == b)
