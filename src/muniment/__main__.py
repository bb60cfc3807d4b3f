"""The command `muniment`."""

import gc
import os
import signal
import sys


def run() -> None:
    """Runs the command line and ends the process with its exit code; a request to end is an interruption as well."""
    from muniment.cli.main import main  # noqa: PLC0415  importing this module must cost nothing

    gc.set_threshold(50_000, 20, 50)  # a run makes much and drops little: looking for cycles costs a tenth of it
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = main(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(code)  # noqa: TID251  the interpreter says that nobody reads, or that there is no room
    # Taking apart what a run has made costs a twentieth of it, and the process takes it along anyway.
    os._exit(code)


if __name__ == "__main__":
    run()
