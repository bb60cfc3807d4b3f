"""Provider configurations in force, for what they add to resources."""

from typing import Any

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import Traversal
from muniment.languages.hcl.values import plain
from muniment.parsers.terraform.instance import ResourceInstance, provider_of


def default_tags(one: ResourceInstance) -> dict[str, Any]:
    """The default tags of a resource's AWS provider configuration; empty without any."""
    attribute = one.declared.block.body.attributes.get("provider")
    name = str(attribute.expression) if attribute and isinstance(attribute.expression, Traversal) else "aws"
    found = provider_of(one.instance, name)
    if found is None:
        return {}
    instance, declared = found
    for block in declared.block.body.blocks:
        written = block.body.attributes.get("tags")
        if block.type == "default_tags" and written is not None:
            try:
                tags = plain(instance.value(written, declared.file))
            except HclError:
                return {}
            return tags if isinstance(tags, dict) else {}
    return {}
