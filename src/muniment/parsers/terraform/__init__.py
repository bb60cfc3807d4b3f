"""Reads Terraform and OpenTofu configuration as they do: evaluates it, module by module, instance by instance."""

from muniment.parsers.terraform.parser import TerraformParser

__all__ = ("TerraformParser",)
