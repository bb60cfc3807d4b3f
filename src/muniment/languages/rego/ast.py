"""The syntax tree; `start` and `end` are offsets into the module's text."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Union


class Scalar(NamedTuple):
    """A null, boolean, number or string."""

    value: Any
    start: int = 0
    end: int = 0


class Var(NamedTuple):
    """A name; a wildcard has a name of its own that no text can write."""

    name: str
    start: int = 0
    end: int = 0

    @property
    def generated(self) -> bool:
        """Whether the author gave it no name."""
        return self.name[0] in "$~"


class FunctionName(NamedTuple):
    """A builtin that stands for another function behind `with ... as`."""

    name: str
    start: int = 0
    end: int = 0


class Ref(NamedTuple):
    """`head.name[term]...`: what stands under a path of terms in the value of the head."""

    head: "Term"
    path: "tuple[Term, ...]"
    start: int = 0
    end: int = 0


class Call(NamedTuple):
    """A call of a builtin (a text: its name), of a rule (a tuple: its path) or of what a name in a text will mean."""

    operator: Any
    arguments: "tuple[Term, ...]"
    start: int = 0
    end: int = 0


class ArrayTerm(NamedTuple):
    """`[a, b]`."""

    items: "tuple[Term, ...]"
    start: int = 0
    end: int = 0


class SetTerm(NamedTuple):
    """`{a, b}`."""

    items: "tuple[Term, ...]"
    start: int = 0
    end: int = 0


class ObjectTerm(NamedTuple):
    """`{a: b}`."""

    pairs: "tuple[tuple[Term, Term], ...]"
    start: int = 0
    end: int = 0


class Comprehension(NamedTuple):
    """`[value | body]`, `{value | body}` or `{key: value | body}`."""

    kind: str
    """`array`, `set` or `object`."""
    key: "Term | None"
    value: "Term"
    body: "Body"
    start: int = 0
    end: int = 0


class Template(NamedTuple):
    """`$"text {expression}"`."""

    parts: "tuple[str | Expression, ...]"
    start: int = 0
    end: int = 0


class Equation(NamedTuple):
    """`left = right`, with `declares` `left := right`."""

    left: "Term"
    right: "Term"
    declares: bool
    start: int = 0
    end: int = 0


class Some(NamedTuple):
    """`some a, b`."""

    names: tuple[Var, ...]
    start: int = 0
    end: int = 0


class SomeIn(NamedTuple):
    """`some key, value in domain`."""

    key: "Term | None"
    value: "Term"
    domain: "Term"
    start: int = 0
    end: int = 0


class Every(NamedTuple):
    """`every key, value in domain { body }`."""

    key: Var | None
    value: Var
    domain: "Term"
    body: "Body"
    start: int = 0
    end: int = 0


class Block(NamedTuple):
    """`{ body }` where it is an operand of `not`, `and` and `or`: true at the body's first solution."""

    body: "Body"
    start: int = 0
    end: int = 0


class Logical(NamedTuple):
    """`left and right`, `left or right`."""

    operator: str
    left: "Expression"
    right: "Expression"
    start: int = 0
    end: int = 0


class With(NamedTuple):
    """`with target as value`."""

    target: "Term"
    value: "Term"
    start: int = 0
    end: int = 0


class Expression(NamedTuple):
    """One line of a body."""

    term: "Clause"
    negated: bool = False
    withs: tuple[With, ...] = ()
    start: int = 0
    end: int = 0


Term = Union[Scalar, Var, FunctionName, Ref, Call, ArrayTerm, SetTerm, ObjectTerm, Comprehension, Template]  # noqa: UP007  mypy wants one form for names in quotes
Clause = Union[Term, Equation, Some, SomeIn, Every, Block, Logical]  # noqa: UP007
Body = tuple[Expression, ...]
Annotations = tuple[Mapping[str, Any], ...]


class Rule(NamedTuple):
    """One definition of a rule with its `else` branches.

    `reference` begins with the rule's name. A function has `parameters`; a partial set has `member`; any other rule
    has `value`.
    """

    reference: tuple[Term, ...]
    parameters: tuple[Term, ...] | None
    member: Term | None
    value: Term
    body: Body
    alternative: "Rule | None" = None
    default: bool = False
    bare: bool = False
    """Whether the author wrote no body."""
    annotations: Annotations = ()
    start: int = 0
    end: int = 0
    head_end: int = 0

    @property
    def name(self) -> str:
        """The first part of the reference."""
        head = self.reference[0]
        return head.name if isinstance(head, Var) else str(head)


class Import(NamedTuple):
    """`import path as alias`."""

    path: tuple[str, ...]
    alias: str
    start: int = 0
    end: int = 0


class Module(NamedTuple):
    """One text: a package's rules, as far as this text has them."""

    name: str
    text: str
    package: tuple[str, ...]
    imports: tuple[Import, ...]
    rules: tuple[Rule, ...]
    annotations: Annotations
    """Those of the package and of its subpackages."""
    strict: bool
    """Whether the rules of Rego v1 hold: no deprecated builtins, no shadowed imports."""
    inner_negation: bool
    """Whether what `not` negates is evaluated inside the negation whole."""
