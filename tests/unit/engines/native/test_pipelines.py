"""What pipeline steps hand out and deploy."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.engines.native.functions.pipelines import FUNCTIONS

publishes, deploys = FUNCTIONS[0].call, FUNCTIONS[1].call


def _uses(name: str, **options: Any) -> dict[str, Any]:
    owner, _, repository = name.partition("/")
    return {"action": {"owner": owner, "repository": repository}, "with": options}


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (_uses("docker/build-push-action", push=True), "image"),
        (_uses("docker/build-push-action", push="${{ github.ref == 'refs/heads/main' }}"), "image"),
        (_uses("docker/build-push-action", outputs="type=registry"), "image"),
        (_uses("docker/build-push-action", push=False), None),
        (_uses("docker/build-push-action"), None),
        (_uses("pypa/gh-action-pypi-publish"), "package"),
        ({"run": "docker build -t app . && docker push app"}, "image"),
        ({"run": "docker buildx build --platform linux/arm64 --push ."}, "image"),
        ({"run": "npm publish --dry-run"}, None),
        ({"run": "npm ci\nnpm publish --provenance"}, "package"),
        ({"run": "gh release create v1 app.tgz"}, "release"),
        ({"run": "echo docker push"}, None),
        ({"run": ["not", "a", "text"]}, None),
    ],
)
def test_what_a_step_hands_out(step: dict[str, Any], expected: str | None) -> None:
    """Only a step that may push, upload or release hands something out."""
    assert publishes(step) == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"run": "kubectl apply -f app.yaml"}, True),
        ({"run": "kubectl apply --dry-run=server -f app.yaml"}, False),
        ({"run": "terraform plan"}, False),
        ({"run": "cd infra\nterraform apply -auto-approve"}, True),
        (_uses("actions/deploy-pages"), True),
        (_uses("actions/checkout"), False),
    ],
)
def test_what_a_step_deploys(step: dict[str, Any], expected: bool) -> None:  # noqa: FBT001  a table's column
    """Plans and trial runs change nothing."""
    assert deploys(step) is expected


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(st.sampled_from(["run", "with", "action"]), st.none() | st.text() | st.lists(st.text())))
def test_no_step_breaks_the_reading(step: dict[str, Any]) -> None:
    """Whatever the step holds, there is an answer."""
    assert publishes(step) in {None, "image", "package", "release"}
    assert deploys(step) in {True, False}
