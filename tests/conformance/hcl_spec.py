"""The HCL specification suite: decodes bodies by the suite's own decoding specifications and compares."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from muniment.languages.hcl.constraints import read_type
from muniment.languages.hcl.convert import convert, unify
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.json_syntax import parse_json
from muniment.languages.hcl.nodes import Block, Body, Expression
from muniment.languages.hcl.parser import File, parse
from muniment.languages.hcl.references import references
from muniment.languages.hcl.scope import Names
from muniment.languages.hcl.types import ListType, MapType, ObjectType, PrimitiveType, TupleType, Type
from muniment.languages.hcl.values import MapValue, plain, type_of
from muniment.languages.source import Span
from tests.conformance.counts import Counts


class Decoded(NamedTuple):
    """A value and the places of what the decoding specification does not know."""

    value: Any
    kind: Type
    problems: list[Span]


def run(root: Path) -> Counts:
    """Runs all cases below `root`, the folder of the suite."""
    cases = json.loads((root / "cases.json").read_text(encoding="utf-8"))["cases"]
    details = tuple(f"{case['name']}: {wrong}" for case in cases if (wrong := judge(case)))
    return Counts(len(cases) - len(details), len(details), 0, len(cases), details)


def judge(case: dict[str, Any]) -> str:
    """What is wrong with a case's outcome; empty when nothing is."""
    spec = parse(case["hcldec_spec"]).body
    variables = {
        name: _value(a.expression, {})
        for b in spec.blocks
        if b.type == "variables"
        for name, a in b.body.attributes.items()
    }
    shape = next(block for block in spec.blocks if block.type != "variables")
    files = [parse(case["hcl"])]
    if "hcl_json" in case:
        files.append(parse_json(case["hcl_json"], blocks={}))
    for file in files:
        wrong = _judge_file(case, file, shape, variables)
        if wrong:
            return wrong
    return ""


def _judge_file(case: dict[str, Any], file: File, shape: Block, variables: dict[str, Any]) -> str:
    spans = [diagnostic.span for diagnostic in file.diagnostics]
    decoded = None
    if not spans:
        decoded = _Decoder(file, variables).decode(shape, file.body)
        spans = decoded.problems
    wanted = [_span(one) for one in case.get("expected_diagnostics", [])]
    if spans != wanted:
        return f"diagnostics at {spans}, not {wanted}"
    if decoded is not None and "expected" in case and _text(plain(decoded.value)) != _text(case["expected"]):
        return f"value {plain(decoded.value)}"
    if decoded is not None and "expected_type_json" in case and _type_json(decoded.kind) != case["expected_type_json"]:
        return f"type {_type_json(decoded.kind)}"
    found = [str(one) for attribute in file.body.attributes.values() for one in references(attribute.expression)]
    if "expected_traversals_text" in case and found != _names(case["expected_traversals_text"]):
        return f"traversals {found}"
    return ""


def _names(text: str) -> list[str]:
    """The traversals that a case expects; the public cases expect none."""
    body = parse(text.strip().removeprefix("{").removesuffix("}")).body
    return list(body.attributes)


def _span(diagnostic: dict[str, Any]) -> Span:
    start, end = diagnostic["from"], diagnostic["to"]
    return Span(start["line"], start["column"], end["line"], end["column"])


def _text(value: Any) -> str:
    """A value as JSON text, in which 1 is not true."""
    return json.dumps(value, sort_keys=True)


def _value(expression: Expression, variables: dict[str, Any]) -> Any:
    return compile_expression(expression, {})(Names(variables))


class _Decoder:
    """Decodes bodies by decoding specifications."""

    def __init__(self, file: File, variables: dict[str, Any]) -> None:
        self.file = file
        self.variables = variables
        self.problems: list[Span] = []

    def decode(self, shape: Block, body: Body) -> Decoded:
        """The value of `body` in the shape that the top level of the specification asks for."""
        self.refuse_unknown([shape] if shape.type != "object" else shape.body.blocks, body)
        value, kind = self.value(shape, body)
        return Decoded(value, kind, self.problems)

    def refuse_unknown(self, shapes: list[Block], body: Body) -> None:
        attributes = {_name(shape) for shape in shapes if shape.type == "attr"}
        for name, attribute in body.attributes.items():
            if name not in attributes:
                self.problems.append(self.file.index.span(attribute.start, attribute.start + 1))

    def value(self, shape: Block, body: Body) -> tuple[Any, Type]:
        if shape.type == "literal":
            value = _value(shape.body.attributes["value"].expression, {})
            return value, type_of(value)
        if shape.type == "object":
            parts = {_name(part): self.value(part, body) for part in shape.body.blocks}
            return {name: part[0] for name, part in parts.items()}, ObjectType({n: p[1] for n, p in parts.items()})
        if shape.type == "attr":
            return self.attribute(shape, body)
        return self.blocks(shape, body)

    def attribute(self, shape: Block, body: Body) -> tuple[Any, Type]:
        declared = shape.body.attributes["type"].expression
        kind = read_type(declared, lambda node: _value(node, {}))
        attribute = body.attributes.get(_name(shape))
        if attribute is None:
            return None, kind
        try:
            value = convert(_value(attribute.expression, self.variables), kind)
        except HclError as error:
            self.problems.append(self.file.index.span(error.start, error.end))
            return None, kind
        return value, type_of(value) if kind == type_of(None) else kind

    def blocks(self, shape: Block, body: Body) -> tuple[Any, Type]:
        inner = next(block for block in shape.body.blocks)
        named = shape.body.attributes.get("block_type")
        wanted = _value(named.expression, {}) if named else _name(shape)
        found = [block for block in body.blocks if block.type == wanted]
        values = []
        for block in found:
            self.refuse_unknown(inner.body.blocks, block.body)
            values.append(self.value(inner, block.body))
        kind = unify(part[1] for part in values) or type_of(None)
        if shape.type == "block":
            return values[0] if values else (None, kind)
        if shape.type == "block_map":
            return MapValue({b.labels[0].text: v[0] for b, v in zip(found, values, strict=True)}), MapType(kind)
        return [value[0] for value in values], ListType(kind)


def _name(shape: Block) -> str:
    return shape.labels[0].text if shape.labels else ""


def _type_json(kind: Type) -> Any:
    if isinstance(kind, PrimitiveType):
        return {"any": "dynamic"}.get(kind.name, kind.name)
    if isinstance(kind, ObjectType):
        return ["object", {name: _type_json(part) for name, part in kind.attributes.items()}]
    if isinstance(kind, TupleType):
        return ["tuple", [_type_json(part) for part in kind.elements]]
    return ["map" if isinstance(kind, MapType) else "list", _type_json(kind.parts[0])]
