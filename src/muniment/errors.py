"""The taxonomy of errors: whose fault is it, and how does the run end?

A class here says who must act; the code names the fault and the hint says what to do. Anything that is not a
`MunimentError` is a bug and ends with a traceback.
"""


class MunimentError(Exception):
    """Something that a person can act on; never raised itself, only its kinds are."""

    exit_code = 70

    def __init__(self, message: str, *, code: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


class UsageError(MunimentError):
    """The person's mistake: an unknown id, a missing path, a bad configuration. Exit code 2."""

    exit_code = 2


class InputError(MunimentError):
    """The scanned thing is at fault: becomes an `Unread`, `code` is the reason, and the run goes on."""

    exit_code = 5


class PolicyError(MunimentError):
    """A policy, framework, waiver or baseline does not load; nothing runs. Exit code 3."""

    exit_code = 3


class PluginError(MunimentError):
    """An adapter from outside is missing or broken. Exit code 3."""

    exit_code = 3


class EvidenceError(MunimentError):
    """Evidence cannot be made or does not verify; never swallowed. Exit code 4."""

    exit_code = 4
