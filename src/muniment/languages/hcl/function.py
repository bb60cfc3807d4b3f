"""What a function of the language is, to the evaluator that calls it and to the package that defines it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from muniment.languages.hcl.types import ANY, Type
from muniment.languages.source import Limits
from muniment.languages.unknown import Unknown


class ReadFile(Protocol):
    """Reads a file by the path that an expression names; the caller decides what lies within reach."""

    def __call__(self, path: str) -> bytes | Unknown | None:
        """The bytes; None when there is no such file; `Unknown` when it may not be read here."""


class CallContext(NamedTuple):
    """What the outside lends to functions during one evaluation."""

    read: ReadFile | None = None
    """Reads files; None: every file is unknown."""
    list_files: Callable[[str, bool], tuple[str, ...] | Unknown] | None = None
    """The files in a folder as paths relative to it, those of all folders below it too if asked, for `fileset`."""
    limits: Limits = Limits()
    render: "Callable[[str, dict[str, Any]], Any] | None" = None
    """Evaluates template text with the given variables, as `evaluator.renderer` does."""
    yaml_decode: Callable[[str], Any] | None = None
    """Reads a YAML text as a value, raising HclError, for `yamldecode`; None: its result is unknown."""


class Argument(NamedTuple):
    """An argument that has not been evaluated: of `try` and `can`."""

    evaluate: Callable[[], Any]
    """The value; raises HclError."""


class Function(NamedTuple):
    """A function: the evaluator calls `call(arguments, context)` and gets a value or HclError."""

    name: str
    call: Callable[[list[Any], CallContext], Any]
    returns: Type = ANY
    """The type of the result when an unknown argument makes it unknown."""
    least: int = 0
    """The least number of arguments."""
    most: int | None = None
    """The greatest number of arguments; None: any number."""
    sees_unknown: bool = False
    """It gets unknown and open values, at any depth, and answers for them; else its result is unknown with them."""
    sees_marks: bool = False
    """It gets marked values and marks its result; else the evaluator strips all marks and marks the result."""
    lazy: bool = False
    """It gets `Argument`s instead of values."""
    takes_null: bool = True
    """A null argument reaches it; else the evaluator refuses it."""


Functions = Mapping[str, Function]
"""Functions by name, as `compile_expression` takes them."""
