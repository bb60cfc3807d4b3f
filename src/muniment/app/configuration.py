"""Reads the configuration file strictly: unknown keys and wrong types are errors, each with its line."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from muniment.app.settings import ReportSpec, Settings, terraform_variables
from muniment.content.fields import Fields, read_fields
from muniment.errors import UsageError
from muniment.languages.source import Span
from muniment.sources.exclusion import Exclude

_ANSWERS: Final = ("deny", "incomplete", "warn", "allow")


class _NoPlaces:
    """Stands for the positions of a file whose reader gives none."""

    span = Span(1, 1, 1, 1)

    @property
    def positions(self) -> "_NoPlaces":
        """Itself: it has no places either."""
        return self

    def key(self, _container: object, _key: object) -> None:
        """No place."""

    def of(self, _container: object) -> None:
        """No place."""


def read_configuration(path: Path | None, table: dict[str, Any] | None) -> Settings:
    """The settings of `muniment.yaml` at `path`, or of the table. Raises UsageError."""
    problems: list[str] = []
    if path is not None:
        fields = read_fields(path, path.name, problems)
    else:
        fields = Fields(table or {}, _NoPlaces(), "pyproject.toml [tool.muniment]", problems)
    settings = _settings(fields) if fields is not None else Settings()
    if problems:
        raise UsageError("the configuration does not load:\n  " + "\n  ".join(problems), code="configuration")
    return settings


def _settings(fields: Fields) -> Settings:
    if fields.raw("schema") != 1:
        fields.complain("`schema: 1` is missing", "schema" if "schema" in fields else None)
    policies = fields.mapping("policies")
    gate = fields.mapping("gate")
    settings = Settings(
        select=policies.texts("select") if policies else (),
        remove=policies.texts("not") if policies else (),
        libraries=policies.texts("library") if policies else (),
        params=_params(policies),
        excludes=tuple(_exclude(item) for item in fields.items("exclude")),
        terraform=_terraform(fields.mapping("terraform")),
        kubernetes=_kubernetes(fields.mapping("kubernetes")),
        render=_render(fields.mapping("render")),
        baseline=fields.text("baseline"),
        waivers=fields.texts("waivers") or Settings().waivers,
        inline=fields.choice("inline-waivers", ("deny", "warn", "accept"), "warn"),
        reports=tuple(_report(item) for item in fields.items("reports")),
        file=fields.file,
        origins=dict(_origins(fields, "")),
    )
    settings = _gate(settings, gate) if gate else settings
    for inner in (policies, gate):
        if inner:
            inner.finish()
    fields.finish()
    return settings


def _origins(fields: Fields, above: str) -> Iterator[tuple[str, str]]:
    """The place of every key, by its name with those of the mappings around it: `gate.fail-on`."""
    for name in fields.names():
        yield f"{above}{name}", fields.place(name)
        value = fields.peek(name)
        if isinstance(value, dict):
            yield from _origins(fields.inner(value), f"{above}{name}.")


def _params(policies: Fields | None) -> Mapping[str, Mapping[str, Any]]:
    inner = policies.mapping("params") if policies else None
    if inner is None:
        return {}
    out = {}
    for name in inner.names():
        values = inner.mapping(name)
        out[name] = {key: values.raw(key) for key in values.names()} if values else {}
    return out


def _exclude(item: Fields) -> Exclude:
    rule = Exclude(item.text("path", required=True), item.text("reason", required=True), item.text("owner"))
    item.finish()
    return rule


def _report(item: Fields) -> ReportSpec:
    spec = ReportSpec(item.text("format", required=True), item.text("to", required=True))
    if Path(spec.to).is_absolute() or ".." in Path(spec.to).parts:
        item.complain("`to` must stay below the base", "to")
    item.finish()
    return spec


def _gate(settings: Settings, gate: Fields) -> Settings:
    unread = dict(settings.unread)
    inner = gate.mapping("unread")
    for reason in inner.names() if inner else ():
        unread[reason] = inner.choice(reason, _ANSWERS) if inner else ""
    most = gate.raw("max-new")
    if most is not None and (isinstance(most, bool) or not isinstance(most, int)):
        gate.complain("`max-new` must be a number", "max-new")
        most = None
    return settings._replace(
        fail_on=gate.texts("fail-on"),
        error=gate.choice("error", _ANSWERS, settings.error),
        unknown=gate.choice("unknown", _ANSWERS, settings.unknown),
        unread=unread,
        max_new=most,
    )


def _terraform(fields: Fields | None) -> Mapping[str, Any]:
    if fields is None:
        return {}
    variants = fields.mapping("variants")
    modules = fields.mapping("modules")
    out = {
        "roots": _roots(fields),
        "variants": {key: variants.texts(key) for key in variants.names()} if variants else {},
        "modules": {key: modules.text(key) for key in modules.names()} if modules else {},
        "workspace": fields.text("workspace", "default"),
        "environment": terraform_variables() if fields.choice("environment", ("on", "off"), "off") == "on" else {},
        "var_files": fields.texts("var-files"),
    }
    fields.finish()
    return out


def _roots(fields: Fields) -> tuple[str, ...]:
    """Patterns of the folders that are judged as roots; empty for the rule that finds them."""
    return () if fields.raw("roots") == "auto" else fields.texts("roots")


def _kubernetes(fields: Fields | None) -> Mapping[str, Any]:
    if fields is None:
        return {}
    out = {"version": fields.text("version"), "namespace": fields.text("namespace")}
    fields.finish()
    return {key: value for key, value in out.items() if value}


def _render(fields: Fields | None) -> Mapping[str, Any]:
    if fields is None:
        return {}
    values = fields.mapping("values")
    out = {
        "helm": fields.choice("helm", ("auto", "off"), "auto"),
        "kustomize": fields.choice("kustomize", ("auto", "off"), "auto"),
        "values": {key: values.texts(key) for key in values.names()} if values else {},
        "timeout": fields.text("timeout", "30s"),
    }
    fields.finish()
    return out
