"""CEL, the Common Expression Language: compiled to closures over plain Python values, with unknown values and a budget.

It must not know what it judges; variables and functions are the caller's.
"""

from muniment.languages.cel.environment import Environment, Program
from muniment.languages.cel.errors import CelError, CelEvaluationError
from muniment.languages.cel.function import Function

__all__ = ("CelError", "CelEvaluationError", "Environment", "Function", "Program")
