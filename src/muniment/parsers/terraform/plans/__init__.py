"""Reads what `terraform show -json` says of a plan: the same resources as the configuration's, with what apply will do.

Must see what the configuration sees: nested blocks as lists, nothing for null, unknown where only apply will know. A
computed attribute that nobody wrote reads as absent, as it does in configuration. A `dynamic` block over an unknown
collection leaves no trace in a plan: only the configuration beside it tells of one.
"""

from muniment.parsers.terraform.plans.parser import PlanParser

__all__ = ("PlanParser",)
