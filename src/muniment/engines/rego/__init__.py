"""Policies in Rego by Conftest's contract: rules named deny, violation and warn, with exceptions, in namespaces."""
