"""Functions whose results depend on the moment, on chance, on a machine or on a secret: unknown by nature."""

from muniment.languages.hcl.function import Function
from muniment.languages.hcl.functions.signature import partial
from muniment.languages.hcl.types import NUMBER, STRING, Type
from muniment.languages.unknown import Cause, Unknown


def unknown_functions() -> list[Function]:
    """Functions that check their arguments and answer with an unknown string."""
    return [
        _unknown("abspath", STRING),
        _unknown("base64gzip", STRING),
        _unknown("bcrypt", STRING, rest=NUMBER),
        _unknown("pathexpand", STRING),
        _unknown("plantimestamp"),
        _unknown("rsadecrypt", STRING, STRING),
        _unknown("timestamp"),
        _unknown("uuid"),
    ]


def _unknown(name: str, *parameters: Type, rest: Type | None = None) -> Function:
    answer = Unknown((Cause("function", name),), STRING)
    return partial(name, lambda *_: answer, *parameters, rest=rest, returns=STRING)
