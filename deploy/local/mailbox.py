"""A mail server that delivers nothing: every message becomes an `.eml` file in one folder.

Run as `python -m deploy.local.mailbox PORT FOLDER`. Files are numbered in the order of arrival and
appear whole, so a reader may watch the folder.
"""

import asyncio
import logging
import sys
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

log = logging.getLogger("mailbox")


class Letters:
    """Writes what arrives into the folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        earlier = [int(path.stem) for path in folder.glob("*.eml") if path.stem.isdigit()]
        self._numbers = count(max(earlier, default=0) + 1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 -- aiosmtpd's name
        """Store one message; the sender and receivers of the envelope become header fields."""
        number = next(self._numbers)
        receivers = ", ".join(envelope.rcpt_tos)
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {receivers}\r\n".encode()
        content = envelope.original_content or b""
        draft = self._folder / f".{number}"
        draft.write_bytes(head + content)
        draft.replace(self._folder / f"{number:06}.eml")
        log.info("message %06d, %d bytes", number, len(content))
        return "250 Message accepted for delivery"


async def serve(port: int, folder: Path) -> None:
    """Take messages until the process is stopped."""
    letters = Letters(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(letters, hostname="localhost", enable_SMTPUTF8=True, loop=loop),
        "127.0.0.1",
        port,
    )
    log.info("taking mail on port %d into %s", port, folder)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
