"""CSV as RFC 4180 and Go have it: strict about quotes, blank lines left out."""

import re

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.values import ListValue, nfc

_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')
_BARE = re.compile(r"[^,\n]*+")


def csv_decode(text: str) -> ListValue:
    """One object for each line after the header; raises HclError for a malformed text."""
    rows = _rows(text)
    if not rows:
        raise HclError("the header line is missing", code="invalid-argument")
    header = rows[0]
    for place, name in enumerate(header):
        if name in header[:place]:
            raise HclError(f'duplicate column "{name}"', code="invalid-argument")
    return ListValue(dict(sorted(zip(header, row, strict=True))) for row in rows[1:])


def _rows(text: str) -> list[list[str]]:
    text = text.replace("\r\n", "\n")
    rows: list[list[str]] = []
    at, line = 0, 1
    while at < len(text):
        if text[at] == "\n":
            at, line = at + 1, line + 1
            continue
        row: list[str] = []
        start = at
        at = _row(text, at, row, line)
        if rows and len(row) != len(rows[0]):
            raise _error(line, "wrong number of fields")
        rows.append(row)
        line += text.count("\n", start, at)
    return rows


def _row(text: str, at: int, row: list[str], line: int) -> int:
    """Reads one row into `row`; returns where the next begins."""
    while True:
        quoted = _QUOTED.match(text, at)
        field = quoted or _BARE.match(text, at)
        if field is None or (not quoted and '"' in field[0]):
            bare = field is not None and not field[0].startswith('"')
            raise _error(line, "a quote within an unquoted field" if bare else "a quoted field does not end")
        row.append(nfc(quoted[1].replace('""', '"') if quoted else field[0]))
        at = field.end()
        if at == len(text):
            return at
        if text[at] == "\n":
            return at + 1
        if text[at] != ",":
            raise _error(line, "a quote within a quoted field")
        at += 1


def _error(line: int, message: str) -> HclError:
    return HclError(f"CSV line {line}: {message}", code="invalid-argument")
