"""The CEL specification's simple tests: values, errors and deduced types."""

import base64
import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from muniment.languages.cel import CelError, CelEvaluationError, Environment, Function
from muniment.languages.cel.types import BOOL, BYTES, DOUBLE, DYN, INT, STRING, UINT, Type, list_of, map_of
from muniment.languages.cel.values import FALSE_KEY, TRUE_KEY, Duration, Optional, Timestamp, TypeValue, Uint, type_name
from muniment.languages.goformat.durations import parse_duration
from muniment.languages.goformat.timestamps import parse_rfc3339
from tests.conformance.counts import Counts


def run(root: Path, only: str = "") -> Counts:
    """Runs the cases without protocol buffer messages; a note has the number of all."""
    cases = json.loads((root / "cases-open.json").read_text("utf-8"))["cases"]
    plain = [case for case in cases if not case["messages"] and only in {"", case["file"]}]
    details = [f"{case['id']}: {case['expr'][:80]}: {wrong}" for case in plain if (wrong := judge(case))]
    others = [case for case in cases if case["messages"] and not only]
    good = sum(not judge(case) for case in others)
    note = f"with messages: agree {good + len(plain) - len(details)}, of {len(cases)}"
    return Counts(len(plain) - len(details), len(details), 0, len(plain), tuple(details), (note,))


def judge(case: Mapping[str, Any]) -> str:
    """What is wrong with the answer to a case; empty if nothing is."""
    bindings = {name: value_of(bound["value"]) for name, bound in case.get("bindings", {}).items()}
    declared = {one["name"]: type_of(one["ident"]["type"]) for one in case.get("type_env", ()) if "ident" in one}
    environment = Environment(
        variables={**dict.fromkeys(bindings, DYN), **declared},
        functions=[function_of(one) for one in case.get("type_env", ()) if "function" in one],
        container=case.get("container", ""),
        check=not case.get("disable_check"),
    )
    try:
        program = environment.compile(case["expr"])
        if "deduced_type" in case and program.type != type_of(case["deduced_type"]):
            return f"deduced {program.type}, wanted {type_of(case['deduced_type'])}"
        if case.get("check_only"):
            return ""
        value = program.evaluate(bindings)
    except (CelError, CelEvaluationError) as error:
        return "" if "error" in case else f"error: {error}"
    if "error" in case:
        return f"no error, but {value!r}"
    wanted = value_of(case["value"]) if "value" in case else True
    return "" if same(value, wanted) else f"{value!r}, wanted {wanted!r}"


def type_of(one: Mapping[str, Any]) -> Type:
    """A type of the suite's notation."""
    ((kind, value),) = one.items()
    if kind in {"primitive", "well_known"}:
        return _PRIMITIVES[value]
    if kind == "wrapper":
        return Type("wrapper", (_PRIMITIVES[value],))
    if kind == "list_type":
        return list_of(type_of(value["elem_type"]))
    if kind == "map_type":
        return map_of(type_of(value["key_type"]), type_of(value["value_type"]))
    if kind == "abstract_type":
        return Type(value["name"], tuple(map(type_of, value.get("parameter_types", ()))))
    if kind == "type":
        return Type("type", (type_of(value),) if value else ())
    names = {"null": "null_type", "dyn": "dyn", "type_param": f"?{value}"}
    return Type(names.get(kind, str(value)))


_PRIMITIVES = {
    "INT64": INT,
    "UINT64": UINT,
    "DOUBLE": DOUBLE,
    "BOOL": BOOL,
    "STRING": STRING,
    "BYTES": BYTES,
    "TIMESTAMP": Type("google.protobuf.Timestamp"),
    "DURATION": Type("google.protobuf.Duration"),
    "ANY": DYN,
}


def function_of(one: Mapping[str, Any]) -> Function:
    """A declared function, which nobody implements: a tuple of its arguments stands for its result."""
    overloads = [
        f"{', '.join(map(_written, map(type_of, overload['params'])))} -> {_written(type_of(overload['result_type']))}"
        for overload in one["function"]["overloads"]
    ]
    return Function(one["name"], lambda *values: list(values), signature="; ".join(overloads))


def _written(one: Type) -> str:
    if one.is_parameter:
        return one.name[1:]
    return f"{one.name}<{', '.join(map(_written, one.parameters))}>" if one.parameters else one.name


def value_of(one: Mapping[str, Any]) -> Any:
    """A value of the suite's notation."""
    ((kind, value),) = one.items()
    simple = {
        "int64_value": int,
        "uint64_value": lambda text: Uint(int(text)),
        "double_value": float,
        "string_value": str,
        "bool_value": bool,
        "bytes_value": base64.b64decode,
        "null_value": lambda _: None,
        "type_value": TypeValue,
    }
    if kind in simple:
        return simple[kind](value)
    if kind == "list_value":
        return [value_of(member) for member in value.get("values", ())]
    if kind == "map_value":
        return dict(_entries(value.get("entries", ())))
    return _object(value) if kind == "object_value" else object()


def _entries(entries: Iterable[Mapping[str, Any]]) -> Iterable[tuple[Any, Any]]:
    for entry in entries:
        key = value_of(entry["key"])
        yield (TRUE_KEY if key else FALSE_KEY) if isinstance(key, bool) else key, value_of(entry["value"])


def _object(value: Mapping[str, Any]) -> Any:
    kind = value.get("@type", "").rpartition("/")[2]
    if kind == "google.protobuf.Timestamp":
        return Timestamp(parse_rfc3339(value["value"]).instant)
    if kind == "google.protobuf.Duration":
        return Duration(parse_duration(value["value"]))
    return object()


def same(a: Any, b: Any) -> bool:
    """Equal, and of one type, at every depth."""
    if isinstance(a, Optional):
        return False
    if type_name(a) != type_name(b):
        return False
    if isinstance(a, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return len(a) == len(b) and all(key in b and same(a[key], b[key]) for key in a)
    return bool(a == b)
