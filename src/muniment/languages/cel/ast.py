"""The syntax tree; `start` and `end` are offsets into the text."""

from typing import Any


class Node:
    """Any expression."""

    __slots__ = ("end", "start")

    start: int
    end: int

    def at(self, start: int, end: int) -> "Node":
        """The node with its place."""
        self.start = start
        self.end = end
        return self


class Literal(Node):
    """A constant."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


class Ident(Node):
    """A name; `absolute` with a dot in front."""

    __slots__ = ("absolute", "name")

    def __init__(self, name: str, *, absolute: bool = False) -> None:
        self.name = name
        self.absolute = absolute


class Select(Node):
    """`operand.field`; `optional` is `operand.?field`."""

    __slots__ = ("field", "operand", "optional")

    def __init__(self, operand: Node, field: str, *, optional: bool = False) -> None:
        self.operand = operand
        self.field = field
        self.optional = optional


class Index(Node):
    """`operand[key]`; `optional` is `operand[?key]`."""

    __slots__ = ("key", "operand", "optional")

    def __init__(self, operand: Node, key: Node, *, optional: bool = False) -> None:
        self.operand = operand
        self.key = key
        self.optional = optional


class Call(Node):
    """`name(arguments)`, or `target.name(arguments)`; operators are calls named by their sign."""

    __slots__ = ("arguments", "name", "target")

    def __init__(self, name: str, target: Node | None, arguments: list[Node]) -> None:
        self.name = name
        self.target = target
        self.arguments = arguments


class ListNode(Node):
    """`[a, ?b]`: elements and whether each is optional."""

    __slots__ = ("elements",)

    def __init__(self, elements: list[tuple[Node, bool]]) -> None:
        self.elements = elements


class MapNode(Node):
    """`{k: v, ?k: v}`."""

    __slots__ = ("entries",)

    def __init__(self, entries: list[tuple[Node, Node, bool]]) -> None:
        self.entries = entries


class MessageNode(Node):
    """`Type{field: value}`."""

    __slots__ = ("fields", "name")

    def __init__(self, name: str, fields: list[tuple[str, Node, bool]]) -> None:
        self.name = name
        self.fields = fields


def children(node: Node) -> list[Node]:
    """The expressions directly within one."""
    if isinstance(node, Select):
        return [node.operand]
    if isinstance(node, Index):
        return [node.operand, node.key]
    if isinstance(node, Call):
        return [*([node.target] if node.target else []), *node.arguments]
    if isinstance(node, ListNode):
        return [element for element, _ in node.elements]
    if isinstance(node, MapNode):
        return [part for key, value, _ in node.entries for part in (key, value)]
    if isinstance(node, MessageNode):
        return [value for _, value, _ in node.fields]
    return []
