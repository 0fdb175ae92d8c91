"""What judges have to do, and who goes on."""

from contracts import intake, review
from kernel.database import Work
from kernel.envelope import name_of
from kernel.messaging import subscribe
from services.notify import domain, store
from services.notify.domain import CodedEntry, Telling
from services.notify.service.offices import office
from services.notify.service.queueing import tell, tell_of


class Judging:
    """Hears of juries and rounds."""

    @subscribe
    def appoint(self, heard: review.JurySeated, work: Work) -> None:
        """Write to every member of the jury."""
        self.tell_appointed(heard, work)

    @subscribe
    def appoint_substitute(self, heard: review.JudgeReplaced, work: Work) -> None:
        """Write to who takes the seat of a judge who has left."""
        self.tell_appointed(heard, work)

    def tell_appointed(self, heard: review.JurySeated | review.JudgeReplaced, work: Work) -> None:
        """Write one letter to each person, of what they are on the whole jury if on it."""
        store.load_contest(work.session, heard.contest_id)
        in_order = sorted(heard.seats, key=lambda seat: seat.panel_id is None)
        roles = {seat.person_id: seat.role for seat in in_order}
        letters = [Telling(one, "EMAIL", domain.Appointed(role)) for one, role in roles.items()]
        tell(work, heard, letters)

    @subscribe
    def tell_of_copies(self, heard: intake.CopiesMade, work: Work) -> None:
        """Tell who accepted the entry that copies wait; not again while some still do."""
        store.load_contest(work.session, heard.contest_id)
        letter = domain.CopiesWait(heard.waiting)
        tell(work, heard, [Telling(heard.ordered_by, "EMAIL", letter)])

    @subscribe
    def await_assignments(self, heard: review.RoundOpened, work: Work) -> None:
        """Learn which entries the judges' letters have to name."""
        round_ = (heard.contest_id, heard.round_id)
        store.open_round(work.session, work.tenant, round_, heard.entry_ids, heard.due)
        self.tell_judges(heard, work)
        contest = store.load_contest(work.session, heard.contest_id)
        name = contest.round(heard.round_id).name
        letter = domain.RoundBegun(name, len(heard.entry_ids), heard.due)
        tell_the_office(work, heard, letter)

    @subscribe
    def assign(self, heard: review.JudgesAssigned, work: Work) -> None:
        """Lay the entry on its judges' desks."""
        round_ = (heard.contest_id, heard.round_id)
        entry = (heard.entry_id, heard.code)
        store.lay_on_desks(work.session, work.tenant, round_, entry, heard.judge_ids, work.now)
        self.tell_judges(heard, work)

    def tell_judges(self, heard: review.RoundOpened | review.JudgesAssigned, work: Work) -> None:
        """Write to each judge once all entries have judges: one letter, not one per entry.

        What is assigned after that is told at once.
        """
        contest = store.load_contest(work.session, heard.contest_id)
        desks = store.desks_of(work.session, heard.contest_id, heard.round_id)
        tell(work, heard, domain.tell_judges(contest, heard.round_id, desks))

    @subscribe
    def ask_again(self, heard: review.SecondLookNeeded, work: Work) -> None:
        """Ask judges to look again; how far apart they stand is not said."""
        contest = store.load_contest(work.session, heard.contest_id)
        round_ = contest.round(heard.round_id)
        title = None if round_.blind else store.load_entry(work.session, heard.entry_id).title
        letter = domain.SecondLook(round_.name, CodedEntry(heard.code, title))
        left = store.have_left(
            work.session, (heard.contest_id, heard.round_id), heard.entry_id, work.now
        )
        looking = [judge for judge in heard.judge_ids if judge not in left]
        tell(work, heard, [Telling(judge, "EMAIL", letter) for judge in looking])

    @subscribe
    def tell_of_lost_key(self, heard: review.KeyGiven, work: Work) -> None:
        """Tell all who hold a key that the one in reserve stood in; else there is no news."""
        if heard.lost is None:
            return
        contest = store.load_contest(work.session, heard.contest_id)
        name = contest.round(heard.round_id).name
        letter = domain.KeyStoodIn(name, heard.minutes, heard.reason)
        tell(work, heard, [Telling(holder, "EMAIL", letter) for holder in heard.holders])

    @subscribe
    def tell_of_extension(self, heard: review.RoundExtended, work: Work) -> None:
        """Tell the judges who still have sheets to give."""
        contest = store.load_contest(work.session, heard.contest_id)
        name = contest.round(heard.round_id).name
        store.set_due(work.session, work.tenant, (heard.contest_id, heard.round_id), heard.until)
        letter = domain.Extended(name, heard.until, heard.minutes, heard.reason)
        tell(work, heard, [Telling(judge, "EMAIL", letter) for judge in heard.judge_ids])

    @subscribe
    def tell_finalists(self, heard: review.RoundClosed, work: Work) -> None:
        """Write to the authors of the entries that go on; tell the office that a round is over."""
        contest = store.load_contest(work.session, heard.contest_id)
        round_ = (heard.contest_id, heard.round_id)
        store.close_round(work.session, work.tenant, round_, work.now)
        going_on_count = None if heard.is_last else sum(line.advances for line in heard.table)
        name = contest.round(heard.round_id).name
        tell_the_office(work, heard, domain.RoundEnded(name, len(heard.table), going_on_count))
        if heard.is_last:
            return
        going_on = tuple(line.entry_id for line in heard.table if line.advances)
        finalists = store.load_entries(work.session, going_on)
        tell(work, heard, domain.tell_finalists(contest, heard.round_id, finalists))

    @subscribe
    def tell_defence(self, heard: review.DefenceRecorded, work: Work) -> None:
        """Tell authors and judges when and where entries are defended, with calendar files."""
        contest = store.load_contest(work.session, heard.contest_id)
        slots = [
            domain.DefenceSlot(
                entry=store.load_entry(work.session, one.entry_id),
                code=one.code,
                room=one.room,
                starts_at=one.starts_at,
                cancelled=one.state == "CANCELLED",
                calendar=one.calendar,
            )
            for one in heard.slots
        ]
        judges = [
            domain.HeardDefence(one.judge_id, one.entry_ids, one.away, one.calendar)
            for one in heard.judges
        ]
        why = (heard.version, heard.reason)
        tell(work, heard, domain.tell_defence(contest, heard.round_id, slots, judges, why))


def tell_the_office(
    work: Work,
    heard: review.RoundOpened | review.RoundClosed,
    letter: domain.RoundBegun | domain.RoundEnded,
) -> None:
    """Tell those who run the contest, by an event of its own: they may have a letter besides."""
    event = (f"{work.message_id}:office", name_of(type(heard)))
    letters = [Telling(one, "EMAIL", letter) for one in office(work)]
    tell_of(work, event, heard.contest_id, letters)
