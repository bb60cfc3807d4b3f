"""Skip comments and annotations, of this product and of others: one table of forms, and what each of them covers.

A form makes a request, never a waiver; what becomes of it is decided elsewhere.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from muniment.model.document import Location
from muniment.model.waiver import WaiverCandidate

_IDS: Final = r"(?P<ids>[\w.*/-]+(?:\s*,\s*[\w.*/-]+)*)"
_EXPIRY: Final = r"(?:\[[^\]]*\])?(?::exp:(?P<until>\d{4}-\d\d-\d\d))?(?::ws:[\w-]+)?"

FORMS: Final = (
    ("muniment", rf"muniment:waive\s+{_IDS}(?P<rest>.*)", "at"),
    ("checkov", rf"(?:checkov|bridgecrew|cortex):skip\s*=\s*{_IDS}(?:\s*:\s*(?P<reason>.*))?", "inside"),
    ("trivy", rf"trivy:ignore:{_IDS}{_EXPIRY}(?P<reason>(?:(?!#?\s*trivy:ignore).)*)", "below"),
    ("tfsec", rf"tfsec:ignore:{_IDS}{_EXPIRY}(?P<reason>(?:(?!#?\s*tfsec:ignore).)*)", "below"),
    ("kics", rf"kics-scan\s+disable\s*=\s*{_IDS}", "file"),
    ("kics", r"kics-scan\s+(?P<all>ignore)\s*$", "file"),
    ("kics", r"kics-scan\s+(?P<all>ignore-line)\b", "next line"),
    ("kics", r"kics-scan\s+(?P<all>ignore-block)\b", "next"),
    ("hadolint", r"hadolint\s+global\s+ignore\s*=\s*(?P<ids>\w+(?:\s*,\s*\w+)*)(?P<reason>.*)", "file"),
    ("hadolint", r"hadolint\s+ignore\s*=\s*(?P<ids>\w+(?:\s*,\s*\w+)*)(?P<reason>.*)", "next"),
    ("zizmor", r"zizmor:\s*ignore\[(?P<ids>[\w-]+(?:\s*,\s*[\w-]+)*)\](?P<reason>.*)", "line"),
)
"""(tool, pattern, reach). Reaches: `at` the stretch directly below, else the innermost around; `inside` the innermost
around; `below` the line, or the stretch that starts in the next line; `line`; `next line`; `next` stretch; `file`."""

ANNOTATIONS: Final = (
    ("checkov", r"checkov\.io/skip\d*", r"(?P<ids>[\w.*-]+)(?:=(?P<reason>.*))?"),
    ("kube-linter", r"ignore-check\.kube-linter\.io/(?P<ids>[\w-]+)", r"(?P<reason>.*)"),
    ("kube-linter", r"kube-linter\.io/(?P<all>ignore-all)", r"(?P<reason>.*)"),
)
"""(tool, pattern of the key, pattern of the value), for objects that carry annotations."""

_SIGN: Final = re.compile(r"#.*(?:skip|ignore|waive|disable)")
_OPENS_BLOCK: Final = re.compile(r"^(\s*+)(?:.*?[:\-]\s++)?[|>][+\-0-9]*+\s*+(?:#.*)?$")
_WAIVE_PART: Final = re.compile(r'(until|reason|ticket)=(?:"([^"]*)"|(\S+))')


class Comment(NamedTuple):
    """A comment without its mark; `alone` if nothing else stands in its line."""

    line: int
    column: int
    text: str
    alone: bool = True


class Stretch(NamedTuple):
    """Lines that belong to one thing; the local addresses of the resources in it, where it has any."""

    first: int
    last: int
    addresses: tuple[str, ...] = ()


def hash_comments(text: str, *, block_scalars: bool = True) -> Iterator[Comment]:
    """The comments of a text that may be skip comments; what stands in a YAML block scalar is none."""
    if _SIGN.search(text) is None:
        return
    inside = -1
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" "))
        if inside >= 0 and (not line.strip() or indent > inside):
            continue
        opened = _OPENS_BLOCK.match(line) if block_scalars else None
        inside = len(opened.group(1)) if opened else -1
        at = _mark(line)
        if at >= 0:
            yield Comment(number, at + 1, line[at + 1 :].strip(), alone=not line[:at].strip())


def _mark(line: str) -> int:
    """Where the comment of a line starts: a `#` at the beginning or after a blank, not in double quotes; -1 without."""
    at = line.find("#")
    while at >= 0:
        if (at == 0 or line[at - 1] in " \t") and line.count('"', 0, at) % 2 == 0:
            return at
        at = line.find("#", at + 1)
    return -1


def comment_candidates(
    comments: Iterable[Comment],
    root: str,
    stretches: Sequence[Stretch],
    place: Callable[[int, int], Location],
    widened: frozenset[str] = frozenset(),
) -> list[WaiverCandidate]:
    """The requests that comments make. `place` turns a line and column into a Location.

    `stretches` may nest; `widened` names the tools whose comments cover the whole file in this format.
    """
    out: list[WaiverCandidate] = []
    for comment in comments:
        for tool, found, reach in _matches(comment.text):
            located = place(comment.line, comment.column)
            request = WaiverCandidate(
                tool, _ids(found), _reason(found), located, root, path=located.path, until=_until(found)
            )
            out.append(_bind(request, comment, "file" if tool in widened else reach, stretches))
    return out


def _matches(text: str) -> Iterator[tuple[str, "re.Match[str]", str]]:
    for tool, pattern, reach in FORMS:
        for found in re.finditer(pattern, text):
            yield tool, found, reach


def _ids(found: "re.Match[str]") -> tuple[str, ...]:
    groups = found.groupdict()
    return ("*",) if groups.get("all") else tuple(part.strip() for part in groups["ids"].split(","))


def _reason(found: "re.Match[str]") -> str:
    groups = found.groupdict()
    if groups.get("rest") is not None:
        return _parts(groups["rest"]).get("reason", "")
    return (groups.get("reason") or "").strip().lstrip("#").strip()


def _until(found: "re.Match[str]") -> str:
    groups = found.groupdict()
    return groups.get("until") or _parts(groups.get("rest") or "").get("until", "")


def _parts(rest: str) -> dict[str, str]:
    """`until=2026-06-30 reason="..."` as a table."""
    return {name: quoted or plain for name, quoted, plain in _WAIVE_PART.findall(rest)}


def _bind(request: WaiverCandidate, comment: Comment, reach: str, stretches: Sequence[Stretch]) -> WaiverCandidate:
    """The request with what it covers; a comment that covers nothing covers its own line, and shows up as unused."""
    line = comment.line
    if reach == "file":
        return request
    if reach == "next line":
        return request._replace(lines=(line + 1, line + 1))
    if reach == "line":
        return request._replace(lines=(line, line + comment.alone))
    target = _target(comment, reach, stretches)
    if target is None:
        return request._replace(lines=(line, line + (comment.alone and reach != "inside")))
    if target.addresses:
        return request._replace(addresses=target.addresses)
    return request._replace(lines=(target.first, target.last))


def _target(comment: Comment, reach: str, stretches: Sequence[Stretch]) -> Stretch | None:
    line = comment.line
    after = sorted((one for one in stretches if one.first > line), key=lambda one: (one.first, -one.last))
    if reach == "next":
        return after[0] if after else None
    if reach in {"at", "below"} and comment.alone and after and after[0].first == line + 1:
        return after[0]
    around = [one for one in stretches if one.first <= line <= one.last]
    if reach == "below":
        return next((one for one in around if one.first == line and not comment.alone), None)
    return min(around, key=lambda one: one.last - one.first, default=None)


def annotation_candidates(
    annotations: Mapping[str, Any], root: str, address: str, place: Callable[[str], Location]
) -> list[WaiverCandidate]:
    """The requests that an object's annotations make for the object itself."""
    out: list[WaiverCandidate] = []
    for key, value in annotations.items():
        for tool, of_key, of_value in ANNOTATIONS:
            named = re.fullmatch(of_key, key)
            said = re.fullmatch(of_value, value, re.DOTALL) if named and isinstance(value, str) else None
            if named and said:
                groups = {**named.groupdict(), **said.groupdict()}
                ids = ("*",) if groups.get("all") else (groups["ids"],)
                reason = (groups.get("reason") or "").strip()
                out.append(WaiverCandidate(tool, ids, reason, place(key), root, (address,)))
    return out
