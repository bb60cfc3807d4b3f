"""Manifests: which files are claimed, identities, lists, what is Unread, and requests."""

import pytest

from muniment.core.ports import Reading
from muniment.languages.unknown import Unknown
from muniment.model.derived import Derived, Origin
from muniment.model.document import Document
from muniment.model.kubernetes import BUILT_IN, CLUSTER_SCOPED, WORKLOADS
from muniment.parsers.kubernetes import KubernetesParser
from tests.parsers.files import Files


def _read(text: str, **settings: str) -> Reading:
    parser = KubernetesParser(settings)
    (unit,) = parser.units((Document("all.yaml", text.encode()),), ())
    return parser.resources(unit, Files())


@pytest.mark.parametrize(
    ("path", "text", "role"),
    [
        ("a.yaml", "apiVersion: v1\nkind: Pod\n", "judged"),
        ("a.yml", "# note\n---\n  kind: Pod\n  apiVersion: v1\n", "judged"),
        ("a.json", '{"kind": "Pod", "apiVersion": "v1"}', "judged"),
        ("a.yaml", "- apiVersion: v1\n- kind: x\n", "judged"),
        ("a.yaml", "kind: Pod\nmetadata: {}\n", "judged"),
        ("a.yaml", "{{- if .Values.on }}\napiVersion: v1\nkind: Pod\n{{- end }}\n", "judged"),
        ("a.yaml", "tasks:\n  - k8s:\n      definition:\n        apiVersion: v1\n        kind: Pod\n", ""),
        ("a.yaml", "# apiVersion: v1\n# kind: Pod\n", ""),
        ("a.txt", "apiVersion: v1\nkind: Pod\n", ""),
        ("o/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1\nkind: Kustomization\n", "support"),
        ("c/Chart.yaml", "apiVersion: v2\nname: web\n", "support"),
    ],
)
def test_claims(path: str, text: str, role: str) -> None:
    """An apiVersion and a kind of the file itself make a manifest, and nothing nested or commented does."""
    assert KubernetesParser().claim(Document(path, text.encode())) == role


@pytest.mark.parametrize(
    ("head", "kind", "address"),
    [
        (
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: prod}",
            "Deployment.apps",
            "prod/web",
        ),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: x}", "Pod", "default/x"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: 12}", "Pod", "default/12"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {generateName: job-}", "Pod", "default/job-*"),
        ("apiVersion: v1\nkind: Pod", "Pod", "default/#1"),
        ("apiVersion: v1\nkind: Namespace\nmetadata: {name: a, namespace: b}", "Namespace", "a"),
        (
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: admin}",
            "ClusterRole.rbac.authorization.k8s.io",
            "admin",
        ),
        ("apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: t}", "Thing.x.io", "default/t"),
    ],
)
def test_identity(head: str, kind: str, address: str) -> None:
    """An object is known by kind with group, namespace where the kind has one, and name."""
    (resource,) = _read(head).resources
    assert (resource.kind, resource.address) == (kind, f"{kind}/{address}")


def test_a_definition_in_the_tree_tells_the_scope() -> None:
    """A custom kind is cluster-scoped where its definition says so, in whatever file that stands."""
    definition = (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.x.io}\n"
        "spec: {group: x.io, scope: Cluster, names: {kind: Thing}}\n"
    )
    use = Document("use.yaml", b"apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: t}\n")
    parser = KubernetesParser()
    units = list(parser.units((use, Document("definition.yaml", definition.encode())), ()))
    reading = parser.resources(units[0], Files())
    assert [one.address for one in reading.resources] == ["Thing.x.io/t"]
    assert reading.ledger == ()


def test_an_unknown_scope_is_noted() -> None:
    """Where nothing says whether a kind is namespaced the ledger says what was assumed."""
    reading = _read("apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: t}")
    assert [(line.state, line.resources) for line in reading.ledger] == [("read", 1)]
    assert "Thing.x.io" in reading.ledger[0].reason


def test_lists_are_unpacked_at_every_depth() -> None:
    """Items of lists are objects with places of their own; items of typed lists need not repeat everything."""
    text = (
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n"
        "  - {apiVersion: v1, kind: Pod, metadata: {name: deep}}\n"
        "- {apiVersion: v1, kind: Pod, metadata: {name: flat}}\n-\n"
    )
    reading = _read(text)
    assert [(one.address, one.location.line) for one in reading.resources] == [
        ("Pod/default/deep", 7),
        ("Pod/default/flat", 8),
    ]
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"\ud83d\ude00", "\U0001f600"),
        (r"\uD83D x", "\ufffd x"),
        (r"\\ud83d\ude00", "\\ud83d\ufffd"),
        (r"\u00e9\/", "é/"),
    ],
)
def test_json_has_escapes_of_its_own(text: str, value: str) -> None:
    """A manifest in JSON may write characters as pairs of surrogates."""
    document = Document("a.json", f'{{"apiVersion": "v1", "kind": "ConfigMap", "data": {{"k": "{text}"}}}}'.encode())
    parser = KubernetesParser()
    (unit,) = parser.units((document,), ())
    (resource,) = parser.resources(unit, Files()).resources
    assert resource.attributes["data"] == {"k": value}


