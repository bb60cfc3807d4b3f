"""What the steps of a delivery pipeline hand out: images, packages and releases, and what they bring to users."""

import re
from typing import Any, Final

from muniment.languages.cel import Function
from muniment.languages.unknown import Unknown

_PUBLISHING: Final = {
    "docker/build-push-action": "image",
    "depot/build-push-action": "image",
    "redhat-actions/push-to-registry": "image",
    "pypa/gh-action-pypi-publish": "package",
    "js-devtools/npm-publish": "package",
    "softprops/action-gh-release": "release",
    "ncipollo/release-action": "release",
    "actions/create-release": "release",
    "goreleaser/goreleaser-action": "release",
}
"""Actions -> what they hand out."""
_BUILDING: Final = frozenset({"docker/build-push-action", "depot/build-push-action"})
"""Those that hand out nothing unless they are told to push."""
_DEPLOYING: Final = frozenset(
    {
        *("actions/deploy-pages", "azure/webapps-deploy", "azure/functions-action", "azure/k8s-deploy"),
        *("aws-actions/amazon-ecs-deploy-task-definition", "aws-actions/aws-cloudformation-github-deploy"),
        *("google-github-actions/deploy-cloudrun", "google-github-actions/deploy-appengine"),
        *("cloudflare/wrangler-action", "superfly/flyctl-actions"),
    }
)
_PUBLISH_COMMANDS: Final = (
    ("image", r"(docker|podman|buildah|crane|nerdctl) push\b|docker (buildx )?build .*--push\b"),
    ("image", r"ko (build|publish|resolve|apply)\b|helm push\b"),
    ("package", r"(npm|pnpm|yarn|yarn npm|poetry|uv|cargo|flit|hatch) publish\b|twine upload\b|gem push\b"),
    ("package", r"(mvn|mvnw) .*\bdeploy\b|(gradle|gradlew) .*\bpublish|dotnet nuget push\b"),
    ("release", r"gh release (create|upload)\b|goreleaser (release\b|--|$)"),
)
_DEPLOY_COMMANDS: Final = (
    r"kubectl (apply|create|replace|set|rollout|patch)\b|helm (upgrade|install)\b|(terraform|tofu|terragrunt) apply\b"
    r"|pulumi up\b|cdk deploy\b|sam deploy\b|(serverless|sls) deploy\b|aws (ecs|cloudformation|lambda|deploy) "
    r"(update-service|deploy|update-function-code|create-deployment)\b|gcloud (run|app|functions) .*\bdeploy\b"
    r"|az webapp .*\bdeploy|flyctl deploy\b|ansible-playbook\b"
)


def _publishes(step: Any) -> Any:
    """What a step hands out: `image`, `package` or `release`; null for nothing."""
    if not isinstance(step, dict):
        return step if isinstance(step, Unknown) else None
    action, options = _action(step), step.get("with")
    found = _PUBLISHING.get(action)
    if found is not None and (action not in _BUILDING or _pushes(options if isinstance(options, dict) else {})):
        return found
    for command in _commands(step):
        for sort, pattern in _PUBLISH_COMMANDS:
            if re.match(pattern, command) and "--dry-run" not in command:
                return sort
    return None


def _deploys(step: Any) -> Any:
    """Whether a step changes what users meet."""
    if not isinstance(step, dict):
        return step if isinstance(step, Unknown) else False
    if _action(step) in _DEPLOYING:
        return True
    return any(re.match(_DEPLOY_COMMANDS, command) and "--dry-run" not in command for command in _commands(step))


def _pushes(options: dict[str, Any]) -> bool:
    """A condition that only a run can tell counts: it may push."""
    push = str(options.get("push", "false")).strip().lower()
    outputs = str(options.get("outputs", ""))
    return push != "false" or "type=registry" in outputs or "push=true" in outputs


def _action(step: dict[str, Any]) -> str:
    action = step.get("action")
    return f"{action.get('owner')}/{action.get('repository')}" if isinstance(action, dict) else ""


def _commands(step: dict[str, Any]) -> list[str]:
    """The commands of a step, each in one line."""
    from muniment.languages.shell import commands  # noqa: PLC0415  only policies about scripts read them

    script = step.get("run")
    return [" ".join((one.name, *one.words)) for one in commands(script)] if isinstance(script, str) else []


FUNCTIONS: Final = (
    Function("publishes", _publishes, unknowns=True),
    Function("deploys", _deploys, unknowns=True),
)
