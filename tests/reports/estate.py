"""One fixed Assessment with everything that a report can meet: every status, waivers, a baseline, hostile texts."""

from typing import Any, Final

from muniment.languages.unknown import Cause
from muniment.model.assessment import Assessment, Change, Coverage, Decision, GateChange, LedgerLine, Ruling, Sources
from muniment.model.document import Location
from muniment.model.framework import ControlResult
from muniment.model.policy import Assert, ControlLink, Policy
from muniment.model.result import AssertResult, Result, Unread, Violation
from muniment.model.status import ControlState, Severity, Status
from muniment.model.waiver import WaiverUse

STORAGE: Final = "infra/prod/storage.tf"
NETWORK: Final = "infra/prod/network.tf"
WEB: Final = "deploy/web.yaml"
HOSTILE_PATH: Final = 'deploy/=cmd|"\x1b[31m<img src=x>,:%0A|@team `x`\u202etxt.yaml'
HOSTILE: Final = (
    "\x1b]0;owned\x07<script>alert(1)</script> ::error::x %0A"
    " | [a](javascript:alert(1)) @team `x` ]]> \ud800 \u202e=1+1"
)

TEXTS: Final = {
    STORAGE: b"""\
variable "acl" {
  type = string
}

resource "aws_s3_bucket" "reports" {
  bucket = "acme-reports"
}

resource "aws_s3_bucket_acl" "reports" {
  bucket = aws_s3_bucket.reports.id
  acl    = "public-read"
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}
""",
    NETWORK: b"""\
resource "aws_security_group" "admin" {
  name = "admin"

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
""",
    WEB: """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      containers:
        - name: web
          image: "registry.example/\U0001f680/web:latest"
          securityContext: {runAsUser: 0}
        - {name: side, image: registry.example/side@sha256:0000, securityContext: {privileged: true}}
""".encode(),
    HOSTILE_PATH: b"kind: Pod\nmetadata: {name: \x1b[31mred\x07}\n\timage: '<b>\xff'\n",
}


def _policy(identity: str, title: str, severity: Severity, *controls: ControlLink, **more: Any) -> Policy:
    fixed: dict[str, Any] = {
        "risk": "Whoever reaches it can use it: reach is the network, effect is the data behind it.",
        "kinds": ("aws_s3_bucket",),
        "category": "data",
        "owner": "platform",
        "asserts": (Assert("main", "true"),),
        "digest": "d" * 64,
        "fix": 'Set acl = "private".',
    }
    return Policy(**{"id": identity, "title": title, "severity": severity, "controls": controls, **fixed, **more})


def _link(identity: str, why: str, relationship: str = "subset", strength: str = "direct") -> ControlLink:
    framework, _, control = identity.partition(":")
    return ControlLink(framework, control, why, relationship, strength)


POLICIES: Final = (
    _policy(
        "aws/s3/public-bucket",
        "Bucket is readable by anyone",
        Severity.HIGH,
        _link("soc2:CC6.1", "Objects of this bucket are readable without any identity."),
        _link("pci-dss:1.3.1", "Traffic to stored data is not restricted.", "intersects"),
        _link("hipaa:164.312(a)(1)", "Access is not limited to those who were granted it.", "subset", "supporting"),
        aliases=("CKV_AWS_20", "AVD-AWS-0092"),
        fix='Set acl = "private",\nor serve the objects through CloudFront.',
        references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",),
    ),
    _policy(
        "aws/s3/unencrypted-bucket",
        "Bucket is not encrypted with a key of the customer",
        Severity.MEDIUM,
        _link("soc2:CC6.7", "Data at rest is encrypted under a key whose use is controlled.", "equal"),
        aliases=("CKV_AWS_145",),
        fix='server_side_encryption_configuration with sse_algorithm = "aws:kms"',
    ),
    _policy(
        "aws/vpc/open-admin-port",
        "Administration port is open to the world",
        Severity.CRITICAL,
        _link("soc2:CC6.6", "The boundary admits anyone to administration services."),
        _link("pci-dss:1.3.1", "Inbound traffic is not restricted to what is necessary."),
        asserts=(
            Assert("ssh", "true", aliases=("CKV_AWS_24",)),
            Assert("rdp", "true", aliases=("CKV_AWS_25",)),
        ),
        fix='cidr_blocks = ["10.0.0.0/8"]',
    ),
    _policy(
        "kubernetes/privileged-container",
        "Container is privileged",
        Severity.CRITICAL,
        _link("cis-kubernetes:5.2.2", "The recommendation itself.", "equal"),
        aliases=("CKV_K8S_16",),
        fix="securityContext: {privileged: false}",
    ),
    _policy(
        "kubernetes/root-container",
        "Container may run as root",
        Severity.HIGH,
        _link("cis-kubernetes:5.2.7", "The recommendation itself.", "equal"),
        _link("soc2:CC6.1", "No running container holds root."),
        aliases=("CKV_K8S_23", "CKV_K8S_40"),
        fix="securityContext: {runAsNonRoot: true, runAsUser: 10001}",
    ),
    _policy(
        "kubernetes/unpinned-image",
        "Image is not pinned by digest",
        Severity.LOW,
        _link("soc2:CC8.1", "What runs is what was reviewed.", "intersects", "indicator"),
        aliases=("CKV_K8S_43",),
        fix="image: registry.example/web@sha256:...",
    ),
    _policy("zz/hostile", HOSTILE, Severity.INFO, fix=HOSTILE, risk=HOSTILE, owner=HOSTILE),
    _policy("zz/not-tested", "Nothing of this kind is here", Severity.LOW),
)

