"""The answers of one run: `Violation`, `Result`, and `Unread` for what could not be asked."""

from typing import Any, NamedTuple

from muniment.languages.unknown import Cause
from muniment.model.document import Location
from muniment.model.status import Severity, Status


class Violation(NamedTuple):
    """What a program says is wrong, and where; engines yield these and core turns them into Results."""

    assertion: str
    """Name of the assert, part of the fingerprint."""
    message: str
    location: Location
    reads: tuple[tuple[str, Any], ...]
    """(normalised path, value read) of everything that the verdict rests on; the rest of the fingerprint."""


class AssertResult(NamedTuple):
    """The status of one assert of a policy on one resource."""

    name: str
    aliases: tuple[str, ...]
    status: Status


class Result(NamedTuple):
    """The answer of one policy about one resource. Identity is (policy, root, address, fingerprint), never a line."""

    policy: str
    status: Status
    severity: Severity
    kind: str
    root: str
    address: str
    location: Location
    """Where the fault stands; for other statuses the resource's place."""
    resource_location: Location
    message: str = ""
    fingerprint: str = ""
    """SHA-256 over the sorted (assert, path, value) of every violated assert; empty unless FAIL."""
    aliases: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    asserts: tuple[AssertResult, ...] = ()
    violations: tuple[Violation, ...] = ()
    unknown: tuple[Cause, ...] = ()
    error: str = ""
    former: tuple[str, ...] = ()
    """Addresses by which the resource went before, the latest first: what was known there is known here."""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What waivers and baselines match."""
        return self.policy, self.root, self.address, self.fingerprint

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it may be known: the present address first."""
        return (self.address, *self.former)


class Unread(NamedTuple):
    """A document, chart or module that could not be read, why, and what would make it readable."""

    location: Location
    reason: str
    """A kind of the ledger: `syntax-error`, `missing-renderer`, `module-not-available` ..."""
    message: str
    hint: str = ""
    format: str = ""
