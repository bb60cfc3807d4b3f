"""Messages of results that follow another contract than Conftest's, which asks for the text `msg`."""

import json
from typing import Any, Final

_MESSAGES: Final = ("msg", "message", "alertMessage", "title", "description")
"""Fields that hold a message, by policies of several projects."""


def worded(result: Any) -> Any:
    """A result with the message that it has under another name; all of it, as JSON, where it has none."""
    if not isinstance(result, dict) or isinstance(result.get("msg"), str):
        return result
    found = next((result[name] for name in _MESSAGES if isinstance(result.get(name), str) and result[name]), None)
    return {**result, "msg": found or json.dumps(result, sort_keys=True, ensure_ascii=False)}
