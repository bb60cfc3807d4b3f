"""Conftest's commands: what they read, by which policies, and what comes of it."""
