"""What Go programs answered (`strconv`, `fmt`, `time`, Kubernetes' quantities, blang's and HashiCorp's versions)."""

import json
import math
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from muniment.languages import goformat as go
from muniment.languages.goformat.formatting import Int64
from muniment.languages.goformat.quoting import can_backquote

_ANSWERS: dict[str, list[tuple[list[str], str]]] = json.loads(
    (Path(__file__).parent / "answers_of_go.json").read_text("utf-8")
)


def _truth(value: bool) -> str:  # noqa: FBT001  the value that is printed
    return "true" if value else "false"


def _quantity(text: str) -> str:
    amount = go.parse_quantity(text)
    whole = amount.as_integer() if amount.is_integer() else 0
    near = go.format_float(amount.as_approximate_float())
    return f"{amount} {amount.sign} {_truth(amount.is_integer())} {whole} {amount.format} {near}"


def _quantities(left: str, right: str) -> str:
    one, other = go.parse_quantity(left), go.parse_quantity(right)
    return f"{one.compare(other)} {one.add(other)} {one.sub(other)}"


def _duration(text: str) -> str:
    try:
        nanoseconds = go.parse_duration(text)
    except go.GoFormatError as refusal:
        return refusal.diagnostic.message
    return f"{nanoseconds} {go.print_duration(nanoseconds)}"


def _time(text: str) -> str:
    moment = go.parse_rfc3339(text)
    return f"{go.print_rfc3339(moment)} {moment.seconds}"


def _quoted(text: str) -> str:
    plain = go.quote(text)
    return plain + go.quote(text, ascii_only=True) + (f"`{text}`" if can_backquote(text) else plain)


def _float(bits: str, verb: str, precision: str) -> str:
    (value,) = struct.unpack(">d", bytes.fromhex(bits))
    texts = [go.format_float(value, verb, int(precision)), go.format_float(value, verb, -1, 32)]
    return " ".join(texts + ([go.json_number(value)] if math.isfinite(value) else []))


def _formatted(template: str, *arguments: str) -> str:
    return go.sprintf(template, [int(a[1:]) if a[0] == "i" else json.loads(a, parse_int=float) for a in arguments])


def _constraint(constraints: str, version: str) -> str:
    return _truth(go.satisfies(go.parse_version(version), go.parse_constraints(constraints)))


_QUESTIONS: dict[str, Callable[..., str]] = {
    "quantity": _quantity,
    "qadd": _quantities,
    "semver": lambda text: str(go.parse_semver(text)),
    "semcmp": lambda left, right: str(go.parse_semver(left).compare(go.parse_semver(right))),
    "semrange": lambda text, version: _truth(go.semver_range(text)(go.parse_semver(version))),
    "constraint": _constraint,
    "dur": _duration,
    "time": _time,
    "quote": _quoted,
    "float": _float,
    "fmt": _formatted,
}


@pytest.mark.parametrize("question", _QUESTIONS)
def test_answers_as_go(question: str) -> None:
    """The same text, or a refusal where Go refuses."""
    for arguments, answer in _ANSWERS[question]:
        try:
            ours = _QUESTIONS[question](*arguments)
        except go.GoFormatError:
            ours = "ERR"
        assert ours == answer, arguments


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("0.5Gi", "512Mi"),
        ("1.5Gi", "1536Mi"),
        ("1500m", "1500m"),
        ("0.1", "100m"),
        ("1000", "1k"),
        ("0.0000000001", "1n"),
    ],
)
def test_quantities_print_without_fractions(text: str, canonical: str) -> None:
    """The suffix is the largest that leaves a whole number, and what is too small rounds up to one billionth."""
    assert go.parse_quantity(text).canonical() == canonical


def test_lenient_versions_are_completed() -> None:
    """A leading v, missing parts and leading zeros are mended only where that is asked for."""
    assert str(go.parse_semver_normalised("v1.02")) == "1.2.0"
    with pytest.raises(go.GoFormatError):
        go.parse_semver("v1.02")


def test_json_is_written_as_by_gos_encoder() -> None:
    """Keys are sorted, HTML's characters escaped, and large numbers keep their digits."""
    assert go.to_json({"b": [1.0, 1e21, None], "a": "<&>\u2028"}) == (
        '{"a":"\\u003c\\u0026\\u003e\\u2028","b":[1,1e+21,null]}'
    )
    assert go.to_json("<", escape_html=False) == '"<"'


def test_mistakes_tell_how_go_keeps_a_whole_number() -> None:
    """An `int`, an `int64`, or a `big.Int` where 64 bits are too few."""
    numbers = [3, Int64(3), 2**70]
    assert go.sprintf("%t %t %t", numbers) == f"%!t(int=3) %!t(int64=3) %!t(big.Int={2**70})"
    assert go.sprintf("%s", [Int64(1), 2**70][::-1]) == f"{2**70}%!(EXTRA int64=1)"
    assert go.sprintf("%T %T", [Int64(1), 2**70]) == "int64 *big.Int"
