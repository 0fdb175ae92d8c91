"""The lasting facts of one named stack: its folder, its ports, its passwords.

They are written to `.local/<name>/stack.json`, so that another process can find a stack that runs
and a stopped one comes back on the same addresses where they are still free.
"""

import json
import os
import random
import secrets
import socket
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import get_ident

from deploy.rights import SERVICES as SERVICES  # noqa: PLC0414 -- those a stack has

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"

# `off`: the servers of stacks that are started don't wait for the disk.
SYNC_VARIABLE = "SANGKIEN_LOCAL_SYNC"

# Below the ports Linux lends to outgoing connections, above those of well-known servers.
_PORTS = range(20_000, 32_000)


@dataclass
class Instance:
    """One stack's folder, with the port of each purpose and the password of each user.

    `copies` counts the processes of each service; `external` holds the settings of servers that
    are not ours; `broker_root` names another system's root directory if the broker is from there.
    Without `is_synced` its servers don't wait until the disk has what they write: that outlives
    their own death, though not the machine's.
    """

    name: str
    ports: dict[str, int] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)
    external: dict[str, str] = field(default_factory=dict)
    broker_root: str = ""
    is_synced: bool = True

    @property
    def folder(self) -> Path:
        """Everything the stack writes is in here."""
        return LOCAL / self.name

    @property
    def logs(self) -> Path:
        """One `<program>.log` per program."""
        return self.folder / "logs"

    @property
    def mail(self) -> Path:
        """One `.eml` file per message the platform sent."""
        return self.folder / "mail"

    @property
    def clock(self) -> Path:
        """Holds the offset of the stack's time from real time."""
        return self.folder / "clock"

    def port(self, purpose: str, twin: int = 0) -> int:
        """Return the port of this purpose, chosen when first asked for.

        With a `twin`, the port that many above it is free too.
        """
        while purpose not in self.ports:
            port = free_port(avoid=self.ports.values())
            if is_free(port + twin):
                self.ports[purpose] = port
        return self.ports[purpose]

    def password(self, user: str) -> str:
        """Return the password of this user, made when first asked for."""
        return self.passwords.setdefault(user, secrets.token_hex(16))

    def secret_file(self, name: str, content: str) -> Path:
        """Write `content` where only this user can read it, and return the path."""
        path = self.folder / "secrets" / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_privately(path, content)
        return path

    def save(self) -> None:
        """Write the facts to `stack.json`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_privately(self.folder / "stack.json", json.dumps(asdict(self), indent=2))

    def move_off_taken_ports(self) -> None:
        """Forget the ports that somebody else has taken since the last time."""
        self.ports = {purpose: port for purpose, port in self.ports.items() if is_free(port)}


def load(name: str) -> Instance:
    """Return what is known of the stack of this name; a stack without ports if nothing is."""
    with suppress(OSError, ValueError, TypeError):
        return Instance(**json.loads((LOCAL / name / "stack.json").read_text()))
    return Instance(name)


def known() -> list[str]:
    """Return the names of the stacks that have left something under `.local`."""
    return sorted(path.parent.name for path in LOCAL.glob("*/stack.json"))


def free_port(avoid: Iterable[int] = ()) -> int:
    """Return a port nobody listens on and no other stack of this checkout has chosen."""
    taken = {*avoid, *_ports_of_all_stacks()}
    for port in random.sample(_PORTS, len(_PORTS)):
        if port not in taken and is_free(port):
            return port
    message = f"All ports from {_PORTS.start} to {_PORTS.stop - 1} are taken; free one of them."
    raise RuntimeError(message)


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port of every address now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104 -- asks only, never listens
        except OSError:
            return False
    return True


def write_privately(path: Path, content: str) -> None:
    """Replace the file in one step; nobody but this user may read it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}")
    draft.touch(mode=0o600)
    draft.write_text(content)
    draft.replace(path)


def _ports_of_all_stacks() -> Iterator[int]:
    for name in known():
        yield from load(name).ports.values()
