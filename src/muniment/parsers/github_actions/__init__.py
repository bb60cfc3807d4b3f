"""Workflows and actions of GitHub Actions: jobs and steps as resources, with what they inherit, read and may do."""

from muniment.parsers.github_actions.parser import GitHubActionsParser

__all__ = ("GitHubActionsParser",)
