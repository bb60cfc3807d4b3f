"""Terraform's and OpenTofu's functions; `table.functions()` gathers them by name.

One module for each group of the language's manual. No function reads a clock, a random number or a file system: files
come through the `CallContext`, and what depends on the moment or the machine is unknown.
"""
