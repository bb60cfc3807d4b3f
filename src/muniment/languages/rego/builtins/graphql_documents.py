"""GraphQL queries and schemas, as texts or as the objects that were made of such."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.rego.builtins.graphql.cursor import Node
from muniment.languages.rego.builtins.graphql.queries import parse_query
from muniment.languages.rego.builtins.graphql.query_rules import check_query
from muniment.languages.rego.builtins.graphql.schema import Schema
from muniment.languages.rego.builtins.graphql.schema_documents import parse_schema
from muniment.languages.rego.builtins.graphql.schema_rules import read_schema
from muniment.languages.rego.signatures import BuiltinError, QueryContext, operand_error
from muniment.languages.rego.values import Value

_MALFORMED: Final = (LookupError, TypeError, AttributeError, ValueError, RecursionError)
"""What goes wrong in the rules with an object that is no document."""


def _document(value: Value, position: int, parse: Callable[[str], Node]) -> Node:
    if value.__class__ is str:
        return parse(value)
    if value.__class__ is dict:
        return dict(value)
    raise operand_error(position, "one of {string, object}", value)


def _schema(context: QueryContext, value: Value, position: int) -> tuple[Node, Schema]:
    """The document of a schema and the schema, made once in a query of the same text."""
    key = ("graphql schema", value) if value.__class__ is str else None
    if key in context.cache:
        document, schema = context.cache[key]
        return document, schema
    document = _document(value, position, parse_schema)
    schema = _guarded(lambda: read_schema(document))
    if key:
        context.cache[key] = document, schema
    return document, schema


def _guarded(check: Callable[[], Any]) -> Any:
    try:
        return check()
    except _MALFORMED as error:
        raise BuiltinError(f"malformed GraphQL document: {type(error).__name__}: {error}") from None


def parse(context: QueryContext, query: Value, schema: Value) -> list[Node]:
    """The documents of a query and a schema. Raises BuiltinError if the schema cannot answer the query."""
    asked = _document(query, 0, parse_query)
    document, known = _schema(context, schema, 1)
    _guarded(lambda: check_query(known, asked))
    return [asked, document]


def parse_and_verify(context: QueryContext, query: Value, schema: Value) -> list[Value]:
    """Whether the schema can answer the query, then with both documents."""
    try:
        return [True, *parse(context, query, schema)]
    except BuiltinError:
        return [False, {}, {}]


def is_valid(context: QueryContext, query: Value, schema: Value) -> bool:
    """Whether the schema can answer the query."""
    return bool(parse_and_verify(context, query, schema)[0])


def schema_is_valid(context: QueryContext, schema: Value) -> bool:
    """Whether a value is a schema."""
    try:
        _schema(context, schema, 1)
    except BuiltinError:
        return False
    return True


FUNCTIONS: Final = MappingProxyType(
    {
        "graphql.is_valid": is_valid,
        "graphql.parse": parse,
        "graphql.parse_and_verify": parse_and_verify,
        "graphql.parse_query": parse_query,
        "graphql.parse_schema": parse_schema,
        "graphql.schema_is_valid": schema_is_valid,
    }
)
