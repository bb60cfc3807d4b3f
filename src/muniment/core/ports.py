"""What core asks of the adapters: sources, parsers, engines and reports implement these and nothing more."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from muniment.core.graph import Graph
from muniment.languages.unknown import Cause
from muniment.model.assessment import Assessment, LedgerLine
from muniment.model.document import Document
from muniment.model.policy import Policy
from muniment.model.resource import Resource
from muniment.model.result import Unread, Violation
from muniment.model.status import Status
from muniment.model.waiver import WaiverCandidate


class Read(Protocol):
    """The rest of the source, for a parser that needs more than its unit: a called module, an ignore file."""

    def __call__(self, path: str) -> Document | None:
        """Another document by its path below the base; None if it is not there."""

    def names(self, folder: str) -> tuple[str, ...]:
        """The sorted names of the files in a folder below the base; empty if there is none."""

    def folders(self, folder: str) -> tuple[str, ...]:
        """The sorted names of the folders in one. Raises InputError if one of them cannot be looked into."""


class Unit(NamedTuple):
    """Documents that only make sense together: a module folder, a chart, one file."""

    format: str
    root: str
    documents: tuple[Document, ...]
    support: tuple[Document, ...] = ()
    """Documents read for the others' sake, such as variable files."""
    settings: Mapping[str, Any] = {}


class Reading(NamedTuple):
    """What a parser made of a unit."""

    resources: tuple[Resource, ...]
    unread: tuple[Unread, ...] = ()
    candidates: tuple[WaiverCandidate, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    """Lines for documents that are not plainly read: partly, or support found on the way."""
    open: tuple[Cause, ...] = ()
    """Causes why resources may be missing: joins that find nothing are then unknown."""
    folders: tuple[str, ...] = ()
    """Folders that it rests on whole, as those of called modules: a file that comes, goes or changes there counts."""
    notes: tuple[str, ...] = ()
    """What people should know of documents that are read all the same, each with its place in front."""


class Parser(Protocol):
    """Reads one input format."""

    format: str

    def claim(self, document: Document) -> str:
        """`judged`, `support` or an empty text: by name, then by content. Asked once for every document."""

    def units(self, documents: Sequence[Document], support: Sequence[Document]) -> Iterable[Unit]:
        """Groups the claimed documents, in a stable order."""

    def resources(self, unit: Unit, read: Read) -> Reading:
        """Reads one unit. Never raises on content: what is wrong with it is an `Unread`."""


class Outcome(NamedTuple):
    """What one assert of a program says about one resource, before core makes a Result of all of them."""

    name: str
    aliases: tuple[str, ...]
    status: Status
    violations: tuple[Violation, ...] = ()
    unknown: tuple[Cause, ...] = ()
    error: str = ""


class Program(Protocol):
    """A compiled policy."""

    policy: Policy

    def judge(self, resource: Resource, graph: Graph) -> Sequence[Outcome]:
        """Judges one resource of one of the policy's kinds, assert by assert; nothing where it does not apply.

        Never raises on content.
        """


class Engine(Protocol):
    """Compiles the policies of one language."""

    language: str

    def compile(self, policy: Policy) -> Program:
        """Raises PolicyError with file and line if the policy does not compile."""


class Collected(NamedTuple):
    """The policies that stand in the files of one library folder, in one language."""

    policies: tuple[Policy, ...]
    notes: tuple[str, ...] = ()
    """What a person should know of them, such as a file that cannot be run here."""


class PolicyReader(Protocol):
    """Finds the policies of one language that other tools know too in the files of a library folder."""

    def claim(self, document: Document) -> bool:
        """Whether a file is of this language, by its content. A broken file that looks like one is."""

    def policies(self, documents: Sequence[Document], library: str) -> Collected:
        """The policies of all claimed files; `library` is the first part of their ids.

        Raises PolicyError that lists every problem with file and line.
        """


class Report(Protocol):
    """Turns an Assessment into the bytes of one format."""

    def __call__(self, assessment: Assessment) -> bytes:
        """The whole report; equal Assessments give equal bytes."""
