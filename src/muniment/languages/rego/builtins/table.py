"""The signatures of OPA's builtins, by the module that has the functions.

A line is a name, its parameters, `->`, the result and marks. `integer` is a number that must be whole and comes as an
int. Marks: `context` (the query's context is passed first), `relation`, `unchecked` (the function looks at its operands
itself), `loose` (any type compiles), `nondeterministic`, `deprecated`. Alternatives stand as in OPA's messages.
"""

from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.languages.rego.builtins.operands import Function, checked, split_types
from muniment.languages.rego.signatures import Builtin

_TABLE: Final = MappingProxyType(
    {
        "comparison": """
            eq any, any -> boolean
            assign any, any -> boolean
            equal any, any -> boolean
            neq any, any -> boolean
            lt any, any -> boolean
            lte any, any -> boolean
            gt any, any -> boolean
            gte any, any -> boolean
            internal.member_2 any, any -> boolean
            internal.member_3 any, any, any -> boolean
        """,
        "arithmetic": """
            plus number, number -> number
            minus number|set, number|set -> number|set : unchecked
            mul number, number -> number
            div number, number -> number
            rem number, number -> number
            abs number -> number
            round number -> number
            ceil number -> number
            floor number -> number
        """,
        "aggregates": """
            count array|object|set|string -> number
            sum set[number]|array[number] -> number
            product set[number]|array[number] -> number
            max set|array -> any
            min set|array -> any
            sort set|array -> array
            all array|set -> boolean : deprecated
            any array|set -> boolean : deprecated
        """,
        "arrays": """
            array.concat array, array -> array
            array.flatten array -> array
            array.reverse array -> array
            array.slice array, integer, integer -> array
        """,
        "sets": """
            and set, set -> set
            or set, set -> set
            intersection set[set] -> set
            union set[set] -> set
            set_diff set, set -> set : deprecated
        """,
        "bits": """
            bits.and integer, integer -> number
            bits.or integer, integer -> number
            bits.xor integer, integer -> number
            bits.negate integer -> number
            bits.lsh integer, integer -> number
            bits.rsh integer, integer -> number
        """,
        "ranges": """
            numbers.range integer, integer -> array[number] : context
            numbers.range_step integer, integer, integer -> array[number] : context
        """,
        "kinds": """
            is_array any -> boolean
            is_boolean any -> boolean
            is_null any -> boolean
            is_number any -> boolean
            is_object any -> boolean
            is_set any -> boolean
            is_string any -> boolean
            type_name any -> string
            to_number null|boolean|number|string -> number
            cast_array array|set -> array : deprecated loose
            cast_boolean boolean -> boolean : deprecated loose
            cast_null null -> null : deprecated loose
            cast_object object -> object : deprecated loose
            cast_set array|set -> set : deprecated loose
            cast_string string -> string : deprecated loose
        """,
        "strings": """
            concat string, set[string]|array[string] -> string : context
            contains string, string -> boolean
            endswith string, string -> boolean
            indexof string, string -> number
            indexof_n string, string -> array[number]
            lower string -> string
            replace string, string, string -> string : context
            split string, string -> array[string]
            startswith string, string -> boolean
            strings.any_prefix_match string|set[string]|array[string], string|set[string]|array[string] -> boolean
            strings.any_suffix_match string|set[string]|array[string], string|set[string]|array[string] -> boolean
            strings.count string, string -> number
            strings.replace_n object[string: string], string -> string : context
            strings.reverse string -> string
            strings.split_n string, string, integer -> array[string]
            substring string, integer, integer -> string
            trim string, string -> string
            trim_left string, string -> string
            trim_prefix string, string -> string
            trim_right string, string -> string
            trim_space string -> string
            trim_suffix string, string -> string
            upper string -> string
        """,
        "formatting": """
            format_int number, number -> string
            sprintf string, array -> string : context
        """,
        "templates": """
            strings.render_template string, object -> string : context
        """,
        "patterns": """
            regex.find_all_string_submatch_n string, string, integer -> array[array[string]] : context
            regex.find_n string, string, integer -> array[string] : context
            regex.is_valid string -> boolean : context unchecked
            regex.match string, string -> boolean : context
            re_match string, string -> boolean : context deprecated
            regex.replace string, string, string -> string : context
            regex.split string, string -> array[string] : context
            regex.template_match string, string, string, string -> boolean : context
        """,
        "globs": """
            glob.match string, array[string]|null, string -> boolean : context
            glob.quote_meta string -> string
        """,
        "glob_intersection": """
            regex.globs_match string, string -> boolean
        """,
        "encoding": """
            base64.decode string -> string
            base64.encode string -> string
            base64.is_valid string -> boolean : unchecked
            base64url.decode string -> string
            base64url.encode string -> string
            base64url.encode_no_pad string -> string
            hex.decode string -> string
            hex.encode string -> string
        """,
        "urls": """
            uri.is_valid string -> boolean : unchecked
            uri.parse string -> object[string: string]
            urlquery.decode string -> string
            urlquery.decode_object string -> object[string: array[string]]
            urlquery.encode string -> string
            urlquery.encode_object object[string: string|array[string]|set[string]] -> string
        """,
        "documents": """
            json.is_valid string -> boolean : unchecked
            json.marshal any -> string
            json.marshal_with_options any, object -> string
            json.unmarshal string -> any
            yaml.is_valid string -> boolean : unchecked
            yaml.marshal any -> string
            yaml.unmarshal string -> any
        """,
        "json_paths": """
            json.filter object, set|array -> object
            json.remove object, set|array -> object
        """,
        "json_patch": """
            json.patch any, array[object] -> any : unchecked
        """,
        "json_schema": """
            json.match_schema string|object, string|object -> array : context unchecked
            json.verify_schema string|object -> array : context unchecked
        """,
        "objects": """
            object.filter object, object|set|array -> object
            object.get object, any, any -> any
            object.keys object -> set
            object.remove object, object|set|array -> object
            object.subset array|object|set, array|object|set -> boolean : unchecked
            object.union object, object -> object
            object.union_n array[object] -> object
        """,
        "units": """
            units.parse string -> number
            units.parse_bytes string -> number
        """,
        "semver": """
            semver.compare string, string -> number
            semver.is_valid any -> boolean
        """,
        "networks": """
            net.cidr_contains string, string -> boolean
            net.cidr_contains_matches string|array|object|set, string|array|object|set -> set[array]
            net.cidr_expand string -> set[string] : context
            net.cidr_intersects string, string -> boolean
            net.cidr_is_valid string -> boolean : unchecked
            net.cidr_merge array[string]|set[string] -> set[string] : unchecked
            net.cidr_overlap string, string -> boolean : deprecated
        """,
        "times": """
            time.add_date number|array, integer, integer, integer -> number : unchecked
            time.clock number|array -> array[number] : unchecked
            time.date number|array -> array[number] : unchecked
            time.diff number|array, number|array -> array[number] : unchecked
            time.format number|array -> string : unchecked
            time.now_ns -> number : context nondeterministic
            time.parse_duration_ns string -> number
            time.parse_ns string, string -> number
            time.parse_rfc3339_ns string -> number
            time.weekday number|array -> string : unchecked
        """,
        "graphs": """
            graph.reachable object[any: array|set], array|set -> set
            graph.reachable_paths object[any: array|set], array|set -> set[array] : context
            walk any -> array : relation
        """,
        "module_trees": """
            rego.parse_module string, string -> object[string: any]
        """,
        "uuids": """
            uuid.parse string -> object[string: any]
            uuid.rfc4122 any -> string : context nondeterministic
        """,
        "hashes": """
            crypto.hmac.equal string, string -> boolean
            crypto.hmac.md5 string, string -> string
            crypto.hmac.sha1 string, string -> string
            crypto.hmac.sha256 string, string -> string
            crypto.hmac.sha512 string, string -> string
            crypto.md5 string -> string
            crypto.sha1 string -> string
            crypto.sha256 string -> string
        """,
        "x509": """
            crypto.parse_private_keys string -> any
            crypto.x509.parse_and_verify_certificates string -> array : context
            crypto.x509.parse_and_verify_certificates_with_options string, object -> array : context
            crypto.x509.parse_certificate_request string -> object[string: any]
            crypto.x509.parse_certificates string -> array[object[string: any]]
            crypto.x509.parse_keypair string, string -> object[string: any]
            crypto.x509.parse_rsa_private_key string -> any
        """,
        "tokens": """
            io.jwt.decode string -> array
            io.jwt.decode_verify string, object -> array : context nondeterministic
            io.jwt.verify_eddsa string, string -> boolean : context
            io.jwt.verify_es256 string, string -> boolean : context
            io.jwt.verify_es384 string, string -> boolean : context
            io.jwt.verify_es512 string, string -> boolean : context
            io.jwt.verify_hs256 string, string -> boolean
            io.jwt.verify_hs384 string, string -> boolean
            io.jwt.verify_hs512 string, string -> boolean
            io.jwt.verify_ps256 string, string -> boolean : context
            io.jwt.verify_ps384 string, string -> boolean : context
            io.jwt.verify_ps512 string, string -> boolean : context
            io.jwt.verify_rs256 string, string -> boolean : context
            io.jwt.verify_rs384 string, string -> boolean : context
            io.jwt.verify_rs512 string, string -> boolean : context
        """,
        "token_signing": """
            io.jwt.encode_sign object, object, object -> string : nondeterministic
            io.jwt.encode_sign_raw string, string, string -> string : nondeterministic
        """,
        "aws": """
            providers.aws.sign_req object, object, number -> object
        """,
        "graphql_documents": """
            graphql.is_valid string|object, string|object -> boolean : context unchecked
            graphql.parse string|object, string|object -> array : context unchecked
            graphql.parse_and_verify string|object, string|object -> array : context unchecked
            graphql.parse_query string -> object[string: any]
            graphql.parse_schema string -> object[string: any]
            graphql.schema_is_valid string|object -> boolean : context unchecked
        """,
        "process": """
            opa.runtime -> object[string: any] : context nondeterministic
            rand.intn string, integer -> number : context nondeterministic
            trace string -> boolean : context
        """,
    }
)


