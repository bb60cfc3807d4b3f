"""Compliance as code: one set of rules at every gate, and a record that proves it."""

__version__ = "0.1.0"