_BY_ID: Final = {policy.id: policy for policy in POLICIES}


def _result(policy: str, status: Status, address: str, at: Location, of: Location, **more: Any) -> Result:
    rule = _BY_ID[policy]
    fixed: dict[str, Any] = {
        "kind": address.rpartition(".")[0] or address.partition("/")[0],
        "root": "infra/prod" if at.path.startswith("infra") else at.path,
        "fingerprint": "0123456789abcdef" * 4 if status is Status.FAIL else "",
        "aliases": rule.all_aliases,
        "controls": tuple(link.id for link in rule.controls),
        "asserts": tuple(AssertResult(item.name, item.aliases, status) for item in rule.asserts),
    }
    violation = (Violation("main", str(more.get("message", "")), at, more.pop("reads", ())),)
    fixed["violations"] = violation if status is Status.FAIL else ()
    return Result(
        **{
            "policy": policy,
            "status": status,
            "severity": rule.severity,
            "address": address,
            "location": at,
            "resource_location": of,
            **fixed,
            **more,
        }
    )


_ACL: Final = Location(STORAGE, 11, 12, 11, 25)
_ACL_BLOCK: Final = Location(STORAGE, 9, 1, 12, 2)
_LOGS: Final = Location(STORAGE, 14, 1, 16, 2)
_REPORTS: Final = Location(STORAGE, 5, 1, 7, 2)
_GROUP: Final = Location(NETWORK, 1, 1, 16, 2)
_SSH: Final = Location(NETWORK, 8, 19, 8, 32)
_RDP: Final = Location(NETWORK, 14, 19, 14, 32)
_DEPLOYMENT: Final = Location(WEB, 1, 1, 11, 100)
_DEPLOYED: Final = "Deployment.apps/shop/web"
_CHART: Final = Location("charts/web/Chart.yaml", 1, 1, 6)
_NO_HELM: Final = (Cause("missing-renderer", "charts/web"),)
_HOSTILE_AT: Final = Location(HOSTILE_PATH, 2, 18, 2, 22)

