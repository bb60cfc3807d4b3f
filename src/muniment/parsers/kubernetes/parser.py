"""The Kubernetes parser: one unit a file, one resource an object, and an Unread for every document that is not read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from muniment.core.ports import Read, Reading, Unit
from muniment.languages.source import Diagnostic
from muniment.languages.unknown import Cause, Unknown
from muniment.languages.yaml import Stream, YamlDocument, load, looks_templated
from muniment.model.assessment import LedgerLine
from muniment.model.derived import Derived
from muniment.model.document import Document, Location
from muniment.model.resource import Resource
from muniment.model.result import Unread
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.comments import Stretch, annotation_candidates, comment_candidates, hash_comments
from muniment.parsers.kubernetes.json_escapes import as_yaml
from muniment.parsers.kubernetes.objects import (
    Identity,
    defined_scope,
    forget_unstable,
    identify,
    is_object,
    mapping,
    unpack,
)
from muniment.parsers.kubernetes.signs import is_manifest
from muniment.parsers.yaml_places import YamlPlaces, line_location, span_location

_SUFFIXES: Final = (".yaml", ".yml", ".json")
_SUPPORT: Final = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization", "Chart.yaml", "Chart.lock"})
_HINTS: Final = {
    "template-not-rendered": "render it first, or let the chart that it belongs to be rendered",
    "duplicate-key": "remove one of them; the last one was judged",
    "no-kind": "say apiVersion and kind, or move the document to a file of its own",
}


class KubernetesParser:
    """Reads manifests. What the tree's definitions say about kinds is kept for one run."""

    format = "kubernetes"

    def __init__(self, settings: Mapping[str, Any] | None = None) -> None:
        self._namespace = (settings or {}).get("namespace", "")
        self._scopes: dict[str, bool] = {}

    def claim(self, document: Document) -> str:
        """By name, then by the signs of an object."""
        if document.name in _SUPPORT:
            return "support"
        return "judged" if document.name.endswith(_SUFFIXES) and is_manifest(document.data) else ""

    def units(self, documents: Sequence[Document], _support: Sequence[Document]) -> Iterable[Unit]:
        """One unit a file."""
        for document in documents:
            if b"CustomResourceDefinition" in document.data:
                self._learn(document)
        return [Unit(self.format, document.path, (document,)) for document in documents]

    def _learn(self, document: Document) -> None:
        for one in load(document.data).documents:
            for container, key in unpack(one.value):
                scope = defined_scope(container if key is None else container[key])
                if scope is not None:
                    self._scopes[scope[0]] = scope[1]

    def resources(self, unit: Unit, _read: Read) -> Reading:
        """Every object of the unit's files."""
        readings = [self._file(document, unit.root) for document in unit.documents]
        return Reading(
            tuple(resource for reading in readings for resource in reading.resources),
            tuple(lost for reading in readings for lost in reading.unread),
            tuple(candidate for reading in readings for candidate in reading.candidates),
            tuple(line for reading in readings for line in reading.ledger),
        )

    def _file(self, document: Document, root: str) -> Reading:
        stream = load(as_yaml(document.data) if document.name.endswith(".json") else document.data)
        made = _File(document, root, self._scopes, self._namespace)
        for diagnostic in stream.diagnostics:
            made.refuse(diagnostic.code, diagnostic.message, span_location(document, diagnostic.span), diagnostic.hint)
        for number, (one, text) in enumerate(_with_text(stream), 1):
            made.take(one, number, text)
        made.read_comments(stream)
        return made.reading()


def _with_text(stream: Stream) -> Iterator[tuple[YamlDocument, str]]:
    """Each document with its lines, for those streams in which a template may hide; else with an empty text."""
    documents = stream.documents
    if "{{" not in stream.text and "{%" not in stream.text:
        yield from ((one, "") for one in documents)
        return
    lines = stream.text.split("\n")
    starts = [one.span.line - 1 for one in documents] + [len(lines)]
    for place, one in enumerate(documents):
        yield one, "\n".join(lines[starts[place] : max(starts[place + 1], starts[place] + 1)])


