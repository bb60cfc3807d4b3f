"""Builds and pipelines."""

from collections.abc import Mapping
from typing import Final

from muniment.parsers.cloudformation.entries import Block, Entries, Kind, Read
from muniment.parsers.cloudformation.translations import tags

_ARTIFACTS: Final[Entries] = {
    "encryption_key": Block("EncryptionKey", {"id": "", "type": ""}),
    "location": "",
    "type": "",
}

KINDS: Final[Mapping[str, Kind]] = {
    "AWS::CodeBuild::Project": Kind(
        "aws_codebuild_project",
        {
            "artifacts": Block("Artifacts", {"encryption_disabled": "", "type": ""}),
            "encryption_key": "",
            "environment": Block("Environment", {"compute_type": "", "image": "", "privileged_mode": "", "type": ""}),
            "logs_config": Block(
                "LogsConfig",
                {
                    "cloudwatch_logs": Block("CloudWatchLogs", {"status": ""}),
                    "s3_logs": Block("S3Logs", {"encryption_disabled": "", "status": ""}),
                },
            ),
            "name": "",
            "secondary_artifacts": Block("SecondaryArtifacts", {"encryption_disabled": "", "type": ""}),
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::CodePipeline::Pipeline": Kind(
        "aws_codepipeline", {"artifact_store": Block("ArtifactStore", _ARTIFACTS), "name": ""}
    ),
    "AWS::CodeArtifact::Domain": Kind("aws_codeartifact_domain", {"domain": "DomainName", "encryption_key": ""}),
}
