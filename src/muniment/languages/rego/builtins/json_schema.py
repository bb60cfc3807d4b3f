"""JSON Schema: whether a schema is one, and what it complains of in a document."""

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.net import NetError, parse_reference
from muniment.languages.rego.builtins.documents import unmarshal
from muniment.languages.rego.builtins.json_schema_rules import RULES, TYPE_RULE, Complaint, Place
from muniment.languages.rego.builtins.patterns import pattern
from muniment.languages.rego.signatures import BuiltinError, QueryContext
from muniment.languages.rego.values import Value, is_number, to_json, type_name

_TYPES: Final = ("array", "boolean", "integer", "number", "null", "object", "string")
_DEEPEST: Final = 100
_KINDS: Final[dict[type, str]] = {list: "an array", dict: "an object", str: "a string"}
_NUMBERS: Final = frozenset({"maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"})
_SCHEMAS: Final = frozenset({"not", "if", "then", "else", "contains", "propertyNames", "additionalProperties"})
_LISTS: Final = frozenset({"anyOf", "oneOf", "allOf"})
_MAPS: Final = frozenset({"properties", "patternProperties", "definitions"})
_SIZES: Final = frozenset({f"{end}{what}" for end in ("min", "max") for what in ("Length", "Items", "Properties")})


def _document(value: Value) -> Any:
    """The JSON of a text, object or array. Raises BuiltinError for anything else."""
    if value.__class__ is str:
        try:
            return unmarshal(value)
        except BuiltinError:
            raise BuiltinError("invalid JSON string") from None
    if value.__class__ in {dict, list}:
        return to_json(value)
    raise BuiltinError("wrong type, expected string or object")


def verify(context: QueryContext, schema: Value) -> list[Value]:
    """Whether a value is a schema, and else why not."""
    try:
        _Schema(context, _document(schema)).check()
    except BuiltinError as error:
        return [False, f"jsonschema: {error}"]
    return [True, None]


def match(context: QueryContext, document: Value, schema: Value) -> list[Value]:
    """Whether a document fulfils a schema, and its complaints."""
    value = _document(document)
    rules = _Schema(context, _document(schema))
    rules.check()
    faults = [_shown(fault) for fault in rules.complaints(value)]
    return [not faults, faults]


def _shown(fault: Complaint) -> dict[str, Value]:
    field = ".".join(fault.path) or "(root)"
    described = {"error": f"{field}: {fault.description}", "type": fault.kind}
    return {**described, "field": field, "desc": fault.description}


class _Schema:
    """A schema with its references; patterns are compiled once in a query."""

    __slots__ = ("_context", "_depth", "_root")

    def __init__(self, context: QueryContext, root: Any) -> None:
        self._context = context
        self._root = root
        self._depth = 0

    def check(self) -> None:
        """Raises BuiltinError if it is no schema."""
        self._check(self._root)

    def _check(self, schema: Any, depth: int = 0) -> None:
        if schema.__class__ is bool:
            return
        if schema.__class__ is not dict:
            raise BuiltinError(f"Invalid type. Expected: valid schema, given: {type_name(schema)}")
        if depth > _DEEPEST:
            raise BuiltinError("the schema nests too deep")
        _check_types(schema.get("type", []))
        for name, value in schema.items():
            for inner in self._inner(name, value):
                self._check(inner, depth + 1)

    def _inner(self, name: str, value: Any) -> Iterator[Any]:
        """The schemas within a keyword, whose own form is checked."""
        if name in _SCHEMAS or (name == "items" and value.__class__ is not list):
            yield value
        elif name in _LISTS or name == "items":
            yield from _expect(name, value, list)
        elif name in _MAPS:
            yield from _expect(name, value, dict).values()
        elif name == "dependencies":
            yield from (one for one in _expect(name, value, dict).values() if one.__class__ is not list)
        elif name == "required" and value.__class__ is not bool:
            for one in _expect(name, value, list):
                _expect(f"{name} items", one, str)
        elif name == "enum":
            _expect(name, value, list)
        elif name in _SIZES and (not is_number(value) or value < 0):
            raise BuiltinError(f"{name} must be greater than or equal to 0")
        elif name in _NUMBERS and not is_number(value) and not (name[:1] == "e" and value.__class__ is bool):
            raise BuiltinError(f"{name} must be of a number")
        elif name == "multipleOf" and value <= 0:
            raise BuiltinError("multipleOf must be strictly greater than 0")
        elif name == "format":
            _expect(name, value, str)
        elif name == "$ref":
            self._resolve(_expect(name, value, str))
        if name in {"pattern", "patternProperties"}:
            for text in [value] if name == "pattern" else value:
                self._match(_expect(name, text, str), "")

    def _match(self, text: str, subject: str) -> bool:
        return pattern(self._context, text).search(subject) is not None

    def complaints(self, value: Any) -> Iterator[Complaint]:
        """What the schema complains of in a document."""
        return self._judge(self._root, Place(value, (), self._judge, self._match))

    def _judge(self, schema: Any, place: Place) -> Iterator[Complaint]:
        if schema is False:
            yield place.fault("false", "False always fails validation")
        if schema.__class__ is not dict:
            return
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BuiltinError("the document or its schema nests too deep")
        try:
            yield from self._by_keywords(schema, place)
        finally:
            self._depth -= 1

    def _by_keywords(self, schema: dict[str, Any], place: Place) -> Iterator[Complaint]:
        if "$ref" in schema:
            yield from self._judge(self._resolve(schema["$ref"]), place)
            return
        if "type" in schema:
            wrong = list(TYPE_RULE(place, schema["type"], schema))
            yield from wrong
            if wrong:
                return
        for name, rule in RULES.items():
            if name in schema:
                yield from rule(place, schema[name], schema)

    def _resolve(self, reference: str) -> Any:
        """The schema that a reference within the document leads to; others would need a network."""
        base, _, fragment = reference.partition("#")
        if base and base != self._base():
            raise BuiltinError(f"remote reference loading disabled: {reference}")
        found = self._root
        try:
            path = parse_reference(f"#{fragment}").fragment
        except NetError as error:
            raise BuiltinError(error.diagnostic.message) from None
        for step in path.split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            if isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            elif isinstance(found, dict) and key in found:
                found = found[key]
            else:
                raise BuiltinError(f"Object has no key '{key}'")
        return found

    def _base(self) -> str:
        root = self._root if isinstance(self._root, dict) else {}
        name = root.get("$id", root.get("id"))
        return name.partition("#")[0] if isinstance(name, str) else ""


def _check_types(wanted: Any) -> None:
    names = wanted if isinstance(wanted, list) else [wanted]
    for name in names:
        if name not in _TYPES:
            shown = f"given: /{name}/ Expected valid values are:[{' '.join(_TYPES)}]"
            raise BuiltinError(f"has a primitive type that is NOT VALID -- {shown}")
        if names.count(name) > 1:
            raise BuiltinError(f"{name} type is duplicated")


def _expect(name: str, value: Any, kind: type) -> Any:
    if value.__class__ is not kind:
        raise BuiltinError(f"{name} must be of {_KINDS[kind]}")
    return value


FUNCTIONS: Final = MappingProxyType[str, Callable[..., Any]]({"json.match_schema": match, "json.verify_schema": verify})
