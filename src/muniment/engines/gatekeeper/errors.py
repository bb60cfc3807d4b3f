"""What can be wrong with Gatekeeper's objects, told apart where a suite tells it apart."""

from muniment.errors import PolicyError


class SchemaError(PolicyError):
    """A constraint whose parameters do not fit the schema of its template."""


class MutationError(Exception):
    """An object that a mutator cannot change, or mutators that never come to rest."""


class ReviewError(Exception):
    """A review that cannot be judged: it holds no object, or expansion fails on it."""
