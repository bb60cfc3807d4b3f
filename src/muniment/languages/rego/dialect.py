"""What the versions of Rego and the imports of a module make of the same text."""

from typing import Final, NamedTuple

BASE_KEYWORDS: Final = frozenset(
    {"as", "default", "else", "false", "import", "not", "null", "package", "some", "true", "with"}
)
V1_KEYWORDS: Final = frozenset({"contains", "every", "if", "in"})
LATER_KEYWORDS: Final = frozenset({"and", "or"})
FUTURE_KEYWORDS: Final = V1_KEYWORDS | LATER_KEYWORDS | {"not"}
"""What `import future.keywords.` may name; `not` is the one with bodies."""


class Dialect(NamedTuple):
    """Which words are keywords, and what a head without `if` or `contains` means."""

    keywords: frozenset[str]
    v1: bool
    """Whether `if` and `contains` are required, and shadowing and deprecated builtins refused."""
    bodies_after_not: bool = False

    def importing(self, path: tuple[str, ...]) -> "Dialect | None":
        """The dialect behind `import rego.v1`, `rego.v2` or `future.keywords`; None when the path names none."""
        if path == ("rego", "v1"):
            return Dialect(self.keywords | V1_KEYWORDS, v1=True, bodies_after_not=self.bodies_after_not)
        if path == ("rego", "v2"):
            return Dialect(self.keywords | V1_KEYWORDS | LATER_KEYWORDS, v1=True, bodies_after_not=True)
        if path[:2] != ("future", "keywords") or len(path) > 3:
            return None
        if len(path) == 2:
            return self._replace(keywords=self.keywords | V1_KEYWORDS | LATER_KEYWORDS, bodies_after_not=True)
        if path[2] == "not":
            return self._replace(bodies_after_not=True)
        if path[2] not in FUTURE_KEYWORDS:
            return None
        added = {"every", "in"} if path[2] == "every" else {path[2]}
        return self._replace(keywords=self.keywords | added)


V0: Final = Dialect(BASE_KEYWORDS, v1=False)
V1: Final = Dialect(BASE_KEYWORDS | V1_KEYWORDS, v1=True)
DIALECTS: Final = (("v0", V0), ("v1", V1))


def dialect_named(name: str) -> Dialect:
    """The dialect of a version, `v0` or `v1`. Raises KeyError for any other name."""
    return dict(DIALECTS)[name]
