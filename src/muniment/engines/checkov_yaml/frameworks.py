"""The frameworks that Checkov knows, as its arguments and policies name them."""

from typing import Final

FRAMEWORKS: Final = frozenset(
    {
        "all",
        "ansible",
        "argo_workflows",
        "arm",
        "azure_pipelines",
        "bicep",
        "bitbucket_pipelines",
        "cdk",
        "circleci_pipelines",
        "cloudformation",
        "dockerfile",
        "github_configuration",
        "github_actions",
        "gitlab_configuration",
        "gitlab_ci",
        "bitbucket_configuration",
        "helm",
        "json",
        "yaml",
        "kubernetes",
        "kustomize",
        "openapi",
        "sca_package",
        "sca_image",
        "secrets",
        "serverless",
        "terraform",
        "terraform_json",
        "terraform_plan",
        "sast",
        "sast_python",
        "sast_java",
        "sast_javascript",
        "sast_typescript",
        "sast_golang",
        "3d_policy",
    }
)
