"""What expressions name, as they are written: nothing is evaluated here."""

from muniment.languages.hcl.nodes import Attribute, Expression, Key, Literal, Traversal, TupleExpression
from muniment.languages.unknown import Cause, Unknown
from muniment.parsers.terraform.addresses import quoted_key
from muniment.parsers.terraform.providers import provider_name


def address_of(node: Expression) -> str:
    """A name with what is behind it, keys as addresses have them; a text in JSON syntax. Empty for anything else."""
    if isinstance(node, Traversal):
        steps = (quoted_key(step.value) if isinstance(step, Key) else f".{step}" for step in node.steps)
        return node.root + "".join(steps)
    return str(node.value) if isinstance(node, Literal) else ""


def name_of(node: Expression) -> str:
    """What a node names, without keys that have to be computed; empty where it names nothing."""
    return address_of(node) or provider_name(node)


def named(attribute: Attribute) -> object:
    """What an argument names; unknown where it names nothing."""
    return name_of(attribute.expression) or Unknown((Cause("expression", attribute.name),))


def names_of(attribute: Attribute) -> list[str]:
    """The names that a list such as `depends_on` or `ignore_changes` holds; one word stands for itself."""
    node = attribute.expression
    items = node.items if isinstance(node, TupleExpression) else [node]
    return [text for text in map(name_of, items) if text]
