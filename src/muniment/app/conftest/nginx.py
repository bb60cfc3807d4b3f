"""The configuration of nginx as Conftest shows it: directives with their parameters as written, and blocks of them."""

import re
from typing import Any, Final

from muniment.app.conftest.tokens import Cursor, split

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
      |(?P<string>"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+')
      |(?P<sign>[{};])
      |(?P<word>(?:\\.|\$\{\w*\}|[^\s;{}"'\\])+)""",
    re.VERBOSE | re.DOTALL,
)


def read_nginx(text: str) -> dict[str, Any]:
    """The directives of a text, in order. Raises InputError; code of another language in a block is not read."""
    cursor = Cursor(split(_TOKEN, text.removeprefix("\ufeff"), frozenset({"space"})))
    found = _directives(cursor)
    if cursor.token.kind != "end":
        cursor.refuse("a block ends that none began")
    return found


def _directives(cursor: Cursor) -> dict[str, Any]:
    """Directives up to a closing brace or the end."""
    cursor.enter()
    found: list[dict[str, Any]] = []
    while cursor.token.kind == "word":
        found.append(_directive(cursor))
    cursor.leave()
    return {"directives": found}


def _directive(cursor: Cursor) -> dict[str, Any]:
    name = cursor.take().text
    if name.endswith("_by_lua_block"):
        cursor.refuse(f"the code of {name} is not read (keep it in a file of its own); it begins")
    parameters: list[str] = []
    while cursor.token.kind in {"word", "string"}:
        parameters.append(cursor.take().text)
    found: dict[str, Any] = {"name": name, **({"parameters": parameters} if parameters else {})}
    if cursor.accept("{"):
        found["block"] = _directives(cursor)
        cursor.expect("}")
    else:
        cursor.expect(";")
    return found
