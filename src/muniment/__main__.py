"""The command `muniment`."""

import gc
import signal
import sys


def run() -> None:
    """Runs the command line and ends the process with its exit code; a request to end is an interruption as well."""
    from muniment.cli.main import main  # noqa: PLC0415  importing this module must cost nothing

    gc.set_threshold(50_000, 20, 50)  # a run makes much and drops little: looking for cycles costs a tenth of it
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))  # noqa: TID251  the process ends here


if __name__ == "__main__":
    run()
