"""The CloudFormation parser: one unit a template, each resource seen as what Terraform would make of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from muniment.core.ports import Read, Reading, Unit
from muniment.languages.source import Span
from muniment.languages.unknown import Cause, Unknown
from muniment.languages.yaml import looks_templated
from muniment.model.assessment import LedgerLine
from muniment.model.document import Document, Location
from muniment.model.resource import Reference, Resource
from muniment.model.result import Unread
from muniment.model.waiver import WaiverCandidate
from muniment.parsers.cloudformation.entries import Kind, Part
from muniment.parsers.cloudformation.evaluation import NO_VALUE, Evaluation
from muniment.parsers.cloudformation.kinds.table import ANSWERED, kind_of
from muniment.parsers.cloudformation.loops import expanded
from muniment.parsers.cloudformation.places import TemplatePlaces, location
from muniment.parsers.cloudformation.serverless import with_globals
from muniment.parsers.cloudformation.signs import is_template
from muniment.parsers.cloudformation.skips import metadata_candidates
from muniment.parsers.cloudformation.source import Text, read_text
from muniment.parsers.cloudformation.template import Template, mapping
from muniment.parsers.cloudformation.views import Found, ViewBuilder, find, items
from muniment.parsers.comments import Stretch, comment_candidates, hash_comments

FORMAT: Final = "cloudformation"
_NESTED: Final[Mapping[str, str]] = {
    "AWS::CloudFormation::Stack": "TemplateURL",
    "AWS::Serverless::Application": "Location",
}
"""Types that stand for the resources of another template, and the property that names it."""


class CloudFormationParser:
    """Reads templates."""

    format = FORMAT

    def claim(self, document: Document) -> str:
        """By content."""
        return "judged" if is_template(document.data) else ""

    def units(self, documents: Sequence[Document], _support: Sequence[Document]) -> Iterable[Unit]:
        """One unit a template."""
        return [Unit(self.format, document.path, (document,)) for document in documents]

    def resources(self, unit: Unit, read: Read) -> Reading:
        """Every resource that the template makes."""
        (document,) = unit.documents
        source = read_text(document.data)
        if not isinstance(source.value, dict):
            return Reading((), tuple(_refused(document, source)))
        return _TemplateReader(document, source, unit.root, read).reading()


def _refused(document: Document, source: Text) -> Iterator[Unread]:
    """Why nothing of a template can be read."""
    if looks_templated(source.text):
        message, hint = "has template expressions that nothing rendered", "render it first"
        yield Unread(Location(document.path, 1), "template-not-rendered", message, hint, FORMAT)
        return
    for found in source.diagnostics:
        code = found.code if found.code in {"limit-exceeded", "encoding"} else "syntax-error"
        yield Unread(location(document.path, found.span), code, found.message, found.hint, FORMAT)
    if not source.diagnostics:
        yield Unread(Location(document.path, 1), "syntax-error", "is no template: a mapping is expected", "", FORMAT)


class _TemplateReader:
    """Turns the resources of one template into those that policies judge."""

    __slots__ = ("_document", "_evaluation", "_made", "_read", "_root", "_source", "_targets", "_template", "_unread")

    def __init__(self, document: Document, source: Text, root: str, read: Read) -> None:
        self._document = document
        self._source = source
        self._root = root
        self._read = read
        self._template = Template(expanded(source.value))
        self._evaluation = Evaluation(self._template)
        self._targets = {name: _address(name, body) for name, body in self._template.resources.items()}
        self._made: dict[str, list[Resource]] = {}
        """Logical id -> what was made of it."""
        self._unread: list[Unread] = []

    def reading(self) -> Reading:
        """All of it."""
        for name, body in self._template.resources.items():
            if not isinstance(body, dict) or not isinstance(body.get("Type"), str):
                self._odd(name)
                continue
            self._made[name] = list(self._resources(name, body))
            self._nested(name, body)
        self._repeated()
        for span in self._source.further:
            message = f"a template is one document, and another begins in line {span.line}"
            self._refuse("syntax-error", message, location(self._document.path, span), "give it a file of its own")
        for macro in (*self._template.macros, *self._evaluation.macros):
            message = f"the macro {macro} may change what the template says"
            self._refuse("macro", message, self._at(self._source.value, "Transform"), "check what it renders to")
        resources = [one for made in self._made.values() for one in made]
        return Reading(tuple(resources), tuple(self._unread), tuple(self._candidates()), self._ledger(len(resources)))

    def _refuse(self, reason: str, message: str, where: Location | None, hint: str = "") -> None:
        self._unread.append(Unread(where or Location(self._document.path, 1), reason, message, hint, FORMAT))

    def _odd(self, name: str) -> None:
        """What stands among the resources and is none: a loop over what is not known, or a mistake."""
        if name.startswith("Fn::"):
            self._refuse("macro", f"{name} cannot be written out", self._where(name), "check what it renders to")
        else:
            self._refuse("syntax-error", f"the resource {name} has no type", self._where(name))

    def _repeated(self) -> None:
        for key, first, again in self._source.repeated:
            message = f"the key {key!r} stands in line {first.line} and again in line {again.line}"
            self._refuse("duplicate-key", message, location(self._document.path, again), "the last one was judged")

    def _nested(self, name: str, body: Mapping[str, Any]) -> None:
        """A stack in a stack: its template is judged where it lies, if it lies here at all."""
        kind = str(body.get("Type"))
        if kind not in _NESTED:
            return
        found = self._evaluation.value(mapping(body.get("Properties")).get(_NESTED[kind]))
        if isinstance(found, str) and "://" not in found:
            folder = self._document.folder
            if self._read(f"{folder}/{found}" if folder else found) is not None:
                return
        shown = found if isinstance(found, str) else "a template that is not here"
        message = f"{name} makes the resources of {shown}"
        self._refuse("nested-stack", message, self._where(name), "check that template too")

    def _resources(self, name: str, body: Mapping[str, Any]) -> Iterator[Resource]:
        """A resource and its parts; nothing if its condition is false."""
        holds = self._evaluation.holds(body["Condition"]) if "Condition" in body else True
        if holds is False:
            return
        existence = holds.causes if isinstance(holds, Unknown) else ()
        kind = str(body.get("Type"))
        raw = body.get("Properties")
        properties = self._evaluation.value(with_globals(kind, raw, self._template.raw))
        properties = {} if properties is None or properties is NO_VALUE else properties
        builder = ViewBuilder(kind, self._evaluation.edges, self._targets, frozenset(self._evaluation.secrets))
        seen = kind_of(kind, properties)
        if seen is None:
            view = properties if isinstance(properties, dict) else {}
            yield self._made_of(name, body, builder, Kind(kind, {}), view, existence)
            return
        yield self._made_of(name, body, builder, seen, builder.top(seen.entries, properties), existence)
        for part in seen.parts:
            for suffix, item in _of_part(part, properties):
                yield self._part(name, body, part, item, suffix, existence)

    def _part(
        self,
        name: str,
        body: Mapping[str, Any],
        part: Part,
        item: Found,
        suffix: str,
        existence: tuple[Cause, ...],
    ) -> Resource:
        builder = ViewBuilder(
            str(body.get("Type")), self._evaluation.edges, self._targets, frozenset(self._evaluation.secrets)
        )
        view = builder.part(part, item)
        if part.link:
            view[part.link] = Unknown((Cause("computed", f"{name}.id"),))
            builder.references[Reference(part.link, self._targets[name], "id")] = None
        return self._made_of(name, body, builder, Kind(part.kind, {}), view, existence, suffix)

    def _made_of(
        self,
        name: str,
        body: Mapping[str, Any],
        builder: ViewBuilder,
        seen: Kind,
        attributes: dict[str, Any],
        existence: tuple[Cause, ...],
        suffix: str = "",
    ) -> Resource:
        where = self._where(name)
        metadata = mapping(body.get("Metadata"))
        meta: dict[str, Any] = {
            "type": str(body.get("Type")),
            "module": "",
            "mode": "managed",
            "answered": ANSWERED,
            # what a change replaces is made anew before the old one goes
            "lifecycle": {"create_before_destroy": True, "prevent_destroy": body.get("DeletionPolicy") == "Retain"},
        }
        if isinstance(metadata.get("aws:cdk:path"), str):
            meta["cdk_path"] = metadata["aws:cdk:path"]
        return Resource(
            kind=seen.kind,
            address=self._targets[name] + suffix,
            root=self._root,
            name=name,
            format=FORMAT,
            attributes=attributes,
            location=where,
            positions=TemplatePlaces(
                self._document.path, self._source.places, builder.origins, self._evaluation.origins, where
            ),
            meta=meta,
            references=tuple(sorted(builder.references)),
            existence=existence,
            sensitive=frozenset(builder.sensitive | self._evaluation.secrets),
        )

    def _at(self, container: object, key: object) -> Location | None:
        span = self._source.places.find(container, key)
        return location(self._document.path, span) if span else None

    def _where(self, name: str) -> Location:
        """A resource's place; for one that a loop makes, the section's."""
        raw = self._source.value
        return self._at(raw.get("Resources"), name) or self._place(raw, "Resources")

    def _candidates(self) -> Iterator[WaiverCandidate]:
        """What comments and metadata ask for."""
        stretches = []
        for name, made in self._made.items():
            addresses = tuple(one.address for one in made)
            span = self._source.places.find(self._source.value.get("Resources"), name)
            if span is not None:
                stretches.append(Stretch(span.line, span.end_line, addresses))
            body = mapping(self._template.resources[name])
            yield from metadata_candidates(body, self._root, addresses, self._place)
        yield from comment_candidates(hash_comments(self._source.text), self._root, stretches, self._line)

    def _place(self, container: object, key: object) -> Location:
        return self._at(container, key) or Location(self._document.path, 1)

    def _line(self, line: int, column: int) -> Location:
        return location(self._document.path, Span(line, column, 0, 0))

    def _ledger(self, count: int) -> tuple[LedgerLine, ...]:
        """A serverless template makes more than it writes: that is said."""
        if not self._template.serverless:
            return ()
        state = "partly" if self._unread else "read"
        reason = "what the transform adds to serverless resources is not expanded"
        return (LedgerLine(self._document.path, state, FORMAT, reason, count),)


def _address(name: str, body: Any) -> str:
    return f"{mapping(body).get('Type')}.{name}"


def _of_part(part: Part, properties: Any) -> Iterator[tuple[str, Found]]:
    """The things that a part is made from, each with what it adds to the address."""
    found = find(part.path, properties)
    if found.value is None and part.always:
        yield f".{part.path}", Found({}, (properties, None))
    elif found.value is not None:
        name = "" if part.path == "." else f".{part.path}"
        for suffix, item in items(found):
            yield f"{name or '.' + part.kind}{suffix}", item
