"""Carries connections on another address to servers here: `python -m … ADDRESS PORT…`.

It listens `SHIFT` above each port, as a server that starts insists on its port on all addresses.
"""

import asyncio
import sys
from contextlib import suppress

SHIFT = 12_000


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes one way until there are no more."""
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


async def serve(address: str, port: int) -> None:
    """Carry connections from above a port to that port of this machine."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            inner = await asyncio.open_connection("127.0.0.1", port)
        except OSError:  # the server is down just now
            writer.close()
            return
        await asyncio.gather(pump(reader, inner[1]), pump(inner[0], writer))

    server = await asyncio.start_server(carry, address, port + SHIFT)
    await server.serve_forever()


async def main(address: str, ports: list[int]) -> None:
    """Carry all of them."""
    await asyncio.gather(*(serve(address, port) for port in ports))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], [int(port) for port in sys.argv[2:]]))
