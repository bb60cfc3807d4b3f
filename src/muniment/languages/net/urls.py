"""URLs as Go reads them: `url.ParseRequestURI` an absolute URI or path, `url.Parse` any reference with a fragment."""

import re
from typing import Final, NamedTuple

from muniment.languages.net.addresses import parse_ip
from muniment.languages.net.errors import NetError, refuse

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_PORT: Final = re.compile(r"(:[0-9]*)?")
_USER: Final = re.compile(r"[A-Za-z0-9\-._:~!$&'()*+,;=%@]*")
_HOST_ASCII: Final = re.compile(r"[A-Za-z0-9\-_.~!$&'()*+,;=:\[\]<>\"%]*")
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BAD_HOST_ESCAPE: Final = re.compile(r"%(?!25|[89A-Fa-f][0-9A-Fa-f])")
_ESCAPE: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_NEEDS_ESCAPE: Final = re.compile(rb"[^A-Za-z0-9\-_.~$&+,/:;=@]")
_VALID_PATH: Final = re.compile(r"[A-Za-z0-9\-_.~$&+,/:;=@!'()*\[\]%]*")


class Url(NamedTuple):
    """The parts of a URL as they were written; `host` carries brackets and port."""

    scheme: str
    user: str
    host: str
    raw_path: str
    raw_query: str
    opaque: str = ""
    fragment: str = ""
    """What follows `#`, decoded."""

    @property
    def hostname(self) -> str:
        """The host without port and brackets."""
        host = self.host
        if host.startswith("["):
            return host[1 : host.rfind("]")]
        return host[: host.rfind(":")] if ":" in host else host

    @property
    def port(self) -> str:
        """The digits after the host, or nothing."""
        return self.host.rpartition(":")[2] if ":" in self.host and not self.host.endswith("]") else ""

    @property
    def path(self) -> str:
        """The path decoded."""
        return _decoded(self.raw_path)

    @property
    def default_path(self) -> str:
        """The path decoded and encoded anew, as Go does it by default."""
        return _NEEDS_ESCAPE.sub(lambda found: b"%%%02X" % found[0][0], _unescape(self.raw_path)).decode()

    @property
    def escaped_path(self) -> str:
        """The path as written where that is a valid encoding, else encoded anew."""
        if self.raw_path == "*" or _VALID_PATH.fullmatch(self.raw_path):
            return self.raw_path
        return self.default_path

    @property
    def query(self) -> dict[str, list[str]]:
        """The decoded values of each key; a pair with a semicolon or a broken escape is left out, as in Go."""
        values: dict[str, list[str]] = {}
        for pair in self.raw_query.split("&"):
            if pair and ";" not in pair and not _BAD_ESCAPE.search(pair):
                key, _, value = (_decoded(part.replace("+", " ")) for part in pair.partition("="))
                values.setdefault(key, []).append(value)
        return values

    def __str__(self) -> str:
        if self.opaque:
            text = f"{self.scheme}:{self.opaque}"
        else:
            user = f"{self.user}@" if self.user else ""
            authority = f"//{user}{self.host}" if self.host or user else ""
            text = f"{self.scheme}:{authority}" if self.scheme else ""
        return text + self.escaped_path + (f"?{self.raw_query}" if self.raw_query else "")


def parse_url(text: str) -> Url:
    """Reads an absolute URI or an absolute path; raises `NetError` for any other text."""
    if not text:
        raise refuse(text, 'parse "": empty url')
    return _parse(text, text, relative=False)


def parse_reference(text: str) -> Url:
    """Reads a URI or a reference relative to one, with its fragment; raises `NetError` for any other text."""
    body, _, fragment = text.partition("#")
    url = _parse(text, body, relative=True)
    _check_escapes(text, fragment, _BAD_ESCAPE)
    return url._replace(fragment=_decoded(fragment))


def _parse(text: str, body: str, *, relative: bool) -> Url:
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise refuse(text, f'parse "{text}": net/url: invalid control character in URL')
    if body == "*":
        return Url("", "", "", "*", "")
    found = _SCHEME.match(body)
    if not found and body.startswith(":"):
        raise refuse(text, f'parse "{text}": missing protocol scheme')
    scheme, rest = (found[1].lower(), found[2]) if found else ("", body)
    rest, _, query = rest.partition("?")
    if not rest.startswith("/"):
        if scheme:
            return Url(scheme, "", "", "", query, rest)
        if not relative:
            raise refuse(text, f'parse "{text}": invalid URI for request')
        if ":" in rest.partition("/")[0]:
            raise refuse(text, f'parse "{text}": first path segment in URL cannot contain colon')
    user = host = ""
    if rest.startswith("//") and (scheme or (relative and not rest.startswith("///"))):
        authority, slash, path = rest[2:].partition("/")
        user, host = _authority(text, authority)
        rest = slash + path
    _check_escapes(text, rest, _BAD_ESCAPE)
    return Url(scheme, user, host, rest, query)


def _check_escapes(text: str, part: str, bad: re.Pattern[str]) -> None:
    if found := bad.search(part):
        escape = part[found.start() : found.start() + 3]
        raise refuse(text, f'parse "{text}": invalid URL escape "{escape}"')


def is_url(text: str) -> bool:
    """Whether `parse_url` reads the text."""
    try:
        parse_url(text)
    except NetError:
        return False
    return True


def _authority(text: str, authority: str) -> tuple[str, str]:
    """User information and host; raises `NetError` for what may not stand in either."""
    user, _, host = authority.rpartition("@")
    if not _USER.fullmatch(user) or _BAD_ESCAPE.search(user):
        raise refuse(text, f'parse "{text}": net/url: invalid userinfo')
    bracket = host.rfind("]")
    if host.startswith("[") and bracket < 0:
        raise refuse(text, f"parse \"{text}\": missing ']' in host")
    if host.startswith("[") and not _is_ipv6(host[1:bracket].replace("%25", "%", 1)):
        raise refuse(text, f'parse "{text}": invalid host: {host}')
    colon = host.rfind(":")
    port = host[bracket + 1 :] if host.startswith("[") else host[colon:] if colon >= 0 else ""
    if not _PORT.fullmatch(port):
        raise refuse(text, f'parse "{text}": invalid port "{port}" after host')
    ascii_part = "".join(char for char in host if char < "\x80")
    if not _HOST_ASCII.fullmatch(ascii_part):
        raise refuse(text, f'parse "{text}": invalid character in host name')
    _check_escapes(text, host, _BAD_HOST_ESCAPE)
    return user, _decoded(host)


def _is_ipv6(text: str) -> bool:
    try:
        return parse_ip(text).bits == 128
    except NetError:
        return False


def _unescape(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return _ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), data)


def _decoded(text: str) -> str:
    return _unescape(text).decode("utf-8", "replace") if "%" in text else text
