"""CEL, the Common Expression Language: compiled to closures over plain Python values, with unknown values and a budget.

It must not know what it judges; variables and functions are the caller's.
"""

from muniment.languages.cel.environment import Budget, Environment, Program
from muniment.languages.cel.errors import CelError, CelEvaluationError
from muniment.languages.cel.function import Function
from muniment.languages.cel.library.authorizer import Authorizer, Decision, Request
from muniment.languages.cel.library.versions import environment_for

__all__ = (
    "Authorizer",
    "Budget",
    "CelError",
    "CelEvaluationError",
    "Decision",
    "Environment",
    "Function",
    "Program",
    "Request",
    "environment_for",
)
