"""Turn documents into resources: one module or package for each format."""
