"""The command `muniment`."""

import sys


def run() -> None:
    """Runs the command line and ends the process with its exit code."""
    from muniment.cli.main import main  # noqa: PLC0415  importing this module must cost nothing

    sys.exit(main(sys.argv[1:]))  # noqa: TID251  the process ends here


if __name__ == "__main__":
    run()
