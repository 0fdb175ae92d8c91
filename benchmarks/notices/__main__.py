"""`python -m benchmarks.notices [storm|speed|long]`: what notify's sending is worth.

`speed`: letters and pushes a second beside the plain library. `long`: memory and the claim's plan
over a million rows, and over a tenth of them. `storm`: 100,000 messages to counterparties that
misbehave.
"""

import json
from collections.abc import Mapping
from itertools import count

import click
from kombu import Connection
from kombu import Queue as BrokerQueue
from sqlalchemy import create_engine, make_url, text

from benchmarks.events import keep_commit_timestamps
from benchmarks.notices.running import Queue
from benchmarks.notices.storm import storm
from benchmarks.notices.throughput import long_queue, measure
from deploy.local.stack import Stack
from kernel import schema
from kernel.broker import exchange

NUMBERS = count(1)


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(["speed", "long", "storm"]))
@click.option("--messages", default=100_000, show_default=True, help="Of the storm.")
@click.option("--rows", default=1_000_000, show_default=True, help="Of the long queue.")
@click.option("--count", "each", default=2000, show_default=True, help="Of each kind for speed.")
@click.option("--rounds", default=3, show_default=True, help="Of speed; the median counts.")
@click.option(
    "--only", default=("letters", "pushes"), multiple=True, show_default=True, help="Of speed."
)
@click.option("--hours", default=3.0, show_default=True, help="How long the storm may take.")
@click.option("--stack", default="bench", show_default=True, help="Of servers, under `.local/`.")
def main(  # noqa: PLR0913, PLR0917  # click passes them
    parts: tuple[str, ...],
    messages: int,
    rows: int,
    each: int,
    rounds: int,
    only: tuple[str, ...],
    hours: float,
    stack: str,
) -> None:
    """Measure, print JSON."""
    with Stack(stack, services=False) as servers:
        keep_commit_timestamps(servers)
        hear_all(servers)

        def environment(database: str, relay: str) -> Mapping[str, str]:
            return servers.env("notify") | {
                "DATABASE_URL": database,
                "SMTP_URL": relay,
                "WEBHOOK_ALLOW_LOOPBACK": "true",
                "HEALTH_PORT": "0",
            }

        def make() -> Queue:
            return fresh(servers)

        for part in parts or ("speed", "long", "storm"):
            match part:
                case "speed":
                    found = measure(make, environment, each, rounds, only)
                case "long":
                    found = long_queue(make, environment, rows, 60)
                case _:
                    queue = make()
                    found = storm(queue, environment, messages, hours)
                    queue.close()
            click.echo(json.dumps({part: found}, indent=2))


def hear_all(servers: Stack) -> None:
    """Have what notify says be heard, as by the ledger; else its relay offers it for ever."""
    with Connection(servers.addresses.amqp_url) as connection:
        channel = connection.channel()
        exchange("notify")(channel).declare()
        arguments = {"x-queue-type": "quorum", "x-max-length": 1000, "x-overflow": "drop-head"}
        heard = BrokerQueue(
            "bench.heard", exchange("notify"), "event.#", durable=True, queue_arguments=arguments
        )
        heard(channel).declare()


def fresh(servers: Stack) -> Queue:
    """Make an empty database of notify."""
    own = make_url(servers.database_url("notify"))
    name = f"notices_{next(NUMBERS)}"
    engine = create_engine(servers.addresses.admin_database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f'CREATE DATABASE {name} OWNER "{own.username}"'))
    engine.dispose()
    url = own.set(database=name).render_as_string(hide_password=False)
    schema.migrate("notify", url)
    return Queue(url)


if __name__ == "__main__":
    main()
