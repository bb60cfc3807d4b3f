"""The keywords of JSON Schema (drafts 4 to 7), each with the complaints of a value in the words that OPA uses."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from muniment.languages.rego.builtins.arithmetic import whole
from muniment.languages.rego.builtins.json_schema_formats import FORMATS
from muniment.languages.rego.values import compare, equal, is_number, key_of, to_text, type_name

Value = Any
Match = Callable[[str, str], bool]
"""Whether a pattern matches somewhere in a text."""


class Complaint(NamedTuple):
    """What is wrong with a value: where, the keyword's name in results, and the description."""

    path: tuple[str, ...]
    kind: str
    description: str


class Place(NamedTuple):
    """A value within the document, and what its rules need."""

    value: Value
    path: tuple[str, ...]
    judge: "Callable[[Value, Place], Iterator[Complaint]]"
    """Complaints by another schema."""
    match: Match

    def fault(self, kind: str, description: str) -> Complaint:
        """A complaint about the value."""
        return Complaint(self.path, kind, description)

    def member(self, name: str | int, value: Value) -> "Place":
        """The place of a member."""
        return self._replace(value=value, path=(*self.path, str(name)))

    def fits(self, schema: Value) -> bool:
        """Whether another schema has no complaint."""
        return next(self.judge(schema, self), None) is None


Rule = Callable[[Place, Value, dict[str, Value]], Iterator[Complaint]]
"""Complaints by one keyword: the place, the keyword's value and the schema around it."""


def schema_type(value: Value) -> str:
    """The name of a value's type, with integers apart."""
    if is_number(value):
        return "integer" if whole(value) is not None else "number"
    return type_name(value)


def _types(place: Place, wanted: Value, _schema: Value) -> Iterator[Complaint]:
    names = [wanted] if isinstance(wanted, str) else wanted
    given = schema_type(place.value)
    if given not in names and not (given == "integer" and "number" in names):
        yield place.fault("invalid_type", f"Invalid type. Expected: {'/'.join(names)}, given: {given}")


def _any_of(place: Place, schemas: list[Value], _schema: Value) -> Iterator[Complaint]:
    if not any(place.fits(one) for one in schemas):
        yield place.fault("number_any_of", "Must validate at least one schema (anyOf)")


def _one_of(place: Place, schemas: list[Value], _schema: Value) -> Iterator[Complaint]:
    if sum(place.fits(one) for one in schemas) != 1:
        yield place.fault("number_one_of", "Must validate one and only one schema (oneOf)")


def _all_of(place: Place, schemas: list[Value], _schema: Value) -> Iterator[Complaint]:
    faults = [fault for one in schemas for fault in place.judge(one, place)]
    yield from faults
    if faults:
        yield place.fault("number_all_of", "Must validate all the schemas (allOf)")


def _not(place: Place, schema: Value, _schema: Value) -> Iterator[Complaint]:
    if place.fits(schema):
        yield place.fault("number_not", "Must not validate the schema (not)")


def _if(place: Place, condition: Value, schema: dict[str, Value]) -> Iterator[Complaint]:
    met = place.fits(condition)
    branch = "then" if met else "else"
    if branch in schema and not place.fits(schema[branch]):
        yield place.fault(f"condition_{branch}", f'Must validate "{branch}" as "if" was {"" if met else "not "}valid')
        yield from place.judge(schema[branch], place)


def _const(place: Place, wanted: Value, _schema: Value) -> Iterator[Complaint]:
    if not equal(place.value, wanted):
        yield place.fault("const", f"{_field(place)} does not match: {to_text(wanted)}")


def _enum(place: Place, allowed: list[Value], _schema: Value) -> Iterator[Complaint]:
    if not any(equal(place.value, one) for one in allowed):
        yield place.fault("enum", f"{_field(place)} must be one of the following: {', '.join(map(to_text, allowed))}")


def _field(place: Place) -> str:
    return ".".join(place.path) or "(root)"


def _bound(kind: str, words: str, fails: Callable[[int], bool], *, strict: str = "") -> Rule:
    """A bound of a number; `strict` names the keyword of draft 4 that, where it is true, excludes the bound itself."""

    def rule(place: Place, bound: Value, schema: dict[str, Value]) -> Iterator[Complaint]:
        if not is_number(place.value) or not is_number(bound):
            return
        order = compare(place.value, bound)
        if schema.get(strict) is True and (fails(order) or order == 0):
            yield place.fault(kind.removesuffix("e"), f"Must be {words.partition(' or ')[0]} {to_text(bound)}")
        elif fails(order):
            yield place.fault(kind, f"Must be {words} {to_text(bound)}")

    return rule


def _multiple_of(place: Place, factor: Value, _schema: Value) -> Iterator[Complaint]:
    from muniment.languages.rego.builtins.bigfloat import exact  # noqa: PLC0415  hardly a schema has it

    try:
        rest = exact(place.value) % exact(factor) if is_number(place.value) else 0
    except OverflowError:  # an exponent that nobody can expand
        rest = 1
    if rest:
        yield place.fault("multiple_of", f"Must be a multiple of {to_text(factor)}")


def _size(
    kind: str, of: type[str | list[Any] | dict[str, Any]], description: str, fails: Callable[[int, int], bool]
) -> Rule:
    """A bound of how many characters, items or members there are."""

    def rule(place: Place, bound: Value, _schema: Value) -> Iterator[Complaint]:
        if isinstance(place.value, of) and fails(len(place.value), bound):
            yield place.fault(kind, description.format(to_text(bound)))

    return rule


