"""A small service to try the kernel with. What a message asks for is in its `contest_id`.

It goes by the name of review, so that the broker, the database and the contracts know it; its
one table is `note`.
"""

import os
from collections.abc import Sequence
from typing import ClassVar

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from contracts import review
from contracts.message import Envelope
from kernel.crunch import Crunch
from kernel.database import Database, Row, Work
from kernel.errors import Conflict, NotYet, Unavailable
from kernel.messaging import command, every, query, subscribe
from kernel.objects import Bucket
from kernel.schema import isolate
from kernel.settings import Settings
from services.ledger.gathering import gather
from services.notify.settings import NotifySettings
from telemetry.provider import Telemetry


class Closed(Conflict):
    """The round is closed."""


class Kept(Conflict):
    """What was done on the way stays."""

    is_kept: ClassVar[bool] = True


class Table(DeclarativeBase):
    """Base of the one table."""


class Note(Row, Table):
    """Something done, by whom."""

    __tablename__ = "note"

    id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


def make_tables(database_url: str) -> None:
    """Make the table as a migration would."""
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        operations.create_table(
            "note",
            sa.Column("tenant", sa.String, primary_key=True),
            sa.Column("id", sa.String, primary_key=True),
            sa.Column("text", sa.String, nullable=False),
        )
        isolate(operations, "note")
    engine.dispose()


class TrialService:
    """Writes a note for whatever it is told, then fails where it is told to."""

    name = "review"
    database = Database()
    telemetry = Telemetry()
    files = Bucket()
    sums = Crunch("tests.unit.kernel.sums")
    settings = Settings(NotifySettings)
    failures: ClassVar[dict[str, int]] = {}  # how often each event is still to fail

    def write(self, work: Work, said: str) -> None:
        """Write a note."""
        work.session.add(Note(id=work.new_id(), text=said))
        work.session.flush()

    @command
    def open_round(self, asked: review.OpenRound, work: Work) -> str:
        """Write, announce, then do as `contest_id` says."""
        self.write(work, f"{work.actor.id} opened {asked.round_id}")
        opened = review.RoundOpened(
            contest_id=asked.contest_id, round_id=asked.round_id, entry_ids=()
        )
        work.announce(opened)
        match asked.contest_id:
            case "closed":
                raise Closed("Round {round_id} is closed.", round_id=asked.round_id)
            case "kept":
                raise Kept
            case "early":
                raise NotYet("Jury of R1 has not arrived.")
            case "storeless":
                raise Unavailable("The store does not answer.")
            case "broken":
                raise ValueError("Nguyễn Văn An")
            case "deadly":
                os._exit(9)
        return work.message_id

    @command
    def close_round(self, asked: review.CloseRound, work: Work) -> bytes:
        """Compute in a child process and keep the result in the bucket."""
        self.files.put(asked.round_id, self.sums.call("doubled", b"ab"), "text/plain")
        work.announce(review.RoundClosed(contest_id="c", round_id="r", table=(), is_last=True))
        return self.files.get(asked.round_id)

    @query
    def show_round(self, asked: review.ShowRound, work: Work) -> list[str]:
        """Return the texts of all notes, in order; write one where `contest_id` says so."""
        if asked.contest_id == "write":
            self.write(work, "by a query")
        return sorted(work.session.scalars(select(Note.text)))

    @subscribe
    def note_round(self, heard: review.RoundOpened, work: Work) -> None:
        """Write and announce, then fail as often as is left to fail."""
        self.write(work, f"heard of {heard.round_id}")
        work.announce(
            review.JudgeStoodDown(
                contest_id=heard.contest_id, round_id=heard.round_id, entry_id="e", judge_id="j"
            )
        )
        if heard.contest_id == "held":
            work.session.execute(text("SELECT pg_advisory_xact_lock_shared(7)"))
        if heard.contest_id == "deadly":
            os._exit(9)
        if self.failures.get(heard.round_id, 0) > 0:
            self.failures[heard.round_id] -= 1
            if heard.contest_id == "cut":
                work.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
            raise ValueError("Nguyễn Văn An")
        if heard.contest_id == "early":
            raise NotYet("Entry e-1 has not arrived.")

    @subscribe
    def watch_all(self, heard: Envelope, work: Work) -> None:
        """Write what was heard of the judges who stood down."""
        if heard.type == "review.JudgeStoodDown":
            self.write(work, f"envelope of {heard.type}")

    @gather
    def note_closings(self, heard: Sequence[review.RoundClosed], work: Work) -> None:
        """Write a note for each, and fail where one says so."""
        for one in heard:
            self.write(work, f"closed {one.round_id}")
            match one.contest_id:
                case "broken":
                    raise ValueError("Nguyễn Văn An")
                case "deadly":
                    os._exit(9)

    @every(seconds=0.2)
    def remind(self, work: Work) -> None:
        """Write one note at the first tick."""
        if work.session.get(Note, (work.tenant, "reminder")) is None:
            work.session.add(Note(id="reminder", text=f"reminded by {work.actor.id}"))