def test_an_object_that_stands_twice_keeps_two_addresses() -> None:
    """The second object of a name is told apart by its document."""
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
    assert [one.address for one in _read(f"{pod}---\n{pod}").resources] == ["Pod/default/a", "Pod/default/a#2"]


@pytest.mark.parametrize(
    ("document", "reason", "line"),
    [
        ("kind: Pod\nspec: {{ .Values.spec }}\n", "template-not-rendered", 6),
        ("kind: Pod\n x: 1\ny: 2\n", "syntax-error", 6),
        ("apiVersion: v1\nkind: Pod\nkind: Job\n", "duplicate-key", 7),
        ("some: text\n", "no-kind", 5),
        ("apiVersion: v1\nkind: Pod\nspec: &a [*a]\n", "syntax-error", 7),
    ],
)
def test_a_broken_document_is_unread_alone(document: str, reason: str, line: int) -> None:
    """Whatever is wrong with one document, those around it are judged, and it is named with its place."""
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: %s}\n"
    reading = _read(f"{pod % 'before'}---\n{document}---\n{pod % 'after'}")
    names = [one.name for one in reading.resources]
    assert names[0] == "before"
    assert names[-1] == "after"
    assert [(lost.reason, lost.location.line) for lost in reading.unread] == [(reason, line)]


def test_template_text_in_a_block_scalar_is_data() -> None:
    """Braces in a literal text are no template."""
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  t: |\n    {{ .Data }}\n  v: ${VAR}\n"
    (resource,) = _read(text).resources
    assert resource.attributes["data"] == {"t": "{{ .Data }}\n", "v": "${VAR}"}


def test_a_set_namespace_is_told_from_the_default() -> None:
    """Policies see whether the namespace is written; with the setting `unknown` an absent one is unknown."""
    text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
    assert (_read(text).resources[0].meta["namespace"], _read(text).resources[0].meta["namespaceSet"]) == (
        "default",
        False,
    )
    unsure = _read(text, namespace="unknown").resources[0]
    assert unsure.address == "Pod/default/a"
    assert isinstance(unsure.meta["namespaceSet"], Unknown)
    assert _read(text, namespace="prod").resources[0].meta["namespace"] == "prod"


def test_members_of_secrets_are_never_printed() -> None:
    """The data of a Secret is marked, that of a ConfigMap is not."""
    text = "apiVersion: v1\nkind: %s\nmetadata: {name: a}\ndata: {k: dg==}\n"
    secret, plain = _read(text % "Secret").resources[0], _read(text % "ConfigMap").resources[0]
    assert secret.sensitive == {id(secret.attributes["data"])}
    assert plain.sensitive == frozenset()


def test_requests_cover_their_object() -> None:
    """A comment covers the objects of its document, an annotation its own object."""
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\n# checkov:skip=CKV_K8S_1:because\n"
        "apiVersion: v1\nkind: Pod\n"
        "metadata:\n  name: b\n  annotations:\n    ignore-check.kube-linter.io/run-as-non-root: needs it\n"
    )
    found = [(one.tool, one.ids, one.reason, one.addresses) for one in _read(text).candidates]
    assert found == [
        ("kube-linter", ("run-as-non-root",), "needs it", ("Pod/default/b",)),
        ("checkov", ("CKV_K8S_1",), "because", ("Pod/default/b",)),
    ]


def test_tables_agree_with_each_other() -> None:
    """Every workload and every cluster-scoped kind of Kubernetes itself is a kind of a group that serves it."""
    served = {f"{kind}.{group}" if group else kind for kind, groups in BUILT_IN.items() for group in groups}
    own = {kind for kind in {*WORKLOADS, *CLUSTER_SCOPED} if kind.partition(".")[0] in BUILT_IN and kind in served}
    assert {"Pod", "Deployment.apps", "Deployment.extensions", "CronJob.batch", "Namespace"} <= own
    assert all(path[-1:] in {(), ("template",), ("workerTemplate",)} for path in WORKLOADS.values())


@pytest.mark.parametrize(("setting", "given"), [("", None), ("shop", True), ("unknown", None)])
def test_an_object_of_a_chart_gets_the_namespace_of_the_release(setting: str, given: object) -> None:
    """Where no setting tells the release's namespace, it is not known whether the object lands in the default one."""
    text = b"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
    document = Derived("c/templates/a.yaml", text, origin="helm", lines=(Origin("c/templates/a.yaml", 1),) * 3)
    parser = KubernetesParser({"namespace": setting})
    (unit,) = parser.units((document,), ())
    (found,) = parser.resources(unit, Files()).resources
    held = found.meta["namespaceSet"]
    assert isinstance(held, Unknown) if given is None else held is given
