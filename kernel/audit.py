"""Who ran which command of `sangkien`, when, and what came of it: one file, only appended to.

Recorded is every command that holds a key to the platform: `DATABASE_URL`, which opens a
service's database, `PLACES`, which opens all of them, or `SANGKIEN_TOKEN`, which opens the
door. A command whose beginning cannot be written down is not run.
"""

import getpass
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from kernel.envelope import new_id
from kernel.settings import load

KEYS = ("DATABASE_URL", "DATABASE_URL_FILE", "PLACES", "PLACES_FILE", "SANGKIEN_TOKEN")
SECRET = ("password", "secret", "token", "key")
SHOWS_HELP = {"-h", "--help"}


class NotRecorded(Exception):
    """The command was not run, for it could not be written down."""


class AuditSettings(Struct, frozen=True):
    """Where commands are recorded.

    audit_log: The file that every command is recorded in; unset, one in the user's state folder.
    """

    audit_log: str = ""

    @property
    def path(self) -> Path:
        """Return the file."""
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
        return Path(self.audit_log or Path(state) / "sangkien/commands.jsonl")


@contextmanager
def recorded(arguments: Sequence[str]) -> Iterator[None]:
    """Write the beginning and the end of a command around the body; raise `NotRecorded`."""
    if SHOWS_HELP & {*arguments} or not any(os.environ.get(key) for key in KEYS):
        yield
        return
    path, began = load(AuditSettings).path, time.monotonic()
    act = {"id": new_id(), **who(os.environ), "command": hide(arguments)}
    try:
        append(path, act | {"event": "began"})
    except OSError as error:
        said = f"{path}: {error.strerror}. Set AUDIT_LOG to a file that can be written."
        raise NotRecorded(said) from error
    said = "interrupted"
    try:
        yield
        said = "done"
    except SystemExit as end:
        said = outcome_of(end.code)
        raise
    except Exception as error:
        said = f"failed: {type(error).__name__}"
        raise
    finally:
        took = round(time.monotonic() - began, 3)
        note_end(path, act | {"event": "ended", "outcome": said, "seconds": took})


def outcome_of(status: object) -> str:
    """Return what a command's exit status says."""
    match status:
        case None | 0:
            return "done"
        case 1:
            return "not done"
        case 2:
            return "wrong usage"
        case _:
            return "failed"


def note_end(path: Path, record: Mapping[str, object]) -> None:
    """Write the end down; it has happened, so say it if that fails."""
    try:
        append(path, record)
    except OSError as error:
        sys.stderr.write(f"sangkien: the end was not recorded: {path}: {error.strerror}\n")


def who(environment: Mapping[str, str]) -> dict[str, str]:
    """Return who is at the keyboard, and with what key they come.

    `session` is how the gateway knows the sign-in that a token came from, so that the account can
    be found; `database` is role, host and name, without a password.
    """
    user = str(os.getuid())
    with suppress(KeyError, OSError):  # a container's user has no name
        user = getpass.getuser()
    found = {"user": user, "on": os.uname().nodename}
    if behind := environment.get("SUDO_USER"):
        found["behind"] = behind
    if token := environment.get("SANGKIEN_TOKEN"):
        found["session"] = sha256(token.encode()).hexdigest()
    url = environment.get("DATABASE_URL", "")
    if path := environment.get("DATABASE_URL_FILE"):
        with suppress(OSError):
            url = Path(path).read_text().strip()
    if url:
        parts = urlsplit(url)
        found["database"] = f"{parts.username or ''}@{parts.hostname or ''}{parts.path}"
    return found


def hide(arguments: Sequence[str]) -> list[str]:
    """Return the command line without the values of options that take a secret."""
    told: list[str] = []
    hides = False
    for argument in arguments:
        name, sets, _ = argument.partition("=")
        is_secret = name.startswith("--") and any(word in name for word in SECRET)
        told.append("…" if hides else f"{name}=…" if is_secret and sets else argument)
        hides = is_secret and not sets and not name.endswith("-stdin") and not hides
    return told


def append(path: Path, record: Mapping[str, object]) -> None:
    """Write one line, at once and at the end; raise `OSError`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps({"at": datetime.now(UTC).isoformat(), **record}, ensure_ascii=False) + "\n"
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line.encode())
    finally:
        os.close(file)
