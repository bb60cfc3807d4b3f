"""`Fn::ForEach` of the language extensions: resources that are written once for each member of a collection."""

from collections.abc import Mapping
from typing import Any, Final

from muniment.parsers.cloudformation.template import LANGUAGE, mapping, parameter_value

_LOOP: Final = "Fn::ForEach::"
_MOST: Final = 10_000


def expanded(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The template with the loops over its resources written out, where it asks for that and they are known."""
    transforms = raw.get("Transform")
    named = transforms if isinstance(transforms, list) else [transforms]
    resources = raw.get("Resources")
    if LANGUAGE not in named or not isinstance(resources, dict) or not any(_is_loop(key) for key in resources):
        return raw
    return {**raw, "Resources": _written_out(resources, mapping(raw.get("Parameters")), _MOST)}


def _is_loop(key: Any) -> bool:
    return isinstance(key, str) and key.startswith(_LOOP)


def _written_out(resources: Mapping[str, Any], parameters: Mapping[str, Any], most: int) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, body in resources.items():
        if not _is_loop(key) or not isinstance(body, list) or len(body) != 3 or not isinstance(body[2], dict):
            out[key] = body
            continue
        members = _collection(body[1], parameters)
        if members is None:
            out[key] = body
        for member in members or ():
            if len(out) >= most:
                return out
            replaced = {_named(name, body[0], member): _replace(one, body[0], member) for name, one in body[2].items()}
            out.update(_written_out(replaced, parameters, most - len(out)))
    return out


def _collection(value: Any, parameters: Mapping[str, Any]) -> list[str] | None:
    """The members of a collection that is written out, or that is a parameter's default; None for any other."""
    if isinstance(value, dict) and isinstance(value.get("Ref"), str):
        value = parameter_value(value["Ref"], parameters.get(value["Ref"]))
    return [str(one) for one in value if isinstance(one, str | int)] if isinstance(value, list) else None


def _named(text: str, variable: Any, member: str) -> str:
    plain = "".join(character for character in member if character.isalnum())
    return text.replace(f"&{{{variable}}}", plain).replace(f"${{{variable}}}", member)


def _replace(value: Any, variable: Any, member: str) -> Any:
    """A body with the loop's variable replaced, in texts and where it is referred to."""
    if isinstance(value, str):
        return _named(value, variable, member)
    if isinstance(value, list):
        return [_replace(one, variable, member) for one in value]
    if isinstance(value, dict):
        if value == {"Ref": variable}:
            return member
        return {_named(str(key), variable, member): _replace(one, variable, member) for key, one in value.items()}
    return value
