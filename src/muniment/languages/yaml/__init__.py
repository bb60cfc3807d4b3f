"""YAML as Kubernetes, Go's yaml.v3 and the 1.2 core schema read it, with the place of every value.

PyYAML's events are the input; scalars, merges, limits and places are ours, because no library has all of them.
"""

from muniment.languages.yaml.comments import Comment, comments
from muniment.languages.yaml.loader import Stream, YamlDocument, load
from muniment.languages.yaml.positions import Positions
from muniment.languages.yaml.templates import looks_templated

__all__ = ("Comment", "Positions", "Stream", "YamlDocument", "comments", "load", "looks_templated")
