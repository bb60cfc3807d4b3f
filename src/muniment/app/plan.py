"""Builds the Plan: what a run judges by, read once, compiled when needed, never changed."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from muniment import __version__
from muniment.app.settings import Settings, cache_folder
from muniment.content.index import Library, content_key, dump_index, load_index, state_key
from muniment.core.baseline import Baseline
from muniment.core.decide import Gate
from muniment.core.select import Selection, match, matcher, select
from muniment.errors import PolicyError, UsageError
from muniment.model.assessment import Assessment, GateChange
from muniment.model.framework import Framework
from muniment.model.policy import Policy
from muniment.model.status import RANK, Severity
from muniment.model.waiver import Waiver

_PACKAGE = Path(__file__).resolve().parents[1]
_SHIPPED = _PACKAGE / "library"


class Plan(NamedTuple):
    """Everything that decides what a run answers, beside the documents and the day."""

    selection: Selection
    all_policies: tuple[Policy, ...]
    frameworks: tuple[Framework, ...]
    foreign: frozenset[str]
    waivers: tuple[Waiver, ...]
    gate: Gate
    baseline: Baseline | None
    before: Assessment | None
    """The base side of a change, where there is one."""
    settings: Settings
    digest: str
    state: str = ""
    """What tells the libraries from every other state of them; empty where that is not known."""
    gate_changes: tuple[GateChange, ...] = ()
    """What the judged change would set otherwise."""


def load_libraries(paths: Sequence[str], base: Path, *, before: Path | None = None) -> Library:
    """Our library and those of the given folders, as one. A folder that `before` has as well is read from there.

    Raises PolicyError, UsageError for a missing folder.
    """
    library = shipped_library()
    for path in paths:
        older = before / path if before and ".." not in Path(path).parts else base / path
        folder = older if older.is_dir() else base / path
        if not folder.is_dir():
            raise UsageError(f"the library {path} is not a folder", code="missing-path")
        library = _join(library, _indexed(folder, path, content_key(folder), library.frameworks), path)
    return library


def shipped_library() -> Library:
    """What the package ships: from the index of the wheel or, in a checkout, from the folder itself."""
    built = _PACKAGE / "index" / "library.bin"
    if built.is_file():
        library = load_index(built.read_bytes())
        if library is not None:
            return library._replace(state=__version__)
    return _indexed(_SHIPPED, "library", state_key(_SHIPPED))


def _indexed(folder: Path, name: str, state: str, known: tuple[Framework, ...] = ()) -> Library:
    """A library through its index in the cache folder; a bad or foreign index is rebuilt, never trusted."""
    key = f"{__version__}\0{name}\0{folder.name}\0{state}" + "".join(sorted(f"{one.id}{one.version}" for one in known))
    path = cache_folder() / "index" / f"{hashlib.sha256(key.encode()).hexdigest()}.bin"
    try:
        stored = path.read_bytes()
        if hashlib.sha256(stored[32:]).digest() == stored[:32]:
            library = load_index(stored[32:])
            if library is not None:
                return library._replace(state=key)
    except OSError:
        pass
    from muniment.content.library import load_library

    library = load_library(folder, name=name, known=known)
    if folder != _SHIPPED:
        from muniment.app.foreign import with_foreign

        library = with_foreign(library, folder, name, known)
    compile_all(library.policies)
    _store(path, dump_index(library))
    return library._replace(state=key)


def compile_all(policies: Sequence[Policy]) -> None:
    """Compiles every policy once, so that what does not compile stops the run before anything is judged."""
    from muniment.app.registry import engine

    engines = {language: engine(language) for language in {policy.language for policy in policies}}
    problems = []
    for policy in policies:
        try:
            engines[policy.language].compile(policy)
        except PolicyError as error:
            problems.append(str(error))
    if problems:
        raise PolicyError("policies do not compile:\n  " + "\n  ".join(problems[:20]), code="expression")


def _store(path: Path, data: bytes) -> None:
    """Keeps an index; where the cache cannot be written the next start is slower, no more."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{hashlib.sha256(data).hexdigest()[:8]}")
        temporary.write_bytes(hashlib.sha256(data).digest() + data)
        temporary.replace(path)
    except OSError:
        return


