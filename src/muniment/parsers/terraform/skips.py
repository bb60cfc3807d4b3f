"""Skip comments of Terraform files, bound to the resources whose blocks they stand in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from muniment.languages.hcl.nodes import Block
from muniment.languages.hcl.parser import File
from muniment.model.document import Location
from muniment.model.resource import Resource
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.comments import Comment, Stretch, comment_candidates
from muniment.parsers.terraform.declarations import Module

_SIGNS: Final = ("skip", "ignore", "waive", "kics-scan")


def skip_candidates(modules: Sequence[Module], resources: Sequence[Resource], root: str) -> list[WaiverCandidate]:
    """The requests that comments make; one on a module call covers everything that the call makes."""
    found: list[WaiverCandidate] = []
    here: dict[tuple[str, int], list[str]] | None = None
    for file in dict.fromkeys(file for module in modules for file in module.files):
        comments = list(_comments(file))
        if comments:
            here = here if here is not None else _by_place(resources)
            stretches = list(_stretches(file, here, resources))
            found += comment_candidates(comments, root, stretches, _Placer(file.filename))
    former = {one.address: one.former for one in resources if one.former} if found else {}
    return [one._replace(former=tuple(_renames(one.addresses, former))) for one in found] if former else found


def _renames(addresses: Iterable[str], former: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return ((address, old) for address in addresses for old in former.get(address, ()))


def _comments(file: File) -> Iterator[Comment]:
    for offset, text in file.comments:
        if any(sign in text for sign in _SIGNS):
            line, column = file.index.position(offset)
            start = file.index.text.rfind("\n", 0, offset) + 1
            alone = not file.index.text[start:offset].strip()
            yield Comment(line, column, text.strip("#/* \t\r\n"), alone)


class _Placer:
    """Turns lines and columns of one file into locations."""

    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        self._path = path

    def __call__(self, line: int, column: int) -> Location:
        return Location(self._path, line, column)


def _by_place(resources: Iterable[Resource]) -> dict[tuple[str, int], list[str]]:
    """(file, line of the block) -> the addresses of its instances."""
    out: dict[tuple[str, int], list[str]] = {}
    for resource in resources:
        out.setdefault((resource.location.path, resource.location.line), []).append(resource.address)
    return out


def _stretches(
    file: File, here: Mapping[tuple[str, int], list[str]], resources: Sequence[Resource]
) -> Iterator[Stretch]:
    """The top blocks of a file, each with the resources that it makes."""
    for block in file.body.blocks:
        first, last = _lines(file, block)
        addresses = here.get((file.filename, first), [])
        if block.type == "module":
            calls = {f"{address}." for address in addresses} | {f"{address}[" for address in addresses}
            inside = [one.address for one in resources if any(one.address.startswith(call) for call in calls)]
            addresses = [*addresses, *inside]
        yield Stretch(first, last, tuple(addresses))


def _lines(file: File, block: Block) -> tuple[int, int]:
    return file.index.position(block.start)[0], file.index.position(block.end)[0]
