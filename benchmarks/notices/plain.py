"""A storm by a plain loop, for comparison: `python -m benchmarks.notices.plain KIND URL FILE`.

It sends over and over what notify would, by smtplib or httpx, and writes a byte into FILE for
each message it tried, until the process is stopped.
"""

import smtplib
import sys
import time
from contextlib import suppress
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import click
import httpx

from services.notify.hooks import sign

PATIENCE = 5.0  # seconds for a message, as notify has


def letters(url: str, tally: Path) -> None:
    """Send letters over a connection, a new one where it breaks."""
    host, port = url.removeprefix("smtp://").split(":")
    with tally.open("ab", buffering=0) as tried:
        while True:
            try:
                with smtplib.SMTP(host, int(port), timeout=PATIENCE) as relay:
                    for number in count():
                        message = EmailMessage()
                        message["From"], message["To"] = "no-reply@localhost", "mau@example.vn"
                        message["Message-ID"] = f"<plain-{number}@localhost>"
                        message.set_content("Mẫu. " * 200, cte="quoted-printable")
                        tried.write(b".")
                        try:
                            relay.send_message(message)
                        except smtplib.SMTPRecipientsRefused:
                            continue
            except (OSError, smtplib.SMTPException):
                continue


def pushes(url: str, tally: Path, secret: str) -> None:
    """Sign and post pushes, each over a connection of its own."""
    body = b'{"data":{},"type":"intake.EntryAccepted"}'
    apart = httpx.Limits(max_keepalive_connections=0)  # who answers twice spoils a connection
    with (
        tally.open("ab", buffering=0) as tried,
        httpx.Client(timeout=PATIENCE, limits=apart) as client,
    ):
        for number in count():
            stamp, identity = int(time.time()), f"plain-{number}"
            headers = {
                "webhook-id": identity,
                "webhook-timestamp": str(stamp),
                "webhook-signature": sign(secret, identity, stamp, body),
            }
            tried.write(b".")
            with suppress(httpx.HTTPError):
                client.post(f"{url}/hook", content=body, headers=headers)


@click.command()
@click.argument("kind", type=click.Choice(["letters", "pushes"]))
@click.argument("url")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--secret", default="")
def main(kind: str, url: str, file: Path, secret: str) -> None:
    """Send until the process is stopped."""
    file.touch()
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    if kind == "letters":
        letters(url, file)
    else:
        pushes(url, file, secret)


if __name__ == "__main__":
    main()
