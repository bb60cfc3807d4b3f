"""All functions of a release by name."""

from collections.abc import Mapping

from muniment.languages.hcl.function import Function
from muniment.languages.hcl.functions.collections import collection_functions
from muniment.languages.hcl.functions.conversion import conversion_functions
from muniment.languages.hcl.functions.dates import date_functions
from muniment.languages.hcl.functions.encoding import encoding_functions
from muniment.languages.hcl.functions.files import file_functions
from muniment.languages.hcl.functions.formatting import formatting_functions
from muniment.languages.hcl.functions.hashes import hash_functions
from muniment.languages.hcl.functions.nature import unknown_functions
from muniment.languages.hcl.functions.network import network_functions
from muniment.languages.hcl.functions.numeric import numeric_functions
from muniment.languages.hcl.functions.opentofu import opentofu_functions
from muniment.languages.hcl.functions.patterns import Patterns
from muniment.languages.hcl.functions.strings import string_functions
from muniment.languages.hcl.functions.structures import structure_functions


def functions(*, opentofu: bool = False) -> Mapping[str, Function]:
    """The functions of Terraform 1.11 by name, with those that only OpenTofu has when `opentofu` is set.

    Each call makes a table with compiled patterns of its own: keep one for as long as an engine lives.
    """
    patterns = Patterns()
    groups = (
        numeric_functions(),
        string_functions(patterns),
        formatting_functions(),
        collection_functions(),
        structure_functions(),
        encoding_functions(),
        file_functions(patterns),
        date_functions(),
        hash_functions(),
        network_functions(),
        conversion_functions(),
        unknown_functions(),
        opentofu_functions() if opentofu else [],
    )
    return {function.name: function for group in groups for function in group}
