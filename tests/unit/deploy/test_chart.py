"""The chart, rendered by Helm itself, is what Kubernetes and KEDA take and what was meant."""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import helm_python
import kubernetes_validate
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from ruamel.yaml import YAML

from deploy.rights import SERVICES
from docs.generator import settings
from kernel.settings import KernelSettings

ROOT = Path(__file__).parents[3]
CHART = ROOT / "deploy/helm/sangkien"
EXAMPLES = sorted(CHART.glob("examples/*.yaml"))
KEDA = json.loads((Path(__file__).parent / "keda.json").read_text())
SCHEMAS = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema/v1.37.0-local-strict"

read = YAML(typ="safe")


@pytest.fixture(scope="module")
def chart() -> Iterator[helm_python.Chart]:
    with helm_python.Chart.load(str(CHART)) as loaded:
        yield loaded


@cache
def definitions() -> Registry:
    """Return the types that the schemas of Kubernetes refer to."""
    told = json.loads((SCHEMAS / "_definitions.json").read_text())
    return (Resource.from_contents(told) @ Registry()).crawl()


@cache
def taker(kind: str, version: str) -> Draft202012Validator:
    """Return what tells whether Kubernetes, or KEDA, takes a resource of this kind."""
    if version.startswith("keda.sh/"):
        return Draft202012Validator(KEDA[kind])
    group, _, number = version.rpartition("/")
    parts = [kind.lower(), *([group.partition(".")[0]] if group else []), number]
    schema = json.loads((SCHEMAS / f"{'-'.join(parts)}.json").read_text())
    return Draft202012Validator(schema, registry=Resource.from_contents(schema) @ definitions())


def faults(resource: dict[str, Any]) -> list[str]:
    validator = taker(resource["kind"], resource["apiVersion"])
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(resource)]


@cache
def by_default() -> list[Any]:
    """Return what is rendered with no values given."""
    with helm_python.Chart.load(str(CHART)) as loaded:
        return rendered(loaded)


def rendered(chart: helm_python.Chart, values: dict[str, Any] | None = None) -> list[Any]:
    """Return every resource of a release called `trial`."""
    texts = chart.render(values or {}, name="trial", namespace="contests")
    pages = [page for name, page in texts.items() if name.endswith(".yaml")]
    return [each for page in pages for each in read.load_all(page) if each]


def named(resources: list[Any], kind: str, service: str) -> Any:
    (found,) = [
        each
        for each in resources
        if (each["kind"], each["metadata"]["name"]) == (kind, f"trial-{service}")
    ]
    return found


@pytest.mark.parametrize("example", [None, *EXAMPLES], ids=str)
def test_everything_rendered_is_taken(chart, example):
    resources = rendered(chart, read.load(example) if example else None)

    found = {each["metadata"]["name"]: said for each in resources if (said := faults(each))}
    assert found == {}
    assert len(resources) > 5 * len(SERVICES)


def test_an_unknown_field_would_be_seen():
    deployment = deepcopy(named(by_default(), "Deployment", "review"))
    scaled = deepcopy(named(by_default(), "ScaledObject", "review"))
    deployment["spec"]["template"]["spec"]["containers"][0]["livenesProbe"] = {}
    scaled["spec"]["maxReplicas"] = 3

    assert ["livenesProbe" in fault for fault in faults(deployment)] == [True]
    assert ["maxReplicas" in fault for fault in faults(scaled)] == [True]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_all_its_own(service):
    resources = by_default()

    pod = named(resources, "Deployment", service)["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["serviceAccountName"] == f"trial-{service}"
    assert named(resources, "ServiceAccount", service)["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["readinessProbe"]["httpGet"] == {"path": "/health", "port": "health"}
    assert named(resources, "PodDisruptionBudget", service)["spec"]["maxUnavailable"] == 1
    assert named(resources, "Job", f"{service}-migrate")["metadata"]["annotations"][
        "helm.sh/hook"
    ] == ("pre-install,pre-upgrade")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reaches_its_servers_and_nobody_else(service):
    policy = named(by_default(), "NetworkPolicy", service)["spec"]

    ports = [tuple(port["port"] for port in rule["ports"]) for rule in policy["egress"]]
    more = {"notify": [(25,), (443,)], "gateway": [(8080,)]}.get(service, [])
    assert ports == [(53, 53), (5432,), (5672,), (9000,), *more]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert all(rule.get("to") for rule in policy["egress"])
    open_ports = {port["port"] for rule in policy["ingress"] for port in rule["ports"]}
    assert open_ports == ({8080, 8000} if service == "gateway" else {8080})


def test_what_is_set_is_what_a_service_reads(chart):
    known = {name.upper() for name in KernelSettings.__struct_fields__}
    for kind in settings.own_settings().values():
        known |= {name.upper() for name in kind.__struct_fields__}
    known |= {"TMPDIR", "OTEL_EXPORTER_OTLP_ENDPOINT"}

    resources = rendered(chart, {"traces": "http://c:4318"})
    told = {
        variable["name"].removesuffix("_FILE")
        for service in SERVICES
        for variable in named(resources, "Deployment", service)["spec"]["template"]["spec"][
            "containers"
        ][0]["env"]
    }

    assert told - known == set()


def test_queues_that_scale_are_queues_of_the_services():
    for service in sorted({*SERVICES} - {"gateway"}):
        scaled = named(by_default(), "ScaledObject", service)

        asked = {
            trigger["metadata"]["queueName"]
            for trigger in scaled["spec"]["triggers"]
            if trigger["type"] == "rabbitmq"
        }
        assert asked
        assert asked <= queues_of(service)


def queues_of(service: str) -> set[str]:
    module = import_module(f"services.{service}.service")
    kind = next(k for k in vars(module).values() if getattr(k, "name", None) == service)
    handlers = {name for name in dir(kind) if hasattr(getattr(kind, name), "handler")}
    return {f"{service}.{name}" for name in (*handlers, "commands", "queries")}


def test_a_busy_day_scales_its_services_alone(chart):
    day = {
        "name": "last-day", "services": ["intake"], "timezone": "Asia/Ho_Chi_Minh",
        "start": "0 6 14 7 *", "end": "0 20 15 7 *", "copies": 4,
    }  # fmt: skip

    resources = rendered(chart, {"busy": [day]})

    crons = {
        service: [
            trigger["metadata"]
            for trigger in named(resources, "ScaledObject", service)["spec"]["triggers"]
            if trigger["type"] == "cron"
        ]
        for service in SERVICES
    }
    assert {service for service, found in crons.items() if found} == {"intake"}
    assert crons["intake"] == [
        {
            "timezone": "Asia/Ho_Chi_Minh", "start": "0 6 14 7 *", "end": "0 20 15 7 *",
            "desiredReplicas": "4",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bad", "name"),
    [
        ({"portal": {"url": "sangkien.example.vn"}}, "portal/url"),
        ({"services": {"review": {"least": 0}}}, "services/review/least"),
        ({"services": {"rewiev": {"least": 1}}}, "rewiev"),
        ({"busy": [{"name": "d"}]}, "busy/0"),
        ({"database": {"prot": 5432}}, "prot"),
        ({"logLevel": "LOUD"}, "logLevel"),
    ],
)
def test_a_bad_value_fails_with_its_name(chart, bad, name):
    with pytest.raises(helm_python.HelmError) as refused:
        chart.validate_schema(bad)

    assert name in str(refused.value)


def test_helm_finds_nothing_wrong():
    found = helm_python.lint(str(CHART))

    assert [each["error"] for each in found["messages"]] == ["icon is recommended"]
    assert found["errors"] == []
