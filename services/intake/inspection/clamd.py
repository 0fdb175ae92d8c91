"""Asks a ClamAV daemon whether a file carries a virus, by its INSTREAM command."""

import socket
from struct import pack
from typing import BinaryIO
from urllib.parse import urlsplit

from kernel.errors import Unavailable
from services.intake.domain.faults import Infected

CHUNK = 256 * 1024
SECONDS = 60
PORT = 3310


def scan(url: str, file: BinaryIO, name: str) -> None:
    """Raise `Infected` if clamd says so; `Unavailable` unless it says the file is clean."""
    address = urlsplit(url)
    try:
        with socket.create_connection(
            (address.hostname, address.port or PORT), timeout=SECONDS
        ) as line:
            answer = ask(line, file)
    except OSError as error:
        raise Unavailable("The virus scanner does not answer.") from error
    if answer.endswith(" FOUND"):
        signature = answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise Infected(
            "{name} carries the virus {signature}; "
            "clean the computer it came from and send a clean file.",
            name=name,
            signature=signature,
        )
    if answer != "stream: OK":
        # A limit of clamd's own, say; a file that was not looked at is not clean.
        raise Unavailable(f"The virus scanner said: {answer}")


def ask(line: socket.socket, file: BinaryIO) -> str:
    """Send the file in chunks, each with its length before it; return the answer."""
    file.seek(0)
    line.sendall(b"zINSTREAM\0")
    while chunk := file.read(CHUNK):
        line.sendall(pack(">I", len(chunk)) + chunk)
    line.sendall(pack(">I", 0))
    answer = b""
    while not answer.endswith(b"\0") and (more := line.recv(4096)):
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()
