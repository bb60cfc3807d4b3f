"""Policy documents of AWS: whom they admit."""

from typing import Any

import pytest

from muniment.engines.native.functions.iam import FUNCTIONS

iam, is_public, _ = (function.call for function in FUNCTIONS)


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
    (statement,) = iam({"Statement": {"Effect": "Allow", "Principal": principal, "Action": "s3:*"}})["statements"]
    assert is_public(statement) is public
