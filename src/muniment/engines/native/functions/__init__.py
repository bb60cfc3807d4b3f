"""The functions that policies have beside CEL's own, one family a module; docs/policies.md says what each gives."""

from typing import Final

from muniment.engines.native.functions import (
    base_images,
    iam,
    images,
    joins,
    json_text,
    keys,
    kubernetes,
    log_filters,
    networks,
    nulls,
    packages,
    pipelines,
    scripts,
    text,
)

FUNCTIONS: Final = (
    *nulls.FUNCTIONS,
    *joins.FUNCTIONS,
    *networks.FUNCTIONS,
    *iam.FUNCTIONS,
    *images.FUNCTIONS,
    *json_text.FUNCTIONS,
    *keys.FUNCTIONS,
    *text.FUNCTIONS,
    *scripts.FUNCTIONS,
    *packages.FUNCTIONS,
    *pipelines.FUNCTIONS,
    *base_images.FUNCTIONS,
    *kubernetes.FUNCTIONS,
    *log_filters.FUNCTIONS,
)
