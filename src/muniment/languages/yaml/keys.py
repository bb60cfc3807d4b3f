"""Keys that are no texts, as the texts that they are in JSON."""

from typing import Any

from muniment.languages.yaml.scalars import MERGE, BadValueError, Dialect


def key_text(value: Any, written: str, dialect: Dialect, *, top: bool) -> Any:
    """The key for a value that is no text; `written` is the scalar's own text. MERGE stays what it is.

    Kubernetes and OPA take numbers and booleans as texts; yaml.v3 only in the outermost mapping, and there as they are
    written; own configuration never does. Raises BadValueError for every other key.
    """
    if value is MERGE:
        return value
    if value is None or isinstance(value, dict | list):
        raise BadValueError("a key must be a text, a number or a boolean")
    if dialect.name in {"k8s", "opa"}:
        return _json_text(value)
    if dialect.name == "yamlv3" and top and written:
        return written
    raise BadValueError(f"the key {written or value} is no text: quote it")


def _json_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    from muniment.languages.goformat.floats import format_float  # noqa: PLC0415  hardly a key is a fraction

    return format_float(value, bits=32)
