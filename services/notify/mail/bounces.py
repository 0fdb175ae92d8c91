"""Letters that came back: what a delivery status notification says (RFC 3464), and where they lie.

`open_box` gives the unread messages of a Maildir or of an IMAP folder; `read_bounce` says which
delivery one is about.
"""

import email
import email.policy
import mailbox
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial
from imaplib import IMAP4
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from services.notify.calling import open_timed, secure, trusting

MOST = 500  # messages read at once
LARGEST = 1024 * 1024
SECONDS = 60.0  # the longest that reading the box may take as a whole


class NoBox(Exception):
    """The mailbox of returned letters cannot be read; look at BOUNCES_URL."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What became of a letter on the way. `status` is its enhanced code, `5.1.1`."""

    delivery_id: str
    address: str
    action: Literal["failed", "delayed", "delivered", "relayed", "expanded"]
    status: str

    @property
    def is_hard(self) -> bool:
        """Say whether the address is none: failed for good, and not for a full box or a policy."""
        return self.action == "failed" and re.match(r"5\.1\.|5\.0\.0$", self.status) is not None


def read_bounce(message: EmailMessage) -> Bounce | None:
    """Read a delivery status notification about one of our letters; None for anything else."""
    if message.get_content_type() != "multipart/report":
        return None
    parts = list(message.walk())
    fields = [
        block
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for block in part.get_payload()
        if isinstance(block, EmailMessage)
    ]
    receiver = next((block for block in fields if block["Final-Recipient"]), None)
    identity = next(filter(None, map(identity_in, parts)), None)
    if receiver is None or identity is None:
        return None
    action = str(receiver["Action"] or "").strip().lower()
    status = re.match(r"[245]\.\d{1,3}\.\d{1,3}", str(receiver["Status"] or "").strip())
    if status is None or action not in {"failed", "delayed", "delivered", "relayed", "expanded"}:
        return None
    address = str(receiver["Final-Recipient"]).rpartition(";")[2].strip()
    return Bounce(identity, address, action, status[0])  # type: ignore[arg-type]  # seen above


def identity_in(part: EmailMessage) -> str | None:
    """Return the id of the delivery whose letter, or its headers, came back in this part."""
    if part.get_content_type() == "text/rfc822-headers":
        returned = email.message_from_string(str(part.get_payload()), policy=email.policy.default)
    elif part.get_content_type() == "message/rfc822":
        returned = part.get_payload(0)  # type: ignore[assignment]  # a message holds one
    else:
        return None
    found = re.fullmatch(r"<([\w-]{1,64})@[\w.-]+>", str(returned["Message-ID"] or "").strip())
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Returned:
    """A message in the box; `mark` has nobody read it again."""

    message: EmailMessage
    mark: Callable[[], object]


@contextmanager
def open_box(url: str) -> Iterator[Iterator[Returned]]:
    """Give the unread messages of a mailbox; none is deleted. Raises `NoBox`."""
    try:
        if urlsplit(url).scheme == "maildir":
            yield maildir(urlsplit(url).path)
        else:
            with imap(url) as messages:
                yield messages
    except (OSError, mailbox.Error, IMAP4.error) as error:
        raise NoBox(f"Returned letters cannot be read: {type(error).__name__}.") from error


def maildir(path: str) -> Iterator[Returned]:
    """Give the unread messages of a Maildir."""
    box = mailbox.Maildir(unquote(path), create=False)
    # Flags are in the names; to read thousands of messages for theirs would take the whole time.
    names = (one.name.partition(":2,") for one in Path(unquote(path), "cur").iterdir())
    read = {key for key, _, flags in names if "S" in flags}
    for key in [key for key in box.keys() if key not in read][:MOST]:  # noqa: SIM118  # no mapping
        kept = box.get_message(key)
        yield Returned(parsed(box.get_bytes(key)), partial(mark, box, key, kept))


def mark(box: mailbox.Maildir, key: str, kept: mailbox.MaildirMessage) -> None:
    """Mark a message as read, as mail programs do."""
    kept.set_subdir("cur")
    kept.add_flag("S")
    box[key] = kept


class Folder(IMAP4):
    """A connection to an IMAP server, all of whose waits end at one instant."""

    def __init__(self, host: str, port: int, *, at_once: bool) -> None:
        self.at_once = at_once
        super().__init__(host, port)

    def _create_socket(self, _timeout: float | None) -> Any:  # noqa: ANN401  # what imaplib takes
        timed = open_timed(self.host, self.port, SECONDS)
        if self.at_once:
            secure(timed, trusting(), self.host)
        return timed


@contextmanager
def imap(url: str) -> Iterator[Iterator[Returned]]:
    """Give the unread messages of a folder on an IMAP server."""
    parts = urlsplit(url)
    host, at_once = parts.hostname or "localhost", parts.scheme == "imaps"
    with Folder(host, parts.port or (993 if at_once else 143), at_once=at_once) as line:
        line.login(unquote(parts.username or ""), unquote(parts.password or ""))
        line.select(f'"{unquote(parts.path.strip("/")) or "INBOX"}"')
        numbers = line.search(None, "UNSEEN")[1][0].split()[:MOST]
        yield (
            Returned(
                parsed(content_of(line.fetch(number, "(BODY.PEEK[])")[1])),
                partial(line.store, number, "+FLAGS", "\\Seen"),
            )
            for number in numbers
        )


def content_of(answer: Any) -> bytes:  # noqa: ANN401  # as imaplib has it
    """Return the message of a FETCH."""
    return bytes(answer[0][1])


def parsed(content: bytes) -> EmailMessage:
    """Read a message as far as it is not too large."""
    return email.message_from_bytes(content[:LARGEST], policy=email.policy.default)
