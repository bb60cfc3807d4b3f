"""Functions by library: the standard ones, the extensions of cel-go, and those of Kubernetes."""
