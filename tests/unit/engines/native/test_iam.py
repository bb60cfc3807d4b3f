"""Policy documents of AWS: whom they admit, and what they allow by AWS's own list of actions."""

from typing import Any

import pytest

from muniment.engines.native.functions.iam import FUNCTIONS
from muniment.languages.unknown import Cause, OpenList, PartialString, Unknown

CALLS = {function.name: function.call for function in FUNCTIONS}
LEVELS = ("list", "read", "write", "permissions", "tagging")
HOLE = Unknown((Cause("variable", "var.action"),))


def statement(**fields: Any) -> Any:
    """The normal form of an Allow on everything, changed by `fields`."""
    document = {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **fields}}
    return CALLS["iam"](document)["statements"][0]


@pytest.mark.parametrize(
    ("principal", "public"),
    [
        ("*", True),
        ({"AWS": ["arn:aws:iam::111122223333:root", "*"]}, True),
        ({"AWS": "arn:aws:iam::*:role/reader"}, True),
        ({"AWS": "arn:aws:iam::111122223333:role/*"}, False),
        ({"Service": "*"}, False),
    ],
)
def test_everybody_is_a_star_for_the_account(principal: Any, public: bool) -> None:  # noqa: FBT001  the expected answer
    """A principal admits everybody if it names no account, or any account."""
    assert CALLS["isPublic"](statement(Principal=principal, Action="s3:*")) is public


@pytest.mark.parametrize(
    ("action", "levels"),
    [
        ("*", set(LEVELS)),
        ("s3:GetObject", {"read"}),
        ("S3:Put*", {"write", "permissions", "tagging"}),
        ("*:CreatePolicyVersion", {"permissions"}),
        ("sqs:Se?dMessage", {"write"}),
        ("ec2:CreateTags", {"tagging"}),
        ("s3:ListAllMyBuckets", set()),
        ("xray:PutTraceSegments", set()),
        ("s3:GetObjectHologram", {"read"}),
        ("newservice:*", {"write"}),
        ("iam:InventRole", {"permissions"}),
    ],
)
def test_actions_have_the_access_level_of_awss_list(action: str, levels: set[str]) -> None:
    """What takes no resource has none; an action that the list has not is told by its verb."""
    assert {level for level in LEVELS if CALLS["grantsLevel"](statement(Action=action), [level])} == levels


def test_what_is_left_out_is_allowed_no_more() -> None:
    """NotAction and NotResource allow all the rest, which is never one thing."""
    level = CALLS["grantsLevel"]
    everything = statement(Action=None, NotAction="iam:*")
    assert level(everything, ["write"]) is True
    assert level(everything, ["permissions"]) is True
    assert level(statement(Action=None, NotAction=["iam:*", "*"]), ["write"]) is False
    assert level(statement(Resource=None, NotResource="arn:aws:s3:::payroll/*"), ["read"]) is True
    assert level(statement(Resource="arn:aws:s3:::payroll/*"), ["read"]) is False
    assert CALLS["grants"](everything, "s3:PutObject", "*") is True
    assert CALLS["grants"](everything, "iam:PassRole", "*") is False


def test_only_what_is_certain_takes_a_right_away() -> None:
    """A Deny counts where it has no condition and is known; NotAction and NotResource of it count too."""

    def denied(*statements: Any) -> bool:
        found: bool = CALLS["denies"](CALLS["iam"]({"Statement": list(statements)}), "iam:PassRole", "*")
        return found

    deny = {"Effect": "Deny", "Resource": "*"}
    assert denied({"Effect": "Allow", "Action": "*", "Resource": "*"}, {**deny, "Action": "iam:Pass*"})
    assert denied({**deny, "NotAction": ["s3:*", "sqs:*"]})
    assert not denied({**deny, "Action": "iam:*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}})
    assert not denied({**deny, "Action": "iam:*", "Condition": HOLE})
    assert not denied({**deny, "Action": "iam:*", "Resource": "arn:aws:iam::111122223333:role/admin"})
    assert not denied({**deny, "Action": HOLE}, HOLE)


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"Action": [HOLE]}, None),
        ({"Action": [HOLE, "s3:PutObject"]}, True),
        ({"Action": PartialString(("s3:Put", HOLE))}, None),
        ({"Action": PartialString(("s3:GetObject", HOLE))}, False),
        ({"Action": OpenList(["s3:GetObject"], HOLE.causes)}, None),
        ({"Action": None, "NotAction": HOLE}, None),
        ({"Action": "s3:PutObject", "Resource": HOLE}, None),
        ({"Action": "s3:GetObject", "Resource": HOLE}, False),
    ],
)
def test_what_is_unknown_counts_where_it_can_matter(fields: dict[str, Any], answer: bool | None) -> None:  # noqa: FBT001  the expected answer
    """An action or a resource that is not known leaves the answer open only if it could change it."""
    found = CALLS["grantsLevel"](statement(**fields), ["write"])
    assert isinstance(found, Unknown) if answer is None else found is answer
