"""Compiles the nodes of an expression to closures, once, so that evaluating it walks no tree.

A closure takes the scope and a frame: a list with a slot for every name that a `for` or a splat binds.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from muniment.languages.hcl import nodes, operators
from muniment.languages.hcl.access import follow
from muniment.languages.hcl.branches import choose_branch, leaves_alone, other_branch, short_circuit
from muniment.languages.hcl.calls import expanded, invoke
from muniment.languages.hcl.chains import instead, scope_chain, value_chain
from muniment.languages.hcl.comprehension import Gathered, Visit, for_object, for_tuple, object_key, pairs, splat
from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.function import Argument, Functions
from muniment.languages.hcl.joining import join
from muniment.languages.hcl.scope import Code, Frame, Scope
from muniment.languages.hcl.types import STRING
from muniment.languages.hcl.values import mark, nfc, unknown, unmark
from muniment.languages.source import Limits
from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown


class Options(NamedTuple):
    """How expressions are judged."""

    short_circuit: bool = True
    """`&&` and `||` leave their right operand alone once the left one decides, as Terraform does from 1.12 on."""
    limits: Limits = Limits()
    visits: int = 5_000_000
    """Members that the loops of one evaluation may visit, nested loops included."""
    undeclared: Callable[[HclError], Any] | None = None
    """The value of a name that nothing declares, from its located error; None: the whole expression has none."""


def failing(error: HclError, node: nodes.Node) -> Code:
    """The closure of an expression that cannot be evaluated."""
    found, static = error.diagnostic, error.static

    def fail(_scope: Scope, _frame: Frame) -> Any:
        # Each time anew: an error that is raised carries its traceback.
        raise HclError(found.message, code=found.code, hint=found.hint, static=static).at(node.start, node.end)

    return fail


class Compiler:
    """Compiles the nodes of one expression; knows which names are bound where it is."""

    __slots__ = ("bound", "functions", "limits", "options", "slots")

    def __init__(self, functions: Functions, options: Options) -> None:
        self.functions = functions
        self.options = options
        self.limits = options.limits
        self.bound: dict[object, int] = {}
        self.slots = 1  # the first slot of a frame counts visits down

    def code(self, node: nodes.Expression) -> Code:
        """The closure of a node."""
        return _COMPILE[type(node)](self, node)

    def bind(self, name: object) -> int:
        """A slot of the frame for a name."""
        self.bound[name] = self.slots
        self.slots += 1
        return self.slots - 1

    def literal(self, node: nodes.Literal) -> Code:
        """A constant."""
        value = node.value
        return lambda _scope, _frame: value

    def invalid(self, node: nodes.Invalid) -> Code:
        """The error of what could not be parsed."""
        return failing(HclError(node.message, code="syntax-error", static=True), node)

    def bare_key(self, node: nodes.BareKey) -> Code:
        """The error of a key that names something: whoever reads the name itself does not evaluate it."""
        hint = f"write ({node.traversal}) or a quoted key"
        return failing(HclError("a computed key stands in parentheses", hint=hint, static=True), node)

    def item(self, node: nodes.Item) -> Code:
        """The member that the splat around it is looking at."""
        slot = self.bound[node]
        return lambda _scope, frame: frame[slot]

    def traversal(self, node: nodes.Traversal) -> Code:
        """A name with literal steps: bound here, or a matter of the scope."""
        root, steps = node.root, node.steps
        slot = self.bound.get(root)
        if slot is not None and not steps:
            return lambda _scope, frame: frame[slot]
        start, end, undeclared = node.start, node.end, self.options.undeclared

        def look_up(scope: Scope, frame: Frame) -> Any:
            try:
                return scope.traverse(root, steps) if slot is None else follow(frame[slot], steps)
            except HclError as error:
                return instead(error.at(start, end), undeclared)

        return look_up

    def access(self, node: nodes.GetAttribute | nodes.Index) -> Code:
        """Attributes and indexes on a name go to the scope as one traversal as far as the indexes are known."""
        chain: list[nodes.Step | Code] = []
        source: nodes.Expression = node
        while isinstance(source, nodes.GetAttribute | nodes.Index):
            if isinstance(source, nodes.GetAttribute):
                chain.append(source.name)
            elif isinstance(source.key, nodes.Literal) and type(source.key.value) in (str, int):
                chain.append(nodes.Key(source.key.value))
            else:
                chain.append(self.code(source.key))
            source = source.source
        chain.reverse()
        if isinstance(source, nodes.Traversal) and source.root not in self.bound:
            return scope_chain(source, chain, node, self.options.undeclared)
        return value_chain(self.code(source), chain, node)

    def splat(self, node: nodes.Splat) -> Code:
        """The body for each member of the source."""
        source = self.code(node.source)
        slot = self.bind(node.item)
        body = self.code(node.body)
        start, end = node.start, node.end

        def evaluate(scope: Scope, frame: Frame) -> Any:
            def visit(member: Any) -> Any:
                frame[slot] = member
                return body(scope, frame)

            try:
                collection = source(scope, frame)
                spend(frame, collection)
                return splat(collection, visit)
            except HclError as error:
                raise error.at(start, end) from None

        return evaluate

    def tuple_expression(self, node: nodes.TupleExpression) -> Code:
        """A tuple, built once when it is constant."""
        if all(type(item) is nodes.Literal for item in node.items):
            value = tuple(item.value for item in node.items if isinstance(item, nodes.Literal))
            return lambda _scope, _frame: value
        items = tuple(map(self.code, node.items))
        return lambda scope, frame: tuple([item(scope, frame) for item in items])

    def object_expression(self, node: nodes.ObjectExpression) -> Code:
        """An object whose keys stand in the text."""
        fixed: list[tuple[str, Code]] = []
        for key, value in node.items:
            if not (isinstance(key, nodes.Literal) and isinstance(key.value, str)):
                return self.computed_object(node)
            fixed.append((key.value, self.code(value)))
        members = tuple(fixed)
        return lambda scope, frame: {name: value(scope, frame) for name, value in members}

    def computed_object(self, node: nodes.ObjectExpression) -> Code:
        """An object with computed keys; open when one is unknown."""
        items = tuple((self.code(key), self.code(value), key.start, key.end) for key, value in node.items)

        def evaluate(scope: Scope, frame: Frame) -> Any:
            found = Gathered(None, frozenset())
            result: dict[str, Any] = {}
            for key, value, start, end in items:
                try:
                    name = object_key(key(scope, frame), found)
                except HclError as error:
                    raise error.at(start, end) from None
                if name is not None:
                    result[name] = value(scope, frame)
            return mark(OpenMap(result, found.causes) if found.causes else result, found.marks)

        return evaluate

    def bind_members(self, head: nodes.ForHead) -> tuple[int, int]:
        """Slots for the key and the value of a `for`."""
        return self.bind(head.key_name), self.bind(head.value_name)

    def loop(self, node: nodes.For) -> Code:
        """A `for` expression."""
        collection = self.code(node.head.collection)
        outer = dict(self.bound)
        slots = self.bind_members(node.head)
        value = _visitor(self.code(node.value), *slots)
        key = None if node.key is None else _visitor(self.code(node.key), *slots)
        test = None if node.condition is None else _visitor(self.code(node.condition), *slots)
        self.bound = outer
        grouped, most = node.grouped, self.limits.items
        start, end = node.start, node.end

        def evaluate(scope: Scope, frame: Frame) -> Any:
            try:
                source = collection(scope, frame)
                spend(frame, source)
                values = value(scope, frame)
                tests = None if test is None else test(scope, frame)
                if tests is not None and not unmark(source)[0]:
                    operators.condition(tests(Unknown(), Unknown()))
                if key is None:
                    return for_tuple(source, values, tests, most)
                return for_object(source, key(scope, frame), values, tests, grouped)
            except HclError as error:
                raise error.at(start, end) from None

        return evaluate

    def conditional(self, node: nodes.Conditional) -> Code:
        """The conditional; the other branch counts for its type and its marks only."""
        test, yes, no = self.code(node.condition), self.code(node.yes), self.code(node.no)
        yes_alone, no_alone = leaves_alone(node.no, node.yes), leaves_alone(node.yes, node.no)
        start, end = node.start, node.end

        def evaluate(scope: Scope, frame: Frame) -> Any:
            try:
                value = test(scope, frame)
                if value is True:
                    chosen = yes(scope, frame)
                    return chosen if yes_alone else operators.choose(True, chosen, other_branch(no, scope, frame))
                if value is False:
                    chosen = no(scope, frame)
                    return chosen if no_alone else operators.choose(False, other_branch(yes, scope, frame), chosen)
                return choose_branch(value, yes, no, scope, frame)
            except HclError as error:
                raise error.at(start, end) from None

        return evaluate

    def binary(self, node: nodes.Binary) -> Code:
        """A binary operator."""
        left, right = self.code(node.left), self.code(node.right)
        if node.operator in ("&&", "||") and self.options.short_circuit:
            return short_circuit(node, left, right)
        operator = operators.BINARY[node.operator]
        start, end = node.start, node.end

        def evaluate(scope: Scope, frame: Frame) -> Any:
            try:
                return operator(left(scope, frame), right(scope, frame))
            except HclError as error:
                raise error.at(start, end) from None

        return evaluate

    def unary(self, node: nodes.Unary) -> Code:
        """A unary operator."""
        operand = self.code(node.operand)
        operator = operators.negate_bool if node.operator == "!" else operators.negate_number
        start, end = node.start, node.end

        def evaluate(scope: Scope, frame: Frame) -> Any:
            try:
                return operator(operand(scope, frame))
            except HclError as error:
                raise error.at(start, end) from None

        return evaluate

    def call(self, node: nodes.Call) -> Code:
        """A call of a function."""
        name = node.name.removeprefix("core::")
        function = self.functions.get(name)
        if function is None:
            return _no_function(node)
        arguments = tuple(map(self.code, node.arguments))
        expand, lazy = node.expand, function.lazy
        start, end = node.start, node.end

        def evaluate(scope: Scope, frame: Frame) -> Any:
            try:
                if lazy:
                    return invoke(function, [_argument(code, scope, frame) for code in arguments], scope.context)
                values = [code(scope, frame) for code in arguments]
                if not expand:
                    return invoke(function, values, scope.context)
                more, marks, whole = expanded(values.pop())
                if whole is not None:
                    return mark(unknown((*values, whole), function.returns), marks)
                return mark(invoke(function, values + more, scope.context), marks)
            except HclError as error:
                raise error.at(start, end) from None

        return evaluate

    def template(self, node: nodes.Template) -> Code:
        """A string that is joined from its parts."""
        parts = tuple(map(self.code, node.parts))
        most = self.limits.string
        start, end = node.start, node.end

        def evaluate(scope: Scope, frame: Frame) -> Any:
            values = [part(scope, frame) for part in parts]
            for value in values:
                if type(value) is not str:
                    break
            else:
                text = "".join(values)
                if len(text) < most:
                    return text if text.isascii() else nfc(text)
            try:
                return join(values, most)
            except HclError as error:
                raise error.at(start, end) from None

        return evaluate

    def template_if(self, node: nodes.TemplateIf) -> Code:
        """`%{ if }` within a template."""
        test, yes, no = self.code(node.condition), self.template(node.yes), self.template(node.no)
        start, end = node.start, node.end

        def evaluate(scope: Scope, frame: Frame) -> Any:
            try:
                decided, marks = operators.condition(test(scope, frame))
            except HclError as error:
                raise error.at(start, end) from None
            if isinstance(decided, Unknown):
                marks |= unmark(other_branch(yes, scope, frame))[1] | unmark(other_branch(no, scope, frame))[1]
                return mark(Unknown(decided.causes, STRING), marks)
            taken, other = (yes, no) if decided else (no, yes)
            return mark(taken(scope, frame), marks | unmark(other_branch(other, scope, frame))[1])

        return evaluate

    def template_for(self, node: nodes.TemplateFor) -> Code:
        """`%{ for }` within a template."""
        collection = self.code(node.head.collection)
        outer = dict(self.bound)
        slots = self.bind_members(node.head)
        body = _visitor(self.code(node.body), *slots)
        self.bound = outer
        most = self.limits.string
        start, end = node.start, node.end

        def evaluate(scope: Scope, frame: Frame) -> Any:
            try:
                source, marks = unmark(collection(scope, frame))
                if isinstance(source, Unknown | OpenList | OpenMap):
                    return mark(Unknown(source.causes, STRING), marks)
                spend(frame, source)
                visit = body(scope, frame)
                return mark(join([visit(key, member) for key, member in pairs(source)], most), marks)
            except HclError as error:
                raise error.at(start, end) from None

        return evaluate


def spend(frame: Frame, collection: Any) -> None:
    """Takes a collection's members off the visits that are left; raises HclError when there are too few."""
    members, _ = unmark(collection)
    if isinstance(members, tuple | list | dict):
        frame[0] -= len(members)
        if frame[0] < 0:
            raise limit_exceeded("the loops of the expression visit too many members")


