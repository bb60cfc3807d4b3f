"""Workflows and actions: permissions, triggers, what `uses` names, matrices, places of expressions, and requests."""

from typing import Any

import pytest

from muniment.core.ports import Reading
from muniment.languages.unknown import OpenList, Unknown
from muniment.model.document import Document
from muniment.parsers.github_actions import GitHubActionsParser
from muniment.parsers.github_actions.matrix import combinations
from muniment.parsers.github_actions.texts import access, triggers, used
from tests.parsers.files import Files

CI = ".github/workflows/ci.yml"


def _read(text: str, path: str = CI) -> Reading:
    parser = GitHubActionsParser()
    (unit,) = parser.units((Document(path, text.encode()),), ())
    return parser.resources(unit, Files())


def _found(text: str, path: str = CI) -> dict[str, Any]:
    return {one.address: one.attributes for one in _read(text, path).resources}


@pytest.mark.parametrize(
    ("path", "text", "role"),
    [
        (CI, "", "judged"),
        ("sub/.github/workflows/a.yaml", "", "judged"),
        (".github/workflows/deep/a.yml", "", ""),
        (".github/dependabot.yml", "", ""),
        ("tool/action.yml", "name: x\nruns:\n  using: node20\n", "judged"),
        ("tool/action.yml", "name: x\n", ""),
        ("reaction.yml", "runs:\n", ""),
    ],
)
def test_claims(path: str, text: str, role: str) -> None:
    """Workflows are known by their folder, actions by their name and what they run."""
    assert GitHubActionsParser().claim(Document(path, text.encode())) == role


@pytest.mark.parametrize(
    ("value", "table"),
    [
        ("push", {"push": {}}),
        (["push", "fork"], {"push": {}, "fork": {}}),
        ({"push": None, "issues": {"types": ["opened"]}}, {"push": {}, "issues": {"types": ["opened"]}}),
        (None, {}),
    ],
)
def test_triggers_have_one_form(value: Any, table: dict[str, Any]) -> None:
    """A word, a list and a mapping say the same in one form."""
    assert triggers(value) == table


@pytest.mark.parametrize(
    ("value", "table"),
    [
        (None, None),
        ({}, {}),
        ("write-all", {"*": "write"}),
        ("read-all", {"*": "read"}),
        ({"contents": "read", "id-token": "write"}, {"contents": "read", "id-token": "write"}),
    ],
)
def test_permissions_have_one_form(value: Any, table: Any) -> None:
    """Nothing set is told from nothing allowed."""
    assert access(value) == table


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("actions/checkout@v4", {"owner": "actions", "repository": "checkout", "ref": "v4", "pinned": False}),
        (f"Org/repo/sub/dir@{'a' * 40}", {"owner": "org", "path": "sub/dir", "pinned": True}),
        (f"org/repo@{'a' * 39}", {"pinned": False}),
        ("./.github/actions/x", {"local": True, "owner": "", "path": "./.github/actions/x"}),
        ("docker://alpine:3", {"docker": True, "image": "alpine:3", "pinned": False}),
        (f"docker://alpine@sha256:{'b' * 64}", {"docker": True, "pinned": True}),
    ],
)
def test_what_uses_names(text: str, facts: dict[str, Any]) -> None:
    """Owner, repository, path and reference are told apart; a whole commit or a digest pins."""
    found = used(text)
    assert found is not None
    assert {key: found[key] for key in facts} == facts


def test_inner_levels_win() -> None:
    """A job's permissions replace the workflow's; variables say which level set them; shells come down."""
    text = (
        "on: push\npermissions: read-all\nenv: {A: 1, B: 2}\ndefaults: {run: {shell: bash}}\njobs:\n"
        "  one: {runs-on: x, steps: [{run: a, env: {A: 3}}]}\n"
        "  two: {permissions: {}, env: {B: 4}, steps: [{run: b, shell: pwsh}]}\n"
    )
    found = _found(text)
    assert [found[f"jobs.{name}"]["access"] for name in ("one", "two")] == [{"*": "read"}, {}]
    assert [found[f"jobs.{name}"]["accessFrom"] for name in ("one", "two")] == ["workflow", "job"]
    step = found["jobs.one.steps[0]"]
    assert step["variables"] == {"A": {"value": 3, "from": "step"}, "B": {"value": 2, "from": "workflow"}}
    assert [found[f"jobs.{name}.steps[0]"]["effectiveShell"] for name in ("one", "two")] == ["bash", "pwsh"]


def test_expressions_have_fields_and_lines() -> None:
    """Each expression says in which field it stands and points at its own line; a condition is one without braces."""
    text = (
        "on: issues\njobs:\n  a:\n    if: github.actor == 'x'\n    steps:\n    - run: |\n        echo 1\n"
        "        echo ${{ github.event.issue.title }}\n      env:\n        T: ${{ secrets.T }}\n"
    )
    reading = _read(text)
    found = [
        (one.address, view["field"], view["contexts"], place.line if place else 0)
        for one in reading.resources
        for view in one.attributes["expressions"]
        for place in [one.positions.locate(view, "contexts")]
    ]
    assert found == [
        ("jobs.a", "if", ["github.actor"], 4),
        ("jobs.a.steps[0]", "run", ["github.event.issue.title"], 8),
        ("jobs.a.steps[0]", "env.T", ["secrets.t"], 10),
    ]


