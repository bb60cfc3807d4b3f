"""Rego, the policy language of Open Policy Agent, in both its versions: compiled to closures over plain Python values.

It must not know what it judges; builtins, data and input are the caller's.
"""

from muniment.languages.rego.errors import Fault, RegoError, RegoEvaluationError
from muniment.languages.rego.modules import parse_module
from muniment.languages.rego.policy import (
    CompileOptions,
    EvaluationOptions,
    Policy,
    PreparedQuery,
    Result,
    Rows,
    compile_modules,
)
from muniment.languages.rego.values import UNDEFINED

__all__ = (
    "UNDEFINED",
    "CompileOptions",
    "EvaluationOptions",
    "Fault",
    "Policy",
    "PreparedQuery",
    "RegoError",
    "RegoEvaluationError",
    "Result",
    "Rows",
    "compile_modules",
    "parse_module",
)
