"""The same echo three ways, and a speaker with its hearer: `python -m benchmarks.echo KIND`.

`ours` stands on the kernel with its transaction, `stock` on nameko as it comes, `bare` on py-amqp
alone. `speaker` announces as many events as it is told to, `hearer` writes a row for each.
"""

import json
import os
import sys
from urllib.parse import urlsplit

KIND = sys.argv[1] if __name__ == "__main__" else ""

if KIND in ("ours", "speaker", "hearer", "stock"):
    import eventlet

    eventlet.monkey_patch()

import amqp  # noqa: E402  # only after the patch
from nameko.rpc import rpc  # noqa: E402
from nameko.runners import run_services  # noqa: E402
from sqlalchemy import text  # noqa: E402

from contracts import review  # noqa: E402
from kernel.database import Database, Work  # noqa: E402
from kernel.hosting import host  # noqa: E402
from kernel.messaging import command, query, subscribe  # noqa: E402

TABLE = "CREATE TABLE effect (tenant text, entry_id text)"
EFFECT = text("INSERT INTO effect (tenant, entry_id) VALUES (:tenant, :entry_id)")
BARE_QUEUE = "operator.bench.bare"


class Ours:
    """An echo that is a transaction."""

    name = "review"
    database = Database()

    @query
    def echo(self, asked: review.ShowRound, _work: Work) -> str:
        """Give back what was asked."""
        return asked.round_id

    @command
    def echo_once(self, asked: review.OpenRound, _work: Work) -> str:
        """Give it back, and remember having done so."""
        return asked.round_id


class Speaker:
    """Announces events, all of one command in one transaction."""

    name = "review"
    database = Database()

    @command
    def speak(self, asked: review.CloseRound, work: Work) -> int:
        """Announce `contest_id` events and leave a row that tells when."""
        work.session.execute(EFFECT, {"tenant": work.tenant, "entry_id": work.message_id})
        for number in range(int(asked.contest_id)):
            work.announce(
                review.JudgeStoodDown(
                    contest_id="hg", round_id="R1", entry_id=f"e-{number}", judge_id="j-1"
                )
            )
        return int(asked.contest_id)


class Hearer:
    """Writes a row for each event."""

    name = "awards"
    database = Database()

    @subscribe
    def note(self, heard: review.JudgeStoodDown, work: Work) -> None:
        """Write the row."""
        work.session.execute(EFFECT, {"tenant": work.tenant, "entry_id": heard.entry_id})


class Stock:
    """The echo of nameko's own tutorial."""

    name = "bench_stock"

    @rpc
    def echo(self, words: str) -> str:
        """Give it back."""
        return words


def connection(url: str) -> amqp.Connection:
    """Open a plain connection."""
    parts = urlsplit(url)
    opened = amqp.Connection(
        host=f"{parts.hostname}:{parts.port}",
        userid=parts.username,
        password=parts.password,
        virtual_host=parts.path[1:],
    )
    opened.connect()
    return opened


def serve_bare(url: str) -> None:
    """Answer on py-amqp alone, for ever."""
    with connection(url) as line:
        channel = line.channel()
        channel.queue_declare(BARE_QUEUE, durable=True, auto_delete=False)
        channel.basic_qos(0, 50, a_global=False)

        def answer(message: amqp.Message) -> None:
            body = json.dumps({"ok": json.loads(message.body)["body"]["round_id"]}).encode()
            told = message.properties
            reply = amqp.Message(body, delivery_mode=1, correlation_id=told["correlation_id"])
            channel.basic_publish(reply, "", told["reply_to"])
            channel.basic_ack(message.delivery_tag)

        channel.basic_consume(BARE_QUEUE, callback=answer)
        sys.stdout.write("started\n")
        sys.stdout.flush()
        while True:
            line.drain_events()


def main() -> None:
    """Serve what the command line names until ended."""
    if KIND == "bare":
        serve_bare(os.environ["AMQP_URL"])
    elif KIND == "stock":
        with run_services({"AMQP_URI": os.environ["AMQP_URL"], "max_workers": 10}, Stock):
            sys.stdout.write("started\n")
            sys.stdout.flush()
            eventlet.sleep(3600)
    else:
        host({"ours": Ours, "speaker": Speaker, "hearer": Hearer}[KIND])


if __name__ == "__main__":
    main()
