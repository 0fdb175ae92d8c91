"""Servers that are far away: `python -m benchmarks.scaling.far MILLISECONDS PORT…`.

Whatever passes is held back for so long in either direction, as on a line of that length. It
prints JSON, the port that leads to each server's, and carries until it is ended.
"""

import asyncio
import json
import sys
from contextlib import suppress


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float) -> None:
    """Carry bytes one way, each `delay` seconds late, until there are no more."""
    loop = asyncio.get_running_loop()
    underway: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        while True:
            due, data = await underway.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            if not data:
                return
            writer.write(data)
            await writer.drain()

    delivering = asyncio.create_task(deliver())
    with suppress(OSError):
        while data := await reader.read(65536):
            underway.put_nowait((loop.time() + delay, data))
    underway.put_nowait((loop.time() + delay, b""))
    with suppress(OSError):
        await delivering
    writer.close()


async def listen(port: int, delay: float) -> int:
    """Carry connections to a port of this machine; return where they are taken."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pump(reader, inner[1], delay), pump(inner[0], writer, delay))

    server = await asyncio.start_server(carry, "127.0.0.1", 0)
    return int(server.sockets[0].getsockname()[1])


async def main(delay: float, ports: list[int]) -> None:
    """Carry to all of them, for ever."""
    led = {port: await listen(port, delay) for port in ports}
    sys.stdout.write(f"{json.dumps(led)}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) / 1000, [int(port) for port in sys.argv[2:]]))
