"""Resources of Terraform's Kubernetes provider, seen as the objects that they make, so that one policy judges both.

The provider writes `spec { container { security_context { run_as_user = 0 } } }` for what the API calls
`spec.containers[].securityContext.runAsUser`: names are in snake case and singular, every block is a list.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from muniment.languages.unknown import OpenList, Unknown
from muniment.model.document import Location
from muniment.model.kubernetes import WORKLOADS
from muniment.model.resource import Resource

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "cluster_role": ("ClusterRole", "rbac.authorization.k8s.io"),
    "cluster_role_binding": ("ClusterRoleBinding", "rbac.authorization.k8s.io"),
    "config_map": ("ConfigMap", ""),
    "cron_job": ("CronJob", "batch"),
    "daemon_set": ("DaemonSet", "apps"),
    "daemonset": ("DaemonSet", "apps"),
    "deployment": ("Deployment", "apps"),
    "ingress": ("Ingress", "networking.k8s.io"),
    "job": ("Job", "batch"),
    "namespace": ("Namespace", ""),
    "network_policy": ("NetworkPolicy", "networking.k8s.io"),
    "persistent_volume_claim": ("PersistentVolumeClaim", ""),
    "pod": ("Pod", ""),
    "pod_security_policy": ("PodSecurityPolicy", "policy"),
    "replication_controller": ("ReplicationController", ""),
    "role": ("Role", "rbac.authorization.k8s.io"),
    "role_binding": ("RoleBinding", "rbac.authorization.k8s.io"),
    "secret": ("Secret", ""),
    "service": ("Service", ""),
    "service_account": ("ServiceAccount", ""),
    "stateful_set": ("StatefulSet", "apps"),
    "storage_class": ("StorageClass", "storage.k8s.io"),
}
"""Resource type without `kubernetes_` and version -> kind and API group."""

_CLUSTER_SCOPED: Final = frozenset(
    {"ClusterRole", "ClusterRoleBinding", "Namespace", "PodSecurityPolicy", "StorageClass"}
)
_SECRET: Final = ("data", "binaryData", "dataWo", "binaryDataWo")
_LISTS: Final[Mapping[str, str]] = {
    "allowed_host_paths": "allowedHostPaths",
    "container": "containers",
    "egress": "egress",
    "env": "env",
    "env_from": "envFrom",
    "from": "from",
    "host_aliases": "hostAliases",
    "host_ports": "hostPorts",
    "http_header": "httpHeaders",
    "image_pull_secrets": "imagePullSecrets",
    "ingress": "ingress",
    "init_container": "initContainers",
    "items": "items",
    "match_expressions": "matchExpressions",
    "path": "paths",
    "port": "ports",
    "ports": "ports",
    "range": "ranges",
    "rule": "rules",
    "subject": "subjects",
    "tls": "tls",
    "to": "to",
    "toleration": "tolerations",
    "volume": "volumes",
    "volume_claim_template": "volumeClaimTemplates",
    "volume_mount": "volumeMounts",
}
"""Blocks that may be repeated -> the name of the API's list; every other block stands for one object."""

_MAPS: Final = frozenset(
    {
        "annotations",
        "binary_data",
        "binary_data_wo",
        "data",
        "data_wo",
        "labels",
        "limits",
        "match_labels",
        "node_selector",
        "parameters",
        "requests",
        "selector",
        "volume_attributes",
    }
)
"""Attributes whose keys are their author's; any other object is a block that JSON syntax writes without a list."""

_NAMES: Final[Mapping[str, str]] = {
    "cluster_ip": "clusterIP",
    "external_ips": "externalIPs",
    "host_ip": "hostIP",
    "host_ipc": "hostIPC",
    "host_pid": "hostPID",
    "non_resource_urls": "nonResourceURLs",
    "storage_provisioner": "provisioner",
}
_VERSION: Final = re.compile(r"_v\d+(?:(?:alpha|beta)\d+)?$")


