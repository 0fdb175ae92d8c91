"""Settings come from the environment, secrets from files; start with `load`."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, ValidationError, convert
from msgspec.structs import fields
from nameko.extensions import DependencyProvider

S = TypeVar("S", bound=Struct)


class BadSetting(Exception):
    """A setting is missing or cannot be read."""


class KernelSettings(Struct, frozen=True, kw_only=True):
    """What every service process is told.

    amqp_url: Where the broker is, `pyamqp://user:password@host:port/vhost`.
    database_url: The service's own database, `postgresql+psycopg2://user:password@host/name`.
    s3_url: Where the object store is, `http://host:port`.
    s3_public_url: Where people reach it, for the links they are given; as `s3_url` if empty.
    s3_key: The service's key in the object store.
    s3_secret: The secret that goes with the key.
    s3_region: The region name signed into requests.
    bucket: The service's own bucket.
    bucket_prefix: What stands before a service's name in the names of buckets.
    clock_file: A file that moves the clock of a whole local stack; unset in production.
    log_level: The least severe level that is logged.
    health_host: The address that `/health` and `/metrics` are served on.
    health_port: The port that `/health` and `/metrics` are served on.
    workers: How many messages one process works on at once.
    heartbeat: Seconds between heartbeats on a broker connection.
    retry_pauses: Seconds to wait before each further try of a failed event, comma separated.
    crunch_children: How many child processes do the heavy computing.
    stop_seconds: How long a stopping process may take to finish what it has begun.
    """

    amqp_url: str
    database_url: str
    s3_url: str = ""
    s3_public_url: str = ""
    s3_key: str = ""
    s3_secret: str = ""
    s3_region: str = "us-east-1"
    bucket: str = ""
    bucket_prefix: str = ""
    clock_file: str = ""
    log_level: str = "INFO"
    health_host: str = "127.0.0.1"
    health_port: int = 0
    workers: int = 10
    heartbeat: int = 30
    retry_pauses: str = "0.2,0.5,1,2,5,10,30,60,300,900"
    crunch_children: int = 1
    stop_seconds: float = 8.0

    @property
    def pauses(self) -> tuple[float, ...]:
        """Return the pauses before the second, third … try, in seconds."""
        return tuple(float(pause) for pause in self.retry_pauses.split(",") if pause.strip())


def load(kind: type[S], environment: Mapping[str, str] | None = None) -> S:
    """Read a settings struct: field `smtp_url` from `SMTP_URL` or the file `SMTP_URL_FILE` names.

    Raises `BadSetting`, naming the variable.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for field in fields(kind):
        variable = field.name.upper()
        if path := environment.get(f"{variable}_FILE"):
            try:
                values[field.name] = Path(path).read_text().strip()
            except OSError as error:
                raise BadSetting(f"{variable}_FILE names {path}: {error.strerror}.") from error
        elif variable in environment:
            values[field.name] = environment[variable]
        elif field.required:
            raise BadSetting(f"Set {variable} or {variable}_FILE.")
    try:
        return convert(values, kind, strict=False)
    except ValidationError as error:
        raise BadSetting(f"A setting of {kind.__name__} is wrong: {error}") from error


class Settings(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Gives a service its own settings struct."""

    def __init__(self, kind: type[Struct]) -> None:
        self.kind = kind

    def setup(self) -> None:
        """Read the settings once, when the service starts."""
        self.values = load(self.kind)

    def get_dependency(self, _worker_ctx: object) -> Any:  # noqa: ANN401  # the struct asked for
        """Hand the service its settings."""
        return self.values
