"""The `match` of constraints and mutators: which objects they look at, one test for each criterion that is given."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from muniment.engines.gatekeeper.manifests import is_namespace, kind_of, mapping, text
from muniment.engines.gatekeeper.selectors import Selects, compile_selector
from muniment.errors import PolicyError
from muniment.languages.unknown import Unknown

ALL, ORIGINAL, GENERATED = "All", "Original", "Generated"
_ANY: Final = "*"


class NamespaceMissingError(Exception):
    """A criterion needs a Namespace object that nobody gave; the message is its name."""


class Subject(NamedTuple):
    """An object as criteria see it."""

    object: Mapping[str, Any]
    namespace: str | Unknown
    """The namespace that it lives in; empty outside of any."""
    namespace_object: Mapping[str, Any] | None = None
    """That Namespace, where it is known."""
    source: str = ""
    """`Original` or `Generated`; empty where nobody said so."""


Criterion = Callable[[Subject], bool]


class Match:
    """A compiled `match`. Criteria are tested in Gatekeeper's order, since a later one may fail for want of data."""

    __slots__ = ("_criteria", "kinds")

    def __init__(self, match: Mapping[str, Any]) -> None:
        """Raises PolicyError for a selector or a source that no cluster accepts."""
        self.kinds = _kinds(match)
        """(groups, kinds) of each entry; an empty set is any."""
        made = (
            _kinds_criterion(self.kinds),
            _scope(match),
            _namespaces(match, "namespaces", wanted=True),
            _namespaces(match, "excludedNamespaces", wanted=False),
            _labels(match),
            _namespace_labels(match),
            _name(match),
            _source(match),
        )
        self._criteria: tuple[Criterion, ...] = tuple(criterion for criterion in made if criterion is not None)

    def __call__(self, subject: Subject) -> bool:
        """Whether all criteria hold. Raises NamespaceMissingError if that cannot be told."""
        return all(criterion(subject) for criterion in self._criteria)


def glob(pattern: str, text: str) -> bool:
    """A wildcard at the start, the end or both; without one the texts must be equal."""
    starts, ends = pattern.startswith(_ANY), pattern.endswith(_ANY)
    middle = pattern[starts : len(pattern) - (ends and len(pattern) > starts)]
    if starts and ends:
        return middle in text
    if starts:
        return text.endswith(middle)
    return text.startswith(middle) if ends else text == pattern


def _kinds(match: Mapping[str, Any]) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((_words(entry, "apiGroups"), _words(entry, "kinds")) for entry in match.get("kinds") or ())


def _words(entry: Mapping[str, Any], key: str) -> frozenset[str]:
    words = frozenset(entry.get(key) or ())
    return frozenset() if _ANY in words else words


def _kinds_criterion(entries: tuple[tuple[frozenset[str], frozenset[str]], ...]) -> Criterion | None:
    if not entries:
        return None

    def holds(subject: Subject) -> bool:
        group, _, kind = kind_of(subject.object)
        return any((not kinds or kind in kinds) and (not groups or group in groups) for groups, kinds in entries)

    return holds


def _scope(match: Mapping[str, Any]) -> Criterion | None:
    """`Cluster` or `Namespaced`; any other text matches everything, as it does in a cluster."""
    scope = match.get("scope")
    if scope == "Cluster":
        return lambda subject: is_namespace(subject.object) or not _lives_in_one(subject)
    if scope == "Namespaced":
        return lambda subject: not is_namespace(subject.object) and _lives_in_one(subject)
    return None


def _lives_in_one(subject: Subject) -> bool:
    return subject.namespace != "" or subject.namespace_object is not None


def _namespaces(match: Mapping[str, Any], key: str, *, wanted: bool) -> Criterion | None:
    patterns = tuple(match.get(key) or ())
    if not patterns:
        return None

    def holds(subject: Subject) -> bool:
        name = _namespace_name(subject)
        return not name or any(glob(pattern, name) for pattern in patterns) is wanted

    return holds


def _namespace_name(subject: Subject) -> str:
    """The namespace that patterns are held against; empty for what lives outside of any."""
    if is_namespace(subject.object):
        return text(subject.object, "metadata", "name")
    if subject.namespace_object is not None:
        return text(subject.namespace_object, "metadata", "name")
    if isinstance(subject.namespace, Unknown):
        raise NamespaceMissingError(", ".join(cause.reference for cause in subject.namespace.causes))
    return subject.namespace


def _labels(match: Mapping[str, Any]) -> Criterion | None:
    selects = _selector(match, "labelSelector")
    return None if selects is None else lambda subject: selects(mapping(subject.object, "metadata", "labels"))


def _namespace_labels(match: Mapping[str, Any]) -> Criterion | None:
    selects = _selector(match, "namespaceSelector")
    if selects is None:
        return None

    def holds(subject: Subject) -> bool:
        if is_namespace(subject.object):
            return selects(mapping(subject.object, "metadata", "labels"))
        if not _lives_in_one(subject):
            return True
        if subject.namespace_object is None:
            raise NamespaceMissingError(_namespace_name(subject))
        return selects(mapping(subject.namespace_object, "metadata", "labels"))

    return holds


def _selector(match: Mapping[str, Any], key: str) -> Selects | None:
    selector = match.get(key)
    return None if selector is None else compile_selector(selector, f"spec.match.{key}")


def _name(match: Mapping[str, Any]) -> Criterion | None:
    pattern = match.get("name")
    if not pattern:
        return None

    def holds(subject: Subject) -> bool:
        generated = text(subject.object, "metadata", "generateName")
        # A generated name has an end that nobody knows: only what looks at its beginning or middle can match.
        return glob(pattern, text(subject.object, "metadata", "name")) or (
            pattern.endswith(_ANY) and glob(pattern, generated)
        )

    return holds


def _source(match: Mapping[str, Any]) -> Criterion | None:
    source = match.get("source") or ALL
    if source not in {ALL, ORIGINAL, GENERATED}:
        raise PolicyError(f"spec.match.source {source!r} is none of {ALL}, {ORIGINAL}, {GENERATED}")
    return None if source == ALL else lambda subject: subject.source == source
