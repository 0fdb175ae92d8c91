"""A mail relay in a process of its own that misbehaves: `python -m benchmarks.notices.relay FILE`.

It prints its URL, and writes a line into FILE for every letter whose text it got: the letter's id
and `new` or `again`. It honours ids as mail systems do: what comes again is kept once.
"""

import asyncio
import re
import sys
from email.parser import BytesHeaderParser
from pathlib import Path
from random import Random

import click
from aiosmtpd.smtp import SMTP


class Moody:
    """Takes letters; some calls end otherwise, by their shares of all, 0 to 1."""

    def __init__(self, file: Path, seed: int, **shares: float) -> None:
        self.file = file.open("a", buffering=1)
        self.shares = shares
        self.chance = Random(seed)  # noqa: S311  # no secret
        self.known: set[str] = set()

    def mood(self) -> str:
        """Draw how the next letter ends."""
        drawn = self.chance.random()
        for name, share in self.shares.items():
            if drawn < share:
                return name
            drawn -= share
        return "well"

    async def handle_RCPT(self, server, _session, envelope, address, _options):  # noqa: ANN001, ANN201, N802
        """Take a receiver, or hang, or break off in the middle of what follows."""
        mood = self.mood()
        if mood == "hang":
            await asyncio.sleep(3600)
        if mood == "fail":
            return "451 4.7.1 try again"
        if mood == "close":  # in the middle of the text: after DATA, some way into it
            asyncio.get_running_loop().call_later(0.002, server.transport.abort)
        server.twice = mood == "twice"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: ANN001, ANN201, N802
        """Take the text."""
        headers = BytesHeaderParser().parsebytes(envelope.content)
        identity = re.sub(r"[<>]|@.*", "", headers["Message-ID"] or "")
        self.file.write(f"{identity} {'again' if identity in self.known else 'new'}\n")
        self.known.add(identity)
        if self.chance.random() < self.shares.get("close", 0) / 4:  # taken, but not answered
            server.transport.abort()
        return "250 taken\r\n250 taken" if getattr(server, "twice", False) else "250 taken"


async def serve(moody: Moody) -> None:
    """Take letters until the process is stopped."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(moody, loop=loop), "127.0.0.1", 0)
    sys.stdout.write(f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with server:
        await server.serve_forever()


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seed", default=0)
@click.option("--fail", default=0.0)
@click.option("--close", default=0.0)
@click.option("--hang", default=0.0)
@click.option("--twice", default=0.0)
def main(file: Path, seed: int, **shares: float) -> None:
    """Run the relay."""
    asyncio.run(serve(Moody(file, seed, **shares)))


if __name__ == "__main__":
    main()
