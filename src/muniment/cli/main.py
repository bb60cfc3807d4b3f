"""The entry of the command line: finds the command, loads only its module, and turns errors into exit codes."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final, NamedTuple, NoReturn

from muniment import __version__
from muniment.cli.width import columns
from muniment.errors import MunimentError


class Command(NamedTuple):
    """A command: its name, one line about it, and the module that is loaded when it is chosen."""

    name: str
    help: str
    module: str


COMMANDS: Final = (
    Command("check", "judge files, folders, a revision or standard input, and gate the change", "check"),
    Command("explain", "tell what a policy, an id of another tool, a result or a place in a file is about", "explain"),
    Command("policy", "list, show, make and test policies", "policy"),
    Command("framework", "list and show frameworks, and what of them is covered", "framework"),
    Command("baseline", "keep a list of known failures: create, refresh, audit", "baseline"),
    Command("waiver", "list waivers and draft a request for one", "waiver"),
    Command("coverage", "tell what became of every file", "coverage"),
    Command("config", "show the effective settings and where each was set; import those of Checkov", "config"),
    Command("checkov", "run Checkov's command line, with its output and exit codes", "checkov"),
    Command("gator", "run gator's commands: test, verify, expand", "gator"),
    Command("conftest", "run Conftest's commands: test, verify, parse, reformat", "conftest"),
    Command("completion", "print a completion script for bash, zsh or fish", "completion"),
)

_EPILOG: Final = """\
examples:
  muniment check .                              judge everything below this folder
  muniment check infra/ --policy framework:soc2 judge what SOC 2 asks
  muniment explain CKV_AWS_20                   what does that id mean here?
  muniment policy test ./policies               run the cases of your own policies

exit codes: 0 allow, 1 deny, 2 usage, 3 content, 4 evidence, 5 incomplete, 70 bug, 130 interrupted
"""


def main(argv: Sequence[str]) -> int:
    """Runs one command and returns the exit code of the process."""
    chosen = next((command for command in COMMANDS if argv and command.name == argv[0]), None)
    if chosen is None:
        parser = _parser()
        if argv:
            parser.parse_args(argv[:1])
        else:
            parser.print_help()
        return 2
    module = import_module(f"muniment.cli.{chosen.module}")
    own = _Parser(
        prog=f"muniment {chosen.name}",
        description=f"{chosen.help[0].upper()}{chosen.help[1:]}.",
        epilog=module.EPILOG,
        formatter_class=_Help,
    )
    module.configure(own)
    try:
        arguments = own.parse_args(argv[1:])
        code: int = module.run(arguments)
    except MunimentError as error:
        _complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141
    except Exception:  # noqa: BLE001  whatever else goes wrong is a bug, and has an exit code of its own
        import traceback

        traceback.print_exc()
        return 70
    return code


class _Parser(argparse.ArgumentParser):
    """A parser that knows which option was meant."""

    def error(self, message: str) -> NoReturn:
        """Ends with 2, and names the nearest option for one that is not there."""
        unknown = message.partition("unrecognized arguments: ")[2].split(" ")[0].partition("=")[0]
        if unknown.startswith("-"):
            from muniment.core.select import nearest

            near = nearest(unknown, self._option_string_actions)
            message += f"; did you mean {near[0]}?" if near else ""
        super().error(message)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal. Without a width argparse loads the compression modules, once for each argument."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="muniment",
        description="Compliance as code: one set of rules at every gate, and a record that proves it.",
        epilog="commands:\n"
        + "".join(f"  {command.name:<12}{command.help}\n" for command in COMMANDS)
        + "\n"
        + _EPILOG,
        formatter_class=_Help,
        usage="muniment [--help] [--version] COMMAND ...",
    )
    parser.add_argument("--version", action="version", version=f"muniment {__version__}")
    parser.add_argument(
        "command", metavar="COMMAND", choices=[command.name for command in COMMANDS], help="one of those below"
    )
    return parser


def _complain(error: MunimentError) -> None:
    """What happened, and what to do: the two lines of every error message."""
    print(f"muniment: {error}", file=sys.stderr)
    if error.hint:
        print(f"  {error.hint}", file=sys.stderr)
