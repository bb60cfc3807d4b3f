"""Compiles the expressions of policies, those that say the same only once."""

from collections.abc import Iterable

from muniment.errors import PolicyError
from muniment.languages.cel import CelError, Environment, Program
from muniment.model.policy import Policy


class Expressions:
    """The programs of all policies: policies of one family hold the same `let` names, and often the same texts.

    A name that does not occur in a text cannot change what it means, so a program is kept by its text and the names
    that occur there.
    """

    __slots__ = ("_base", "_environments", "_programs")

    def __init__(self, base: Environment) -> None:
        self._base = base
        self._environments: dict[tuple[str, ...], Environment] = {}
        self._programs: dict[tuple[str, tuple[str, ...]], Program] = {}

    def compile(self, text: str, names: Iterable[str]) -> Program:
        """The program of a text that may use some names beside those that all policies have. Raises CelError."""
        occurring = tuple(name for name in names if name in text)
        program = self._programs.get((text, occurring))
        if program is None:
            program = self._programs[text, occurring] = self._knowing(occurring).compile(text)
        return program

    def build(self, policy: Policy, text: str, where: str, names: Iterable[str] = ()) -> Program:
        """The same for a policy. Raises PolicyError, with file and the text that is wrong, if it does not compile."""
        try:
            return self.compile(text, names)
        except CelError as error:
            raise PolicyError(
                f"{policy.file or policy.id}: {where} does not compile: {error.diagnostic.message}\n    {text}",
                code="expression",
            ) from error

    def _knowing(self, names: tuple[str, ...]) -> Environment:
        if names not in self._environments:
            self._environments[names] = self._base.extend(variables=names)
        return self._environments[names]