def _pattern(place: Place, pattern: str, _schema: Value) -> Iterator[Complaint]:
    if isinstance(place.value, str) and not place.match(pattern, place.value):
        yield place.fault("pattern", f"Does not match pattern '{pattern}'")


def _format(place: Place, name: str, _schema: Value) -> Iterator[Complaint]:
    check = FORMATS.get(name)
    if check and isinstance(place.value, str) and not check(place.value):
        yield place.fault("format", f"Does not match format '{name}'")


def _items(place: Place, items: Value, schema: dict[str, Value]) -> Iterator[Complaint]:
    if not isinstance(place.value, list):
        return
    listed = items if isinstance(items, list) else []
    for index, value in enumerate(place.value):
        if not isinstance(items, list) or index < len(listed):
            yield from place.judge(listed[index] if listed else items, place.member(index, value))
    extra, more = place.value[len(listed) :], schema.get("additionalItems", True)
    if isinstance(items, list) and extra and more is False:
        yield place.fault("array_no_additional_items", "No additional items allowed on array")
    if isinstance(items, list) and isinstance(more, dict):
        for index, value in enumerate(extra, len(listed)):
            yield from place.judge(more, place.member(index, value))


def _unique_items(place: Place, wanted: Value, _schema: Value) -> Iterator[Complaint]:
    if wanted is not True or not isinstance(place.value, list):
        return
    seen: dict[Any, int] = {}
    for index, value in enumerate(place.value):
        first = seen.setdefault(key_of(value), index)
        if first != index:
            yield place.fault("unique", f"array items[{first},{index}] must be unique")


def _contains(place: Place, schema: Value, _schema: Value) -> Iterator[Complaint]:
    if isinstance(place.value, list) and not any(
        place.member(index, value).fits(schema) for index, value in enumerate(place.value)
    ):
        yield place.fault("contains", "At least one of the items must match")


def _required(place: Place, names: Value, _schema: Value) -> Iterator[Complaint]:
    for name in names if isinstance(place.value, dict) and isinstance(names, list) else ():
        if name not in place.value:
            yield place.fault("required", f"{name} is required")


def _properties(place: Place, schemas: dict[str, Value], _schema: Value) -> Iterator[Complaint]:
    for name, schema in schemas.items() if isinstance(place.value, dict) else ():
        if name in place.value:
            yield from place.judge(schema, place.member(name, place.value[name]))


def _pattern_properties(place: Place, schemas: dict[str, Value], _schema: Value) -> Iterator[Complaint]:
    for name, value in place.value.items() if isinstance(place.value, dict) else ():
        for pattern, schema in schemas.items():
            if isinstance(name, str) and place.match(pattern, name):
                yield from place.judge(schema, place.member(name, value))


def _additional_properties(place: Place, allowed: Value, schema: dict[str, Value]) -> Iterator[Complaint]:
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for name, value in place.value.items() if isinstance(place.value, dict) else ():
        if name in known or any(place.match(pattern, str(name)) for pattern in patterns):
            continue
        if allowed is False:
            yield place.fault("additional_property_not_allowed", f"Additional property {name} is not allowed")
        elif isinstance(allowed, dict):
            yield from place.judge(allowed, place.member(str(name), value))


def _property_names(place: Place, schema: Value, _schema: Value) -> Iterator[Complaint]:
    for name in place.value if isinstance(place.value, dict) else ():
        if not place.member(str(name), name).fits(schema):
            yield place.fault("invalid_property_name", f'Property name of "{name}" does not match')


def _dependencies(place: Place, wanted: dict[str, Value], _schema: Value) -> Iterator[Complaint]:
    for name, needs in wanted.items() if isinstance(place.value, dict) else ():
        if name not in place.value:
            continue
        if not isinstance(needs, list):
            yield from place.judge(needs, place)
            continue
        for other in needs:
            if other not in place.value:
                yield place.fault("missing_dependency", f"Has a dependency on {other}")


RULES: Final[dict[str, Rule]] = {
    "anyOf": _any_of,
    "oneOf": _one_of,
    "allOf": _all_of,
    "not": _not,
    "dependencies": _dependencies,
    "if": _if,
    "const": _const,
    "enum": _enum,
    "multipleOf": _multiple_of,
    "maximum": _bound("number_lte", "less than or equal to", lambda order: order > 0, strict="exclusiveMaximum"),
    "exclusiveMaximum": _bound("number_lt", "less than", lambda order: order >= 0),
    "minimum": _bound("number_gte", "greater than or equal to", lambda order: order < 0, strict="exclusiveMinimum"),
    "exclusiveMinimum": _bound("number_gt", "greater than", lambda order: order <= 0),
    "minLength": _size("string_gte", str, "String length must be greater than or equal to {}", lambda n, m: n < m),
    "maxLength": _size("string_lte", str, "String length must be less than or equal to {}", lambda n, m: n > m),
    "pattern": _pattern,
    "format": _format,
    "items": _items,
    "minItems": _size("array_min_items", list, "Array must have at least {} items", lambda n, m: n < m),
    "maxItems": _size("array_max_items", list, "Array must have at most {} items", lambda n, m: n > m),
    "uniqueItems": _unique_items,
    "contains": _contains,
    "minProperties": _size("array_min_properties", dict, "Must have at least {} properties", lambda n, m: n < m),
    "maxProperties": _size("array_max_properties", dict, "Must have at most {} properties", lambda n, m: n > m),
    "required": _required,
    "additionalProperties": _additional_properties,
    "patternProperties": _pattern_properties,
    "propertyNames": _property_names,
    "properties": _properties,
}
"""In the order of the complaints; a value of the wrong type has only that one."""
TYPE_RULE: Final[Rule] = _types
