"""Plain columns for lists on a terminal, and marks in front of lines."""

from collections.abc import Iterable, Sequence


def print_table(rows: Iterable[Sequence[object]], header: Sequence[str] = ()) -> None:
    """Prints rows in aligned columns; the last column is as long as it likes."""
    texts = [[str(cell) for cell in row] for row in ([header] if header else [])]
    texts += [[str(cell) for cell in row] for row in rows]
    if not texts:
        return
    widths = [max(len(row[column]) for row in texts) for column in range(len(texts[0]) - 1)]
    for row in texts:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[-1]]).rstrip())
