"""Entries are begun."""

from contracts import intake
from kernel.database import Work
from kernel.errors import require
from kernel.messaging import command
from services.intake.catalogue import components
from services.intake.domain import contents
from services.intake.domain.contents import FIELDS, Contents
from services.intake.domain.eligibility import clean
from services.intake.domain.entries import Entry
from services.intake.service.access import check_scope
from services.intake.service.writing import (
    authors_of,
    check_evidence,
    enterprise_of,
    improvements_of,
)
from services.intake.store import agencies, contests, entries

# Who files through which channel.
ROLE_OF = {"ONLINE": "entrant", "DESK": "clerk", "POST": "clerk", "ONE_STOP": "client"}


class Drafting:
    """What somebody does before handing an entry in."""

    @command
    def draft_entry(self, asked: intake.DraftEntry, work: Work) -> str:
        """Begin an entry; authors without an account become known when it is handed in."""
        check_scope(asked, work)
        require(work.actor.within(asked.contest_id), ROLE_OF[asked.channel])
        rules = contests.load_rules(work.session, asked.contest_id).rules
        written = Contents(
            kind=asked.kind,
            group=asked.group,
            title=clean(asked.title),
            summary=clean(asked.summary),
            area=asked.area,
            authors=authors_of(asked.authors, work),
            unit_id=asked.unit_id,
            enterprise=enterprise_of(asked.enterprise),
            improves=improvements_of(asked.improves),
        )
        written = contents.counted_for(written, rules.entrants)
        units = agencies.known_units(work.session, contents.units_of(written))
        contents.check_known(written, rules, units, components())
        entry_id = work.new_id()
        check_evidence(entry_id, written.improves, work)
        entry = Entry(
            entry_id=entry_id,
            contest_id=asked.contest_id,
            channel=asked.channel,
            filed_by=work.actor.id,
            external_code=asked.external_code,
            **{name: getattr(written, name) for name in FIELDS},
        )
        entries.add_entry(work.session, entry, work.now)
        entries.add_line(work.session, entry, work.now, "Đã tạo hồ sơ dự thi.")
        if asked.channel == "ONLINE":
            work.announce(
                intake.EntryDrafted(
                    contest_id=asked.contest_id, entry_id=entry_id, filed_by=work.actor.id
                )
            )
        return entry.entry_id
