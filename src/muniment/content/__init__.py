"""Reads policies, frameworks and waivers from disk and validates them; compiles them into an index for fast starts."""