class _File:
    """What one file holds, document by document."""

    __slots__ = (
        "_assumed",
        "_candidates",
        "_document",
        "_namespace",
        "_objects",
        "_root",
        "_scopes",
        "_seen",
        "_stretches",
        "_unread",
    )

    def __init__(self, document: Document, root: str, scopes: Mapping[str, bool], namespace: str) -> None:
        self._document = document
        self._root = root
        self._scopes = scopes
        self._namespace = namespace
        self._objects: list[Resource] = []
        self._unread: list[Unread] = []
        self._candidates: list[WaiverCandidate] = []
        self._stretches: list[Stretch] = []
        self._seen: set[str] = set()
        self._assumed: dict[str, None] = {}

    def refuse(self, reason: str, message: str, location: Location, hint: str = "") -> None:
        """Notes what is not, or not wholly, read."""
        self._unread.append(Unread(location, reason, message, hint or _HINTS.get(reason, ""), "kubernetes"))

    def take(self, one: YamlDocument, number: int, text: str) -> None:
        """Reads one document of the stream."""
        if one.diagnostics or (text and looks_templated(text)):
            self._broken(one, text)
            return
        if one.empty:
            return
        self._repeated(one)
        if isinstance(self._document, Derived) and self._document.unstable and isinstance(one.value, dict | list):
            forget_unstable(one.value, one.positions, self._document.unstable)
        places = YamlPlaces(self._document, one.positions)
        before = len(self._objects)
        for container, key in unpack(one.value):
            self._object(container, key, one, number, places)
        addresses = tuple(resource.address for resource in self._objects[before:])
        self._stretches.append(Stretch(one.span.line, one.span.end_line, addresses))

    def _broken(self, one: YamlDocument, text: str) -> None:
        if text and looks_templated(text):
            lines = enumerate(text.split("\n"), one.span.line)
            first = next((number for number, line in lines if looks_templated(line)), one.span.line)
            location = line_location(self._document, first)
            self.refuse("template-not-rendered", "has template expressions that nothing rendered", location)
            return
        for diagnostic in one.diagnostics:
            self.refuse(
                _reason(diagnostic), diagnostic.message, span_location(self._document, diagnostic.span), diagnostic.hint
            )

    def _repeated(self, one: YamlDocument) -> None:
        for key, first, again in one.duplicates:
            message = f"the key {key!r} stands in line {first.line} and again in line {again.line}"
            self.refuse("duplicate-key", message, span_location(self._document, again))

    def _object(self, container: Any, key: Any, one: YamlDocument, number: int, places: YamlPlaces) -> None:
        value = container if key is None else container[key]
        location = places.locate(container, key) or span_location(self._document, one.span)
        if not is_object(value):
            self.refuse("no-kind", "is no Kubernetes object: apiVersion or kind is missing", location)
            return
        identity = identify(value, self._scopes)
        if identity.assumed:
            self._assumed[identity.kind] = None
        resource = Resource(
            kind=identity.kind,
            address=self._unique(identity.address(number), number),
            root=self._root,
            name=identity.name,
            format="kubernetes",
            attributes=value,
            location=location,
            positions=places,
            meta=_meta(value, identity, number, self._namespace, released=self._document.origin == "helm"),
            sensitive=_secrets(value, identity),
        )
        self._objects.append(resource)
        self._annotations(resource, places)

    def _unique(self, address: str, number: int) -> str:
        """An object that stands twice in a file is known by its place the second time."""
        wanted, again = address, 0
        while wanted in self._seen:
            again += 1
            wanted = f"{address}#{number}" if again == 1 else f"{address}#{number}.{again}"
        self._seen.add(wanted)
        return wanted

    def _annotations(self, resource: Resource, places: YamlPlaces) -> None:
        annotations = mapping(mapping(resource.attributes.get("metadata")).get("annotations"))
        if annotations:
            self._candidates += annotation_candidates(
                annotations,
                self._root,
                resource.address,
                lambda key: places.locate(annotations, key) or resource.location,
            )

    def read_comments(self, stream: Stream) -> None:
        """Adds what the file's comments ask for."""
        starts = [stretch.first for stretch in self._stretches[1:]]
        until = [start - 1 for start in starts] + [stream.text.count("\n") + 1]
        whole = [stretch._replace(last=last) for stretch, last in zip(self._stretches, until, strict=False)]
        if whole:
            whole[0] = whole[0]._replace(first=1)
        document = self._document
        self._candidates += comment_candidates(
            hash_comments(stream.text), self._root, whole, lambda line, column: line_location(document, line, column)
        )

    def reading(self) -> Reading:
        """All of it."""
        ledger: tuple[LedgerLine, ...] = ()
        if self._assumed and not self._document.origin:
            reason = f"taken as namespaced, for nothing says so: {', '.join(sorted(self._assumed))}"
            state = "partly" if self._unread else "read"
            ledger = (LedgerLine(self._document.path, state, "kubernetes", reason, len(self._objects)),)
        return Reading(tuple(self._objects), tuple(self._unread), tuple(self._candidates), ledger)


def _reason(diagnostic: Diagnostic) -> str:
    return diagnostic.code if diagnostic.code in {"limit-exceeded", "encoding", "duplicate-key"} else "syntax-error"


def _meta(value: Mapping[str, Any], identity: Identity, number: int, setting: str, *, released: bool) -> dict[str, Any]:
    """What policies read beside the object itself.

    An object of a chart that names no namespace gets that of the release, which only a setting tells.
    """
    metadata = mapping(value.get("metadata"))
    namespace: Any = identity.namespace
    given: Any = bool(namespace)
    if identity.namespaced and not given:
        namespace = setting or "default"
        if setting == "unknown":
            namespace = given = Unknown((Cause("setting", "kubernetes.namespace"),), "string")
        elif released:
            given = bool(setting) or Unknown((Cause("setting", "kubernetes.namespace"),), "bool")
    return {
        "apiVersion": value["apiVersion"],
        "group": identity.group,
        "version": identity.version,
        "bareKind": value["kind"],
        "namespaced": identity.namespaced,
        "namespace": namespace,
        "namespaceSet": given,
        "labels": mapping(metadata.get("labels")),
        "annotations": mapping(metadata.get("annotations")),
        "document": number,
    }


def _secrets(value: Mapping[str, Any], identity: Identity) -> frozenset[int]:
    """The containers of a Secret whose members are never printed."""
    if identity.kind != "Secret":
        return frozenset()
    return frozenset(id(value[key]) for key in ("data", "stringData") if isinstance(value.get(key), dict))
