"""Random configurations of resources, modules and repetition, for comparison with Terraform's plans."""

import random
from typing import Final

from tests.parsers.terraform.expressions import DECLARATIONS, Writer

_SEED: Final = 'resource "terraform_data" "seed" {}\n'
_COUNTS: Final = ("0", "1", "2", '"2"', "var.on ? 2 : 0", "length(var.names) - 1", "local.flags.y ? 1 : 0", "var.size")
_MAPS: Final = (
    "var.tags",
    "toset(var.names)",
    "{}",
    '{ "a.b" = 1, "c d" = 2, "é" = 3 }',
    "{ for one in local.people : one.name => one.age if one.age > 26 }",
    "{ for k, x in var.rules : k => x.port }",
    'var.on ? { "x\\"y" = [1] } : {}',
    "zipmap(var.names, range(3))",
    '{ late = terraform_data.seed.id, "now" = "n" }',
)
_VALUES: Final = (
    "terraform_data.seed.id",
    '"${terraform_data.seed.id}-x"',
    '[terraform_data.seed.id, "b", var.secret]',
    "{ id = terraform_data.seed.id, n = var.size }",
    "terraform_data.plain.input",
    "[terraform_data.plain.input, 1]",
    "length([terraform_data.seed.id, 2])",
    "upper(terraform_data.seed.id)",
    'var.on ? "known" : terraform_data.seed.id',
    '{ for k in ["p", "q"] : k => "${k}${terraform_data.seed.id}" }',
    "[for one in local.people : merge(one, { id = terraform_data.seed.id })]",
    "sensitive(var.name)",
    "local.hidden",
    "try(one(terraform_data.counted[*].input), 0)",
    "[for one in terraform_data.counted : one.input]",
    "{ for k, one in terraform_data.each : k => one.input }",
    "values(terraform_data.each)[*].input",
    "module.inner.doubled",
    "[for one in module.many : one.doubled]",
    "try(terraform_data.counted[0].input, terraform_data.seed.id)",
    "jsonencode({ a = var.tags, b = [1, true, null] })",
    "path.module == path.root ? 1 : terraform.workspace",
)
_INNER: Final = """\
variable "value" {
  type    = %s
  default = null
}
variable "extra" {
  type    = object({ n = optional(number, 2), t = optional(string) })
  default = {}
}
resource "terraform_data" "made" {
  count = %s
  input = [var.value, var.extra, count.index]
}
output "doubled" { value = [for one in terraform_data.made : one.input[0]] }
"""


class Composer:
    """Writes configurations; `chance` decides everything."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._writer = Writer(chance)

    def files(self) -> dict[str, str]:
        """The files of one configuration by path from its folder."""
        blocks = [
            DECLARATIONS,
            _SEED,
            f'resource "terraform_data" "plain" {{\n  input = {self._expression()}\n}}\n',
            self._repeated("counted", f"count = {self._pick(_COUNTS)}", "count.index"),
            self._repeated("each", f"for_each = {self._pick(_MAPS)}", "each.key", "each.value"),
            'resource "terraform_data" "again" {\n  for_each = terraform_data.each\n  input    = each.value.input\n}\n',
            self._call("inner", ""),
            self._call("many", self._pick((f"count = {self._pick(_COUNTS)}", f"for_each = {self._pick(_MAPS)}"))),
        ]
        for number, value in enumerate(self._chance.sample(_VALUES, 6)):
            blocks.append(f'resource "terraform_data" "v{number}" {{\n  input = {value}\n}}\n')
        kind, value = self._pick_pair()
        inner = _INNER % (
            kind,
            self._pick(("1", "2", "try(var.extra.t, 1) == null ? 0 : 1", "length(jsonencode(var.extra)) % 3")),
        )
        main = "".join(blocks).replace("VALUE", value)
        return {"main.tf": main, "inner/main.tf": inner}

    def _pick_pair(self) -> tuple[str, str]:
        """A type, and a value that converts to it."""
        return self._chance.choice(
            (
                ("any", "local.nested"),
                ("any", "terraform_data.seed.id"),
                ("string", "var.size"),
                ("string", "var.secret"),
                ("list(string)", "var.ids"),
                ("list(string)", '["a", terraform_data.seed.id]'),
                ("map(any)", "local.flags"),
                ("map(string)", "{ a = 1, b = true, c = terraform_data.seed.id }"),
                ("set(number)", '["3", 1, 3]'),
                ("tuple([string, bool])", '[1, "true"]'),
                ("object({ a = string, l = optional(list(number), [1]) })", "{ a = 1, z = 2 }"),
            )
        )

    def _pick(self, choices: tuple[str, ...]) -> str:
        return self._chance.choice(choices)

    def _expression(self) -> str:
        return f'try({self._writer.any(2)}, "none")'

    def _repeated(self, name: str, head: str, *known: str) -> str:
        value = f"[{', '.join((*known, self._expression()))}]"
        return f'resource "terraform_data" "{name}" {{\n  {head}\n  input = {value}\n}}\n'

    def _call(self, name: str, head: str) -> str:
        extra = self._pick(("{}", "{ n = 5 }", '{ n = "7", t = "x", more = 1 }', "null"))
        return f'module "{name}" {{\n  source = "./inner"\n  {head}\n  value  = VALUE\n  extra  = {extra}\n}}\n'


def configurations(seed: int, number: int) -> list[dict[str, str]]:
    """Different configurations, the same for the same seed."""
    composer = Composer(random.Random(seed))  # noqa: S311  arguments of a test
    return [composer.files() for _ in range(number)]
