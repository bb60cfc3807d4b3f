"""The table of functions of an environment, and the names of the types that it knows."""

from collections.abc import Iterable
from typing import Final

from muniment.languages.cel.function import Function
from muniment.languages.cel.library.authorizer import authorizer_functions
from muniment.languages.cel.library.formats import format_functions
from muniment.languages.cel.library.kubernetes import TYPE_NAMES, kubernetes_functions
from muniment.languages.cel.library.lists import index_of, list_functions, list_index, list_last_index, of_null
from muniment.languages.cel.library.numbers import math_functions, other_functions
from muniment.languages.cel.library.standard import Patterns, standard_functions
from muniment.languages.cel.library.strings import string_functions
from muniment.languages.cel.library.versions import LIBRARIES, Library

TYPES: Final = (
    *("int", "uint", "double", "bool", "string", "bytes", "list", "map", "type", "null_type", "optional_type"),
    *("google.protobuf.Timestamp", "google.protobuf.Duration"),
    *TYPE_NAMES,
)


def function_table(libraries: Iterable[Library], *, null_safe: bool) -> dict[str, Function]:
    """The functions of the language and of some libraries by name; where texts and lists share one, it takes both."""
    patterns = Patterns()
    lists = list_functions()
    groups = (
        standard_functions(patterns, null_safe=null_safe),
        string_functions(),
        map(of_null, lists) if null_safe else lists,
        math_functions(),
        other_functions(),
        kubernetes_functions(patterns),
        format_functions(),
        authorizer_functions(),
    )
    table: dict[str, Function] = {}
    for group in groups:
        for function in group:
            table.setdefault(function.name, function)
    if null_safe:
        table["join"] = of_null(table["join"])
    for name, of_lists in (("indexOf", list_index), ("lastIndexOf", list_last_index)):
        table[name] = table[name]._replace(call=index_of(table[name].call, of_lists))
    wanted = frozenset().union(*(library.functions for library in libraries))
    missing = frozenset().union(*(library.functions for library in LIBRARIES)) - wanted
    return {name: function for name, function in table.items() if name not in missing}