class Entry(NamedTuple):
    """A line of the table."""

    name: str
    group: str
    parameters: tuple[str, ...]
    result: str
    marks: frozenset[str]

    def builtin(self, function: Function) -> Builtin:
        """The builtin that answers with `function`, its operands checked."""
        context = "context" in self.marks
        plain = function if "unchecked" in self.marks else checked(function, self.parameters, context=context)
        shown = "any" if "loose" in self.marks else None
        return Builtin(
            self.name,
            tuple(shown or text.replace("integer", "number") for text in self.parameters),
            self.result,
            plain,
            relation="relation" in self.marks,
            context=context,
            nondeterministic="nondeterministic" in self.marks,
            deprecated="deprecated" in self.marks,
        )


def entries() -> dict[str, Entry]:
    """The lines of the table by name."""
    return {entry.name: entry for group, lines in _TABLE.items() for entry in _read(group, lines)}


def _read(group: str, lines: str) -> list[Entry]:
    found = []
    for line in lines.strip().splitlines():
        signature, _, marks = line.strip().partition(" : ")
        left, _, result = signature.partition("-> ")
        name, _, parameters = left.strip().partition(" ")
        found.append(Entry(name, group, tuple(split_types(parameters, ",")), result.strip(), frozenset(marks.split())))
    return found
