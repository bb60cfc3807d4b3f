"""The plan parser: one unit a plan, its resources as policies know them from configuration."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from muniment.core.ports import Read, Reading, Unit
from muniment.languages.json_source import JsonDocument, Positions, load, positions
from muniment.languages.source import Limits
from muniment.languages.unknown import Cause, Unknown
from muniment.model.assessment import LedgerLine
from muniment.model.document import Document, Location
from muniment.model.resource import Reference, Resource
from muniment.model.result import Unread
from muniment.parsers.terraform.addresses import steps_of, text_of, without_keys
from muniment.parsers.terraform.objects import see_object
from muniment.parsers.terraform.plans.computed import Computed
from muniment.parsers.terraform.plans.configuration import Call, Configuration, Provider, is_leaf
from muniment.parsers.terraform.plans.content import Entry, entries, is_incomplete, is_read, mapping, sequence
from muniment.parsers.terraform.plans.edges import Edges
from muniment.parsers.terraform.plans.joining import Joined, join
from muniment.parsers.terraform.plans.places import PlanPlaces, place
from muniment.parsers.terraform.plans.signs import is_binary_plan, is_encrypted_plan, is_plan
from muniment.parsers.terraform.plans.views import ViewBuilder

FORMAT: Final = "terraform-plan"
DELETION: Final = "terraform.deletion"
"""Kind of what a plan takes away: nothing but policies of that kind judge it."""
_LARGEST: Final = Limits(size=200 * 1024 * 1024)
_NAME: Final = ".tfplan"
_NOT_PLANNED: Final = ("lifecycle", "depends_on", "provider")
"""Parts of `meta` that only the configuration has."""


class PlanParser:
    """Reads plans. Settings are Terraform's: `directory` names the folder that the plans were made from."""

    format = FORMAT

    def __init__(self, settings: Mapping[str, Any] | None = None) -> None:
        self._settings = settings or {}

    def claim(self, document: Document) -> str:
        """By its own suffix, and by content."""
        signs = (is_binary_plan, is_plan, is_encrypted_plan)
        is_one = document.name.endswith(_NAME) or any(sign(document.data) for sign in signs)
        return "judged" if is_one else ""

    def units(self, documents: Sequence[Document], _support: Sequence[Document]) -> Iterable[Unit]:
        """One unit a plan."""
        return [Unit(self.format, document.path, (document,)) for document in documents]

    def resources(self, unit: Unit, read: Read) -> Reading:
        """Everything that the plan will make, change or keep."""
        (document,) = unit.documents
        lost = _closed(document)
        if lost is not None:
            return Reading((), (lost,))
        source = load(document.data, limits=_LARGEST)
        lost = _refused(document, source)
        if lost is not None:
            return Reading((), (lost,))
        named = self._settings.get("directory")
        folder = document.folder if named is None else str(named)
        joined = join(source.value, folder, self._settings, read, named=named is not None)
        return _PlanReader(document, source, unit.root, joined).reading()


def _closed(document: Document) -> Unread | None:
    """Why the file is no JSON, where it is a plan all the same."""
    start = Location(document.path, 1)
    if is_binary_plan(document.data):
        hint = f"terraform show -json {document.name} > {document.name}.json"
        return Unread(start, "binary-plan", "is a plan in Terraform's own form", hint, FORMAT)
    if is_encrypted_plan(document.data):
        return Unread(start, "stand-in", "is an encrypted plan", f"tofu show -json {document.name}", FORMAT)
    return None


def _refused(document: Document, source: JsonDocument) -> Unread | None:
    """Why a plan cannot be read."""
    for found in source.diagnostics:
        return Unread(place(document.path, found.span), found.code, found.message, found.hint, FORMAT)
    if not isinstance(source.value, dict):
        return Unread(Location(document.path, 1), "syntax-error", "is no plan: an object is expected", "", FORMAT)
    if not is_read(source.value):
        version = str(source.value.get("format_version"))[:40]
        message = f"has the format version {version}; versions 0.1, 0.2 and 1 are read"
        return Unread(Location(document.path, 1), "format-version", message, "", FORMAT)
    return None


