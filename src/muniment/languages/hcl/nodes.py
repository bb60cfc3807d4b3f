"""The syntax tree: plain objects with offsets into the text; lines and columns are computed only when asked for."""

from typing import Any, NamedTuple


class Node:
    """A stretch of the text from `start` to `end`, exclusive."""

    __slots__ = ("end", "start")

    start: int
    end: int


class Expression(Node):
    """Anything that has a value."""

    __slots__ = ()


class Literal(Expression):
    """A value that stands in the text: a number, a bool, null, or a string without interpolations."""

    __slots__ = ("value",)

    def __init__(self, value: Any, start: int, end: int) -> None:
        self.value = value
        self.start = start
        self.end = end


class Key(NamedTuple):
    """An index `[value]` within a traversal, told from an attribute name, which is a plain `str`."""

    value: str | int


Step = str | Key


class Traversal(Expression):
    """A name and the attribute names and literal indexes behind it: `aws_s3_bucket.logs["x"].id`."""

    __slots__ = ("root", "steps")

    def __init__(self, root: str, steps: tuple[Step, ...], start: int, end: int) -> None:
        self.root = root
        self.steps = steps
        self.start = start
        self.end = end

    def __str__(self) -> str:
        return self.root + "".join(map(_step_text, self.steps))


def _step_text(step: Step) -> str:
    if isinstance(step, str):
        return f".{step}"
    return f'["{step.value}"]' if isinstance(step.value, str) else f"[{step.value}]"


class GetAttribute(Expression):
    """`source.name` where the source is more than a traversal."""

    __slots__ = ("name", "source")

    def __init__(self, source: Expression, name: str, start: int, end: int) -> None:
        self.source = source
        self.name = name
        self.start = start
        self.end = end


class Index(Expression):
    """`source[key]` with a computed key, or on a source that is more than a traversal."""

    __slots__ = ("key", "source")

    def __init__(self, source: Expression, key: Expression, start: int, end: int) -> None:
        self.source = source
        self.key = key
        self.start = start
        self.end = end


class Item(Expression):
    """The member that a splat is looking at; a node of its own for each splat."""

    __slots__ = ()

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


class Splat(Expression):
    """`source[*]` or `source.*`: `body` for each member, in which the member is `item`."""

    __slots__ = ("body", "item", "source")

    def __init__(self, source: Expression, item: Item, body: Expression, start: int, end: int) -> None:
        self.source = source
        self.item = item
        self.body = body
        self.start = start
        self.end = end


class TupleExpression(Expression):
    """`[a, b]`."""

    __slots__ = ("items",)

    def __init__(self, items: list[Expression], start: int, end: int) -> None:
        self.items = items
        self.start = start
        self.end = end


class ObjectExpression(Expression):
    """`{k = v}`: pairs of key and value in source order; a bare name as key is a literal."""

    __slots__ = ("items",)

    def __init__(self, items: list[tuple[Expression, Expression]], start: int, end: int) -> None:
        self.items = items
        self.start = start
        self.end = end


class ForHead(NamedTuple):
    """`for key, value in collection`."""

    key_name: str | None
    value_name: str
    collection: Expression


class For(Expression):
    """`[for ...]` without `key`, `{for ...}` with it; `grouped` collects the values of equal keys."""

    __slots__ = ("condition", "grouped", "head", "key", "value")

    def __init__(self, head: ForHead, key: Expression | None, value: Expression, start: int, end: int) -> None:
        self.head = head
        self.key = key
        self.value = value
        self.condition: Expression | None = None
        self.grouped = False
        self.start = start
        self.end = end


class Conditional(Expression):
    """`condition ? yes : no`."""

    __slots__ = ("condition", "no", "yes")

    def __init__(self, condition: Expression, yes: Expression, no: Expression) -> None:
        self.condition = condition
        self.yes = yes
        self.no = no
        self.start = condition.start
        self.end = no.end


class Binary(Expression):
    """`left operator right`."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, operator: str, left: Expression, right: Expression) -> None:
        self.operator = operator
        self.left = left
        self.right = right
        self.start = left.start
        self.end = right.end


class Unary(Expression):
    """`!operand` or `-operand`."""

    __slots__ = ("operand", "operator")

    def __init__(self, operator: str, operand: Expression, start: int) -> None:
        self.operator = operator
        self.operand = operand
        self.start = start
        self.end = operand.end


class Call(Expression):
    """`name(arguments)`; `expand`: the last argument is a collection of further arguments."""

    __slots__ = ("arguments", "expand", "name")

    def __init__(self, name: str, arguments: list[Expression], expand: bool, start: int, end: int) -> None:  # noqa: FBT001  a field
        self.name = name
        self.arguments = arguments
        self.expand = expand
        self.start = start
        self.end = end


class Template(Expression):
    """Parts that are joined to a string: literals, interpolated expressions and directives."""

    __slots__ = ("parts",)

    def __init__(self, parts: list[Expression], start: int, end: int) -> None:
        self.parts = parts
        self.start = start
        self.end = end


class TemplateIf(Expression):
    """`%{ if condition }yes%{ else }no%{ endif }`."""

    __slots__ = ("condition", "no", "yes")

    def __init__(self, condition: Expression, yes: Template, no: Template, start: int, end: int) -> None:
        self.condition = condition
        self.yes = yes
        self.no = no
        self.start = start
        self.end = end


class TemplateFor(Expression):
    """`%{ for key, value in collection }body%{ endfor }`."""

    __slots__ = ("body", "head")

    def __init__(self, head: ForHead, body: Template, start: int, end: int) -> None:
        self.head = head
        self.body = body
        self.start = start
        self.end = end


class BareKey(Expression):
    """A traversal in place of an object's key, as in `providers = { aws.main = aws.eu }`: a name without a value."""

    __slots__ = ("traversal",)

    def __init__(self, traversal: Traversal) -> None:
        self.traversal = traversal
        self.start = traversal.start
        self.end = traversal.end


class Invalid(Expression):
    """What stands where an expression could not be read; its value is an error, never absent."""

    __slots__ = ("message",)

    def __init__(self, message: str, start: int, end: int) -> None:
        self.message = message
        self.start = start
        self.end = end


class Attribute(Node):
    """`name = expression`; starts with its name."""

    __slots__ = ("expression", "name")

    def __init__(self, name: str, expression: Expression, start: int, end: int) -> None:
        self.name = name
        self.expression = expression
        self.start = start
        self.end = end


class Label(NamedTuple):
    """A label of a block, with its quotes in the span."""

    text: str
    start: int
    end: int


class Body(Node):
    """What stands between a block's braces or in a file: attributes by name and blocks in source order."""

    __slots__ = ("attributes", "blocks")

    def __init__(self, start: int) -> None:
        self.attributes: dict[str, Attribute] = {}
        self.blocks: list[Block] = []
        self.start = start
        self.end = start


class Block(Node):
    """`type "label" { body }`; `header_end` is the offset behind the last label."""

    __slots__ = ("body", "header_end", "labels", "type")

    def __init__(self, kind: str, labels: tuple[Label, ...], body: Body, start: int, header_end: int) -> None:
        self.type = kind
        self.labels = labels
        self.body = body
        self.start = start
        self.header_end = header_end
        self.end = body.end
