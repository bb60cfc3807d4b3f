"""`strings.render_template`: Go's `text/template` over JSON values, in which numbers are the texts that they have."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.goformat.formatting import Directive, format_value, sprintf
from muniment.languages.rego.builtins.template_syntax import Node, Operand, Pipeline, Template, parse
from muniment.languages.rego.builtins.urls import encode
from muniment.languages.rego.signatures import BuiltinError, QueryContext
from muniment.languages.rego.values import Value, number_text, to_json

_ABSENT: Final = "<undefined>"
_DEEPEST: Final = 50


class _BreakError(Exception):
    """`{{break}}`."""


class _ContinueError(Exception):
    """`{{continue}}`."""


def render(context: QueryContext, template: str, variables: Value) -> str:
    """The template filled in; what is not among the variables shows as `<undefined>`."""
    rendering = _Rendering(context, parse(template))
    data = _plain(to_json(variables))
    try:
        rendering.run(rendering.template.body, data, {"$": data})
    except (_BreakError, _ContinueError):
        raise BuiltinError("template: break or continue outside of range") from None
    return "".join(rendering.parts)


def _plain(value: Any) -> Any:
    """A value with its numbers as texts."""
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return value if value is None or isinstance(value, bool | str) else number_text(value)


class _Rendering:
    """One run of a template."""

    __slots__ = ("_context", "_depth", "_length", "_steps", "parts", "template")

    def __init__(self, context: QueryContext, template: Template) -> None:
        self._context = context
        self.template = template
        self.parts: list[str] = []
        self._length = 0
        self._steps = 0
        self._depth = 0

    def run(self, nodes: tuple[Node, ...], dot: Any, variables: dict[str, Any]) -> None:
        """Writes nodes; variables that they declare end with them."""
        scope = dict(variables)
        for node in nodes:
            self._steps += 1
            self._context.allow_items(self._steps)
            self._node(node, dot, scope)
            for name in variables.keys() & scope.keys():
                variables[name] = scope[name]

    def _node(self, node: Node, dot: Any, scope: dict[str, Any]) -> None:
        kind = node.kind
        if kind == "text":
            self._write(node.value)
        elif kind == "action":
            value = self._pipeline(node.value, dot, scope)
            if not node.value.names:
                self._write(_shown(value))
        elif kind == "template":
            self._call(node, dot, scope)
        elif kind == "range":
            self._range(node, dot, scope)
        elif kind in {"break", "continue"}:
            raise _BreakError if kind == "break" else _ContinueError
        else:
            inner = dict(scope)
            value = self._pipeline(node.value, dot, inner)
            chosen = node.body if _true(value) else node.otherwise
            self.run(chosen, value if kind == "with" and _true(value) else dot, inner)
            scope.update((name, inner[name]) for name in scope)

    def _write(self, text: str) -> None:
        self._length += len(text)
        self._context.allow_string(self._length)
        self.parts.append(text)

    def _call(self, node: Node, dot: Any, scope: dict[str, Any]) -> None:
        name, argument = node.value
        body = self.template.defined.get(name)
        if body is None:
            raise BuiltinError(f'template: no template "{name}"')
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BuiltinError("template: exceeded maximum template depth")
        value = self._pipeline(argument, dot, scope) if argument else None
        self.run(body, value, {"$": value})
        self._depth -= 1

    def _range(self, node: Node, dot: Any, scope: dict[str, Any]) -> None:
        pipeline: Pipeline = node.value
        value = self._pipeline(pipeline._replace(names=()), dot, scope)
        entries = list(_entries(value))
        if not entries:
            self.run(node.otherwise, dot, scope)
        for key, member in entries:
            bound = (member,) if len(pipeline.names) == 1 else (key, member)
            if pipeline.declares:
                inner = {**scope, **dict(zip(pipeline.names, bound, strict=False))}
            else:
                scope.update(zip(pipeline.names, bound, strict=False))
                inner = scope
            try:
                self.run(node.body, member, inner)
            except _ContinueError:
                continue
            except _BreakError:
                break
            finally:
                scope.update((name, inner[name]) for name in scope if name not in pipeline.names)

    def _pipeline(self, pipeline: Pipeline, dot: Any, scope: dict[str, Any]) -> Any:
        final: tuple[Any, ...] = ()
        for command in pipeline.commands:
            final = (self._command(command, dot, scope, final),)
        for name in pipeline.names:
            if not pipeline.declares and name not in scope:
                raise BuiltinError(f"template: undefined variable: {name}")
            scope[name] = final[0]
        return final[0]

    def _command(self, command: tuple[Operand, ...], dot: Any, scope: dict[str, Any], final: tuple[Any, ...]) -> Any:
        first = command[0]
        if first.kind == "function":
            if first.value in {"and", "or"}:
                return self._logic(first.value, command[1:], dot, scope, final)
            function = _FUNCTIONS.get(first.value)
            if function is None:
                raise BuiltinError(f'template: function "{first.value}" not defined')
            arguments = [self._operand(one, dot, scope) for one in command[1:]]
            return _applied(first.value, function, [*arguments, *final])
        if len(command) > 1 or final:
            raise BuiltinError("template: can't give argument to non-function")
        return self._operand(first, dot, scope)

    def _logic(
        self, name: str, operands: tuple[Operand, ...], dot: Any, scope: dict[str, Any], final: tuple[Any, ...]
    ) -> Any:
        """`and` and `or`, which look at no more than they must."""
        value: Any = None
        for operand in operands:
            value = self._operand(operand, dot, scope)
            if _true(value) is (name == "or"):
                return value
        return final[0] if final else value

    def _operand(self, operand: Operand, dot: Any, scope: dict[str, Any]) -> Any:
        kind, value = operand.kind, operand.value
        if kind == "dot":
            value = dot
        elif kind == "variable":
            if value not in scope:
                raise BuiltinError(f"template: undefined variable: {value}")
            value = scope[value]
        elif kind == "pipeline":
            value = self._pipeline(value, dot, dict(scope))
        elif kind == "function":
            value = self._command((operand._replace(fields=()),), dot, scope, ())
        for field in operand.fields:
            value = _field(value, field)
        return value


def _field(value: Any, name: str) -> Any:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise BuiltinError(f"template: can't evaluate field {name}")
    return value.get(name)


def _entries(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        yield from sorted(value.items())
    elif isinstance(value, list):
        yield from enumerate(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from ((number, number) for number in range(min(value, 1_000_000)))
    elif value is not None:
        raise BuiltinError(f"template: range can't iterate over {_shown(value)}")


def _true(value: Any) -> bool:
    return bool(value)


def _shown(value: Any) -> str:
    return _ABSENT if value is None else format_value(Directive("v"), value)


def _applied(name: str, function: Callable[..., Any], arguments: list[Any]) -> Any:
    try:
        return function(*arguments)
    except (TypeError, LookupError, ValueError) as error:
        raise BuiltinError(f"template: error calling {name}: {error}") from None


def _index(value: Any, *keys: Any) -> Any:
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list | str) and isinstance(key, int) and 0 <= key < len(value):
            value = value[key]
        else:
            raise LookupError(f"cannot index with {_shown(key)}")
    return value


def _slice(value: Any, *bounds: int) -> Any:
    if not isinstance(value, str | list) or any(not 0 <= bound <= len(value) for bound in bounds):
        raise LookupError("index out of range")
    return value[slice(*(bounds or (0,)))] if len(bounds) != 1 else value[bounds[0] :]


def _equal(first: Any, *others: Any) -> bool:
    if not others:
        raise TypeError("missing argument for comparison")
    for other in others:
        if first is not None and other is not None and type(first) is not type(other):
            raise TypeError("incompatible types for comparison")
    return first in others


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compare(first: Any, second: Any) -> bool:
        if type(first) is not type(second) or not isinstance(first, str | int | float) or isinstance(first, bool):
            raise TypeError("incompatible types for comparison")
        return test(first, second)

    return compare


def _print(*values: Any) -> str:
    """Values with blanks between those of which neither is a text."""
    text = ""
    for place, value in enumerate(values):
        if place and not isinstance(value, str) and not isinstance(values[place - 1], str):
            text += " "
        text += format_value(Directive("v"), value)
    return text


_HTML: Final = MappingProxyType({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "\0": "\ufffd"})
_JS: Final = MappingProxyType(
    {"\\": "\\\\", "'": "\\'", '"': '\\"', "<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "=": "\\u003D"}
)


def _escaper(table: Mapping[str, str]) -> Callable[..., str]:
    pattern = re.compile("[" + re.escape("".join(table)) + "]")
    return lambda *values: pattern.sub(lambda found: table[found[0]], _print(*values))


_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = MappingProxyType(
    {
        "not": lambda value: not _true(value),
        "len": len,
        "index": _index,
        "slice": _slice,
        "print": _print,
        "println": lambda *values: " ".join(format_value(Directive("v"), value) for value in values) + "\n",
        "printf": lambda form, *values: sprintf(form, values),
        "eq": _equal,
        "ne": lambda first, second: not _equal(first, second),
        "lt": _ordered(lambda a, b: a < b),
        "le": _ordered(lambda a, b: a <= b),
        "gt": _ordered(lambda a, b: a > b),
        "ge": _ordered(lambda a, b: a >= b),
        "html": _escaper(_HTML),
        "js": _escaper(_JS),
        "urlquery": lambda *values: encode(_print(*values)),
    }
)

FUNCTIONS: Final = MappingProxyType({"strings.render_template": render})
