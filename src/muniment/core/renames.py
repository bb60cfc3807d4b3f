"""Which former addresses count where a change is judged against its base side: those that the base side bears out.

A `moved` block comes with the change, as a waiver or a skip comment does, and could claim what is accepted of anything.
What it says is taken for a rename only where the base side has a resource of that type at the old address and none at
the new one, or says the same itself.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from muniment.model.result import Result
from muniment.model.status import Status
from muniment.model.waiver import WaiverCandidate


class Settled(NamedTuple):
    """Results with the former addresses that count, and what people should know of the others."""

    results: tuple[Result, ...]
    notes: tuple[str, ...] = ()


class Renames:
    """The base side's resources, as far as any policy judged them. An address tells the type."""

    __slots__ = ("_former",)

    def __init__(self, before: Iterable[Result]) -> None:
        self._former = {(one.root, one.address): one.former for one in before}

    def settle(self, results: Sequence[Result]) -> Settled:
        """The results by the addresses that count; a failure that claims others is named."""
        if not any(one.former for one in results):
            return Settled(tuple(results))
        notes: dict[str, None] = {}
        settled = []
        for one in results:
            former = self._borne_out(one)
            refused = [address for address in one.former if address not in former]
            if refused and one.status is Status.FAIL and (not former or (one.root, one.address) in self._former):
                place, listed = one.resource_location, ", ".join(refused)
                notes[
                    f"{place.path}:{place.line}: {one.address} was not {listed} on the base side: "
                    "nothing that is known of it there covers it here"
                ] = None
            settled.append(one._replace(former=former) if refused else one)
        return Settled(tuple(settled), tuple(notes))

    def _borne_out(self, one: Result) -> tuple[str, ...]:
        """The former addresses that count: of what was there already its own, else those of what became it."""
        if not one.former:
            return ()
        known = self._former.get((one.root, one.address))
        if known is None:
            old = next((address for address in one.former if (one.root, address) in self._former), None)
            known = () if old is None else (old, *self._former[one.root, old])
        return tuple(address for address in one.former if address in known)

    def narrowed(self, request: WaiverCandidate) -> WaiverCandidate:
        """A request without the renames of what the base side has under its present address."""
        root = request.root
        pairs = tuple(
            (address, former)
            for address, former in request.former
            if former in self._former.get((root, address), (former,))
        )
        return request._replace(former=pairs)
