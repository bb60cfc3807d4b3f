"""What annotations of templates and constraints say for people: title, severity, the controls that they prove."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from muniment.core.control_names import control_links
from muniment.errors import PolicyError
from muniment.model.policy import ControlLink
from muniment.model.status import Severity

TITLE: Final = ("muniment.dev/title", "metadata.gatekeeper.sh/title")
DESCRIPTION: Final = ("muniment.dev/risk", "description", "metadata.gatekeeper.sh/description")
FIX: Final = "muniment.dev/fix"
SEVERITY: Final = "muniment.dev/severity"
CONTROLS: Final = "muniment.dev/controls"
OWNER: Final = "muniment.dev/owner"
_LONGEST_TITLE: Final = 80


class Metadata(NamedTuple):
    """What a policy says of itself beside its logic."""

    title: str
    severity: Severity
    risk: str
    fix: str
    controls: tuple[ControlLink, ...]
    owner: str


def read_metadata(template: Mapping[str, str], constraint: Mapping[str, str], name: str) -> Metadata:
    """The metadata of a constraint: its own annotations, else its template's. `name` stands in for a title.

    Raises PolicyError for a severity or a control that cannot be read.
    """
    said = {**template, **constraint}
    title = _first(said, TITLE) or name
    risk = " ".join(_first(said, DESCRIPTION).split())
    return Metadata(
        title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…",
        _severity(said.get(SEVERITY, "medium")),
        risk,
        said.get(FIX, "").strip(),
        control_links(said.get(CONTROLS, ""), risk or title, CONTROLS),
        said.get(OWNER, ""),
    )


def _first(said: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((said[key].strip() for key in keys if said.get(key, "").strip()), "")


def _severity(word: str) -> Severity:
    try:
        return Severity(word.strip().lower())
    except ValueError:
        raise PolicyError(f"{SEVERITY} is {word!r}; it can be {', '.join(Severity)}") from None
