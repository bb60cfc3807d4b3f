"""How every suite counts: agree + disagree + unmatched = total, in verdicts."""

from typing import NamedTuple


class Counts(NamedTuple):
    """Verdicts of one run; `details` has a line for each disagreement, `notes` what else people should see."""

    agree: int
    disagree: int
    unmatched: int
    total: int
    details: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """The share of all verdicts that agree; 0 for an empty suite."""
        return self.agree / self.total if self.total else 0.0
