"""Dockerfiles as BuildKit reads them: directives, continuations, heredocs, stages, and the expansion of ARG and ENV."""

from muniment.languages.dockerfile.conftest_shape import conftest_shape
from muniment.languages.dockerfile.expansion import expand
from muniment.languages.dockerfile.instruction import Dockerfile, Heredoc, Instruction, Stage
from muniment.languages.dockerfile.parser import parse
from muniment.languages.dockerfile.resolution import Resolved, resolve

__all__ = ("Dockerfile", "Heredoc", "Instruction", "Resolved", "Stage", "conftest_shape", "expand", "parse", "resolve")
