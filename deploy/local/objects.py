"""The stack's object store: SeaweedFS with a bucket per service and a key that opens only it."""

import shutil
import sys
from collections.abc import Set as AbstractSet
from pathlib import Path

import urllib3
from minio import Minio
from minio.error import MinioException

from deploy.local.instance import SERVICES, Instance, write_privately
from deploy.local.supervision import Program
from deploy.rights import ADMINISTRATOR, seaweedfs_identities

_LISTENERS = ("master", "volume", "filer", "s3")
_GRPC = 10_000  # SeaweedFS's worker looks for the admin server that far above its port


def programs(instance: Instance) -> list[Program]:
    """Write the store's keys; return the store."""
    folder = instance.folder / "seaweedfs"
    folder.mkdir(parents=True, exist_ok=True)
    keys = {name: instance.password(f"bucket {name}") for name in (ADMINISTRATOR, *SERVICES)}
    write_privately(folder / "identities.json", seaweedfs_identities(keys))
    options = {
        "dir": str(folder),
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "s3.config": str(folder / "identities.json"),
        "bucket": ",".join(SERVICES),
        "s3.allowedOrigins": f"http://127.0.0.1:{instance.port('http')}",  # pages that upload
        "s3.port.iceberg": "0",
        "s3.port.lance": "0",
        "webdav": "false",
        "admin.ui": "false",
        "master.telemetry": "false",
    }
    options["admin.port"] = str(instance.port("seaweedfs admin", twin=_GRPC))
    options["admin.port.grpc"] = str(instance.port("seaweedfs admin") + _GRPC)
    for listener in _LISTENERS:
        options[f"{listener}.port"] = str(instance.port(f"seaweedfs {listener}"))
        options[f"{listener}.port.grpc"] = str(instance.port(f"seaweedfs {listener} grpc"))
    command = (
        _weed(),
        "-logtostderr=true",
        "mini",
        *(f"-{key}={value}" for key, value in options.items()),
    )
    return [Program("seaweedfs", command, {"HOME": str(folder), "TMPDIR": str(folder)})]


def forget(instance: Instance) -> None:
    """Remove the sockets that SeaweedFS insists on putting into /tmp and leaves there."""
    for purpose, port in instance.ports.items():
        if purpose.startswith("seaweedfs"):
            for socket in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # noqa: S108
                socket.unlink(missing_ok=True)


def url(instance: Instance) -> str:
    """Return the store's address."""
    if "S3_URL" in instance.external:
        return instance.external["S3_URL"]
    return f"http://127.0.0.1:{instance.port('seaweedfs s3')}"


def key(instance: Instance, name: str) -> tuple[str, str]:
    """Return the access key of this service, or of the administrator, and its secret."""
    if "S3_URL" in instance.external:
        return instance.external["S3_KEY"], instance.external["S3_SECRET"]
    return name, instance.password(f"bucket {name}")


def bucket(instance: Instance, service: str) -> str:
    """Return the name of the service's bucket."""
    return f"sangkien-{instance.name}-{service}" if "S3_URL" in instance.external else service


def answers(instance: Instance) -> bool:
    """Tell whether every service's bucket is there."""
    wanted = {bucket(instance, service) for service in SERVICES}
    return wanted <= _buckets(client(instance))


def accepts(address: str, access_key: str, secret_key: str) -> bool:
    """Tell whether a store at this address lets this key list its buckets."""
    return _buckets(connect(address, access_key, secret_key), nothing={"?"}) != {"?"}


def make_buckets(instance: Instance) -> None:
    """Make the buckets that are not there yet."""
    store = client(instance)
    for name in sorted({bucket(instance, service) for service in SERVICES} - _buckets(store)):
        store.make_bucket(name)


def _buckets(store: Minio, nothing: AbstractSet[str] = frozenset()) -> AbstractSet[str]:
    try:
        return {each.name for each in store.list_buckets()}
    except (MinioException, urllib3.exceptions.HTTPError):
        return nothing


def client(instance: Instance, name: str = ADMINISTRATOR) -> Minio:
    """Return a client with the key of this service, or of the administrator."""
    return connect(url(instance), *key(instance, name))


def connect(address: str, access_key: str, secret_key: str) -> Minio:
    """Return a client that gives up after a few seconds."""
    parts = urllib3.util.parse_url(address)
    patience = urllib3.PoolManager(timeout=urllib3.Timeout(5), retries=False)
    return Minio(
        parts.netloc or "",
        access_key=access_key,
        secret_key=secret_key,
        secure=parts.scheme == "https",
        region="us-east-1",
        http_client=patience,
    )


def _weed() -> str:
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    if found is None:
        raise RuntimeError("The SeaweedFS wheel is not installed; run: make setup")
    return found
