"""Templates: functions and conditions as the service evaluates them, and nothing silent where they cannot be."""

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.core.ports import Reading
from muniment.languages.unknown import PartialString, Unknown
from muniment.model.document import Document
from muniment.model.resource import Resource
from muniment.parsers.cloudformation import CloudFormationParser
from tests.parsers.files import Files

PLAIN = "AWSTemplateFormatVersion: '2010-09-09'\n"


def reading(text: str | bytes, *beside: Document) -> Reading:
    """What the parser makes of a template, with other files beside it."""
    parser = CloudFormationParser()
    document = Document("t.yaml", text.encode() if isinstance(text, str) else text)
    (unit,) = parser.units([document], [])
    return parser.resources(unit, Files(*beside))


def bucket_name(value: str, sections: str = "") -> Any:
    """The value of a bucket's name that a template writes as `value`."""
    text = (
        f"{PLAIN}{sections}\nResources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: {value}\n"
    )
    (bucket,) = [one for one in reading(text).resources if one.kind == "aws_s3_bucket"]
    return bucket.attributes.get("bucket")


STACK = "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: PLACE}}}"
BUCKET = "Resources: {B: {Type: AWS::S3::Bucket, Properties: {BucketName: NAME}}}"
PARAMETERS = "Parameters:\n  Env: {Type: String, Default: prod}\n  Late: {Type: String}\n"
MAPPINGS = "Mappings:\n  M: {prod: {name: deep}, test: {name: flat}}\n"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("plain", "plain"),
        ("!Ref Env", "prod"),
        ("!Sub 'x-${Env}-${!literal}'", "x-prod-${literal}"),
        ("!Join ['-', [a, !Ref Env]]", "a-prod"),
        ("!Select [1, [a, b]]", "b"),
        ("!Select ['0', !Split [',', 'x,y']]", "x"),
        ("!FindInMap [M, !Ref Env, name]", "deep"),
        ("{'Fn::Sub': ['${A}!', {A: !Ref Env}]}", "prod!"),
        ("!If [IsProd, yes-it-is, no]", "yes-it-is"),
        ("!If [IsTest, a, !Ref 'AWS::NoValue']", None),
    ],
)
def test_functions_that_a_template_decides(value: str, wanted: Any) -> None:
    """Parameters count with their defaults, and what is made of known values is known."""
    conditions = "Conditions:\n  IsProd: !Equals [!Ref Env, prod]\n  IsTest: !Not [!Condition IsProd]\n"
    assert bucket_name(value, PARAMETERS + MAPPINGS + conditions) == wanted


@pytest.mark.parametrize(
    "value", ["!Ref Late", "!Ref AWS::Region", "!ImportValue other", "!GetAtt X.Arn", "!FindInMap [M, !Ref Late, name]"]
)
def test_what_only_a_deployment_knows_is_unknown(value: str) -> None:
    """It has a cause, and is neither set nor left out."""
    found = bucket_name(value, PARAMETERS + MAPPINGS)
    assert isinstance(found, Unknown)
    assert found.causes


def test_a_text_keeps_what_is_known_of_it() -> None:
    """Policies may decide by its beginning or its end."""
    found = bucket_name("!Sub 'logs-${Late}-eu'", PARAMETERS)
    assert isinstance(found, PartialString)
    assert (found.prefix, found.suffix) == ("logs-", "-eu")


def conditional(condition: str) -> Resource | None:
    """A bucket that exists under a condition."""
    text = (
        f"{PLAIN}{PARAMETERS}Conditions:\n  C: {condition}\nResources:\n  B: {{Type: AWS::S3::Bucket, Condition: C}}\n"
    )
    return next((one for one in reading(text).resources if one.kind == "aws_s3_bucket"), None)


def test_a_resource_exists_as_its_condition_says() -> None:
    """Not at all, certainly, or perhaps: then a fault is none yet."""
    assert conditional("!Equals [!Ref Env, test]") is None
    sure, perhaps = conditional("!Equals [!Ref Env, prod]"), conditional("!Equals [!Ref Late, prod]")
    assert sure is not None
    assert not sure.existence
    assert perhaps is not None
    assert perhaps.existence


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("Transform: Acme::Macro\nResources: {B: {Type: AWS::S3::Bucket}}", "macro"),
        (
            "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://x/y'}}}",
            "nested-stack",
        ),
        (STACK.replace("PLACE", "gone.yaml"), "nested-stack"),
        ("Resources:\n  B: {Type: AWS::S3::Bucket}\n  B: {Type: AWS::S3::Bucket}", "syntax-error"),
        ("Resources: {B: {Properties: {}}}", "syntax-error"),
        ("Resources: {B: [", "syntax-error"),
        ("Resources: {B: {Type: AWS::S3::Bucket}}\n---\nResources: {C: {Type: AWS::S3::Bucket}}", "syntax-error"),
        ("Resources: {B: {Type: AWS::S3::Bucket, Properties: {'Fn::Transform': {Name: M}}}}", "macro"),
    ],
)
def test_row_41_what_is_not_all_there_is_unread(body: str, reason: str) -> None:
    """A macro, a stack elsewhere, a second document, a broken or repeated key is said, with its line."""
    found = reading(PLAIN + body + "\n")
    assert reason in {one.reason for one in found.unread}
    assert all(one.location.line >= 1 and one.message for one in found.unread)


def test_a_nested_template_beside_it_is_read_on_its_own() -> None:
    """A stack whose template lies in the tree is no gap."""
    body = STACK.replace("PLACE", "inner.yaml")
    assert reading(PLAIN + body, Document("inner.yaml", b"Resources: {}")).unread == ()


