"""What well-known public base images hold; every other image's content is unknown without reading it.

Sources: the images' own build files and documentation. A copy under another registry's name is another image.
"""

import re
from typing import Any, Final

from muniment.engines.native.functions.images import read_image
from muniment.languages.cel import Function
from muniment.languages.unknown import Cause, PartialString, Unknown

_SORTS: Final = ("package-manager", "shell", "network-tools", "compilers")
_Known = dict[str, bool]


def _known(held: str, lacking: str) -> _Known:
    return {**dict.fromkeys(held.split(), True), **dict.fromkeys(lacking.split(), False)}


_NOTHING: Final = _known("", " ".join(_SORTS))
_BUSYBOX: Final = _known("shell network-tools", "package-manager compilers")
_ALPINE: Final = _known("package-manager shell network-tools", "compilers")
_DEBIAN: Final = _known("package-manager shell", "network-tools compilers")
_RED_HAT: Final = _known("package-manager shell network-tools", "compilers")
_WITH_DEBIAN: Final = _known("package-manager shell", "")
_WITH_BUILD_TOOLS: Final = _known("package-manager shell network-tools compilers", "")

_SYSTEMS: Final = {
    "scratch": _NOTHING,
    "busybox": _BUSYBOX,
    "alpine": _ALPINE,
    "debian": _DEBIAN,
    "ubuntu": _DEBIAN,
    **dict.fromkeys(("fedora", "centos", "rockylinux", "almalinux", "amazonlinux", "oraclelinux"), _RED_HAT),
    "buildpack-deps": _WITH_DEBIAN,
}
_LANGUAGES: Final = frozenset({"python", "node", "ruby", "golang", "rust", "gcc", "perl", "php"})
"""Official images that come as `alpine`, as `slim`, and with the build tools of the distribution."""
_SERVERS: Final = frozenset({"nginx", "httpd", "redis", "postgres", "mysql", "mariadb", "memcached", "eclipse-temurin"})
"""Official images on a distribution with its package manager."""
_BARE: Final = (
    ("gcr.io", r"distroless/.+"),
    ("cgr.dev", r"chainguard/(?:static|glibc-dynamic)"),
)


def _holds(image: Any, sort: str) -> Any:
    """Whether an image holds a sort of tools: `package-manager`, `shell`, `network-tools`, `compilers`."""
    if isinstance(image, PartialString):
        return Unknown(image.causes)
    if isinstance(image, Unknown) or not isinstance(image, str):
        return image
    found = _contents(image).get(sort)
    return Unknown((Cause("base-image", image),)) if found is None else found


def _contents(text: str) -> _Known:
    image = read_image(text)
    registry, repository, tag = image["registry"], image["repository"], image["tag"] or ""
    if registry != "docker.io":
        return _bare(registry, repository, tag)
    owner, _, name = repository.rpartition("/")
    if owner != "library":
        return {}
    if name in _LANGUAGES | _SERVERS:
        return _variant(name, tag)
    return _SYSTEMS.get(name, {})


def _bare(registry: str, repository: str, tag: str) -> _Known:
    """Images that hold a program's libraries and nothing else; their `debug` and `dev` forms add a shell."""
    if not any(registry == where and re.fullmatch(names, repository) for where, names in _BARE):
        return {}
    if "dev" in tag.split("-"):
        return _ALPINE
    return _BUSYBOX if "debug" in tag.split("-") else _NOTHING


def _variant(name: str, tag: str) -> _Known:
    """An official image by its tag; one that is named by digest alone may be of any variant."""
    if not tag:
        return {"shell": True, "package-manager": True}
    parts = tag.split("-")
    if any(part.startswith("alpine") for part in parts):
        return _WITH_DEBIAN | {"network-tools": True}
    if any(part.startswith(("windows", "nanoserver")) for part in parts):
        return {}
    if name in _SERVERS or "slim" in parts or name == "php":
        return _WITH_DEBIAN
    return _WITH_BUILD_TOOLS


FUNCTIONS: Final = (Function("holds", _holds, unknowns=True),)
