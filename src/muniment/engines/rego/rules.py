"""Which rules of Rego modules judge an input, and what their names mean."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from muniment.languages.rego.ast import Module, Rule, Scalar
from muniment.languages.rego.errors import Fault, RegoError
from muniment.languages.source import LineIndex

_FAILURE: Final = re.compile(r"(deny|violation)(_[a-zA-Z0-9]+)*")
_WARNING: Final = re.compile(r"warn(_[a-zA-Z0-9]+)*")
_PREFIX: Final = re.compile(r"(?:deny|violation|warn)_?")


class JudgingRule(NamedTuple):
    """A rule that judges; several definitions may share the name."""

    namespace: str
    name: str
    definitions: int

    @property
    def fails(self) -> bool:
        """Whether its messages are failures; else they are warnings."""
        return _FAILURE.fullmatch(self.name) is not None

    @property
    def exception(self) -> str:
        """What an exception calls it: the name without its prefix."""
        return _PREFIX.sub("", self.name, count=1)

    @property
    def query(self) -> str:
        """The document of its messages."""
        return f"data.{self.namespace}.{self.name}"


def namespaces(modules: Iterable[Module]) -> list[str]:
    """The packages of modules, in order."""
    return sorted({".".join(module.package) for module in modules})


def matching(known: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """The namespaces that are wanted; in a pattern `*` stands for any text, dots too, and other names are literal."""
    found: list[str] = []
    for one in wanted:
        if re.search(r"[*?\[]", one):
            pattern = re.compile(_as_pattern(one))
            found += (name for name in known if pattern.fullmatch(name))
        else:
            found.append(one)
    return list(dict.fromkeys(found))


def _as_pattern(glob: str) -> str:
    return "".join(
        {"*": ".*", "?": "."}.get(part, part if part.startswith("[") else re.escape(part))
        for part in re.findall(r"\[[^\]]+\]|.", glob)
    )


def judging_rules(modules: Iterable[Module], namespace: str) -> list[JudgingRule]:
    """The rules of a namespace that judge, by their names without regard to case, in the order of the modules."""
    counts: dict[str, tuple[str, int]] = {}
    for module in modules:
        if ".".join(module.package) != namespace:
            continue
        for rule in module.rules:
            if _FAILURE.fullmatch(rule.name) or _WARNING.fullmatch(rule.name):
                name, count = counts.get(rule.name.lower(), (rule.name, 0))
                counts[rule.name.lower()] = name, count + 1
    return [JudgingRule(namespace, name, count) for name, count in counts.values()]


def check_heads(modules: Iterable[Module]) -> None:
    """Refuses `deny[message] if ...`, which makes an object and no set. Raises RegoError."""
    faults = [fault for module in modules for fault in _bad_heads(module)]
    if faults:
        raise RegoError(faults)


def _bad_heads(module: Module) -> Iterator[Fault]:
    for rule in module.rules:
        judges = _FAILURE.fullmatch(rule.name) or _WARNING.fullmatch(rule.name)
        if judges and _is_bracket_head(rule):
            message = f"rule {rule.name} is using 'if' keyword without 'contains' keyword"
            span = LineIndex(module.text).span(rule.start, rule.head_end or rule.end)
            yield Fault("rego_compile_error", message, module.name, span)


def _is_bracket_head(rule: Rule) -> bool:
    """Whether it puts `true` under a key, where a message of a set was meant; other values are meant as they stand."""
    value = rule.value.value if isinstance(rule.value, Scalar) else None
    return len(rule.reference) > 1 and rule.member is None and value is True