class _PlanReader:
    """Turns the entries of one plan into resources."""

    __slots__ = (
        "_computed",
        "_configuration",
        "_document",
        "_edges",
        "_entries",
        "_joined",
        "_live",
        "_plan",
        "_positions",
        "_root",
    )

    def __init__(self, document: Document, source: JsonDocument, root: str, joined: Joined | None) -> None:
        self._document = document
        self._plan: Mapping[str, Any] = source.value
        self._positions: Positions = positions(source.text)
        self._root = root
        self._joined = joined
        self._entries = list(entries(self._plan))
        self._live = frozenset(one.address for one in self._entries if not one.gone)
        self._configuration = Configuration(self._plan)
        self._edges = Edges(self._configuration, self._entries)
        self._computed = Computed(self._entries, self._configuration)

    def reading(self) -> Reading:
        """All of it."""
        kept = [one for one in self._entries if not one.gone]
        resources = [self._resource(one) for one in kept]
        resources += [self._deletion(one) for one in self._entries if one.gone]
        resources += [self._call(one) for one in self._configuration.calls.values()]
        resources += [self._provider(one) for one in self._configuration.providers]
        unread: tuple[Unread, ...] = ()
        if is_incomplete(self._plan):
            message = "planning failed or was put off in part: what is not in it may exist all the same"
            unread = (Unread(Location(self._document.path, 1), "plan-errored", message, "plan again", FORMAT),)
        candidates = self._joined.candidates(self._root, (one.address for one in kept)) if self._joined else ()
        return Reading(tuple(resources), unread, tuple(candidates), (self._ledger(kept, unread),))

    def _ledger(self, kept: Sequence[Entry], unread: Sequence[Unread]) -> LedgerLine:
        """What became of the plan, for people."""
        said = []
        if self._joined:
            found = sum(self._joined.block(one.address) is not None for one in kept)
            said.append(f"{found} of {len(kept)} joined to the configuration")
        gone = len(self._entries) - len(kept)
        drifted = len(sequence(self._plan.get("resource_drift")))
        said += [f"{count} {what}" for count, what in ((gone, "deleted, not judged"), (drifted, "drifted")) if count]
        state = "partly" if unread else "read"
        return LedgerLine(self._document.path, state, FORMAT, "; ".join(said), len(kept))

    def _resource(self, one: Entry) -> Resource:
        block = self._configuration.blocks.get(without_keys(one.block))
        beside = self._joined.instance(one.address) if self._joined else None
        joined = self._joined.block(one.address) if self._joined else None
        edges = self._edges.of(one)
        builder = ViewBuilder(one.address, edges, lambda path: self._computed.may_be(one, path))
        written = None if block is None else (block.expressions,)
        attributes = builder.top(one, written, beside.attributes if beside else None)
        places = PlanPlaces(self._document.path, self._positions, builder.sources, joined)
        return see_object(
            Resource(
                kind=f"data.{one.kind}" if one.mode == "data" else one.kind,
                address=one.address,
                block=one.block,
                root=self._root,
                name=one.name,
                format="terraform",
                attributes=attributes,
                location=joined.location if joined else self._at(one.path),
                positions=places,
                meta=_meta(one, joined),
                references=_together(edges, beside),
                sensitive=frozenset(builder.sensitive | (beside.sensitive if beside else frozenset())),
                origins=places,
                former=self._former(one, beside),
            )
        )

    def _former(self, one: Entry, beside: Resource | None) -> tuple[str, ...]:
        """The address from which the plan moves an instance, and those that the configuration tells of."""
        previous = one.change.get("previous_address")
        steps = steps_of(previous) if isinstance(previous, str) and previous not in self._live else ()
        moved = [text_of(steps)] if steps and steps[-1].kind == steps_of(one.address)[-1].kind else []
        return tuple(dict.fromkeys((*moved, *(beside.former if beside else ()))))

    def _deletion(self, one: Entry) -> Resource:
        deposed = one.change.get("deposed")
        return self._plain(
            DELETION,
            f"{one.address} (deposed {deposed})" if deposed else one.address,
            one.name,
            {"type": one.kind, "module": one.module, "mode": one.mode, **one.change},
            one.path,
            {"change": one.change},
        )

    def _call(self, one: Call) -> Resource:
        """A module call, judged for its pinning."""
        written = {"source": one.body.get("source"), "version": one.body.get("version_constraint")}
        attributes = {name: value for name, value in written.items() if value is not None}
        attributes.update(_constants(mapping(one.body.get("expressions"))))
        return self._plain("terraform.module-call", one.address, one.name, attributes, one.path, {})

    def _provider(self, one: Provider) -> Resource:
        attributes = dict(_constants(mapping(one.body.get("expressions"))))
        return self._plain("terraform.provider", f"provider.{one.name}", one.name, attributes, one.path, {})

    def _plain(
        self,
        kind: str,
        address: str,
        name: str,
        attributes: dict[str, Any],
        path: Sequence[str | int],
        meta: dict[str, Any],
    ) -> Resource:
        """What is no planned resource, with the place of its configuration or of its entry."""
        joined = self._joined.instance(address) if self._joined and kind != DELETION else None
        return Resource(
            kind=kind,
            address=address,
            root=self._root,
            name=name,
            format="terraform",
            attributes=attributes,
            location=joined.location if joined else self._at(path),
            positions=PlanPlaces(self._document.path, self._positions, {id(attributes): (path, None)}, joined),
            meta=meta,
            former=joined.former if joined else (),
        )

    def _at(self, path: Sequence[str | int]) -> Location:
        span = self._positions.value(path)
        return place(self._document.path, span) if span else Location(self._document.path, 1)


def _meta(one: Entry, joined: Resource | None) -> dict[str, Any]:
    """What policies read beside the attributes; what a plan does not say is unknown, unless its configuration does."""
    told = dict.fromkeys(_NOT_PLANNED, Unknown((Cause("file", "the configuration of the plan"),)))
    written = joined.meta if joined else told
    own = {"type": one.kind, "module": one.module, "mode": one.mode, "change": one.change}
    return {**written, **own, **({} if one.key is None else {"key": one.key})}


def _constants(body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a body writes: constants as they are, everything else unknown."""
    for name, node in body.items():
        if not is_leaf(node):
            inner = node if isinstance(node, list) else [node]
            yield name, [dict(_constants(one)) for one in inner if isinstance(one, dict)]
        elif "constant_value" in node:
            yield name, node["constant_value"]
        else:
            found = [str(text) for text in sequence(node.get("references"))]
            yield name, Unknown((Cause("variable", found[0] if found else name),))


def _together(found: tuple[Reference, ...], beside: Resource | None) -> tuple[Reference, ...]:
    """The plan's edges, and those that only the configuration has: it also follows local values."""
    if beside is None:
        return found
    told = {one.path for one in beside.references}
    return tuple(sorted({*beside.references, *(one for one in found if one.path not in told)}))
