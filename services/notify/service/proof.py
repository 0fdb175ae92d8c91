"""Who was told what, and when, in words: about an entry, in a contest or of a person at once.

`services.notify.logbook` has the same deliveries try by try, without names, for whoever runs it.
"""

from typing import cast

from msgspec.structs import replace

from contracts import notify
from kernel.database import Work
from kernel.messaging import query
from services.notify import store
from services.notify.domain.noticing import BY_JUDGES
from services.notify.logbook import reason_of
from services.notify.service.seeing import may_read
from services.notify.wording import Writer


class Proof:
    """The log of notices in words."""

    @query
    def show_notices(self, asked: notify.ShowNotices, work: Work) -> tuple[notify.NoticeLine, ...]:
        """Say who was told what, when, by which way, in which words, and when they opened it.

        Those who run the contest see all; an entrant what concerns their own entry or themselves.
        """
        state = "HELD" if asked.held else None
        wanted = store.Wanted(asked.entry_id, asked.contest_id, asked.person_id, state)
        readers = may_read(work, wanted)
        if asked.after is None:
            found = [*store.list_deliveries(work.session, wanted)][::-1]
        else:
            found = store.list_after(work.session, wanted, asked.after)
        rows = [row for row in found if readers is None or row.recipient in readers]
        writer = Writer(work, "", ())
        people = store.load_people(work.session, {row.recipient for row in rows})
        lines = (line(writer, row, people.get(row.recipient)) for row in rows)
        return tuple(lines if readers is None else map(unnamed, lines))


def unnamed(shown: notify.NoticeLine) -> notify.NoticeLine:
    """Hide from judges which entries a letter to them is about: they know a code, if anything."""
    return replace(shown, entry_ids=()) if shown.code in BY_JUDGES else shown


def line(
    writer: Writer, row: store.DeliveryRow, person: store.PersonRow | None
) -> notify.NoticeLine:
    """Show a delivery in words; of a program its event."""
    columns = {
        name: getattr(row, name)
        for name in ("delivery_id", "recipient", "queued_at", "due_at", "sent_at", "expires_at")
    }
    name = person.full_name if person else ""
    title, text = writer.read(row, name)
    return notify.NoticeLine(
        **columns,
        code=row.template,
        title=title,
        text=text if row.state == "HELD" else "",
        name=name,
        channel=cast("notify.DeliveryChannel", row.channel),
        state=cast("notify.DeliveryState", row.state),
        read_at=row.opened_at,
        attempts=row.attempts,
        last_error=row.last_error,
        reason=reason_of(row),
        words_version=row.words_version,
        entry_ids=tuple(row.entry_ids),
    )
