"""What a stack consists of: its programs, the environment of each service, the addresses."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deploy.local import broker, database, objects
from deploy.local.instance import LOCAL, Instance, is_free
from deploy.local.supervision import Program

Note = Callable[[str], object]

FONTS = LOCAL / "fonts"
"""Where set-up unpacks the fonts of the certificates if it may not install them."""

_SECRETS = frozenset(
    {
        "AMQP_URL",
        "DATABASE_URL",
        "S3_SECRET",
        "RECEIPT_KEY",
        "SEALING_KEY",
        "LEDGER_KEY",
        "DOOR_KEY",
    }
)


@dataclass(frozen=True)
class Addresses:
    """Where a running stack is reached; the user is always one who may do everything."""

    http_url: str
    amqp_url: str
    admin_database_url: str
    s3_url: str
    s3_key: str
    s3_secret: str
    smtp_url: str
    mail_dir: Path
    logs_dir: Path


def addresses(instance: Instance) -> Addresses:
    """Return where everything of the stack is reached."""
    key, secret = objects.key(instance, objects.ADMINISTRATOR)
    return Addresses(
        http_url=f"http://127.0.0.1:{instance.port('http')}",
        amqp_url=broker.url(instance),
        admin_database_url=database.administrator_url(instance),
        s3_url=objects.url(instance),
        s3_key=key,
        s3_secret=secret,
        smtp_url=f"smtp://127.0.0.1:{instance.port('mailbox')}",
        mail_dir=instance.mail,
        logs_dir=instance.logs,
    )


def environment(instance: Instance, service: str, number: int = 0) -> dict[str, str]:
    """Return the environment in which this copy of the service runs."""
    key, secret = objects.key(instance, service)
    reached = addresses(instance)
    return {
        "AMQP_URL": broker.url(instance, service),
        "DATABASE_URL": database.url(instance, service),
        "S3_URL": reached.s3_url,
        "S3_KEY": key,
        "S3_SECRET": secret,
        "S3_REGION": "us-east-1",
        "BUCKET": objects.bucket(instance, service),
        "BUCKET_PREFIX": objects.bucket(instance, ""),
        "CLOCK_FILE": str(instance.clock),
        "BEAT_SECONDS": "0",  # the hours a moved clock leaps over are no outage
        "REQUEST_DAYS": "3650",  # and the months make nobody forget what was just answered
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "INFO"),
        "HEALTH_PORT": str(instance.port(f"{service}-{number} health")),
        "HTTP_PORT": str(http_port(instance, number)),
        "PORTAL_URL": reached.http_url,
        "STORE_URL": reached.s3_url,
        "SMTP_URL": reached.smtp_url,
        "WEBHOOK_ALLOW_LOOPBACK": "true",
        "METRICS_URLS": metrics_urls(instance),
        **({"RECEIPT_KEY": receipt_key(instance)} if service == "intake" else {}),
        **({"SEALING_KEY": sealing_key(instance)} if service == "review" else {}),
        **({"LEDGER_KEY": ledger_key(instance)} if service == "ledger" else {}),
        **({"DOOR_KEY": door_key(instance)} if service == "gateway" else {}),
        **({"FONT_PATH": str(FONTS)} if any(FONTS.rglob("*.ttf")) else {}),
    }


def metrics_urls(instance: Instance) -> str:
    """Return where `sangkien status` finds every copy of every service."""
    names = [f"{name}-{n}" for name, copies in instance.copies.items() for n in range(copies)]
    return ",".join(f"{n}=http://127.0.0.1:{instance.port(f'{n} health')}" for n in names)


def receipt_key(instance: Instance) -> str:
    """Return what the stack's receipts are signed with: 32 bytes are a private key of Ed25519."""
    return instance.password("receipts") + instance.password("receipts, second half")


def sealing_key(instance: Instance) -> str:
    """Return what the stack's sheets are sealed to on their way: a private key of X25519."""
    return instance.password("sheets") + instance.password("sheets, second half")


def ledger_key(instance: Instance) -> str:
    """Return what the keys under the stack's tree heads are made from: 32 bytes."""
    return instance.password("tree heads") + instance.password("tree heads, second half")


def door_key(instance: Instance) -> str:
    """Return what the stack's seeds of second steps are kept under: 32 bytes."""
    return instance.password("second steps") + instance.password("second steps, second half")


def http_port(instance: Instance, number: int = 0) -> int:
    """Return the port this copy of the gateway listens on; the first copy's is the stack's."""
    return instance.port(f"http {number}" if number else "http")


def servers(instance: Instance) -> list[Program]:
    """Write the configuration of the servers; return those that are ours to run."""
    mailbox = (sys.executable, "-m", "deploy.local.mailbox")
    programs = [Program("mailbox", (*mailbox, str(instance.port("mailbox")), str(instance.mail)))]
    if "AMQP_URL" not in instance.external:
        programs += broker.programs(instance)
    if "DATABASE_URL" not in instance.external:
        programs += database.programs(instance)
    if "S3_URL" not in instance.external:
        programs += objects.programs(instance)
    return programs


def services(instance: Instance) -> list[Program]:
    """Return a program for every copy of every service, their secrets in files."""
    return [
        Program(
            f"{service}-{number}",
            (sys.executable, "-m", "kernel.runner", service),
            _with_secrets_in_files(instance, service, number),
            group="services",
            starts_by_itself=False,
        )
        for service, copies in instance.copies.items()
        for number in range(copies)
    ]


def _with_secrets_in_files(instance: Instance, service: str, number: int) -> dict[str, str]:
    settings = environment(instance, service, number)
    for name in settings.keys() & _SECRETS:
        path = instance.secret_file(f"{service}.{name.lower()}", settings.pop(name))
        settings[f"{name}_FILE"] = str(path)
    return settings


QUESTIONS: dict[str, Callable[[Instance], bool]] = {
    "postgres": database.answers,
    "seaweedfs": objects.answers,
    "rabbitmq": broker.answers,
    "mailbox": lambda instance: not is_free(instance.port("mailbox")),
}
"""For each server, what tells whether it can be used."""


def external(note: Note) -> dict[str, str]:
    """Return the settings under which a server of somebody else answers; say which does not."""
    asked = {
        name: os.environ.get(name, "")
        for name in ("AMQP_URL", "DATABASE_URL", "S3_URL", "S3_KEY", "S3_SECRET")
    }
    store = asked["S3_URL"], asked["S3_KEY"], asked["S3_SECRET"]
    usable = {
        "AMQP_URL": lambda: broker.accepts(asked["AMQP_URL"]),
        "DATABASE_URL": lambda: database.accepts(asked["DATABASE_URL"]),
        "S3_URL": lambda: objects.accepts(*store),
    }
    found: dict[str, str] = {}
    for name in filter(asked.get, usable):
        if usable[name]():
            note(f"  using the server of {name}")
            found |= {key: asked[key] for key in asked if key.startswith(name.partition("_")[0])}
        else:
            note(f"  nothing usable answers at {name}; starting a server of our own instead")
    return found
