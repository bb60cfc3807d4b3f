"""Keys of AWS KMS: whose they are, by the texts that name them."""

from typing import Any

import pytest

from muniment.core.graph import Graph
from muniment.engines.native.engine import NativeEngine
from muniment.languages.unknown import Cause, PartialString, Unknown
from muniment.model.document import Location
from muniment.model.policy import Assert
from muniment.model.resource import Reference, Resource
from muniment.model.status import Status
from tests.unit.core.estate import policy
from tests.unit.engines.native.subjects import NoPlaces

HOLE = Unknown((Cause("variable", "var.region"),))
COMPUTED = Unknown((Cause("computed", "aws_kms_key.own.arn"),))
FOUND = Unknown((Cause("data-source", "data.aws_kms_key.found.arn"),))


def resource(kind: str, name: str, *references: Reference, **attributes: Any) -> Resource:
    """A resource of Terraform with some attributes and edges."""
    return Resource(
        kind=kind,
        address=f"{kind}.{name}",
        root="",
        name=name,
        format="terraform",
        attributes=attributes,
        location=Location("main.tf", 1),
        positions=NoPlaces(),
        references=references,
    )


def status(key: object, looked_for: object = None) -> Status:
    """What a policy that wants a key of one's own says of a volume, beside a data source that looks for a key."""
    found = resource("data.aws_kms_key", "found", key_id=looked_for)
    volume = resource("aws_ebs_volume", "disk", Reference("key", "data.aws_kms_key.found", "arn"), key=key)
    asserts = (Assert(name="own", that="ownKey(resource.key)"),)
    program = NativeEngine().compile(policy("p/keys", kinds=(volume.kind,), asserts=asserts))
    (outcome,) = program.judge(volume, Graph([volume, found]))
    return outcome.status


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("alias/orders", Status.PASS),
        ("arn:aws:kms:eu-west-1:111122223333:key/0c1d2e3f", Status.PASS),
        ("alias/aws/ebs", Status.FAIL),
        ("aws/ebs", Status.FAIL),
        ("arn:aws:kms:eu-west-1:111122223333:alias/aws/ebs", Status.FAIL),
        (PartialString(("arn:aws:kms:", HOLE, ":alias/aws/ebs")), Status.FAIL),
        (PartialString(("arn:aws:kms:", HOLE, ":key/0c1d2e3f")), Status.PASS),
        ("", Status.FAIL),
        (None, Status.FAIL),
        (COMPUTED, Status.PASS),
        (HOLE, Status.UNKNOWN),
    ],
)
def test_the_text_tells_whose_a_key_is(key: object, wanted: Status) -> None:
    """Aliases below `aws/` are those of services; a key that is made here is one's own; a variable may be either."""
    assert status(key) is wanted


@pytest.mark.parametrize(
    ("looked_for", "wanted"), [("alias/aws/ebs", Status.FAIL), ("alias/orders", Status.PASS), (None, Status.PASS)]
)
def test_a_key_that_is_looked_up_is_told_by_its_name(looked_for: object, wanted: Status) -> None:
    """Terraform knows the key only when it runs, but the name that it looks for stands there."""
    assert status(FOUND, looked_for) is wanted
