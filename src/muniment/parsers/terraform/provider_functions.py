"""The function of Terraform's built-in provider that reads: `provider::terraform::decode_tfvars`.

Those that write expressions, and the functions of all other providers, give what is not known.
"""

from typing import Any

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.function import CallContext, Function
from muniment.languages.hcl.functions.signature import argument
from muniment.languages.hcl.parser import parse
from muniment.languages.hcl.scope import Names
from muniment.languages.hcl.types import ANY, STRING


def provider_functions() -> dict[str, Function]:
    """By the name under which expressions call it."""
    name = "provider::terraform::decode_tfvars"
    return {name: Function(name, _decode_tfvars, ANY, 1, 1, takes_null=False)}


def _decode_tfvars(arguments: list[Any], context: CallContext) -> dict[str, Any]:
    """The values that the text of a variable file gives. Raises HclError for anything but literal arguments."""
    file = parse(argument(arguments[0], STRING, 0), limits=context.limits)
    for found in file.diagnostics:
        raise HclError(f"line {found.span.line}: {found.message}", code="invalid-argument")
    for block in file.body.blocks:
        raise HclError(f"a variable file holds no blocks such as {block.type}", code="invalid-argument")
    return {
        name: compile_expression(attribute.expression, {}, index=file.index)(Names({}))
        for name, attribute in file.body.attributes.items()
    }
