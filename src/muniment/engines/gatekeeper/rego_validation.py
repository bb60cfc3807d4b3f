"""Rego templates: the rule `violation` of one module, with the libraries that come with it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from muniment.engines.gatekeeper.answer import Answer, Finding
from muniment.engines.gatekeeper.inventory import Inventory
from muniment.engines.gatekeeper.review import Review
from muniment.engines.gatekeeper.template import RegoSource
from muniment.errors import PolicyError
from muniment.languages.rego.ast import Module, Ref, Scalar, Var
from muniment.languages.rego.builtins import registry
from muniment.languages.rego.errors import RegoError, RegoEvaluationError
from muniment.languages.rego.modules import parse_module
from muniment.languages.rego.policy import CompileOptions, EvaluationOptions, Policy, compile_modules
from muniment.languages.rego.signatures import Builtin
from muniment.languages.rego.values import UNDEFINED, members, to_json

_RULE: Final = "violation"
_INVENTORY: Final = "inventory"
_ALLOWED: Final = frozenset({"lib", _INVENTORY})
"""What a template may read below `data`."""
_STEPS: Final = 5_000_000
"""What one review may take, in rules, functions and rounds of loops."""
_OF_TIME: Final = frozenset({"time.now_ns"})


class Allowed:
    """OPA's builtins without those that need what is not there: a network, and the time where nobody gave it."""

    __slots__ = ("_hidden", "_registry")

    def __init__(self, *, timed: bool) -> None:
        self._hidden: frozenset[str] = frozenset() if timed else _OF_TIME
        self._registry = registry()

    def find(self, name: str) -> Builtin | None:
        """The builtin of that name."""
        return None if name in self._hidden else self._registry.find(name)


class RegoValidation:
    """A compiled template."""

    __slots__ = ("_options", "_path", "_policy", "_strict", "referential")

    def __init__(
        self, source: RegoSource, *, now_ns: int | None = None, strict: bool = False, prints: bool = False
    ) -> None:
        """Raises PolicyError for modules that do not compile or read what they must not.

        With `strict` a builtin that fails is an error where nothing else is found; in a cluster it never is.
        """
        main = _parsed(source.module, "template", source.version)
        libraries = [_parsed(text, f"libs[{place}]", source.version) for place, text in enumerate(source.libraries)]
        if _RULE not in {rule.name for rule in main.rules}:
            raise PolicyError(f"the module defines no rule {_RULE}", code="rego")
        for library in libraries:
            if library.package[:1] != ("lib",) or len(library.package) == 1:
                raise PolicyError(
                    f"{library.name}: the package {'.'.join(library.package)} is not below lib", code="rego"
                )
        modules = [main, *libraries]
        for module in modules:
            _check_references(module)
        self._policy = _compiled(modules, timed=now_ns is not None, prints=prints)
        self._path = (*main.package, _RULE)
        self._options = EvaluationOptions(now_ns=now_ns or 0, steps=_STEPS)
        self._strict = self._options._replace(strict_builtin_errors=True) if strict else None
        self.referential = any(path[:1] == (_INVENTORY,) for module in modules for path in data_paths(module))

    def judge(self, review: Review, parameters: Mapping[str, Any] | None, inventory: Inventory) -> Answer:
        """Every violation, in Rego's order."""
        if review.unknown:
            return Answer(unknown=review.unknown)
        asked = {"review": review.for_rego, "parameters": {} if parameters is None else parameters}
        data = {_INVENTORY: inventory.data} if self.referential else {}
        try:
            result = self._policy.evaluate(self._path, asked, data, self._options)
            found = _findings(result.value)
            if self._strict is not None and not found:
                self._policy.evaluate(self._path, asked, data, self._strict)
        except RegoEvaluationError as error:
            return Answer(errors=(str(error),))
        doubt = inventory.open if self.referential and not found else ()
        return Answer(found, unknown=doubt, prints=tuple(one.text for one in result.prints))


def _parsed(text: str, name: str, version: str) -> Module:
    try:
        module = parse_module(text, name, version)
    except RegoError as error:
        raise PolicyError(str(error), code="rego") from error
    if not module.package or not module.rules:
        raise PolicyError(f"{name}: the module is empty", code="rego")
    return module


def _compiled(modules: list[Module], *, timed: bool, prints: bool) -> Policy:
    try:
        return compile_modules(modules, Allowed(timed=timed), None, CompileOptions(prints=prints))
    except RegoError as error:
        raise PolicyError(str(error), code="rego") from error


def _check_references(module: Module) -> None:
    """Raises PolicyError for what no template may read: other templates, and the input by import."""
    for one in module.imports:
        if one.path[:1] == ("input",):
            raise PolicyError(f"{module.name}: the input must not be imported", code="rego")
    for path in data_paths(module):
        if path[0] not in _ALLOWED:
            shown = ".".join(("data", *path))
            raise PolicyError(f"{module.name}: reads {shown}; only data.lib and data.inventory are there", code="rego")


def data_paths(module: Module) -> Iterator[tuple[str, ...]]:
    """What a module reads below `data`: the first names of each reference."""
    for one in module.imports:
        if one.path[:1] == ("data",):
            yield one.path[1:] or ("",)
    stack: list[Any] = [module.rules]
    while stack:
        current = stack.pop()
        if isinstance(current, Ref) and isinstance(current.head, Var) and current.head.name == "data":
            first = current.path[0] if current.path else None
            yield (str(first.value),) if isinstance(first, Scalar) else ("",)
        elif isinstance(current, Var) and current.name == "data":
            yield ("",)
            continue
        if isinstance(current, Ref):
            stack += [current.path, *(() if isinstance(current.head, Var) else (current.head,))]
        elif isinstance(current, tuple):
            stack += current


def _findings(value: Any) -> tuple[Finding, ...]:
    """The members of `violation` that have a message; what differs in nothing else is one."""
    found: dict[str, Finding] = {}
    for member in members(value) if isinstance(value, frozenset) else ():
        message = member.get("msg", UNDEFINED) if isinstance(member, dict) else UNDEFINED
        if isinstance(message, str):
            details = to_json(member.get("details", {}))
            found.setdefault(f"{message}\0{details!r}", Finding(message, details))
    return tuple(found.values())
