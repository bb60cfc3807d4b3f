"""Makes texts of the judged tree safe for each format: they are written by others and may be hostile.

Every function is total: it takes any text, lone surrogates included, and leaves nothing that a reader's program would
obey.
"""

import re
from typing import Final

_UNSEEN: Final = "\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
"""Control characters, line ends, what reorders or hides text, and halves of characters."""
# Patterns are texts, compiled when they first meet a text that is not plain: most runs never need one.
_CONTROL: Final = f"[{_UNSEEN}]"
_CONTROL_BUT_LINES: Final = f"(?!\n)[{_UNSEEN}]"
_NOT_XML: Final = "[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]"
_MARKDOWN: Final = r"[\\`*_{}\[\]()#+!|<>&@~$:\"']|(?<=www)\."
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def visible(text: str) -> str:
    """One line in which control characters are shown as escapes instead of obeyed."""
    return text if _is_plain(text) else re.sub(_CONTROL, _escape, text)


def visible_lines(text: str) -> str:
    """The same for text of several lines."""
    return text if _is_plain(text) else re.sub(_CONTROL_BUT_LINES, _escape, text)


def for_xml(text: str) -> str:
    """Text of an XML element or a quoted attribute; what XML 1.0 cannot hold is shown as an escape."""
    shown = text if _is_plain(text) else re.sub(_NOT_XML, _escape, text)
    shown = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return shown.replace("\n", "&#10;").replace("\t", "&#9;")


def for_markdown(text: str) -> str:
    """One line of plain text: no markup, no mention, no link, no table cell ends in it."""
    return re.sub(_MARKDOWN, lambda found: f"&#{ord(found[0])};", visible(text))


def for_csv(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    shown = visible_lines(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def for_workflow(text: str) -> str:
    """The message of a GitHub workflow command."""
    return visible_lines(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def for_workflow_property(text: str) -> str:
    """A property of a GitHub workflow command, such as `file`."""
    return for_workflow(text).replace(":", "%3A").replace(",", "%2C")


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