def see_object(resource: Resource) -> Resource:
    """The object that a resource of the provider makes; any other resource as it is."""
    if not resource.kind.startswith("kubernetes_"):
        return resource
    kind, group = _KINDS.get(_VERSION.sub("", resource.kind.removeprefix("kubernetes_")), ("", ""))
    if not kind:
        return resource
    view = _View(resource)
    attributes = view.block(resource.attributes)
    if kind == "Secret":
        view.sensitive.update(id(attributes[name]) for name in _SECRET if isinstance(attributes.get(name), dict))
    attributes.update(kind=kind, apiVersion=f"{group}/v1" if group else "v1")
    full = f"{kind}.{group}" if group else kind
    if full in WORKLOADS:
        _complete(attributes, WORKLOADS[full])
    return Resource(
        kind=full,
        address=resource.address,
        block=resource.block,
        root=resource.root,
        name=resource.name,
        format=resource.format,
        attributes=attributes,
        location=resource.location,
        positions=view,
        meta={**resource.meta, **_meta(kind, group, attributes)},
        references=resource.references,
        existence=resource.existence,
        sensitive=frozenset(view.sensitive),
        origins=view,
        former=resource.former,
    )


def _complete(attributes: dict[str, Any], template: Sequence[str]) -> None:
    """Gives a workload that does not write its pod the one container that every pod has, with nothing set.

    The provider refuses such a workload; judged by its empty list of containers it would be the safest of all.
    """
    here = attributes
    for step in (*template, "spec"):
        inner = here.setdefault(step, {})
        if inner is None:
            inner = here[step] = {}
        if not isinstance(inner, dict):
            return
        here = inner
    if here.get("containers") is None:
        here["containers"] = [{}]


def _meta(kind: str, group: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """What policies read beside an object, as the parser of manifests gives it."""
    metadata = attributes.get("metadata")
    namespace, labels, annotations = (_read(metadata, name) for name in ("namespace", "labels", "annotations"))
    namespaced = kind not in _CLUSTER_SCOPED
    return {
        "group": group,
        "bareKind": kind,
        "namespaced": namespaced,
        "namespace": ("default" if namespace is None else namespace) if namespaced else "",
        "namespaceSet": namespace is not None if not isinstance(namespace, Unknown) else namespace,
        "labels": labels or {},
        "annotations": annotations or {},
    }


def _read(metadata: Any, name: str) -> Any:
    """A member of the metadata; unknown as the whole is."""
    return metadata.get(name) if isinstance(metadata, dict) else metadata


class _View:
    """Builds the object's containers and leads from each of them back to the one that it was built from."""

    __slots__ = ("_inner", "_sources", "sensitive")

    def __init__(self, inner: Resource) -> None:
        self._inner = inner
        self._sources: dict[int, tuple[object, dict[str, str]]] = {}
        self.sensitive: set[int] = set(inner.sensitive)

    def locate(self, container: object, key: object = None) -> Location | None:
        """The place of what a member of the object was built from."""
        return self._inner.positions.locate(*self._source(container, key))

    def trace(self, container: object, key: object) -> tuple[tuple[str, Location | None], ...]:
        """The history of what a member of the object was built from."""
        origins = self._inner.origins
        return origins.trace(*self._source(container, key)) if origins is not None else ()

    def _source(self, container: object, key: object) -> tuple[object, object]:
        source, names = self._sources.get(id(container), (container, {}))
        return source, names.get(key, key) if isinstance(key, str) else key

    def block(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """One block, or the attributes of the whole resource."""
        out: dict[str, Any] = {}
        names: dict[str, str] = {}
        for name, value in source.items():
            key, member = self._member(name, value)
            out[key] = member
            names[key] = name
        self._keep(out, source, names)
        return out

    def _member(self, name: str, value: Any) -> tuple[str, Any]:
        if isinstance(value, dict) and name not in _MAPS:
            value = [value]
        if not isinstance(value, list) or (value and not isinstance(value[0], dict)):
            return _camel(name), value
        if name in _LISTS:
            return _LISTS[name], self._list(value)
        return _camel(name), self._one(value)

    def _list(self, blocks: list[Any]) -> list[Any]:
        members = [self.block(block) if isinstance(block, dict) else block for block in blocks]
        out = OpenList(members, blocks.causes) if isinstance(blocks, OpenList) else members
        self._keep(out, blocks, {})
        return out

    def _one(self, blocks: list[Any]) -> Any:
        """The object of a block that stands once; unknown where it cannot be told whether it stands."""
        if blocks:
            return self.block(blocks[0])
        return Unknown(blocks.causes) if isinstance(blocks, OpenList) else None

    def _keep(self, made: object, source: object, names: dict[str, str]) -> None:
        self._sources[id(made)] = (source, names)
        if id(source) in self._inner.sensitive:
            self.sensitive.add(id(made))


def _camel(name: str, upper: Callable[[str], str] = str.capitalize) -> str:
    """`run_as_user` as the API writes it."""
    if name in _NAMES:
        return _NAMES[name]
    head, *rest = name.split("_")
    return head + "".join(map(upper, rest))
