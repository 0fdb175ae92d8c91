"""Letters and pushes a second, beside the plain library in a loop; memory over a long queue.

Other work on the machine slows both: what counts is the share, of several rounds the median.
"""

import smtplib
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory
from typing import Self

import httpx
import psutil

from benchmarks.notices.running import LETTER, Processes, Queue
from services.notify.domain import Contest
from services.notify.hooks import new_secret, sign
from services.notify.writing import Reader, compose, shipped

Environment = Callable[[str, str], Mapping[str, str]]  # of a database and a relay
SANDBOX = ("kernel.operate", "channels-sandbox")
SENDER = "no-reply@localhost"


@dataclass(frozen=True, slots=True)
class Pace:
    """How many messages leave a second, and how many CPU milliseconds each takes the sender."""

    rate: float
    cpu: float

    @classmethod
    def since(cls, began: tuple[float, float], count: int) -> Self:
        """Measure this process since an instant, by the clock and by its CPU time."""
        passed, used = (now - then for now, then in zip(now_and_used(), began, strict=True))
        return cls(count / passed, used / count * 1000)


def now_and_used() -> tuple[float, float]:
    """Return the time, and the CPU time of this process, in seconds."""
    return time.perf_counter(), time.process_time()


def plain_letters(url: str, count: int) -> Pace:
    """Write and send letters by email and smtplib over one connection.

    The words are those of notify, compiled once, as text and HTML.
    """
    host, port = url.removeprefix("smtp://").split(":")
    contest = Contest("c-1", 0, "Cuộc thi (mẫu)", "UBND (mẫu)", "", "Asia/Ho_Chi_Minh", {}, (), {})
    words, reader = shipped("accepted", "vi"), Reader("Người nhận (mẫu)", contest)
    began = now_and_used()
    with smtplib.SMTP(host, int(port)) as relay:
        for number in range(count):
            letter = compose("EMAIL", words, LETTER, reader)
            message = EmailMessage()
            message["From"] = SENDER
            message["To"] = Address("Người nhận (mẫu)", addr_spec="mau@example.vn")
            message["Subject"] = letter.subject
            message["Date"] = format_datetime(datetime.now(UTC))
            message["Message-ID"] = f"<plain-{number}@localhost>"
            message["Auto-Submitted"] = "auto-generated"
            message.set_content(letter.text, cte="quoted-printable")
            message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
            relay.send_message(message)
    return Pace.since(began, count)


def plain_pushes(url: str, count: int) -> Pace:
    """Sign and post pushes by httpx over a kept connection."""
    secret, body = new_secret(), b'{"data":{},"type":"intake.EntryAccepted"}'
    began = now_and_used()
    with httpx.Client() as client:
        for number in range(count):
            stamp = int(time.time())
            headers = {
                "webhook-id": f"plain-{number}",
                "webhook-timestamp": str(stamp),
                "webhook-signature": sign(secret, f"plain-{number}", stamp, body),
            }
            client.post(f"{url}/hook", content=body, headers=headers)
    return Pace.since(began, count)


def ours(queue: Queue, name: str, count: int, start: Callable[[], Popen[str]]) -> Pace:
    """Queue so many and let one copy of notify send them.

    From the first try that began to the last message that was recorded, by the database's clock.
    """
    queue.fill(name, count)
    process = start()
    while process.poll() is None and not queue.run("SELECT 1 FROM attempt LIMIT 1"):
        time.sleep(0.05)
    before = used_by(process)
    while True:
        left = queue.run("SELECT count(*) FROM delivery WHERE state = 'QUEUED'")[0][0]
        if not left:
            break
        if process.poll() is not None:
            raise RuntimeError("notify has ended; see its log")
        time.sleep(0.1)
    used = used_by(process) - before
    process.terminate()
    process.wait()
    (seconds,) = queue.run(
        "SELECT extract(epoch FROM max(pg_xact_commit_timestamp(xmin)) -"
        " min(pg_xact_commit_timestamp(xmin))) FROM delivery WHERE counterparty = :name",
        name=name,
    )[0]
    return Pace(count / max(float(str(seconds)), 0.001), used / count * 1000)


def used_by(process: Popen[str]) -> float:
    """Return the CPU time of a process and its children in seconds."""
    times = [one.cpu_times() for one in family(process)]
    return float(sum(one.user + one.system for one in times))


