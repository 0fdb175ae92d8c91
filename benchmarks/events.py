"""Events per second from a speaker's commit to its hearer's, and rows per second of the relay.

The instants are PostgreSQL's own commit timestamps, of the row the command wrote and of the row
in the hearer's inbox, so that nothing is measured twice or in between.
"""

import time
from dataclasses import dataclass

from kombu import Connection, Queue, binding
from sqlalchemy import Connection as Line
from sqlalchemy import Engine, create_engine, text

from benchmarks.calls import at_review, publish
from benchmarks.echo import TABLE
from benchmarks.measuring import Caller, Timed, processor_seconds, serving
from contracts import review
from deploy.local.stack import Stack
from kernel import relay
from kernel.broker import neighbour
from kernel.database import Database, Origin
from kernel.settings import KernelSettings

BURST = 4000
STEADY = 400
PACE = 100.0  # events a second while measuring the delay alone
ROWS = 6000

SAID = text("SELECT entry_id, pg_xact_commit_timestamp(xmin) FROM effect")
CAUSES = text("SELECT id, convert_from(envelope, 'UTF8')::json ->> 'causation_id' FROM outbox")
HEARD = text("SELECT message_id, pg_xact_commit_timestamp(xmin) FROM inbox WHERE state = 'done'")


@dataclass
class Side:
    """A service's database, seen past row-level security."""

    engine: Engine

    def open(self) -> Line:
        """Return a connection that sees every tenant."""
        line = self.engine.connect()
        line.execute(text("SELECT set_config('app.tenant', '*', false)"))
        return line

    def prepare(self) -> None:
        """Make the table of effects."""
        with self.engine.begin() as line:
            line.execute(text("DROP TABLE IF EXISTS effect"))
            line.execute(text(TABLE))

    def clear(self) -> None:
        """Forget what earlier rounds have left."""
        with self.open() as line:
            line.execute(text("DELETE FROM effect"))
            line.execute(text("DELETE FROM outbox"))
            line.execute(text("DELETE FROM inbox"))
            line.commit()

    def count(self, table: str) -> int:
        """Return how many rows there are."""
        with self.open() as line:
            return int(line.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608


def keep_commit_timestamps(stack: Stack) -> None:
    """Have the server remember when each transaction was committed."""
    engine = create_engine(stack.addresses.admin_database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as line:
        line.execute(text("ALTER SYSTEM SET track_commit_timestamp = on"))
    engine.dispose()
    stack.restart("postgres")


def measure(stack: Stack) -> dict[str, dict[str, float]]:
    """Return the figures of a burst, of a steady flow and of the relay alone."""
    speaker = Side(create_engine(stack.database_url("review")))
    hearer = Side(create_engine(stack.database_url("awards")))
    speaker.prepare()
    hearer.prepare()
    figures = {"relay alone": relay_alone(stack, speaker)}
    at_once = {"HEALTH_PORT": "0", "WORKERS": "10"}
    with (
        serving("hearer", stack.env("awards") | at_once) as pid,
        serving("speaker", stack.env("review") | at_once),
    ):
        caller = Caller(stack.addresses.amqp_url, lambda *_: None, at_review)
        speak(caller, 200, 1)
        wait_for(hearer, 200)
        for name, count, each, pace in (
            ("steady", STEADY, 1, PACE),
            ("burst", 4, BURST // 4, 1000.0),
        ):
            speaker.clear()
            hearer.clear()
            used = processor_seconds(pid)
            speak(caller, each, count, pace)
            wait_for(hearer, count * each)
            timed = delays(speaker, hearer)
            timed.work = processor_seconds(pid) - used
            figures[name] = timed.figures()
        caller.close()
    speaker.engine.dispose()
    hearer.engine.dispose()
    return figures


def speak(caller: Caller, each: int, count: int, pace: float = 1000.0) -> None:
    """Have the speaker announce `each` events in each of `count` commands, at this pace."""
    order = review.CloseRound(contest_id=str(each), round_id="R1")
    caller.publish = publish("gateway", "review.command", order, 2)
    began = time.perf_counter()
    for number in range(count):
        while time.perf_counter() - began < number / pace:
            time.sleep(0.001)
        caller.ask()
    while caller.asked:
        caller.connection.drain_events(timeout=60)


def wait_for(hearer: Side, count: int) -> None:
    """Wait until so many rows are in the hearer's table."""
    deadline = time.monotonic() + 120
    while hearer.count("effect") < count:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{hearer.count('effect')} of {count} events arrived in 120 s.")
        time.sleep(0.05)


def delays(speaker: Side, hearer: Side) -> Timed:
    """Return how long each event took from commit to commit, and all from first to last."""
    with speaker.open() as line:
        said = dict(line.execute(SAID).tuples().all())
        causes = dict(line.execute(CAUSES).tuples().all())
    with hearer.open() as line:
        heard = dict(line.execute(HEARD).tuples().all())
    each = [(heard[id_] - said[cause]).total_seconds() for id_, cause in causes.items()]
    return Timed(each, (max(heard.values()) - min(said.values())).total_seconds())


def relay_alone(stack: Stack, speaker: Side) -> dict[str, float]:
    """Return how many rows a second go from the outbox to a quorum queue."""
    told = stack.env("review")
    settings = KernelSettings(amqp_url=told["AMQP_URL"], database_url=told["DATABASE_URL"])
    database = Database()
    database.connect(settings, wake=lambda: None)
    with Connection(stack.addresses.amqp_url) as connection:
        queue = Queue(
            "operator.bench.relay",
            bindings=[binding(neighbour("review"), routing_key="event.RoundOpened")],
            durable=True,
            queue_arguments={"x-queue-type": "quorum"},
        ).bind(connection.channel())
        neighbour("review")(connection.channel())
        with relay.open_line(settings, "review") as line:
            queue.declare()
            for _ in range(10):
                with database.work(Origin.own("review", "hau-giang")) as work:
                    for _ in range(ROWS // 10):
                        work.announce(
                            review.RoundOpened(contest_id="hg", round_id="R1", entry_ids=())
                        )
            began, sent = time.perf_counter(), 0
            while batch := relay.send_batch(database, line):
                sent += batch
            took = time.perf_counter() - began
        queue.delete()
    speaker.clear()
    database.stop()
    return {"count": sent, "per_second": round(sent / took, 1)}
