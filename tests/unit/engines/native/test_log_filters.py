"""Filter patterns of CloudWatch Logs, by the events that they catch."""

from typing import Any

import pytest

from muniment.engines.native.functions.log_filters import FUNCTIONS
from muniment.languages.unknown import Cause, OpenList, PartialString, Unknown

(uncaught,) = (function.call for function in FUNCTIONS)
EVENT: dict[str, Any] = {
    "eventName": "CreateVpc",
    "errorCode": "Client.UnauthorizedOperation",
    "userIdentity": {"type": "Root", "sessionContext": None},
    "readOnly": False,
    "resources": [{"count": 3}, {"count": 5}],
}
HOLE = Unknown((Cause("variable", "var.pattern"),))


@pytest.mark.parametrize(
    ("pattern", "caught"),
    [
        ("{ ($.eventName = DeleteVpc) || ($.eventName = CreateVpc) }", True),
        ('{$.eventName="CreateVpc"&&$.readOnly IS FALSE}', True),
        ("{ $.eventName = CreateVpc || $.eventName = X && $.eventName = Y }", True),
        ("{ ($.eventName = CreateVpc || $.eventName = X) && $.eventName = Y }", False),
        ('{ $.errorCode = "*UnauthorizedOperation" }', True),
        ('{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }', True),
        ("{ $.userIdentity.sessionContext IS NULL }", True),
        ('{ $.eventType != "AwsServiceEvent" }', True),
        ("{ $.eventName != CreateVpc }", False),
        ("{ $.eventName = CreateV?c }", False),
        ("{ $.resources[1].count > 4 }", True),
        ("{ $.resources[*].count = 3 }", True),
        ("{ $.resources[7].count = 3 }", False),
        ("{ $.eventName = %^(Create|Delete)Vpc$% }", True),
        ("", True),
        ("{ $.eventName = }", False),
        ("{ ($.eventName = CreateVpc }", False),
        ("{" + "(" * 5000, False),
    ],
)
def test_a_pattern_catches_what_it_describes(pattern: str, caught: bool) -> None:  # noqa: FBT001  the expected answer
    """Alternatives bind looser than conjunctions; a pattern that the service refuses catches nothing."""
    assert uncaught([EVENT], [pattern]) == ([] if caught else [EVENT])


@pytest.mark.parametrize("hole", [HOLE, PartialString(("{ $.eventName = ", HOLE)), "a pattern over words"])
def test_what_is_not_known_may_catch_what_nothing_else_does(hole: Any) -> None:
    """A pattern that cannot be read leaves open only what the others leave."""
    assert isinstance(uncaught([EVENT], [hole]), Unknown)
    assert uncaught([EVENT], [hole, "{ $.eventName = CreateVpc }"]) == []
    assert isinstance(uncaught([EVENT], OpenList((), HOLE.causes)), Unknown)