@pytest.mark.parametrize(
    ("matrix", "jobs"),
    [
        (None, [{}]),
        ({"a": [1, 2], "b": ["x"]}, [{"a": 1, "b": "x"}, {"a": 2, "b": "x"}]),
        ({"a": [1, 2], "exclude": [{"a": 1}]}, [{"a": 2}]),
        ({"a": [1, 2], "include": [{"a": 2, "c": 3}, {"a": 9}]}, [{"a": 1}, {"a": 2, "c": 3}, {"a": 9}]),
        ({"a": [1], "include": [{"c": 3}, {"c": 4}]}, [{"a": 1, "c": 4}]),
        ({"include": [{"a": 1}, {"a": 2}]}, [{"a": 1}, {"a": 2}]),
        ({"a": "${{ fromJSON('[5]') }}"}, [{"a": 5}]),
        ("${{ fromJSON('{\"a\": [7]}') }}", [{"a": 7}]),
    ],
)
def test_matrices_expand(matrix: Any, jobs: list[dict[str, Any]]) -> None:
    """Lists multiply, `exclude` takes away, `include` adds to jobs that it does not contradict or makes new ones."""
    assert combinations({"matrix": matrix}) == jobs


@pytest.mark.parametrize(
    "matrix", ["${{ fromJSON(inputs.m) }}", {"a": list(range(300))}, {"include": "${{ inputs.x }}"}]
)
def test_matrices_that_a_run_makes_are_unknown(matrix: Any) -> None:
    """A matrix that is computed, or too large to be one, is not guessed."""
    assert isinstance(combinations({"matrix": matrix}), Unknown)


def test_images_and_labels_take_their_values_from_the_matrix() -> None:
    """Every value is judged once, an empty one means no service, and what is not known stays unknown."""
    text = (
        "on: push\njobs:\n  a:\n    strategy: {matrix: {i: ['', 'x:1'], o: [m, n]}}\n"
        "    runs-on: [self-hosted, '${{ matrix.o }}']\n"
        "    container: c:1\n    services: {s: {image: '${{ matrix.i }}'}, t: {image: 't:${{ inputs.v }}'}}\n"
        "  b: {strategy: {matrix: '${{ fromJSON(inputs.m) }}'}, runs-on: '${{ matrix.os }}'}\n"
    )
    found = _found(text)
    first = found["jobs.a"]["images"]
    assert [(one["where"], one["image"]) for one in first[:2]] == [("container", "c:1"), ("services.s", "x:1")]
    assert isinstance(first[2]["image"], Unknown)
    assert found["jobs.a"]["labels"] == ["self-hosted", "m", "n"]
    assert isinstance(found["jobs.b"]["combinations"], OpenList)
    assert isinstance(found["jobs.b"]["labels"][0], Unknown)


def test_composite_actions_have_steps() -> None:
    """The steps of a composite action are judged like those of a job; scripts of github-script are scripts."""
    text = (
        "inputs: {v: {}}\nruns:\n  using: composite\n  steps:\n  - run: echo ${{ inputs.v }}\n    shell: bash\n"
        "  - uses: actions/github-script@v7\n    with: {script: 'x(${{ inputs.v }})'}\n"
    )
    found = _found(text, "tool/action.yml")
    assert list(found) == ["action", "runs.steps[0]", "runs.steps[1]"]
    assert found["action"]["using"] == "composite"
    assert [found[f"runs.steps[{number}]"]["script"] for number in (0, 1)] == [
        "echo ${{ inputs.v }}",
        "x(${{ inputs.v }})",
    ]


def test_an_alias_means_the_nearest_anchor() -> None:
    """A redefined anchor counts from its place on."""
    text = "on: push\njobs:\n  a: {steps: [{run: &c one}]}\n  b: {steps: [{run: &c two}]}\n  c: {steps: [{run: *c}]}\n"
    found = _found(text)
    assert [found[f"jobs.{job}.steps[0]"]["run"] for job in "abc"] == ["one", "two", "two"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "on: push\n",
        "- a\n",
        "on: push\njobs: [a]\n",
        "on: push\njobs: {a: text}\n",
        "on: {a: 1}\non: x\njobs: {}\n",
        "a: [\n",
    ],
)
def test_what_is_no_workflow_is_unread(text: str) -> None:
    """A file in the workflows' folder that is no workflow is never passed over."""
    assert {lost.reason for lost in _read(text).unread} <= {"syntax-error", "duplicate-key"}
    assert _read(text).unread


def test_requests_cover_steps_jobs_and_lines() -> None:
    """A comment covers the step or job that it stands in, or the line, as its tool says."""
    text = (
        "on: push\njobs:\n  a:\n    # checkov:skip=CKV_GHA_1:job\n    runs-on: x\n    steps:\n    - run: b\n"
        "      # checkov:skip=CKV_GHA_2:step\n      name: c\n    - uses: d/e@v1 # zizmor: ignore[unpinned-uses]\n"
    )
    found = [(one.ids[0], one.addresses, one.lines) for one in _read(text).candidates]
    assert found == [
        ("CKV_GHA_1", ("jobs.a", "jobs.a.steps[0]", "jobs.a.steps[1]"), None),
        ("CKV_GHA_2", ("jobs.a.steps[0]",), None),
        ("unpinned-uses", (), (10, 10)),
    ]
