"""JSON inside a value: text that is wholly or partly known, or the structure that a text was made from."""

import json
from typing import Any, Final

from muniment.languages.cel import CelEvaluationError, Function
from muniment.languages.unknown import PartialString


def read_json(value: Any, what: str = "the text") -> Any:
    """The value of a JSON text, with unknown members where parts of it are not known; a blank text is null.

    A value that is no text is already read. Raises CelEvaluationError, which calls the text `what`.
    """
    structure = getattr(value, "structure", None)
    if structure is not None:
        return structure
    if isinstance(value, PartialString):
        return _partial(value, what)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value.strip() else None
    except ValueError as error:
        raise CelEvaluationError(f"{what} is no JSON: {error}") from error


def _partial(text: PartialString, what: str) -> Any:
    """A document of which some texts are not wholly known, such as a policy in a heredoc."""
    from muniment.languages.hcl.errors import HclError  # noqa: PLC0415  only Terraform has such texts
    from muniment.languages.hcl.function import CallContext  # noqa: PLC0415
    from muniment.languages.hcl.functions.json_text import json_decode  # noqa: PLC0415
    from muniment.languages.hcl.values import plain  # noqa: PLC0415

    try:
        return plain(json_decode(text, CallContext()))
    except HclError as error:
        raise CelEvaluationError(f"{what} is no JSON: {error.diagnostic.message}") from error


def _json(value: Any) -> Any:
    return read_json(value)


FUNCTIONS: Final = (Function("json", _json, unknowns=True),)
