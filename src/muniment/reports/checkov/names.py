"""What Checkov calls the subject of a result."""

import re
from typing import Final

from muniment.model.result import Result

_DATA: Final = re.compile(r"(^|\.)data\.")
_STEP: Final = re.compile(r"jobs\.(.+)\.steps\[(\d+)\]")
_DEFAULT: Final = "default"


def name_of(result: Result, check_type: str, file_path: str) -> str:
    """The name of the judged resource."""
    if check_type in {"terraform", "terraform_plan"}:
        return _terraform(result)
    if check_type in {"kubernetes", "helm", "kustomize"}:
        return _object(result.address)
    if check_type == "dockerfile":
        instruction = result.kind.partition(".")[2]
        return f"{file_path}.{'' if instruction == 'Stage' else instruction}"
    if check_type == "github_actions":
        return _workflow(result.address)
    if check_type == "cloudformation":
        return ".".join(result.address.split(".")[:2])  # a property that is judged on its own goes by its resource
    return result.address


def _terraform(result: Result) -> str:
    address = result.address
    if result.kind == "terraform.provider":
        name = address.removeprefix("provider.")
        return name if "." in name else f"{name}.{_DEFAULT}"
    if result.kind == "terraform.module-call":
        return address.removeprefix("module.")
    return _DATA.sub(r"\1", address)


def _object(address: str) -> str:
    """`Kind.namespace.name`; an object without a namespace is in `default`."""
    kind, _, rest = address.partition("#")[0].partition("/")
    namespace, _, name = rest.rpartition("/")
    return f"{kind.partition('.')[0]}.{namespace or _DEFAULT}.{name}"


def _workflow(address: str) -> str:
    step = _STEP.fullmatch(address)
    if step:
        return f"jobs({step[1]}).steps[{int(step[2]) + 1}]"
    return f"jobs({address.removeprefix('jobs.')})" if address.startswith("jobs.") else "on"
