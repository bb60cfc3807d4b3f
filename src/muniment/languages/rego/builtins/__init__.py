"""OPA's builtin functions. The table has their signatures; a group of them loads when a policy names one of it.

A host adds its own by a `Builtins` that asks this registry last.
"""

from importlib import import_module

from muniment.languages.rego.builtins.table import entries
from muniment.languages.rego.signatures import Builtin


class Registry:
    """Builtins by name; each is made when it is first asked for."""

    __slots__ = ("_entries", "_found")

    def __init__(self) -> None:
        self._entries = entries()
        self._found: dict[str, Builtin] = {}

    def find(self, name: str) -> Builtin | None:
        """The builtin of that name; nothing for names that OPA does not know, and for those that reach a network."""
        if name not in self._found:
            entry = self._entries.get(name)
            if entry is None:
                return None
            functions = import_module(f"{__name__}.{entry.group}").FUNCTIONS
            self._found[name] = entry.builtin(functions[name])
        return self._found[name]

    def names(self) -> tuple[str, ...]:
        """All names, in order."""
        return tuple(sorted(self._entries))


def registry() -> Registry:
    """The builtins of OPA without `http.send` and `net.lookup_ip_addr`, which a caller may add."""
    return Registry()
