"""Ways in for re-judging: ordered by awards, seated by the office, marked by others."""

from contracts import awards, review
from kernel.database import Work
from kernel.errors import NotYet
from kernel.messaging import command, query, subscribe
from services.review import store
from services.review.domain.rejudging import NewSheet, Rejudging
from services.review.service.access import require_here
from services.review.service.marks import readable
from services.review.service.surveying import surveyed


class RejudgingEntries:
    """Takes orders to judge an entry again, and what comes of them."""

    @subscribe
    def keep_order(self, heard: awards.RejudgingOrdered, work: Work) -> None:
        """Keep what is to be judged again; an order that nobody has acted on may be replaced."""
        if heard.round_id not in store.load_closed(work.session, heard.contest_id):
            raise NotYet
        known = store.find_rejudging(work.session, heard.petition_id)
        if known is not None and known.state == "SEATED":
            return
        order = Rejudging(
            petition_id=heard.petition_id,
            contest_id=heard.contest_id,
            round_id=heard.round_id,
            entry_id=heard.entry_id,
            criteria=heard.criteria,
            minutes=heard.minutes,
        )
        store.save_rejudging(work.session, order)

    @command
    def seat_rejudging(self, asked: review.SeatRejudging, work: Work) -> None:
        """Appoint who judges again: none who did before, none in conflict."""
        known = store.load_rejudging(work.session, asked.petition_id)
        require_here(work, known.contest_id, "organiser", "secretary")
        contest = store.load_contest(work.session, known.contest_id)
        entries = store.load_entries(work.session, known.contest_id, [known.entry_id])
        judges = store.as_judges(work.session, asked.judge_ids)
        found = surveyed(work, contest, entries, judges)
        barred, before = store.judged_by(work.session, known)
        named = contest.rules.petitions.judges if contest.rules.petitions else None
        seated = known.seat(
            asked.judge_ids,
            asked.decision,
            named or before,
            barred,
            found.kept_away[known.entry_id],
        )
        store.save_rejudging(work.session, seated)
        work.announce(
            review.RejudgingSeated(
                contest_id=seated.contest_id,
                petition_id=seated.petition_id,
                round_id=seated.round_id,
                entry_id=seated.entry_id,
                judge_ids=seated.judge_ids,
                decision=seated.decision,
                code=entries[0].code or "",
            )
        )

    @command
    def rejudge_entry(self, asked: review.RejudgeEntry, work: Work) -> None:
        """Take a sheet; with the last one the entry's new line is told."""
        known = store.load_rejudging(work.session, asked.petition_id)
        played = store.load_closed(work.session, known.contest_id)[known.round_id]
        sheet = NewSheet(work.actor.id, asked.marks, asked.comment.strip(), work.now)
        taken = known.take(sheet, played.rules)
        store.save_rejudging(work.session, taken)
        if taken.state != "CLOSED":
            return
        before = next(one for one in played.table if one.entry_id == known.entry_id)
        work.announce(
            review.EntryRejudged(
                contest_id=taken.contest_id,
                petition_id=taken.petition_id,
                round_id=taken.round_id,
                entry_id=taken.entry_id,
                line=taken.line(before, played.rules),
                criteria=taken.criteria,
                sheets=tuple(
                    review.RejudgedMarks(judge_id=judge, marks=dict(sheet.marks))
                    for judge, sheet in taken.newest.items()
                ),
            )
        )

    @query
    def list_rejudgings(
        self, asked: review.ListRejudgings, work: Work
    ) -> tuple[review.RejudgingView, ...]:
        """List re-judgings: all to the office, to a judge their own."""
        runs = not {"organiser", "secretary"}.isdisjoint(work.actor.roles)
        return tuple(
            told(one, work, runs=runs)
            for one in store.load_rejudgings(work.session, asked.contest_id)
            if runs or work.actor.id in one.judge_ids
        )


def told(one: Rejudging, work: Work, *, runs: bool) -> review.RejudgingView:
    """Tell a re-judging to the office, or to one of its judges."""
    played = store.load_closed(work.session, one.contest_id)[one.round_id]
    entry = store.entry_named(work.session, one.contest_id, one.entry_id)
    title, _ = readable(played, entry)
    barred, before = store.judged_by(work.session, one)
    rules = store.load_contest(work.session, one.contest_id).rules.petitions
    open_to_all = one.state == "CLOSED" and runs
    return review.RejudgingView(
        petition_id=one.petition_id,
        contest_id=one.contest_id,
        round_id=one.round_id,
        code=entry.code or "",
        title=title,
        criteria=one.criteria,
        state=one.state,
        seats=1
        if one.short
        else len(one.judge_ids) or (rules.judges if rules else None) or before,
        asked=one.asked if runs else tuple(own for own in one.asked if own == work.actor.id),
        awaits_me=work.actor.id in one.awaited,
        wants_another=one.short,
        judge_ids=one.judge_ids if runs else (),
        barred=tuple(sorted(barred.union(one.judge_ids if one.short else ()))) if runs else (),
        sheets=tuple(
            review.RejudgedSheet(
                judge_id=sheet.judge_id,
                marks=dict(sheet.marks),
                comment=sheet.comment,
                given_at=sheet.given_at,
            )
            for sheet in one.sheets
            if open_to_all or sheet.judge_id == work.actor.id
        ),
    )
