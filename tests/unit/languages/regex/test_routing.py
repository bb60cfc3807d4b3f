"""Hostile patterns answer in time, and ordinary ones take the fast way."""

import time

import pytest

from muniment.languages import regex
from muniment.languages.source import LimitExceededError, Limits

HOSTILE = (
    r"(a+)+$",
    r"^(a+)+$",
    r"(a*)*$",
    r"(a*)*b",
    r"(a|a)*$",
    r"(a|aa)+$",
    r"(a|a?)+$",
    r"(.*a){20}$",
    r"(.*)*x",
    r"(.+)+x",
    r"(x+x+)+y",
    r"(?:a?){30}a{30}",
    r"a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaa",
    r"a*a*a*a*a*b",
    r"\s*\s*\s*\s*!",
    r".*.*.*=.*",
    r"^(.*?,){11}P",
    r"([a-zA-Z]+)*$",
    r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"^(\w+\s?)*$",
    r"^(\w+\s*)+$",
    r"^([\w-]+\.?)+$",
    r"(\d+)*\.",
    r"^(\d+|[a-z]+|\d+[a-z]+)+$",
    r"(?:[^<]+|<[^/])*</x>",
    r"<[^>]*(?:href|src)[^>]*[^>]*>",
    r"^(?:\/?[^/]+)+$",
    r"^((ab)*)+$",
    r"(ab|a|b)+c",
    r"((a{1,10}){1,10}){1,10}b",
    r"(a{0,30}){30}b",
    r"(\w*)*[^\w]$",
    r"(([^;]+;)+)+x",
    r"^(?:a+b?)+c$",
    r"^(?:(?:a|b|ab)*)*c$",
    r"(?i)(s+k+)*(s|k)+!",
    r"(?s).*(.*\n)*end",
    r"(\b\w+\b\s*)+:$",
    r"^(|a)+$",
    r"(^a*)*$",
    r"([\pL\pN]+[ ]?)+!",
    r"((?:x|xx)+y?)+z",
)
TEXTS = (
    "a" * 1024,
    "a" * 1023 + "!",
    "ab" * 512,
    "x" * 1024,
    " " * 1024,
    "a1 " * 341,
    "a," * 512,
    "s" * 1024,
    "<" * 1024,
)
ORDINARY = (
    r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
    r"^arn:aws:iam::\d{12}:role/(.+)$",
    r"^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/\d{1,2}$",
    r"^https?://[^/]+/.*$",
    r"AKIA[0-9A-Z]{16}",
    r"(?i)(secret|password|token)\s*[:=]\s*\S+",
    r"^(gcr\.io|docker\.io)/.+$",
    r"@sha256:[a-f0-9]{64}$",
    r"^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$",
    r"[a-z]+://\S+",
    r"\$\{([^}]+)\}",
)


@pytest.mark.parametrize("pattern", HOSTILE)
def test_hostile_patterns_answer_at_once(pattern: str) -> None:
    """A thousand characters take some milliseconds, where backtracking would take years."""
    compiled = regex.compile(pattern)
    compiled.search("")
    for text in TEXTS:
        start = time.process_time()
        compiled.search(text)
        assert time.process_time() - start < 0.25, (pattern, text[:8])  # generous: the machine may be busy


@pytest.mark.parametrize("pattern", ORDINARY)
def test_ordinary_patterns_take_the_standard_library(pattern: str) -> None:
    """What policies are made of is linear, so the fast matcher answers it."""
    compiled = regex.compile(pattern)
    compiled.search("x" * 200)
    assert compiled.kind == "linear"
    assert compiled._guard is None


def test_a_long_text_with_few_places_to_start_stays_fast() -> None:
    """Where the fixed start of a pattern is rare, length alone does not rule out the fast matcher."""
    compiled = regex.compile(r"key-[a-z]+[0-9]*;")
    text = "filler " * 50_000 + "key-abc1;"
    found = compiled.search(text)
    assert found is not None
    assert found.group() == "key-abc1;"
    assert compiled._guard is None


def test_a_budget_ends_what_linear_time_does_not() -> None:
    """Steps are counted, and running out of them is an error and not an answer."""
    with pytest.raises(LimitExceededError):
        regex.compile("(a|b)*c.{200}d", limits=Limits(steps=10_000)).search("abcc" * 5_000 + "d")
    with pytest.raises(LimitExceededError):
        regex.compile("(?:a?){0}" * 2_000)
    with pytest.raises(LimitExceededError):
        regex.compile("(?:(?:[ab]|b){500}c)+" * 50).search("bc" * 100)
