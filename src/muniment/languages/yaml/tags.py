"""Explicit tags: the core ones convert, CloudFormation's short forms become functions, others are only noted."""

from collections.abc import Callable
from typing import Any, Final

from muniment.languages.yaml.scalars import BadValueError, Dialect

CORE: Final = "tag:yaml.org,2002:"
_FUNCTIONS: Final = frozenset({"Ref", "Condition"})
"""Short forms that keep their name; all others are called `Fn::...`."""


def is_core_scalar(name: str) -> bool:
    """Whether a core tag of that name belongs on scalars."""
    return name in _SCALARS


def core_scalar(name: str, text: str, dialect: Dialect) -> Any:
    """The value that a core tag makes of a scalar, quoted or not. Raises BadValueError if it cannot be one."""
    return _SCALARS[name](name, text, dialect)


def _text(_name: str, text: str, _dialect: Dialect) -> str:
    return text


def _merge_key(_name: str, text: str, dialect: Dialect) -> Any:
    """The tag that writers of YAML put on a merge key."""
    return dialect.words.get(text, text) if text == "<<" else text


def _binary(_name: str, text: str, _dialect: Dialect) -> str:
    """The bytes as text; what is no UTF-8 becomes U+FFFD, as in JSON that Go writes."""
    from binascii import Error, a2b_base64  # noqa: PLC0415  few files hold binary values

    try:
        return a2b_base64("".join(text.split()), strict_mode=True).decode("utf-8", "replace")
    except (Error, ValueError) as error:
        raise BadValueError("the text is no base64") from error


def _resolved(name: str, text: str, dialect: Dialect) -> Any:
    value = dialect.resolve(text)
    if type(value) not in _KINDS[name]:
        raise BadValueError(f"{text!r} is no {name}")
    return value


_KINDS: Final = {"int": (int,), "float": (int, float), "bool": (bool,), "null": (type(None),)}
_SCALARS: Final[dict[str, Callable[[str, str, Dialect], Any]]] = {
    **dict.fromkeys(_KINDS, _resolved),
    "str": _text,
    "timestamp": _text,
    "binary": _binary,
    "merge": _merge_key,
}


def function_key(tag: str) -> str:
    """The function that a short form of CloudFormation stands for."""
    return tag[1:] if tag[1:] in _FUNCTIONS else f"Fn::{tag[1:]}"


def function_argument(tag: str, text: str) -> Any:
    """The argument of a short form with a scalar; `!GetAtt` splits at the first dot."""
    return text.split(".", 1) if tag == "!GetAtt" else text
