"""How wide the terminal is."""

import os
import sys


def columns() -> int:
    """The terminal's width in characters; 80 where there is none."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
