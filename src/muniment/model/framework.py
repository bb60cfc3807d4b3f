"""A framework and its controls, and what one run proves about each of them."""

from typing import NamedTuple

from muniment.model.status import ControlState


class Control(NamedTuple):
    """One requirement; identity is (framework, version, id). Ids are text: 1.10 is not 1.1."""

    id: str
    title: str
    parent: str = ""
    leaf: bool = True
    assessable: bool = True
    kind: str = ""
    category: str = ""
    applies_to: str = "all"
    level: int = 0
    assessment: str = ""
    superseded_by: str = ""
    superseded_from: str = ""
    specifications: tuple[str, ...] = ()


class Framework(NamedTuple):
    """A catalogue of controls in one version; it names no policy."""

    id: str
    version: str
    name: str
    owner: str
    tier: str
    controls: tuple[Control, ...]

    def control(self, id: str) -> Control | None:  # noqa: A002  the field's name
        """The control of that id, or None."""
        return next((control for control in self.controls if control.id == id), None)


class ControlResult(NamedTuple):
    """What the results of one run prove about one control."""

    framework: str
    version: str
    control: str
    title: str
    state: ControlState
    basis: str
    """`tested`, `attested` or `none`."""
    assessable: bool
    passed: int = 0
    failed: int = 0
    waived: int = 0
    unknown: int = 0
    errors: int = 0
    policies: tuple[str, ...] = ()
    """Policies with a direct link that met a resource."""
    in_part: bool = False
    """True where no passing policy asks for all that the control asks for."""
    note: str = ""
    """Why the state is what it is, in words."""
