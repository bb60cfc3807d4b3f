"""What annotations of templates and constraints say for people: title, severity, the controls that they prove."""

from collections.abc import Mapping
from typing import Final

from muniment.core.metadata import Metadata, control_links, short_title
from muniment.errors import PolicyError
from muniment.model.status import Severity

TITLE: Final = ("muniment.dev/title", "metadata.gatekeeper.sh/title")
DESCRIPTION: Final = ("muniment.dev/risk", "description", "metadata.gatekeeper.sh/description")
FIX: Final = "muniment.dev/fix"
SEVERITY: Final = "muniment.dev/severity"
CONTROLS: Final = "muniment.dev/controls"
OWNER: Final = "muniment.dev/owner"


def read_metadata(template: Mapping[str, str], constraint: Mapping[str, str], name: str) -> Metadata:
    """The metadata of a constraint: its own annotations, else its template's. `name` stands in for a title.

    Raises PolicyError for a severity or a control that cannot be read.
    """
    said = {**template, **constraint}
    title = _first(said, TITLE) or name
    risk = " ".join(_first(said, DESCRIPTION).split())
    return Metadata(
        short_title(title),
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
