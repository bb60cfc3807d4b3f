"""Random expressions over the names of a small module, most of them well typed, for comparison with Terraform."""

import random
import re
from collections.abc import Callable
from typing import Final

DECLARATIONS: Final = """\
terraform {
  required_version = "~> 1.11.0"
}
variable "name" {
  type    = string
  default = 7
}
variable "nothing" {
  type    = string
  default = null
}
variable "size" {
  type    = number
  default = "3"
}
variable "on" {
  type    = bool
  default = "true"
}
variable "names" {
  type    = list(string)
  default = ["b", "a", 1]
}
variable "ids" {
  type    = set(number)
  default = [3, "1", 3, 2]
}
variable "tags" {
  type    = map(string)
  default = { B = "x", a = 1 }
}
variable "rule" {
  type = object({
    port  = optional(number, 80)
    name  = string
    hosts = optional(list(object({ ip = string, open = optional(bool, true) })), [])
    note  = optional(string, "n")
  })
  default = { name = "web", extra = 1, hosts = [{ ip = "10.0.0.1" }, { ip = "::", open = false }] }
}
variable "rules" {
  type    = map(object({ port = optional(number, 443), path = optional(string, "/") }))
  default = { one = {}, two = { port = "22", path = null } }
}
variable "pair" {
  type    = tuple([string, number])
  default = [1, "2"]
}
variable "secret" {
  type      = string
  default   = "s3"
  sensitive = true
}
locals {
  empty  = []
  mixed  = [1, "a", true, null]
  nested = { a = { b = [1, { c = "d" }] }, z = [] }
  people = [{ name = "ann", age = 30 }, { name = "bob", age = 25 }]
  lists  = [["a", "b"], [], ["c"]]
  flags  = { x = true, y = false }
  words  = tomap({ k = ["v", "w"], l = [] })
  hidden = { user = "u", key = var.secret }
}
"""

Make = Callable[["Writer", int], str]


