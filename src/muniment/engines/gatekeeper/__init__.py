"""Gatekeeper: ConstraintTemplates and Constraints, expansion and mutation, judged without a cluster."""
