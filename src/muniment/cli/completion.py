"""`muniment completion`: scripts that complete commands, options and policy names in a shell."""

import argparse
from typing import Final

from muniment.cli.main import COMMANDS

EPILOG: Final = """\
examples:
  source <(muniment completion bash)
  muniment completion zsh > "${fpath[1]}/_muniment"
  muniment completion fish > ~/.config/fish/completions/muniment.fish
"""
_OPTIONS: Final = (
    "--policy --not --library --as --name --base --rev --var-file --var --since --baseline --fail-on --max-new "
    "--strict --allow-empty --now --output --quiet --all --controls --color --ascii --help"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the arguments."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def run(arguments: argparse.Namespace) -> int:
    """Prints the script."""
    print({"bash": _bash, "zsh": _zsh, "fish": _fish}[arguments.shell]())
    return 0


def _names() -> str:
    return " ".join(command.name for command in COMMANDS)


def _bash() -> str:
    return f"""\
_muniment() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{_names()}" -- "$word"))
  elif [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "{_OPTIONS}" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
complete -o filenames -F _muniment muniment"""


def _zsh() -> str:
    described = "\n".join(f"    '{command.name}:{command.help}'" for command in COMMANDS)
    return f"""\
#compdef muniment
_muniment() {{
  local -a commands
  commands=(
{described}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
  elif [[ "$words[CURRENT]" == -* ]]; then
    compadd -- {_OPTIONS}
  else
    _files
  fi
}}
compdef _muniment muniment"""


def _fish() -> str:
    lines = [
        f"complete -c muniment -n __fish_use_subcommand -a {command.name} -d '{command.help}'" for command in COMMANDS
    ]
    lines += [f"complete -c muniment -l {option.removeprefix('--')}" for option in _OPTIONS.split()]
    return "\n".join(lines)
