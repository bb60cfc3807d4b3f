"""The evaluator's face: turns an expression into a function of a scope."""

from collections.abc import Callable
from typing import Any, Final

from muniment.languages.hcl.compiler import Compiler, Options, failing
from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.function import Functions
from muniment.languages.hcl.nodes import Expression
from muniment.languages.hcl.parser import parse_template
from muniment.languages.hcl.scope import Names, Scope
from muniment.languages.hcl.values import check_size
from muniment.languages.source import LineIndex

Compiled = Callable[[Scope], Any]

_SCALARS: Final = frozenset({str, int, bool, type(None)})


def compile_expression(
    expression: Expression,
    functions: Functions,
    options: Options = Options(),  # noqa: B008  an immutable tuple
    index: LineIndex | None = None,
) -> Compiled:
    """A function from a scope to the expression's value, to be called any number of times.

    It raises HclError, located by `index` when that is given, and nothing else.
    """
    compiler = Compiler(functions, options)
    try:
        code = compiler.code(expression)
    except RecursionError:
        code = failing(limit_exceeded("the expression is nested too deeply"), expression)
    limits, visits = options.limits, options.visits
    unbound = [None] * (compiler.slots - 1)

    def evaluate(scope: Scope) -> Any:
        try:
            value = code(scope, [visits, *unbound])
            if type(value) not in _SCALARS:
                check_size(value, limits)
        except HclError as error:
            if index is not None:
                error.located(index)
            raise
        except RecursionError:
            deep = limit_exceeded("the expression is nested too deeply").at(expression.start, expression.end)
            raise (deep if index is None else deep.located(index)) from None
        return value

    return evaluate


def renderer(functions: Functions, options: Options = Options()) -> Callable[[str, dict[str, Any]], Any]:  # noqa: B008  an immutable tuple
    """A function that evaluates a template's text with variables, for `CallContext.render`; raises HclError."""

    def render(text: str, variables: dict[str, Any]) -> Any:
        parsed = parse_template(text, limits=options.limits)
        if parsed.diagnostics:
            first = parsed.diagnostics[0]
            raise HclError(f"template, line {first.span.line}: {first.message}", code=first.code)
        return compile_expression(parsed.expression, functions, options)(Names(variables))

    return render