_JUDGED: Final = (
    (
        _result("kubernetes/privileged-container", Status.UNKNOWN, "HelmChart/web", _CHART, _CHART, unknown=_NO_HELM),
        Ruling("warn"),
    ),
    (
        _result("kubernetes/root-container", Status.UNKNOWN, "HelmChart/web", _CHART, _CHART, unknown=_NO_HELM),
        Ruling("warn"),
    ),
    (
        _result("zz/hostile", Status.FAIL, HOSTILE, _HOSTILE_AT, Location(HOSTILE_PATH, 1), message=HOSTILE),
        Ruling("deny", "fails", baseline="new"),
    ),
    (
        _result(
            "kubernetes/privileged-container",
            Status.FAIL,
            _DEPLOYED,
            Location(WEB, 11, 76, 11, 93),
            _DEPLOYMENT,
            message="container side is privileged",
        ),
        Ruling("allow", "waived by W-2026-0014 until 2026-06-30", "W-2026-0014", baseline="unchanged"),
    ),
    (
        _result(
            "kubernetes/root-container",
            Status.FAIL,
            _DEPLOYED,
            Location(WEB, 10, 29, 10, 41),
            _DEPLOYMENT,
            message="container web may run as uid 0",
            reads=(("containers[web].securityContext.runAsUser", 0), ("securityContext.runAsNonRoot", None)),
        ),
        Ruling("allow", "not new", baseline="unchanged"),
    ),
    (
        _result(
            "kubernetes/unpinned-image",
            Status.FAIL,
            _DEPLOYED,
            Location(WEB, 9, 18, 9, 49),
            _DEPLOYMENT,
            message="image of container web is latest",
        ),
        Ruling("warn", "requested, not approved", f"{WEB}:8", requested=True, baseline="new"),
    ),
    (
        _result(
            "aws/vpc/open-admin-port",
            Status.FAIL,
            "aws_security_group.admin",
            _SSH,
            _GROUP,
            message="port 22 is open to 0.0.0.0/0 (and 1 more)",
            violations=(
                Violation("ssh", "port 22 is open to 0.0.0.0/0", _SSH, (("ingress[0].cidr_blocks", "0.0.0.0/0"),)),
                Violation("rdp", "port 3389 is open to 0.0.0.0/0", _RDP, (("ingress[1].cidr_blocks", "0.0.0.0/0"),)),
            ),
        ),
        Ruling("deny", "fails", baseline="changed"),
    ),
    (_result("aws/s3/public-bucket", Status.PASS, "aws_s3_bucket.reports", _REPORTS, _REPORTS), Ruling("allow")),
    (
        _result(
            "aws/s3/unencrypted-bucket",
            Status.UNKNOWN,
            "aws_s3_bucket.reports",
            _REPORTS,
            _REPORTS,
            message="cannot be told",
            unknown=(Cause("module", "module.kms.key_arn"),),
        ),
        Ruling("warn"),
    ),
    (
        _result(
            "aws/s3/public-bucket",
            Status.FAIL,
            "aws_s3_bucket_acl.reports",
            _ACL,
            _ACL_BLOCK,
            message='acl is "public-read"',
            reads=(("acl", "public-read"),),
        ),
        Ruling("deny", "fails", baseline="new"),
    ),
    (_result("aws/s3/public-bucket", Status.SKIP, "aws_s3_bucket.logs", _LOGS, _LOGS), Ruling("allow")),
    (
        _result(
            "aws/s3/unencrypted-bucket",
            Status.ERROR,
            "aws_s3_bucket.logs",
            _LOGS,
            _LOGS,
            message="no such key: rule",
            error="no such key: rule",
        ),
        Ruling("incomplete", "could not be evaluated"),
    ),
)


def _control(framework: str, version: str, control: str, title: str, **more: Any) -> ControlResult:
    fixed: dict[str, Any] = {
        "state": ControlState.NOT_ASSESSED,
        "basis": "none",
        "assessable": True,
        "note": "no policy",
    }
    return ControlResult(
        **{"framework": framework, "version": version, "control": control, "title": title, **fixed, **more}
    )


def _tested(state: ControlState, **more: Any) -> dict[str, Any]:
    return {"state": state, "basis": "tested", "note": "", **more}


_FAILS: Final = _tested(ControlState.NOT_SATISFIED, failed=1, note="1 failing")
_CONTROLS: Final = (
    _control(
        "cis-kubernetes",
        "1.12.0",
        "5.2.2",
        "Privileged containers",
        **{**_FAILS, "waived": 1, "unknown": 1, "note": "1 failing, 1 of them waived"},
        policies=("kubernetes/privileged-container",),
    ),
    _control("cis-kubernetes", "1.12.0", "5.2.7", "Root containers", **_FAILS, policies=("kubernetes/root-container",)),
    _control("hipaa", "2013", "164.312(a)(1)", "Access control", note="supporting or indicator policies only"),
    _control(
        "pci-dss",
        "4.0.1",
        "1.3.1",
        "Inbound traffic is restricted",
        **{**_FAILS, "failed": 2, "note": "2 failing"},
        passed=1,
        policies=("aws/s3/public-bucket", "aws/vpc/open-admin-port"),
    ),
    _control("soc2", "2017", "CC6", "Logical and physical access", assessable=False),
    _control(
        "soc2",
        "2017",
        "CC6.1",
        "Logical access is restricted",
        **{**_FAILS, "failed": 2, "note": "2 failing"},
        passed=1,
        policies=("aws/s3/public-bucket", "kubernetes/root-container"),
    ),
    _control("soc2", "2017", "CC6.2", "Users are registered and removed"),
    _control("soc2", "2017", "CC6.6", "The boundary is protected", **_FAILS, policies=("aws/vpc/open-admin-port",)),
    _control(
        "soc2",
        "2017",
        "CC6.7",
        HOSTILE,
        **_tested(ControlState.UNDETERMINED, unknown=1, errors=1, note="1 unknown, 1 errors"),
        policies=("aws/s3/unencrypted-bucket",),
    ),
    _control(
        "soc2",
        "2017",
        "CC7.1",
        "Changes are detected",
        **_tested(ControlState.SATISFIED, passed=3, in_part=True, note="3 passing"),
        policies=("aws/s3/public-bucket",),
    ),
    _control(
        "soc2",
        "2017",
        "CC8.1",
        "Changes are authorised",
        **_tested(ControlState.SATISFIED, passed=2, note="2 passing"),
        policies=("kubernetes/unpinned-image",),
    ),
)

