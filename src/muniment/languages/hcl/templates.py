"""Turns the parts of a template into its tree: strip markers, indentation of `<<-` heredocs, nested directives."""

from itertools import pairwise

from muniment.languages.hcl.nodes import Expression, ForHead, Literal, Template, TemplateFor, TemplateIf
from muniment.languages.hcl.text import indentation


class Misplaced(Exception):  # noqa: N818  it never leaves the parser
    """A directive that does not fit where it stands, or that is never closed."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


class Part:
    """One part of a template as it stands in the text.

    `kind` is `text`, `value`, or the word of a directive: `if`, `else`, `endif`, `for`, `endfor`.
    """

    __slots__ = ("end", "head", "kind", "node", "start", "strip_after", "strip_before", "text")

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        *,
        text: str = "",
        node: Expression | None = None,
        head: ForHead | None = None,
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.node = node
        self.head = head
        self.strip_before = False
        self.strip_after = False


def build(parts: list[Part], opening: str, start: int, end: int) -> Expression:
    """The expression of a template: a literal, the one interpolated value itself, or a `Template`.

    Raises Misplaced for directives that do not nest.
    """
    _strip(parts)
    if opening == "<<-":
        _flush(parts)
    nodes = _Tree(parts).nodes()
    if len(parts) == 1 and parts[0].kind == "value":
        return nodes[0]
    if all(part.kind == "text" for part in parts):
        return Literal("".join(part.text for part in parts), start, end)
    return Template(nodes, start, end)


def _strip(parts: list[Part]) -> None:
    for before, after in pairwise(parts):
        if before.strip_after and after.kind == "text":
            after.text = after.text.lstrip()
        if after.strip_before and before.kind == "text":
            before.text = before.text.rstrip()


def _flush(parts: list[Part]) -> None:
    """Removes the indentation that all lines share; a line that begins with an interpolation has none."""
    margin: int | None = None
    lines: list[Part] = []
    at_line_start = True
    for part in parts:
        if at_line_start:
            width = indentation(part.text) if part.kind == "text" else 0
            if width is not None:
                margin = width if margin is None else min(margin, width)
                lines.append(part)
        at_line_start = part.kind == "text" and part.text.endswith("\n")
    for part in lines:
        part.text = part.text[margin or 0 :]


class _Tree:
    """Nests a flat list of parts."""

    __slots__ = ("i", "parts")

    def __init__(self, parts: list[Part]) -> None:
        self.parts = parts
        self.i = 0

    def nodes(self) -> list[Expression]:
        nodes = self.until(())
        if self.i < len(self.parts):
            part = self.parts[self.i]
            raise Misplaced(f"{part.kind} without its beginning", part.start, part.end)
        return nodes

    def until(self, words: tuple[str, ...]) -> list[Expression]:
        nodes: list[Expression] = []
        while self.i < len(self.parts):
            part = self.parts[self.i]
            if part.kind in words or part.kind in ("else", "endif", "endfor"):
                break
            self.i += 1
            if part.kind == "text":
                _add_text(nodes, part)
            elif part.kind == "if":
                nodes.append(self.conditional(part))
            elif part.kind == "for":
                nodes.append(self.loop(part))
            elif part.node is not None:
                nodes.append(part.node)
        return nodes

    def closing(self, opening: Part, words: tuple[str, ...]) -> Part:
        if self.i < len(self.parts) and self.parts[self.i].kind in words:
            self.i += 1
            return self.parts[self.i - 1]
        raise Misplaced(f"{opening.kind} without its {words[-1]}", opening.start, opening.end)

    def template(self, words: tuple[str, ...], start: int) -> Template:
        nodes = self.until(words)
        end = self.parts[self.i].start if self.i < len(self.parts) else start
        return Template(nodes, start, end)

    def conditional(self, part: Part) -> Expression:
        yes = self.template(("else", "endif"), part.end)
        last = self.closing(part, ("else", "endif"))
        no = Template([], last.start, last.start)
        if last.kind == "else":
            no = self.template(("endif",), last.end)
            last = self.closing(part, ("endif",))
        condition = part.node or Literal(None, part.start, part.end)
        return TemplateIf(condition, yes, no, part.start, last.end)

    def loop(self, part: Part) -> Expression:
        body = self.template(("endfor",), part.end)
        last = self.closing(part, ("endfor",))
        if part.head is None:
            raise Misplaced("for without a collection", part.start, part.end)
        return TemplateFor(part.head, body, part.start, last.end)


def _add_text(nodes: list[Expression], part: Part) -> None:
    """Adds a literal, joined with the one before it."""
    if not part.text:
        return
    last = nodes[-1] if nodes else None
    if type(last) is Literal and last.end == part.start and isinstance(last.value, str):
        last.value += part.text
        last.end = part.end
    else:
        nodes.append(Literal(part.text, part.start, part.end))