def _join(ours: Library, theirs: Library, name: str) -> Library:
    taken = {policy.id for policy in ours.policies} & {policy.id for policy in theirs.policies}
    if taken:
        raise PolicyError(f"{name}: {min(taken)} is the path of a policy that is already there", code="duplicate")
    return Library(
        tuple(sorted((*ours.policies, *theirs.policies), key=lambda policy: policy.id)),
        tuple(sorted((*ours.frameworks, *theirs.frameworks), key=lambda one: (one.id, one.version))),
        ours.foreign | theirs.foreign,
        (*ours.notes, *theirs.notes),
        f"{ours.state}\n{theirs.state}",
    )


def build_plan(
    settings: Settings,
    base: Path,
    *,
    library: Library | None = None,
    baseline: Baseline | None = None,
) -> Plan:
    """The plan of a run. Raises UsageError and PolicyError."""
    library = library or load_libraries(settings.libraries, base)
    policies = _with_params(library.policies, settings.params)
    selection = select(policies, settings.select, settings.remove)
    selection = selection._replace(notes=(*library.notes, *selection.notes))
    claimed = {alias for policy in policies for alias in policy.all_aliases}
    return Plan(
        selection,
        policies,
        library.frameworks,
        library.foreign - claimed,
        _waivers(settings, base),
        build_gate(settings, policies),
        baseline,
        None,
        settings,
        _digest(selection, settings),
        library.state,
    )


def build_gate(settings: Settings, policies: Sequence[Policy]) -> Gate:
    """The gate of the settings. Raises UsageError for a threshold that names nothing."""
    return Gate(
        fails=_threshold(settings.fail_on, policies),
        fail_on=settings.fail_on,
        error=settings.error,
        unknown=settings.unknown,
        unread=settings.unread,
        inline=settings.inline,
        max_new=settings.max_new,
        empty=settings.empty,
    )


def _threshold(texts: Sequence[str], policies: Sequence[Policy]) -> Any:
    """The predicate of `fail-on`: any of the selectors; severities are those of the results."""
    if not texts:
        return lambda _policy, _severity: True
    least = [_least(text) for text in texts if text.startswith("severity>=")]
    named = frozenset(
        policy.id for text in texts if not text.startswith("severity>=") for policy in match(policies, text).policies
    )

    def fails(policy: Policy, severity: Severity) -> bool:
        return policy.id in named or any(RANK[severity] >= rank for rank in least)

    return fails


def _least(text: str) -> int:
    matcher(text)
    return RANK[Severity(text.removeprefix("severity>=").strip())]


def _waivers(settings: Settings, base: Path) -> tuple[Waiver, ...]:
    folders = [folder for folder in settings.waivers if (base / folder).is_dir()]
    if not folders:
        return ()
    from muniment.content.waivers import load_waivers

    return tuple(waiver for folder in folders for waiver in load_waivers(base / folder, name=folder))


def _with_params(policies: tuple[Policy, ...], params: Mapping[str, Mapping[str, Any]]) -> tuple[Policy, ...]:
    """Policies with the parameters of the configuration. Raises UsageError for a name that nothing has."""
    known = {policy.id: policy for policy in policies}
    for name, values in params.items():
        if name not in known:
            raise UsageError(f"params: no policy is called {name!r}", code="configuration")
        for key in values:
            if key not in known[name].params:
                raise UsageError(
                    f"params: {name} has no parameter {key!r}",
                    code="configuration",
                    hint=f"it has: {', '.join(known[name].params) or 'none'}",
                )
        known[name] = known[name]._replace(params={**known[name].params, **values})
    return tuple(known[policy.id] for policy in policies)


def _digest(selection: Selection, settings: Settings) -> str:
    """SHA-256 over the logic of the selected policies and the settings that reach a verdict or the decision."""
    digest = hashlib.sha256()
    for policy in selection.policies:
        chosen = ",".join(sorted(selection.chosen.get(policy.id, ())))
        digest.update(f"{policy.id}\0{policy.digest}\0{sorted(policy.params.items())}\0{chosen}\n".encode())
    digest.update(repr(settings._replace(origins={}, file="", reports=())).encode())
    return digest.hexdigest()
