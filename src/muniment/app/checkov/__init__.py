"""Checkov's command: what is asked for in its words, run here, and answered in its records."""
