"""JSON and YAML texts of values, and values of such texts."""

from collections.abc import Callable
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.rego.builtins.yaml_text import to_yaml
from muniment.languages.rego.signatures import BuiltinError
from muniment.languages.rego.values import Value, from_json, number, number_text, to_json, to_text, value_of

_LARGEST_EXPONENT: Final = 30_000
_HTML: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029", "\x7f": "\x7f"}
)


def marshal(value: Value) -> str:
    """The JSON text of a value: keys in order, no spaces."""
    return _text(to_json(value), "", "")


def marshal_with_options(value: Value, options: dict[str, Value]) -> str:
    """The JSON text of a value, in lines where `pretty`, `indent` or `prefix` ask for it."""
    for key, wanted in options.items():
        if key not in {"pretty", "indent", "prefix"}:
            message = f"operand 2 object contained unknown key {to_text(value_of(key))}"
            raise BuiltinError(message, code="eval_type_error")
        if wanted.__class__ is not (bool if key == "pretty" else str):
            kind = "cast to bool" if key == "pretty" else "cast to string"
            raise BuiltinError(f"operand 2 key {to_text(value_of(key))} failed {kind}", code="eval_type_error")
    if not options.get("pretty", "indent" in options or "prefix" in options):
        return marshal(value)
    prefix: str = options.get("prefix", "")
    return prefix + _text(to_json(value), options.get("indent", "\t"), f"\n{prefix}")


def _text(value: Any, indent: str, line: str) -> str:
    """A JSON value; `line` is what a line begins with, empty to write all in one."""
    kind = value.__class__
    if kind is str:
        return quoted(value)
    if kind is list:
        return _container("[]", [_text(member, indent, line and line + indent) for member in value], indent, line)
    if kind is dict:
        colon = ": " if line else ":"
        members = [f"{quoted(key)}{colon}{_text(value[key], indent, line and line + indent)}" for key in sorted(value)]
        return _container("{}", members, indent, line)
    if kind is bool:
        return "true" if value else "false"
    return "null" if value is None else number_text(value)


def _container(brackets: str, members: list[str], indent: str, line: str) -> str:
    if not members:
        return brackets
    begin = line and line + indent
    return f"{brackets[0]}{begin}{f',{begin}'.join(members)}{line}{brackets[1]}"


def quoted(text: str) -> str:
    """A JSON string as Go writes it: safe within HTML."""
    from json.encoder import encode_basestring  # noqa: PLC0415  loads with the first text

    return encode_basestring(text).translate(_HTML)


def unmarshal(text: str) -> Value:
    """The value of a JSON text."""
    return from_json(_read(text, _fraction))


def is_json(text: Value) -> bool:
    """Whether a value is a JSON text."""
    return _is_text(text, lambda one: _read(one, str))


def _read(text: str, fraction: Callable[[str], Any]) -> Any:
    import json  # noqa: PLC0415  loads with the first text

    try:
        return json.loads(text, parse_float=fraction, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BuiltinError(f"invalid JSON: {error}") from None
    except (ValueError, RecursionError) as error:
        raise BuiltinError(str(error)) from None


def _fraction(text: str) -> int | float | Decimal:
    value = number(text)
    if value.__class__ is Decimal and abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError("invalid number: number too big")
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"invalid character '{name[0]}' looking for beginning of value")


def unmarshal_yaml(text: str) -> Value:
    """The value of the first document; a later one that is no YAML is an error all the same."""
    from muniment.languages.yaml import load  # noqa: PLC0415  loads with the first text

    stream = load(text, dialect="opa")
    documents = stream.documents
    for diagnostic in (*stream.diagnostics, *(one for document in documents for one in document.diagnostics)):
        raise BuiltinError(f"yaml: line {diagnostic.span.line}: {diagnostic.message}")
    return from_json(documents[0].value) if documents else None


def is_yaml(text: Value) -> bool:
    """Whether a value is a YAML text."""
    return _is_text(text, unmarshal_yaml)


def _is_text(text: Value, read: Callable[[str], Any]) -> bool:
    if text.__class__ is not str:
        return False
    try:
        read(text)
    except BuiltinError:
        return False
    return True


FUNCTIONS: Final = MappingProxyType(
    {
        "json.is_valid": is_json,
        "json.marshal": marshal,
        "json.marshal_with_options": marshal_with_options,
        "json.unmarshal": unmarshal,
        "yaml.is_valid": is_yaml,
        "yaml.marshal": lambda value: to_yaml(to_json(value)),
        "yaml.unmarshal": unmarshal_yaml,
    }
)
