"""The stack's RabbitMQ: a node of our own from the installed server, with a user per service.

What those users may do is in `rights`.
"""

import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import amqp

from deploy.local.instance import SERVICES, Instance, write_privately
from deploy.local.supervision import Program
from deploy.rights import OPERATOR, VIRTUAL_HOST, broker_definitions

# Names the root directory of another Debian whose RabbitMQ is to be used instead of this one's.
ROOT_VARIABLE = "SANGKIEN_RABBITMQ_ROOT"

# `ra` is what keeps quorum queues on disk.
_UNSYNCED = "[{ra, [{wal_sync_method, none}]}].\n"

# Debian's /usr/sbin/rabbitmq-server insists on the user `rabbitmq`; these serve anybody.
_SERVERS = (
    "/usr/lib/rabbitmq/bin/rabbitmq-server",
    "/usr/local/sbin/rabbitmq-server",
    "/opt/rabbitmq/sbin/rabbitmq-server",
    "/opt/homebrew/sbin/rabbitmq-server",
)


def configuration(folder: Path, port: int) -> str:
    """Return the text of `rabbitmq.conf`: one listener on this machine, little memory."""
    return f"""\
listeners.tcp.local = 127.0.0.1:{port}
load_definitions = {folder}/definitions.json
log.file = false
log.console = true
log.console.level = info
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 50MB
raft.wal_max_size_bytes = 64000000
collect_statistics_interval = 60000
"""


def server() -> Path | None:
    """Return the server's start script that any user may run, None if none is installed."""
    for path in map(Path, _SERVERS):
        if path.exists():
            return path
    found = shutil.which("rabbitmq-server")
    return Path(found).resolve() if found else None


def programs(instance: Instance) -> list[Program]:
    """Write the node's configuration; return the node and the name server it needs."""
    root = instance.broker_root
    script = Path(_SERVERS[0]) if root else server()
    if script is None:
        raise RuntimeError(
            "RabbitMQ is not installed and AMQP_URL names no broker that answers.\n"
            "An administrator can install it: apt-get install rabbitmq-server\n"
            "With Docker nothing else is needed: make containers"
        )
    folder = instance.folder / "rabbitmq"
    folder.mkdir(parents=True, exist_ok=True)
    for user in (OPERATOR, *SERVICES):
        instance.password(user)
    write_privately(folder / "definitions.json", broker_definitions(instance.passwords))
    (folder / "rabbitmq.conf").write_text(configuration(folder, instance.port("rabbitmq")))
    (folder / "enabled_plugins").write_text("[].\n")
    (folder / "advanced.config").write_text("[].\n" if instance.is_synced else _UNSYNCED)
    environment = {
        "HOME": str(folder),  # the node keeps its cookie there
        "ERL_EPMD_PORT": str(instance.port("epmd")),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODENAME": f"sangkien-{instance.name}@localhost",
        "RABBITMQ_NODE_PORT": str(instance.port("rabbitmq")),
        "RABBITMQ_DIST_PORT": str(instance.port("rabbitmq distribution")),
        "RABBITMQ_MNESIA_BASE": str(folder / ("data-of-another" if root else "data")),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "advanced.config"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        "RUNNING_UNDER_SYSTEMD": "1",  # the script then becomes the node instead of waiting for it
        "LANG": "C.UTF-8",
    }
    into_root = _into(Path(root), instance.folder) if root else ()
    names = ("epmd", "-address", "127.0.0.1", "-port", str(instance.port("epmd")))
    return [
        Program("epmd", (*into_root, *names), environment),
        Program("rabbitmq", (*into_root, str(script)), environment),
    ]


def _into(root: Path, folder: Path) -> tuple[str, ...]:
    # In a mount namespace of its own, so that the mounts go when the program goes.
    script = (
        'mkdir -p "$0$1" && mount --bind "$1" "$0$1" && mount -t proc proc "$0/proc" && '
        'mount --bind /dev "$0/dev" && root="$0" && shift && exec chroot "$root" "$@"'
    )
    return ("unshare", "--mount", "sh", "-c", script, str(root), str(folder))


def url(instance: Instance, user: str = OPERATOR) -> str:
    """Return the address at which this user speaks to the broker."""
    if "AMQP_URL" in instance.external:
        _, _, rest = instance.external["AMQP_URL"].partition("://")
        return f"pyamqp://{rest}"
    password = instance.password(user)
    return f"pyamqp://{user}:{password}@127.0.0.1:{instance.port('rabbitmq')}/{VIRTUAL_HOST}"


def answers(instance: Instance) -> bool:
    """Tell whether the operator can open a channel."""
    return accepts(url(instance))


def accepts(address: str) -> bool:
    """Tell whether a broker at this address lets its user open a channel."""
    parts = urlsplit(address)
    try:
        with amqp.Connection(
            host=f"{parts.hostname}:{parts.port or 5672}",
            userid=unquote(parts.username or "guest"),
            password=unquote(parts.password or "guest"),
            virtual_host=unquote(parts.path[1:]) or "/",
            connect_timeout=3,
            read_timeout=3,
        ) as connection:
            connection.channel()
    except (OSError, amqp.AMQPError):
        return False
    return True
