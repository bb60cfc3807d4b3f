"""Dockerfiles as BuildKit reads them: directives, continuations, heredocs, stages, and the expansion of ARG and ENV."""

from muniment.languages.dockerfile.expansion import expand
from muniment.languages.dockerfile.parser import Dockerfile, Heredoc, Instruction, Stage, parse
from muniment.languages.dockerfile.resolution import Resolved, resolve

__all__ = ("Dockerfile", "Heredoc", "Instruction", "Resolved", "Stage", "expand", "parse", "resolve")
