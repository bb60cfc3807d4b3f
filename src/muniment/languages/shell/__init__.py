"""The simple commands of a shell text: words, flags and what runs what. Nothing is executed and no grammar is whole.

Only what policies about build scripts ask for: quotes, escapes, separators, subshells, substitutions, heredocs,
and the wrappers that run another command.
"""

from muniment.languages.shell.commands import Command, commands

__all__ = ("Command", "commands")