def _argument(code: Code, scope: Scope, frame: Frame) -> Argument:
    return Argument(lambda: code(scope, frame))


def _visitor(code: Code, key_slot: int, value_slot: int) -> Callable[[Scope, Frame], Visit]:
    def prepare(scope: Scope, frame: Frame) -> Visit:
        def visit(key: Any, member: Any) -> Any:
            frame[key_slot] = key
            frame[value_slot] = member
            return code(scope, frame)

        return visit

    return prepare


def _no_function(node: nodes.Call) -> Code:
    name = node.name
    if name.startswith("provider::"):
        value = Unknown((Cause("provider-function", name),))
        return lambda _scope, _frame: value
    return failing(HclError(f'there is no function "{name}"', code="unknown-function", static=True), node)


_COMPILE: Final[dict[type, Callable[[Any, Any], Code]]] = {
    nodes.Literal: Compiler.literal,
    nodes.Traversal: Compiler.traversal,
    nodes.GetAttribute: Compiler.access,
    nodes.Index: Compiler.access,
    nodes.Item: Compiler.item,
    nodes.Splat: Compiler.splat,
    nodes.TupleExpression: Compiler.tuple_expression,
    nodes.ObjectExpression: Compiler.object_expression,
    nodes.For: Compiler.loop,
    nodes.Conditional: Compiler.conditional,
    nodes.Binary: Compiler.binary,
    nodes.Unary: Compiler.unary,
    nodes.Call: Compiler.call,
    nodes.Template: Compiler.template,
    nodes.TemplateIf: Compiler.template_if,
    nodes.TemplateFor: Compiler.template_for,
    nodes.Invalid: Compiler.invalid,
    nodes.BareKey: Compiler.bare_key,
}