def family(process: Popen[str]) -> list[psutil.Process]:
    """Return a process and its children."""
    itself = psutil.Process(process.pid)
    return [itself, *itself.children(recursive=True)]


def measure(
    make: Callable[[], Queue],
    environment: Environment,
    count: int,
    rounds: int,
    kinds: Collection[str] = ("letters", "pushes"),
) -> dict[str, object]:
    """Return the figures of letters and pushes, ours beside the plain ones in turn."""
    figures: dict[str, object] = {}
    with TemporaryDirectory() as folder, Processes(Path(folder)) as processes:
        relay = processes.address("benchmarks.notices.relay", f"{folder}/letters")
        hook = processes.address(*SANDBOX)
        for kind, url, plain in (
            ("letters", relay, plain_letters),
            ("pushes", hook, plain_pushes),
        ):
            if kind not in kinds:
                continue
            found: list[tuple[float, Pace, Pace, Pace]] = []
            for _ in range(rounds):
                queue = make()
                queue.client("client", hook, new_secret())
                name = "channel:mail" if kind == "letters" else "client"
                before = plain(url, count)
                mine = ours(
                    queue,
                    name,
                    count,
                    lambda queue=queue: processes.notify(environment(url_of(queue), relay)),
                )
                after = plain(url, count)
                share = mine.rate / ((before.rate + after.rate) / 2)
                found.append((share, mine, before, after))
                queue.close()
            found.sort(key=lambda one: one[0])
            share, mine, before, after = found[rounds // 2]
            figures[f"{kind} a second"] = round(mine.rate, 1)
            figures[f"{kind} a second, plain library"] = round((before.rate + after.rate) / 2, 1)
            figures[f"{kind}, share of the plain library"] = round(share, 2)
            figures[f"{kind}, all shares"] = [round(one[0], 2) for one in found]
            figures[f"{kind}, CPU ms each"] = round(mine.cpu, 2)
            figures[f"{kind}, CPU ms each, plain library"] = round((before.cpu + after.cpu) / 2, 2)
    return figures


def url_of(queue: Queue) -> str:
    """Return where a queue's database is."""
    return queue.engine.url.render_as_string(hide_password=False)


def long_queue(
    make: Callable[[], Queue], environment: Environment, rows: int, seconds: float
) -> dict[str, object]:
    """Send for a while from a queue of so many rows, and from one of a tenth of them.

    Return the memory of the sender beside each, in MB, and the plan of a claim.
    """
    tenth, _ = resident(make(), environment, rows // 10, seconds)
    whole, figures = resident(make(), environment, rows, seconds)
    return {
        **figures,
        "resident MB at most, a tenth of the rows": tenth,
        "resident MB at most, all rows": whole,
        "memory, all rows to a tenth of them": round(whole / tenth, 3),
    }


def resident(
    queue: Queue, environment: Environment, rows: int, seconds: float
) -> tuple[float, dict[str, object]]:
    """Return how much memory the sender takes at most, and what else there is to see."""
    figures: dict[str, object] = {}
    queue.fill("channel:mail", rows)
    queue.run("ANALYZE delivery")
    figures["plan"] = [
        str(line[0]).strip()
        for line in queue.run(
            "EXPLAIN SELECT delivery_id FROM delivery WHERE tenant = 'hau-giang' AND"
            " counterparty = 'channel:mail' AND state = 'QUEUED' AND due_at <= now() AND"
            " (expires_at IS NULL OR expires_at > now()) ORDER BY due_at, sequence LIMIT 50"
            " FOR UPDATE SKIP LOCKED"
        )
    ]
    seen: list[float] = []
    with TemporaryDirectory() as folder, Processes(Path(folder)) as processes:
        relay = processes.address("benchmarks.notices.relay", f"{folder}/letters")
        process = processes.notify(environment(url_of(queue), relay))
        while not queue.run("SELECT 1 FROM delivery WHERE state = 'SENT' LIMIT 1"):
            time.sleep(0.5)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(seconds / 20)
            together = sum(one.memory_info().rss for one in family(process))
            seen.append(round(together / 2**20, 1))
    figures["resident MB, early and late"] = (max(seen[:5]), max(seen[-5:]))
    figures["sent meanwhile"] = sum(
        n for (_, state), n in queue.states().items() if state == "SENT"
    )
    queue.close()
    return max(seen), figures