class Writer:
    """Writes expressions; `chance` decides everything."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._bound: tuple[str, ...] = ()

    def any(self, depth: int) -> str:
        """An expression of any kind."""
        return self.of(self._chance.choice(tuple(KINDS)), depth)

    def wrong(self) -> str:
        """A call with a first argument of any kind, since errors are compared too."""
        form = self._chance.choice([form for _, forms in KINDS.values() for form in forms if _may_be_wrong(form)])
        return self._filled(_ARGUMENT.sub(f"${self._chance.choice(tuple(LETTERS))}", form, count=1), 1)

    def of(self, kind: str, depth: int) -> str:
        """An expression of a kind."""
        atoms, forms = KINDS[kind]
        if depth <= 0 or self._chance.random() < 0.15:
            return self._chance.choice((*atoms, *self._bound) if self._chance.random() < 0.5 else atoms)
        return self._filled(self._chance.choice(forms), depth - 1)

    def _filled(self, form: str, depth: int) -> str:
        """The form with an expression for each letter behind `$`; behind `$X`, what it binds may stand too."""
        out, rest, outer = [], form, self._bound
        inner = outer + (("k", "x") if "for k, x" in form else ("x",) if "for x" in form else ())
        while "$" in rest:
            before, _, rest = rest.partition("$")
            out.append(before)
            letter, rest = rest[0], rest[1:]
            if letter in LETTERS:
                out.append(self.of(LETTERS[letter], depth))
            elif letter == "X":
                self._bound = inner
                out.append(self.any(depth))
                self._bound = outer
            else:
                out.append(f"${letter}")
        return "".join((*out, rest))


def _may_be_wrong(form: str) -> bool:
    """Whether a form shows an error of its argument as Terraform does: choices hide it, and YAML rounds fractions."""
    return "$" in form and "?" not in form and "yamldecode" not in form


_ARGUMENT: Final = re.compile(r"\$[A-WYZ]")
LETTERS: Final = {
    "S": "text",
    "N": "number",
    "B": "truth",
    "T": "texts",
    "L": "list",
    "M": "map",
    "A": "table",
    "O": "object",
    "P": "people",
}
_CHOICE: Final = "($B ? {0} : {0})"
KINDS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "text": (
        (
            '"a"',
            '""',
            '"x-y"',
            "var.name",
            "var.secret",
            "var.rule.name",
            "local.people[1].name",
            'var.tags["B"]',
            '"é1"',
        ),
        (
            *(
                '"${$S}-${$N}"',
                '"%{ if $B }y%{ else }${$S}%{ endif }"',
                '"%{ for x in $T }${x},%{ endfor }"',
                "upper($S)",
            ),
            *(_CHOICE.format("$S"), "join($S, $T)", 'format("%s=%v", $S, $L)', "tostring($N)", "element($T, 1)"),
            *("replace($S, $S, $S)", "substr($S, 0, 2)", "lookup($M, $S, $S)", "coalesce($S, $S)", "try($S, $L)"),
            *(
                "jsonencode($O)",
                "trimspace($S)",
                "sha1($S)",
                "try($M[$S], $S)",
                "($T)[0]",
                "jsonencode($L)",
                "$P[0].name",
            ),
            *('"<${ $S ~}  >"', "sensitive($S)", 'formatdate("YYYY", "2020-01-02T03:04:05Z")', "yamlencode($L)"),
        ),
    ),
    "number": (
        ("0", "1", "2", "-3", "1.5", "2.75", "1e3", "var.size", "length(local.mixed)", "var.rule.port", "var.pair[1]"),
        (
            *(
                "$N + $N",
                "($N - $N)",
                "$N * 3",
                "$N / 7",
                "$N % 4",
                "(1 - $N)",
                "length($L)",
                "length($M)",
                "length($S)",
            ),
            *(
                _CHOICE.format("$N"),
                "abs($N)",
                "floor($N)",
                "min($N, $N)",
                "sum([$N, $N])",
                'tonumber("4")',
                "max($N, $N)",
            ),
            *(
                "try(index($T, $S), $N)",
                "try($O.size, $N)",
                "ceil($N / 3)",
                "signum($N)",
                'parseint("ff", 16)',
                "$P[0].age",
            ),
        ),
    ),
    "truth": (
        ("true", "false", "var.on", "local.flags.x", "(var.nothing == null)", "local.flags.y"),
        (
            *(
                "$B && $B",
                "$B || $B",
                "!$B",
                "$N < $N",
                "$N >= $N",
                "$S == $S",
                "$X != $X",
                "$N == $S",
                "contains($T, $S)",
            ),
            *(
                "can($X)",
                "$L == $L",
                "$M == $A",
                "$O == $O",
                "startswith($S, $S)",
                "alltrue([$B, $B])",
                "anytrue([$B])",
            ),
            *(_CHOICE.format("$B"), 'tobool("true")', "issensitive($X)", "strcontains($S, $S)", "$T == tolist($T)"),
        ),
    ),
    "texts": (
        ('["a", "b"]', "var.names", '["é1"]', "keys(var.tags)", 'tolist(["x-y", "a", "x-y"])', '[var.secret, "z"]'),
        (
            *("[$S, $S]", "[for x in $T : upper(x)]", "[for x in $T : $S]", "[for x in $T : x if x != $S]", "keys($M)"),
            *("concat($T, $T)", "distinct($T)", "tolist(toset($T))", "reverse($T)", "sort($T)", "compact($T)", "$T[*]"),
            *("flatten([$T, [$T]])", "[for k, x in $M : k]", _CHOICE.format("$T"), "split($S, $S)", "$P[*].name"),
            *(
                "try($T, $L)",
                "coalescelist($T, $T)",
                "chunklist($T, 2)[0]",
                "[for k, x in $T : k]",
                "slice($T, 0, 1)",
            ),
            *(
                'formatlist("<%s>", $T)',
                "jsondecode(jsonencode($T))",
                "values($M)",
                "($P).*.name",
            ),
        ),
    ),
    "list": (
        (
            "[]",
            "[1, 2]",
            "var.ids",
            "local.mixed",
            "local.lists",
            "var.pair",
            "local.people",
            "local.empty",
            "var.names",
        ),
        (
            *("[$S, $N]", "[$X, $X]", "[for x in $L : $X]", "[for k, x in $M : $X if $B]", "$L[*]", "concat($L, $T)"),
            *("distinct($L)", "toset($T)", "tolist($T)", "reverse($L)", "flatten([$L, $T])", "values($A)", "range($N)"),
            *(
                "setunion($T, $T)",
                'setsubtract(concat($T, ["q"]), ["a"])',
                "setproduct($T, $T)",
                '[for x in setintersection(concat($T, ["q"]), ["q", $S]) : x]',
            ),
            *(
                "try(var.rule.hosts[*].ip, $L)",
                "chunklist($T, 2)",
                "jsondecode(jsonencode($L))",
                "[for k, x in $A : [k, x]]",
            ),
            *("[for x in $L : [x, $X]]", "yamldecode(yamlencode($T))", "tolist([$N, $S])", "var.rule.hosts", "$O[*]"),
        ),
    ),
    "people": (
        ("local.people", '[{ name = "cid", age = 1 }]', "tolist(local.people)"),
        (
            "[{ name = $S, age = $N }]",
            "concat($P, $P)",
            "[for x in $P : x if x.age > $N]",
            "[for x in $P : merge(x, { age = $N })]",
            '[for x in $P : { name = "${x.name}!", age = x.age * 2 }]',
            _CHOICE.format("$P"),
            "values({ for x in $P : x.name => x... })[0]",
        ),
    ),
    "map": (
        ("var.tags", 'tomap({a = "1"})', '{ a = "1", b = "2" }', 'tomap({ "x-y" = var.name })', "{ k = var.secret }"),
        (
            *(
                "{for x in toset($T) : x => $S}",
                "merge($M, $M)",
                "tomap($M)",
                'zipmap([$S, "q"], [$S, $S])',
                _CHOICE.format("$M"),
            ),
            *(
                '{for k, x in $M : "x${k}" => x if $B}',
                '{for k, x in $P : "${k}${x.name}" => tostring(x.age)}',
                "try($M, $M)",
            ),
            *('{for k, x in $M : "${k}-${x}" => k}', "tomap({a = $S, b = $N})", "{ ($S) = $S }"),
        ),
    ),
    "table": (
        ("{}", "local.flags", "local.words", "var.rules", "{ a = 1, b = true }", "local.nested"),
        (
            *(
                "{for k, x in $M : k => $X}",
                "{for x in toset($T) : x => $X}",
                "{for x in $T : x => $X...}",
                "merge($A, $M)",
            ),
            *(
                "{for k, x in $O : k => x}",
                "transpose({ a = $T, b = $T })",
                "{ a = $X, (upper($S)) = $X }",
                "merge($A, $A)",
            ),
            *("{for x in $P : x.name => x.age...}", "tomap({a = $T, b = $T})", "jsondecode(jsonencode($A))"),
        ),
    ),
    "object": (
        (
            "var.rule",
            "local.nested",
            "local.hidden",
            "local.people[0]",
            "{ a = 1 }",
            "var.rules.one",
            'var.rules["two"]',
        ),
        (
            *("{a = $X, size = $N}", "{($S) = $X}", '{"${$S}x" = $X, b = $B}', "merge($O, $O)"),
            *(
                "try($O.a, $O)",
                "$P[0]",
                "jsondecode(jsonencode($O))",
                "{port = $N, hosts = $L}",
                "one([$O])",
                "merge($O, $M)",
            ),
            *(
                'try($A["a"], $O)',
                "{name = $S, age = $N}",
                "yamldecode(yamlencode($M))",
                "element([$O, $O], 1)",
                "($O[*])[0]",
            ),
        ),
    ),
}


def expressions(seed: int, number: int) -> list[str]:
    """Different expressions, the same for the same seed."""
    writer = Writer(random.Random(seed))  # noqa: S311  arguments of a test
    made: dict[str, None] = {}
    while len(made) < number:
        made[writer.any(3) if len(made) % 8 else writer.wrong()] = None
    return list(made)
