"""The mail relay: several letters over one connection.

What the relay says is kept as codes only; its sentences often repeat the address.
"""

import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from urllib.parse import parse_qs, unquote, urlsplit

from services.notify.domain import Down, Outcome, Reached, TurnedAway
from services.notify.writing import Written

SECONDS = 5  # the longest the relay may take over one step

# Stricter than the mail standards, and than the library, which a strange address breaks.
ADDRESS = re.compile(r"[\w.!#$%&'*+/{|}~^`-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
LONGEST_ADDRESS = 254  # RFC 5321


class BadAddress(ValueError):
    """This is not an e-mail address that can be written to."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter and where it goes; `delivery_id` lets a repeat be recognised."""

    delivery_id: str
    name: str
    address: str
    written: Written


def send(
    smtp_url: str, sender: str, now: datetime, mails: Sequence[Mail]
) -> Iterator[tuple[str, Outcome]]:
    """Send one letter after another; stop at the first the relay does not answer for."""
    waiting = iter(mails)
    mail = next(waiting, None)
    try:
        with connected(smtp_url) as relay:
            while mail is not None:
                yield mail.delivery_id, hand_over(relay, mail, sender, now)
                mail = next(waiting, None)
    except (OSError, SMTPException) as error:
        if mail is not None:
            yield mail.delivery_id, Down(f"The mail relay does not work: {describe(error)}.")


@contextmanager
def connected(smtp_url: str) -> Iterator[SMTP]:
    """Connect as the URL says, encrypted and logged in where it says so."""
    url = urlsplit(smtp_url)
    kind = SMTP_SSL if url.scheme == "smtps" else SMTP
    with kind(url.hostname or "localhost", url.port or 25, timeout=SECONDS) as relay:
        if "true" in parse_qs(url.query).get("starttls", ()):
            relay.starttls(context=ssl.create_default_context())
        if url.username:
            relay.login(unquote(url.username), unquote(url.password or ""))
        yield relay


def hand_over(relay: SMTP, mail: Mail, sender: str, now: datetime) -> Outcome:
    """Give one letter to the relay."""
    try:
        relay.send_message(enclose(mail, sender, now), to_addrs=[mail.address])
    except (ValueError, SMTPNotSupportedError):
        return TurnedAway("The e-mail address cannot be written to.", for_good=True)
    except SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        return turned_away(code, said)
    except SMTPDataError as refused:
        return turned_away(refused.smtp_code, refused.smtp_error)
    return Reached()


def turned_away(code: int, said: bytes | str) -> Outcome:
    """Read a refusal: 421 ends the connection, 4xx may be asked again, 5xx is for good."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    detail = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", text)
    reason = f"The mail relay refused with {code}{' ' + detail[0] if detail else ''}."
    return Down(reason) if code == 421 else TurnedAway(reason, for_good=code >= 500)


def enclose(mail: Mail, sender: str, now: datetime) -> EmailMessage:
    """Make the message. Raises `BadAddress`, or another ValueError for an address that is none."""
    if not ADDRESS.fullmatch(mail.address) or len(mail.address) > LONGEST_ADDRESS:
        raise BadAddress
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(header_words(mail.name), addr_spec=mail.address)
    message["Subject"] = mail.written.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{mail.delivery_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.written.text, cte="quoted-printable")
    for number, calendar in enumerate(mail.written.calendars, 1):
        name = f"lich-{number}.ics"
        message.add_attachment(calendar, subtype="calendar", filename=name)
    return message


def header_words(text: str) -> str:
    """Return a name as a header may carry it.

    The library decodes encoded words (RFC 2047) in what it is given, line ends and all: a name
    with one in it would write headers of its own.
    """
    letters = (letter if letter.isprintable() else " " for letter in text)
    return " ".join("".join(letters).replace("=?", "= ?").split())


def describe(error: Exception) -> str:
    """Name an error without repeating what the relay said."""
    code = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
    return f"{type(error).__name__}{code}"
