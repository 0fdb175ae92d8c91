"""Where every service keeps what it owns: its environment, as its processes are given it."""

import json
from collections.abc import Mapping
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from kernel.objects import Bucket
from kernel.settings import BadSetting, KernelSettings, load

# What of an environment is a key, and not a password at a server that another may stand for.
_KEY_ENDINGS = ("_KEY", "_KEYS", "_SECRETS", "SIGN_PASSWORD", "CHANNELS_FILE")
_OF_SERVERS = ("S3_",)


class BackupSettings(Struct, frozen=True):
    """What backing up and restoring are told.

    places: JSON with the environment of each service by its name; best by `PLACES_FILE`.
    """

    places: str


class Place(Struct, frozen=True):
    """One service: its name, and its environment."""

    service: str
    environment: Mapping[str, str]

    @property
    def settings(self) -> KernelSettings:
        """Return what the service's processes are told. Raises `BadSetting`."""
        return load(KernelSettings, self.environment)

    @property
    def address(self) -> str:
        """Return the address of the service's database, as PostgreSQL's own programs take it."""
        return self.settings.database_url.replace("postgresql+psycopg2://", "postgresql://")

    @property
    def bucket(self) -> Bucket | None:
        """Return the service's bucket; None if it has no store."""
        if not (self.settings.s3_url and self.settings.bucket):
            return None
        files = Bucket()
        files.connect(self.settings)
        return files

    @property
    def keys(self) -> dict[str, bytes]:
        """Return the service's keys: `LEDGER_KEY`, or `SIGN_KEYS/…` for a file in a folder."""
        found: dict[str, bytes] = {}
        for variable, value in self.environment.items():
            name = variable if variable == "CHANNELS_FILE" else variable.removesuffix("_FILE")
            if not value or not name.endswith(_KEY_ENDINGS) or name.startswith(_OF_SERVERS):
                continue
            if variable.endswith("_FILE"):
                found[name] = Path(value).read_bytes().strip()
            elif Path(value).is_absolute() and Path(value).is_dir():
                inside = sorted(path for path in Path(value).rglob("*") if path.is_file())
                found |= {
                    f"{name}/{path.relative_to(value)}": path.read_bytes() for path in inside
                }
            else:
                found[name] = value.encode()
        return found


def load_places(environment: Mapping[str, str] | None = None) -> list[Place]:
    """Read where all services are; end with a sentence if that cannot be read."""
    told = load(BackupSettings, environment).places
    try:
        environments = msgspec.json.decode(told, type=dict[str, dict[str, str]])
        places = [Place(service, environment) for service, environment in environments.items()]
        for place in places:
            _ = place.settings
    except (msgspec.MsgspecError, json.JSONDecodeError) as problem:
        said = f"PLACES is no JSON of environments by service: {problem}"
        raise click.ClickException(said) from problem
    except BadSetting as problem:
        raise click.ClickException(f"PLACES: {problem}") from problem
    if not places:
        raise click.ClickException("PLACES names no service.")
    return places
