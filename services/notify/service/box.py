"""What somebody was told, in their box on the portal, and how they wish to be told."""

from typing import cast

from contracts import notify
from kernel.database import Work
from kernel.errors import Refused
from kernel.messaging import command, query
from services.notify import store
from services.notify.domain import OPTIONAL
from services.notify.links import read_token
from services.notify.wording import Writer


class RightToHear(Refused):
    """Only reminders can be done without; one has a right to hear of all else."""


class Box:
    """A person's own notices and wishes."""

    @query
    def list_my_notices(self, asked: notify.ListMyNotices, work: Work) -> notify.Inbox:
        """List what the caller was told, by whatever way, written in their language."""
        del asked
        me = work.actor.id
        rows = store.told_to(work.session, me, work.now)
        read = store.load_read(work.session, me, [row.event_id for row in rows])
        notices = []
        writer = Writer(work, "", [me])
        person = store.load_people(work.session, {me}).get(me)
        name = person.full_name if person else ""
        for row in rows:
            title, text = writer.read(row, name)
            notices.append(
                notify.MyNotice(
                    event_id=row.event_id,
                    code=row.template,
                    title=title,
                    text=text,
                    told_at=row.sent_at or (row.queued_at if row.tries else row.due_at),
                    read_at=read.get(row.event_id),
                    contest_id=row.contest_id,
                    entry_id=row.entry_ids[0] if len(row.entry_ids) == 1 else None,
                )
            )
        unread = store.count_unread(work.session, me, work.now)
        return notify.Inbox(unread=unread, notices=tuple(notices))

    @query
    def count_unread(self, asked: notify.CountUnread, work: Work) -> int:
        """Count what the caller has not opened."""
        del asked
        return store.count_unread(work.session, work.actor.id, work.now)

    @command
    def read_notices(self, asked: notify.ReadNotices, work: Work) -> None:
        """Remember that the caller has opened these; what was not told to them is passed over."""
        mine = {row.event_id for row in store.told_to(work.session, work.actor.id, work.now)}
        opened = mine.intersection(asked.event_ids)
        store.mark_read(work.session, work.tenant, work.actor.id, opened, work.now)

    @query
    def show_my_wishes(self, asked: notify.ShowMyWishes, work: Work) -> notify.NoticeWishes:
        """Show how the caller wishes to be told."""
        del asked
        optional = tuple(sorted(OPTIONAL))
        wishes = store.load_wishes(work.session, [work.actor.id]).get(work.actor.id)
        if wishes is None:
            return notify.NoticeWishes(optional=optional)
        return notify.NoticeWishes(
            language=cast("notify.Language", wishes.language),
            first=wishes.first,  # type: ignore[arg-type]  # kept as text
            off=tuple(wishes.off),
            optional=optional,
        )

    @command
    def set_my_wishes(self, asked: notify.SetMyWishes, work: Work) -> None:
        """Keep how the caller wishes to be told from now on."""
        if set(asked.off) - OPTIONAL:
            raise RightToHear
        wishes = store.WishesRow(
            tenant=work.tenant,
            person_id=work.actor.id,
            language=asked.language,
            first=asked.first,
            off=sorted(set(asked.off)),
            changed_at=work.now,
        )
        store.save_wishes(work.session, wishes)

    @command
    def unsubscribe(self, asked: notify.Unsubscribe, work: Work) -> str:
        """Do without a kind of notice, by the link of a letter; whoever holds it may."""
        secret = store.link_key(work.session, work.tenant)
        person_id, kind = read_token(secret, asked.token, work.tenant)
        store.turn_off(work.session, work.tenant, person_id, kind, work.now)
        return kind
