"""Compares the functions with Terraform itself on random arguments, where it is installed."""

import base64
import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.evaluator import compile_expression
from muniment.languages.hcl.functions.json_text import encode_json
from muniment.languages.hcl.functions.table import functions
from muniment.languages.hcl.parser import parse_expression
from muniment.languages.hcl.scope import Names
from muniment.languages.hcl.values import unmark_deep

COUNT = 400
TEXTS = (
    "",
    "a",
    "Hello, World",
    "a-b_c d",
    "  x\\n",
    "é☃",
    "ab\\ncd\\n",
    "12",
    "-3.5",
    "true",
    "e\\u0301y",
    "<&>",
    "x.y/z",
)
PATTERNS = ("a", "[a-z]+", "(l+)(o)?", "(?P<x>o)", "\\\\d*", "^.", "b|c$", "\\\\s", "(?i)H", "[^a]", "(", "x{2,1}")
FORMATS = ("%s", "%5s|%-5s|", "%q", "%v and %v", "%d", "%05.1f", "%x", "%e", "%g", "%%%s", "%[2]s", "%.2s", "%+d", "%t")
NUMBERS = ("0", "1", "-1", "2", "7", "10", "0.5", "-2.75", "255", "1024", "3.140625", "1e6", "123456789012345678")
CALLS = (
    *("upper(S)", "lower(S)", "title(S)", "strrev(S)", "length(S)", "chomp(S)", "trimspace(S)", "substr(S, N, N)"),
    *("trim(S, S)", "trimprefix(S, S)", "trimsuffix(S, S)", "split(S, S)", "join(S, L)", "indent(2, S)", "sort(L)"),
    *("replace(S, S, S)", "replace(S, R, S)", "regex(P, S)", "regexall(P, S)", "startswith(S, S)", "strcontains(S, S)"),
    *("format(F, V)", "format(F, V, V)", "formatlist(F, L)", "formatlist(F, L, L)", "abs(N)", "ceil(N)", "floor(N)"),
    *("max(N, N)", "min(N, S)", "pow(N, 3)", "pow(10, N)", "log(N, 2)", "signum(N)", "parseint(S, 16)", "sum(L)"),
    *("concat(L, L)", "distinct(L)", "flatten([L, [L]])", "compact(L)", "contains(L, V)", "index(L, V)", "reverse(L)"),
    *("element(L, 5)", "slice(L, 0, 2)", "chunklist(L, 2)", "merge(M, M)", "keys(M)", "values(M)", "lookup(M, S, V)"),
    *("setunion(L, L)", "setintersection(L, L)", "setsubtract(L, L)", "setproduct(L, L)", "zipmap(L, L)", "toset(L)"),
    *("transpose({a = L, b = L})", "matchkeys(L, L, L)", "coalesce(V, V)", "coalescelist(L, L)", "one(L)", "tolist(L)"),
    *("tomap(M)", "tonumber(V)", "tostring(V)", "range(N)", "range(N, N)", "range(N, N, 2)", "jsonencode([V, L, M])"),
    *("jsondecode(jsonencode([V, L, M]))", "yamlencode({a = L, b = M, c = [V, [L]]})", "base64encode(S)", "sha1(S)"),
    *("base64decode(base64encode(S))", "csvdecode(S)", "urlencode(S)", "md5(S)", 'uuidv5("dns", S)', "basename(S)"),
    *("dirname(S)", 'formatdate("EEE, D MMM YYYY h:mm aa ZZZ", D)', "timeadd(D, T)", "timecmp(D, D)", "alltrue(L)"),
    *(
        "cidrhost(C, N)",
        "cidrsubnet(C, 3, 5)",
        "cidrsubnets(C, 2, 4)",
        "cidrnetmask(C)",
        'textencodebase64(S, "UTF-16LE")',
    ),
)


def _quoted(choices: tuple[str, ...], chance: random.Random) -> str:
    return f'"{chance.choice(choices)}"'


def _argument(letter: str, chance: random.Random) -> str:
    """The text of an argument: the letters of `CALLS` name kinds of arguments."""
    if letter == "V":
        letter = chance.choice("SNB")
    if letter == "L":
        kind = chance.choice("SNV")
        return f"[{', '.join(_argument(kind, chance) for _ in range(chance.randrange(4)))}]"
    if letter == "M":
        members = [f"{name} = {_argument('V', chance)}" for name in chance.sample("abXé", 2)]
        return "{" + ", ".join(members) + "}"
    if letter == "R":
        return f'"/{chance.choice(PATTERNS)}/"'
    if letter == "B":
        return chance.choice(("true", "false"))
    if letter == "N":
        return chance.choice(NUMBERS)
    choices = {
        "S": TEXTS,
        "P": PATTERNS,
        "F": FORMATS,
        "D": ("2020-02-28T23:30:00Z", "1999-12-31T00:00:00.5+05:30", "2024-06-01T12:00:00-08:00"),
        "T": ("1h", "-90m", "36h0m0.5s", "1ms"),
        "C": ("10.0.0.0/16", "192.168.1.0/28", "fd00:1234::/40"),
    }
    return _quoted(choices[letter], chance)


def _call(chance: random.Random) -> str:
    name, _, rest = chance.choice(CALLS).partition("(")
    # Letters within quotes belong to formats and names.
    parts = rest.split('"')
    for place in range(0, len(parts), 2):
        parts[place] = "".join(_argument(one, chance) if one in "SNVLMRPFDTC" else one for one in parts[place])
    return name + "(" + '"'.join(parts)


def _theirs(calls: list[str], folder: Path) -> list[str]:
    line = "jsonencode([" + ", ".join(f'try(jsonencode({call}), "error")' for call in calls) + "])\n"
    # The console writes a string as a literal of its own language, which Base64 keeps free of escapes.
    done = subprocess.run(
        ["terraform", f"-chdir={folder}", "console"],
        input=f'textencodebase64({line.strip()}, "UTF-8")\n',
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answers: list[str] = json.loads(base64.b64decode(done.stdout.strip().strip('"')))
    return answers


def _ours(call: str) -> str:
    parsed = parse_expression(call)
    assert not parsed.diagnostics, call
    try:
        return encode_json(unmark_deep(compile_expression(parsed.expression, functions())(Names({})))[0])
    except HclError:
        return "error"


@pytest.mark.skipif(shutil.which("terraform") is None, reason="terraform is not on the PATH")
def test_random_calls_have_the_values_that_terraform_gives_them(tmp_path: Path) -> None:
    """Calls with random arguments give Terraform's value, or fail where it fails; the seed is printed."""
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")  # noqa: T201  pytest shows it when the test fails
    chance = random.Random(seed)  # noqa: S311  arguments of a test
    calls = sorted({_call(chance) for _ in range(COUNT)})
    wrong = [
        (call, theirs, ours)
        for call, theirs in zip(calls, _theirs(calls, tmp_path), strict=True)
        if (ours := _ours(call)) != theirs
    ]
    assert not wrong
