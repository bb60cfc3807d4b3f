"""GraphQL documents: what they are read as, and what a schema refuses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.languages.rego.builtins.graphql.queries import parse_query
from muniment.languages.rego.builtins.graphql.query_rules import check_query
from muniment.languages.rego.builtins.graphql.schema_documents import parse_schema
from muniment.languages.rego.builtins.graphql.schema_rules import read_schema
from muniment.languages.rego.signatures import BuiltinError

SCHEMA = """
  interface Animal { name: String! }
  type Dog implements Animal { name: String! barks(loud: Boolean = false, times: Int!): Int owner: Person }
  type Person { name: String! pets(first: Int, filter: PetFilter): [Animal!]! }
  input PetFilter { kind: Kind! names: [String!] }
  enum Kind { CAT DOG }
  union Being = Dog | Person
  type Query { me: Person being(id: ID!): Being dog: Dog }
  type Subscription { born: Dog died: Dog }
"""

GOOD = [
    '{ me { name pets(first: 3, filter: {kind: DOG, names: "Rex"}) { name ... on Dog { barks(times: 1) } } } }',
    (
        "query Q($id: ID!, $loud: Boolean = true) { being(id: $id) { __typename ...D } } "
        "fragment D on Dog { barks(loud: $loud, times: 2) @skip(if: $loud) }"
    ),
    "subscription { born { name } }",
    '{ __schema { types { name } } __type(name: "Dog") { kind } }',
]
BAD = [
    ("{ me { age } }", "Cannot query field"),
    ("{ me }", "must have a selection"),
    ("{ me { name { x } } }", "must not have a selection"),
    ("{ dog { barks } }", "is required"),
    ('{ dog { barks(times: "1") } }', "Int cannot represent"),
    ("{ dog { barks(times: 99999999999) } }", "32-bit"),
    ("{ me { pets(filter: {kind: COW}) { name } } }", "does not exist in"),
    ("{ me { pets(filter: {}) { name } } }", "was not provided"),
    ("{ me { name @nope } }", "Undefined directive"),
    ("{ ...A } fragment A on Query { ...A }", "within itself"),
    ("fragment A on Query { me { name } } { me { name } }", "never used"),
    ("query($a: Int) { me { name } }", "never used"),
    ("{ being(id: $a) { __typename } }", "is not defined"),
    ("query($a: ID) { being(id: $a) { __typename } }", "used in position"),
    ("query($a: Dog) { me { name } }", "non-input type"),
    ("{ me { name } } { dog { name } }", "only defined operation"),
    ("mutation { x }", "does not support operation type"),
    ("{ dog { ... on Person { name } } }", "can never be of type"),
    ("subscription { born { name } died { name } }", "only one top level field"),
    ("{ a: me { name } a: dog { name } }", "conflict"),
]
NO_SCHEMAS = [
    ("type A { b: C }", "Undefined type C"),
    ("type A {b: Int} type A {b: Int}", "Cannot redeclare"),
    ("interface I { a: Int } type A implements I { b: Int }", "must have a field called a"),
    ("interface I { a: Int! } type A implements I { a: Int }", "must have type Int!"),
    ("input A { a: A! }", "within itself"),
    ("type A { a(b: A): Int }", "not a valid input type"),
    ("enum E { true }", "non-enum value"),
    ("union U = Int", "must be OBJECT"),
    ("type __A { a: Int }", "must not begin with"),
    ("type A @skip(if: true) { a: Int }", "is not applicable on"),
    ("schema { query: Q }", "does not exist"),
    ("extend input Int { a: Int }", "Cannot extend type"),
]


@pytest.mark.parametrize("text", GOOD)
def test_a_schema_answers_good_queries(text: str) -> None:
    """A query that uses what the schema has is taken."""
    check_query(read_schema(parse_schema(SCHEMA)), parse_query(text))


@pytest.mark.parametrize(("text", "complaint"), BAD)
def test_a_schema_refuses_other_queries(text: str, complaint: str) -> None:
    """A query is refused for the rule that it breaks."""
    with pytest.raises(BuiltinError, match=complaint):
        check_query(read_schema(parse_schema(SCHEMA)), parse_query(text))


@pytest.mark.parametrize(("text", "complaint"), NO_SCHEMAS)
def test_broken_schemas_are_refused(text: str, complaint: str) -> None:
    """A document that is no schema is refused for the rule that it breaks."""
    with pytest.raises(BuiltinError, match=complaint):
        read_schema(parse_schema(text))


def test_block_strings_lose_their_indent() -> None:
    """A block string has neither common indent nor blank lines at its ends."""
    found = parse_query('{ f(a: """\n    one\n      two\n  """, b: "\\u00e9\\n") }')["Operations"][0]["SelectionSet"][0]
    assert [one["Value"]["Raw"] for one in found["Arguments"]] == ["one\n  two", "é\n"]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='{}()[]:!$@|&="a0.-\\\n# ', max_size=40) | st.integers(1, 400).map(lambda n: "{a" * n))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Parsers end with a document or their error for any text, however deep it nests."""
    for parse in (parse_query, parse_schema):
        try:
            parse(text)
        except BuiltinError:
            continue
