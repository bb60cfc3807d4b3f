"""Dockerfiles: the whole file, its stages and its instructions as resources, with what is inherited and expanded."""

from muniment.parsers.dockerfile.parser import DockerfileParser

__all__ = ("DockerfileParser",)
