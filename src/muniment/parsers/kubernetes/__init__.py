"""Manifests of Kubernetes objects, raw or rendered: YAML streams, JSON and lists, as one resource an object."""

from muniment.parsers.kubernetes.parser import KubernetesParser

__all__ = ("KubernetesParser",)