_WAIVERS: Final = (
    WaiverUse(
        "W-2026-0014",
        "in force",
        1,
        "The node agent needs the host until it is replaced.",
        Location(".muniment/waivers/W-2026-0014.yaml", 1),
        "2026-06-30",
        ("bo", "cy"),
        ("kubernetes/privileged-container",),
        "expires in 28 days; not signed",
        "ana",
    ),
    WaiverUse(
        "W-2026-0009",
        "expired",
        0,
        HOSTILE,
        Location(".muniment/waivers/W-2026-0009.yaml", 1),
        "2026-03-01",
        ("bo",),
        ("aws/s3/public-bucket",),
        "not signed",
    ),
    WaiverUse("CKV_K8S_43", "requested", 1, "pinned by the registry", Location(WEB, 8), note="checkov"),
    WaiverUse("CKV_AWS_18", "unused", 0, "", Location(STORAGE, 6), note="checkov"),
)

_LEDGER: Final = (
    LedgerLine("README.md", "unrecognised", reason="md"),
    LedgerLine("charts/web", "unread", "kubernetes", "missing-renderer"),
    LedgerLine(HOSTILE_PATH, "read", "kubernetes", resources=1),
    LedgerLine(WEB, "read", "kubernetes", resources=1),
    LedgerLine("infra/legacy/main.tf", "excluded", reason="infra/legacy/**: decommissioned, platform"),
    LedgerLine("infra/prod/broken.tf", "partly", "terraform", "syntax-error", resources=2),
    LedgerLine(NETWORK, "read", "terraform", resources=1),
    LedgerLine("infra/prod/prod.tfvars", "support", "terraform"),
    LedgerLine(STORAGE, "read", "terraform", resources=3),
)

ESTATE: Final = Assessment(
    tool="muniment",
    version="1.2.3",
    as_of="2026-06-02",
    base=".",
    plan_digest="a" * 64,
    inputs_digest="b" * 64,
    results=tuple(result for result, _ in _JUDGED),
    rulings=tuple(ruling for _, ruling in _JUDGED),
    unread=(
        Unread(
            Location("charts/web/Chart.yaml", 1),
            "missing-renderer",
            "helm is not on the PATH",
            "install helm, or exclude charts/web with a reason",
            "kubernetes",
        ),
        Unread(
            Location("infra/prod/broken.tf", 3, 1), "syntax-error", HOSTILE, "repair the block at line 3", "terraform"
        ),
    ),
    coverage=Coverage(
        _LEDGER,
        tuple(policy.id for policy in POLICIES),
        ("zz/not-tested",),
        ("2 policies are drafts and were not selected",),
    ),
    controls=_CONTROLS,
    waivers=_WAIVERS,
    decision=Decision(
        "DENY",
        1,
        (
            "3 failures, the worst critical, are not waived",
            "1 result could not be evaluated",
            "2 documents could not be read",
        ),
    ),
    policies=POLICIES,
    changes=(
        Change("fixed", "aws/s3/public-bucket", "infra/prod", "aws_s3_bucket_acl.logs", "e" * 64),
        Change("gone", "kubernetes/root-container", "deploy/old.yaml", "Deployment.apps/shop/old", "f" * 64),
        Change("undecided", "aws/s3/unencrypted-bucket", "infra/prod", HOSTILE, "c" * 64),
    ),
    gate_changes=(
        GateChange("added", "skip comment", WEB, 8),
        GateChange("changed", "configuration", "muniment.yaml"),
    ),
    sources=Sources(TEXTS),
)

EMPTY: Final = ESTATE._replace(
    results=(),
    rulings=(),
    unread=(),
    coverage=Coverage((), (), ()),
    controls=(),
    waivers=(),
    changes=(),
    gate_changes=(),
    policies=(),
    decision=Decision("INCOMPLETE", 5, ("nothing was judged",)),
    sources=None,
)
