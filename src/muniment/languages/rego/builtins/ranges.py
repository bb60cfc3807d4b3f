"""Arrays of consecutive whole numbers."""

from types import MappingProxyType
from typing import Final

from muniment.languages.rego.signatures import BuiltinError, QueryContext


def number_range(context: QueryContext, first: int, last: int, step: int = 1) -> list[int]:
    """The numbers from `first` to `last`, both included, upwards or downwards."""
    if step <= 0:
        raise BuiltinError("numbers.range_step: step must be a positive integer")
    context.allow_items(abs(last - first) // step + 1)
    return list(range(first, last + 1, step) if first <= last else range(first, last - 1, -step))


FUNCTIONS: Final = MappingProxyType({"numbers.range": number_range, "numbers.range_step": number_range})
