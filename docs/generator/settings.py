"""The page of settings: what each process reads from its environment."""

import inspect
from importlib import import_module
from importlib.util import find_spec

from msgspec import Struct
from msgspec.structs import fields

from docs.generator.entrypoints import SERVICES
from docs.generator.words import default_of, page, table
from kernel.audit import AuditSettings
from kernel.settings import KernelSettings
from telemetry.reading import MetricsSettings

INTRODUCTION = """
Every setting is an environment variable. A secret may come from a file instead: `NAME_FILE` names
the file that holds `NAME`. A process that misses a setting, or cannot read one, says which and
ends with exit status 2 before it does anything else.
"""


def render() -> str:
    """Return the page."""
    parts = [INTRODUCTION, "## Every service", settings_table(KernelSettings)]
    for service, kind in own_settings().items():
        parts += [f"## {service}", settings_table(kind)]
    parts.append("## sangkien, the command line")
    parts += [settings_table(kind) for kind in (AuditSettings, MetricsSettings)]
    silent = sorted({*SERVICES, "gateway"} - own_settings().keys())
    parts.append(f"{', '.join(silent)}: no settings of their own.")
    return page("Settings", *parts)


def own_settings() -> dict[str, type[Struct]]:
    """Return the settings struct of every service that has one."""
    found = {}
    for service in (*SERVICES, "gateway"):
        name = f"services.{service}.settings"
        if find_spec(name):
            structs = inspect.getmembers(import_module(name), inspect.isclass)
            found[service] = next(kind for _, kind in structs if kind.__module__ == name)
    return found


def settings_table(kind: type[Struct]) -> str:
    """Return variable, default and sentence of every field."""
    said = sentences(kind)
    rows = (
        (f"`{field.name.upper()}`", default_of(field), said[field.name]) for field in fields(kind)
    )
    return table(("variable", "if left out", "what it is"), rows)


def sentences(kind: type[Struct]) -> dict[str, str]:
    """Return what a struct's docstring says of each field, one line for each."""
    lines = (line.partition(": ") for line in (inspect.getdoc(kind) or "").splitlines())
    names = {field.name for field in fields(kind)}
    return {name: text for name, _, text in lines if name in names}
