"""Image references, read as container runtimes read them."""

from typing import Any, Final

from muniment.languages.cel import Function
from muniment.languages.unknown import PartialString, Unknown

_KEYS: Final = ("registry", "repository", "tag", "digest", "pinned")


def _image(value: Any) -> Any:
    """`{registry, repository, tag, digest, pinned}`; parts that cannot be told are unknown."""
    if isinstance(value, PartialString):
        return _partial(value)
    if isinstance(value, Unknown):
        return dict.fromkeys(_KEYS, value)
    if not isinstance(value, str):
        return None
    return read_image(value)


def read_image(text: str) -> dict[str, Any]:
    """The parts of a reference; the tag is `latest` only where neither tag nor digest stands."""
    rest, at, digest = text.strip().partition("@")
    path, tag = _split_tag(rest)
    first, slash, remainder = path.partition("/")
    if slash and (any(mark in first for mark in ".:") or first == "localhost"):
        registry, repository = first, remainder
    else:
        registry, repository = "docker.io", path if slash else f"library/{path}"
    return {
        "registry": registry,
        "repository": repository,
        "tag": tag or (None if at else "latest"),
        "digest": digest or None,
        "pinned": bool(digest),
    }


def _split_tag(text: str) -> tuple[str, str]:
    """A colon after the last slash starts a tag; one before it belongs to a port."""
    head, colon, tag = text.rpartition(":")
    return (head, tag) if colon and "/" not in tag else (text, "")


def _partial(value: PartialString) -> dict[str, Any]:
    """What the known prefix and suffix of a reference tell."""
    hole = Unknown(value.causes)
    out: dict[str, Any] = dict.fromkeys(_KEYS, hole)
    suffix, prefix = value.suffix, value.prefix
    if "@" in suffix:
        out["digest"] = suffix.rpartition("@")[2]
        out["pinned"] = True
        out["tag"] = None
    elif ":" in suffix and "/" not in suffix.rpartition(":")[2]:
        out["tag"] = suffix.rpartition(":")[2]
        out["digest"], out["pinned"] = None, False
    first, slash, _ = prefix.partition("/")
    if slash:
        named = any(mark in first for mark in ".:") or first == "localhost"
        out["registry"] = first if named else "docker.io"
    return out


FUNCTIONS: Final = (Function("image", _image, unknowns=True),)
