"""Checkov's custom policies in YAML, unmodified: its operators, over its view of a resource, in three values."""
