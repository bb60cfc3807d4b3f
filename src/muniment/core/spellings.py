"""The ways in which a tool has written one id over the years: comments, ignore files and habits keep the old ones."""

import re
from typing import Final

_OF_FILES: Final = re.compile(r"(KSV|KCV|DS)-0?(\d{3,4})")
_OF_CLOUDS: Final = re.compile(r"AVD-((?:AWS|AZU|GCP)-\d{4})")


def spellings(identity: str) -> tuple[str, ...]:
    """An id that a policy carries, and what else its tool calls it.

    Trivy's releases write KSV-0017 also as AVD-KSV-0017 and KSV017, and AVD-AWS-0089 also as AWS-0089. The ids of
    other tools have one spelling.
    """
    if found := _OF_FILES.fullmatch(identity):
        return identity, f"AVD-{identity}", f"{found[1]}{found[2]}", identity.replace("-", "")
    if found := _OF_CLOUDS.fullmatch(identity):
        return identity, found[1]
    return (identity,)
