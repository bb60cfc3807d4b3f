"""Finds what an expression refers to, without evaluating it: for provenance and for the graph."""

from collections.abc import Iterator

from muniment.languages.hcl import nodes


def references(expression: nodes.Expression) -> tuple[nodes.Traversal, ...]:
    """The traversals of an expression in source order, but for names that its own `for` expressions bind."""
    found: list[nodes.Traversal] = []
    pending: list[tuple[nodes.Expression, frozenset[str]]] = [(expression, frozenset())]
    while pending:
        node, bound = pending.pop()
        if isinstance(node, nodes.Traversal):
            if node.root not in bound:
                found.append(node)
        elif isinstance(node, nodes.For | nodes.TemplateFor):
            head = node.head
            inner = bound | {head.value_name} | ({head.key_name} if head.key_name else frozenset())
            pending.append((head.collection, bound))
            pending.extend((child, inner) for child in children(node) if child is not head.collection)
        else:
            pending.extend((child, bound) for child in children(node))
    return tuple(sorted(found, key=_start))


def _start(node: nodes.Node) -> int:
    return node.start


def calls(expression: nodes.Expression) -> tuple[nodes.Call, ...]:
    """The calls of functions in an expression, in source order."""
    return tuple(sorted((node for node in walk(expression) if isinstance(node, nodes.Call)), key=_start))


def walk(expression: nodes.Expression) -> Iterator[nodes.Expression]:
    """An expression and everything in it."""
    pending = [expression]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(children(node))


def children(node: nodes.Expression) -> list[nodes.Expression]:
    """The expressions directly within an expression."""
    if isinstance(node, nodes.TupleExpression):
        return node.items
    if isinstance(node, nodes.ObjectExpression):
        return [part for item in node.items for part in item]
    if isinstance(node, nodes.Template):
        return node.parts
    if isinstance(node, nodes.Call):
        return node.arguments
    if isinstance(node, nodes.GetAttribute):
        return [node.source]
    if isinstance(node, nodes.Index):
        return [node.source, node.key]
    if isinstance(node, nodes.Splat):
        return [node.source, node.body]
    if isinstance(node, nodes.Binary):
        return [node.left, node.right]
    if isinstance(node, nodes.Unary):
        return [node.operand]
    if isinstance(node, nodes.Conditional | nodes.TemplateIf):
        return [node.condition, node.yes, node.no]
    if isinstance(node, nodes.TemplateFor):
        return [node.head.collection, node.body]
    if isinstance(node, nodes.For):
        return [part for part in (node.head.collection, node.key, node.value, node.condition) if part is not None]
    return []
