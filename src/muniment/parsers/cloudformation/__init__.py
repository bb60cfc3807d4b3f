"""Reads CloudFormation and SAM templates and shows their resources as the kinds that policies judge.

Parameters count with their defaults; what only a deployment knows is unknown with its cause. Nothing is expanded that
a macro would: where one may change the template, that is said.
"""

from muniment.parsers.cloudformation.parser import CloudFormationParser

__all__ = ("CloudFormationParser",)