def test_values_point_at_their_lines() -> None:
    """A property, and one that a function made."""
    text = f"{PLAIN}Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: PublicRead\n"
    bucket = next(one for one in reading(text).resources if one.kind == "aws_s3_bucket")
    place = bucket.positions.locate(bucket.attributes, "acl")
    assert place is not None
    assert place.line == 6
    assert (bucket.location.line, bucket.address) == (3, "AWS::S3::Bucket.B")


def test_json_and_yaml_are_read_alike() -> None:
    """The same template in both forms makes the same resources."""
    body = {
        "Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Join": ["-", ["a", "b"]]}}}}
    }
    yaml = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Join ['-', [a, b]]\n"
    one, other = (reading(text).resources for text in (json.dumps(body), yaml))
    names = [[each.attributes["bucket"] for each in found if each.kind == "aws_s3_bucket"] for found in (one, other)]
    assert names == [["a-b"], ["a-b"]]


def test_a_serverless_function_takes_the_globals() -> None:
    """What `Globals` says counts for each function that does not say otherwise."""
    text = (
        f"{PLAIN}Transform: AWS::Serverless-2016-10-31\nGlobals: {{Function: {{Tracing: Active}}}}\nResources:\n"
        "  F: {Type: AWS::Serverless::Function, Properties: {Handler: a.b}}\n"
    )
    found = reading(text)
    (function,) = [one for one in found.resources if one.kind == "aws_lambda_function"]
    assert function.attributes["tracing_config"][0]["mode"] == "Active"
    assert found.unread == ()


@pytest.mark.parametrize(
    "text",
    [
        PLAIN + "Parameters:\n  A: {Type: String, Default: !Ref A}\nResources: {B: {Type: AWS::S3::Bucket}}\n",
        PLAIN + "Conditions: {A: !Condition A}\nResources: {B: {Type: AWS::S3::Bucket, Condition: A}}\n",
        PLAIN
        + "Resources: {B: {Type: AWS::S3::Bucket, Properties: {BucketName: "
        + "!Join ['', [" * 150
        + "a"
        + "]]" * 150
        + "}}}\n",
        PLAIN + "Resources: &r {B: {Type: AWS::S3::Bucket, Properties: *r}}\n",
        PLAIN + "Mappings: {M: " + "{a: " * 300 + "1" + "}" * 300 + "}\nResources: {}\n",
        b"\xff\xfe" + (PLAIN + "Resources: {B: {Type: AWS::S3::Bucket}}").encode("utf-16-le"),
    ],
    ids=["parameter of itself", "condition of itself", "deep functions", "alias of itself", "deep mapping", "utf-16"],
)
def test_hostile_templates_end(text: str | bytes) -> None:
    """In bounded time, with resources or with a reason."""
    began = time.process_time()
    found = reading(text)
    assert found.resources or found.unread or b"{}" in (text if isinstance(text, bytes) else text.encode())
    assert time.process_time() - began < 2


FUNCTIONS = ("Sub", "Join", "If", "Select", "GetAtt", "Split", "FindInMap", "Base64", "ForEach::X", "Transform")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "Ref",
                    "Fn::Sub",
                    "Fn::Join",
                    "Fn::If",
                    "Fn::Select",
                    "Fn::GetAtt",
                    "Fn::Split",
                    "Fn::FindInMap",
                    "Type",
                    "x",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(properties=VALUES, resource=VALUES, section=VALUES)
def test_any_shape_is_read(properties: Any, resource: Any, section: Any) -> None:
    """Whatever stands in a template, no error but an unread document leaves the parser."""
    body = {
        "Parameters": section,
        "Conditions": section,
        "Mappings": section,
        "Globals": section,
        "Resources": {
            "B": {"Type": "AWS::S3::Bucket", "Properties": properties, "Condition": section},
            "I": {
                "Type": "AWS::IAM::Role",
                "Properties": {"Policies": properties, "RoleName": section},
            },
            "G": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"SecurityGroupIngress": properties}},
            "X": resource,
        },
    }
    assert isinstance(reading(json.dumps(body)), Reading)


def test_a_policy_of_a_role_is_found_from_the_role() -> None:
    """A policy that names the roles it is written into is related to them, as in Terraform."""
    policy = {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {}, "Roles": [{"Ref": "R"}]}}
    resources = {"R": {"Type": "AWS::IAM::Role"}, "P": policy}
    found = {one.address: one for one in reading(json.dumps({"Resources": resources})).resources}
    assert found["AWS::IAM::Policy.P"].kind == "aws_iam_role_policy"
    assert ("role", "AWS::IAM::Role.R", "id") in found["AWS::IAM::Policy.P"].references


@pytest.mark.parametrize(
    ("kind", "properties", "attribute", "wanted"),
    [
        ("AWS::RDS::DBInstance", {}, "backup_retention_period", 1),
        ("AWS::RDS::DBInstance", {"BackupRetentionPeriod": "30"}, "backup_retention_period", 30),
        ("AWS::Lambda::Url", {"TargetFunctionArn": "app"}, "function_name", "app"),
        ("AWS::Lambda::Url", {"FunctionName": "app"}, "function_name", "app"),
    ],
)
def test_attributes_are_read_from_properties(kind: str, properties: Any, attribute: str, wanted: Any) -> None:
    """An attribute has the value that the service gives it, in Terraform's form, whichever way a template says it."""
    body = {"Resources": {"R": {"Type": kind, "Properties": properties}}}
    (found,) = reading(json.dumps(body)).resources
    assert found.attributes[attribute] == wanted
