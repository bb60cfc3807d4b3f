"""Image references in parts: domain, path and tag, each of which AssignImage may replace."""

import re
from typing import Final, NamedTuple

from muniment.errors import PolicyError

_DOMAIN: Final = re.compile(r"\w[\w-]*\.[\w.-]*\w(:[0-9]+)?|localhost(:[0-9]+)?", re.ASCII)
_PATH: Final = re.compile(r"[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*")
_TAG: Final = re.compile(
    r":\w[\w.-]{0,127}|@[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,}", re.ASCII
)
_BEFORE_TAG: Final = re.compile(r"[^:@]*")


class Image(NamedTuple):
    """The parts of a reference; the tag has its `:`, a digest its `@`."""

    domain: str
    path: str
    tag: str

    def __str__(self) -> str:
        return f"{self.domain}/{self.path}{self.tag}" if self.domain else f"{self.path}{self.tag}"


def read_image(text: str) -> Image:
    """The parts of a reference; what is before the first slash is a domain if it looks like one."""
    domain, rest = _split_domain(text)
    found = _BEFORE_TAG.match(rest)
    end = found.end() if found else 0
    return Image(domain, rest[:end], rest[end:])


def replaced(text: str, parts: Image) -> str:
    """A reference with those parts replaced that are not empty."""
    old = read_image(text)
    return str(Image(parts.domain or old.domain, parts.path or old.path, parts.tag or old.tag))


def check_parts(parts: Image) -> None:
    """Raises PolicyError for parts that would be read as others the next time, so that mutation never ended."""
    if not any(parts):
        raise PolicyError("one of assignDomain, assignPath and assignTag must be given")
    for value, pattern, name in zip(parts, (_DOMAIN, _PATH, _TAG), ("Domain", "Path", "Tag"), strict=True):
        if value and not pattern.fullmatch(value):
            raise PolicyError(f"assign{name} is {value!r}, which is no {name.lower()} of an image")
    if not parts.domain and _split_domain(parts.path)[0]:
        raise PolicyError(f"assignPath {parts.path!r} begins like a domain: give that as assignDomain")


def _split_domain(text: str) -> tuple[str, str]:
    head, slash, rest = text.partition("/")
    if slash and (head == "localhost" or "." in head or ":" in head):
        return head, rest
    return "", text
