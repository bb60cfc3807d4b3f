"""Resources of Terraform's Kubernetes provider are judged by the policies for Kubernetes objects."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from muniment.app.checking import Base, check
from muniment.app.settings import Settings
from muniment.core.ports import Unit
from muniment.languages.unknown import Unknown
from muniment.model.document import Document
from muniment.model.resource import Resource
from muniment.model.result import Result
from muniment.model.status import Status
from muniment.parsers.terraform import TerraformParser
from tests.parsers.files import Files

DEPLOYMENT = """\
variable "open" {
  type = bool
}
resource "kubernetes_deployment" "web" {
  metadata {
    name   = "web"
    labels = { "k8s_app" = "web" }
  }
  spec {
    template {
      spec {
        container {
          name = "app"
          security_context {
            privileged  = %s
            run_as_user = 0
          }
        }
      }
    }
  }
}
"""
JSON = """\
{"resource": {"kubernetes_pod_v1": {"web": {"spec": {
  "container": {"name": "app", "security_context": {"privileged": true}}}}}}}
"""


def _resource(text: str) -> Resource:
    document = Document("main.tf", text.encode())
    reading = TerraformParser().resources(Unit("terraform", ".", (document,)), Files(document))
    return reading.resources[0]


def _judge(folder: Path, text: str, name: str = "main.tf") -> list[Result]:
    (folder / name).write_text(text, "utf-8")
    settings = Settings(select=("kubernetes/workload/privileged-container",), waivers=())
    return list(check(Base(folder, ("",)), settings, now=datetime(2026, 1, 1, tzinfo=UTC)).results)


def test_a_privileged_container_fails_where_terraform_writes_it(tmp_path: Path) -> None:
    """The policy for manifests fails the deployment, under Terraform's address and on Terraform's line."""
    (result,) = _judge(tmp_path, DEPLOYMENT % "true")
    assert (result.status, result.address) == (Status.FAIL, "kubernetes_deployment.web")
    assert (result.location.path, result.location.line) == ("main.tf", 15)
    assert result.resource_location.line == 4


@pytest.mark.parametrize(("value", "status"), [("false", Status.PASS), ("var.open", Status.UNKNOWN)])
def test_other_answers(tmp_path: Path, value: str, status: Status) -> None:
    """A container that is not privileged passes, and one of which nobody can tell is unknown."""
    assert [one.status for one in _judge(tmp_path, DEPLOYMENT % value)] == [status]


def test_json_syntax_is_no_way_around(tmp_path: Path) -> None:
    """Blocks that JSON writes as single objects are the same blocks."""
    assert [one.status for one in _judge(tmp_path, JSON, "main.tf.json")] == [Status.FAIL]


def test_the_object_has_the_names_of_the_api() -> None:
    """Blocks and attributes are renamed, keys that an author chose are not."""
    resource = _resource(DEPLOYMENT % "true")
    assert (resource.kind, resource.meta["type"]) == ("Deployment.apps", "kubernetes_deployment")
    assert resource.attributes["metadata"]["labels"] == {"k8s_app": "web"}
    assert resource.meta["labels"] == {"k8s_app": "web"}
    (container,) = resource.attributes["spec"]["template"]["spec"]["containers"]
    assert container["securityContext"] == {"privileged": True, "runAsUser": 0}


def test_blocks_that_may_stand_stay_open() -> None:
    """A dynamic block over an unknown collection makes an object unknown; a known one makes it stand."""
    text = """\
variable "all" {}
resource "kubernetes_pod" "a" {
  spec {
    dynamic "security_context" {
      for_each = var.all
      content { run_as_user = 0 }
    }
  }
}
"""
    assert isinstance(_resource(text).attributes["spec"]["securityContext"], Unknown)
    known = _resource(text.replace("{}", '{ default = ["one"] }', 1))
    assert known.attributes["spec"]["securityContext"] == {"runAsUser": 0}


def test_values_lead_back_to_what_set_them() -> None:
    """The history of a value is found through the view."""
    resource = _resource(DEPLOYMENT % "var.open")
    context = resource.attributes["spec"]["template"]["spec"]["containers"][0]["securityContext"]
    assert resource.origins is not None
    assert [step for step, _ in resource.origins.trace(context, "privileged")] == ["var.open"]


def test_secrets_are_never_printed() -> None:
    """The data of a Secret is sensitive, whether marked or not; resources of other providers stay as they are."""
    secret = _resource('resource "kubernetes_secret" "s" {\n  data = { token = "abc" }\n}\n')
    assert id(secret.attributes["data"]) in secret.sensitive
    assert _resource('resource "aws_eks_cluster" "c" {\n  role_arn = "r"\n}\n').kind == "aws_eks_cluster"


@pytest.mark.parametrize("kind", ["pod", "deployment_v1", "cron_job_v1"])
def test_a_workload_without_a_pod_has_a_container_that_sets_nothing(tmp_path: Path, kind: str) -> None:
    """What leaves out its containers does not pass as one whose containers all have limits."""
    (tmp_path / "main.tf").write_text(f'resource "kubernetes_{kind}" "w" {{\n  metadata {{}}\n}}\n', "utf-8")
    settings = Settings(select=("CKV_K8S_11",), waivers=())
    results = check(Base(tmp_path, ("",)), settings, now=datetime(2026, 1, 1, tzinfo=UTC)).results
    assert [one.status for one in results] == [Status.FAIL]
