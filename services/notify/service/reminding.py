"""The timers that remind of what is still to be done, and gather what units' contacts are told."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.rules import Notice
from kernel.database import Work
from kernel.messaging import every
from services.notify import domain, store
from services.notify.domain import Contest, Telling
from services.notify.domain.due import Limit, Step, digest_day, steps
from services.notify.service.nudging import draft_letters
from services.notify.service.offices import office
from services.notify.service.queueing import tell_of

TYPE = "notify.Reminder"  # what the log names as the event behind a reminder


class Reminding:
    """Reminds by the rules of each contest. What has become pointless is not sent."""

    @every(seconds=60, due=lambda work: store.tenants_reminding(work.session))
    def remind(self, work: Work) -> None:
        """Remind of drafts, sheets, petitions and units that take no part yet."""
        for contest_id in store.load_contest_ids(work.session):
            contest = store.load_contest(work.session, contest_id)
            rules: dict[str, Notice] = {rule.code: rule for rule in contest.notices.kinds}
            limits = list(limits_of(work, contest))
            for step in steps(rules, limits, work.now, ZoneInfo(contest.timezone)):
                letters = list(letters_of(work, contest, step))
                tell_of(work, (step.event_id, TYPE), contest_id, letters)
                keep(work, contest_id, step.limit.code, step.limit.subject, step.days)

    @every(seconds=60, due=lambda work: store.tenants_reminding(work.session))
    def send_digests(self, work: Work) -> None:
        """Send contacts of units, once a day, what was told of their units' entries."""
        for contest_id in store.load_contest_ids(work.session):
            contest = store.load_contest(work.session, contest_id)
            if contest.notices.digest_at is None:
                continue
            zone = ZoneInfo(contest.timezone)
            day = digest_day(contest.notices.digest_at, work.now, zone)
            subject = f"{contest_id}:{day}"
            if day is None or store.reminded_days(work.session, contest_id, "digest", subject):
                continue
            event_id = f"digest:{subject}"
            gathered = store.take_gathered(work.session, contest_id, event_id)
            letters = [
                Telling(
                    person_id,
                    "EMAIL",
                    domain.Digest(tuple(row.line for row in rows)),
                    tuple(dict.fromkeys(one for row in rows for one in row.entry_ids)),
                )
                for person_id, rows in gathered.items()
            ]
            tell_of(work, (event_id, "notify.Digest"), contest_id, letters)
            keep(work, contest_id, "digest", subject, 0)


def keep(work: Work, contest_id: str, code: str, subject: str, days: int) -> None:
    """Remember that was reminded of something."""
    row = {"tenant": work.tenant, "contest_id": contest_id, "code": code, "subject": subject}
    store.keep_reminded(work.session, {**row, "days": days, "reminded_at": work.now})


def limits_of(work: Work, contest: Contest) -> Iterator[Limit]:  # noqa: C901  # one kind after another
    """Return the time limits of a contest that somebody may be reminded of."""
    contest_id = contest.contest_id

    def done(code: str, subject: str) -> list[int]:
        return store.reminded_days(work.session, contest_id, code, subject)

    if contest.closes is not None:
        for code in ("draft_unfinished", "unit_silent"):
            yield Limit(code, contest_id, contest.closes, done(code, contest_id))
        for subject, (_, _, until) in given_more(work, contest_id).items():
            if until > contest.closes:
                yield Limit("draft_unfinished", subject, until, done("draft_unfinished", subject))
    for row in store.open_rounds(work.session, contest_id, work.now):
        subject = f"{contest_id}/{row.round_id}"
        if row.due_at is not None:
            yield Limit("sheets_due", subject, row.due_at, done("sheets_due", subject))
    for petition in store.unanswered(work.session, contest_id, work.now):
        subject = petition.petition_id
        if petition.answer_by is not None:
            yield Limit("petition_due", subject, petition.answer_by, done("petition_due", subject))


def given_more(work: Work, contest_id: str) -> dict[str, tuple[str, str, datetime]]:
    """Return whose unfinished entries were given more time, which, and until when, by subject."""
    return {
        f"{contest_id}/{entry_id}": (person_id, entry_id, until)
        for person_id, theirs in store.unfinished(work.session, contest_id, work.now).items()
        for entry_id, until in theirs
        if until is not None
    }


def letters_of_drafts(work: Work, contest: Contest, step: Step) -> Iterator[Telling]:
    """Write to all with an unfinished entry, or of one that was given more time."""
    contest_id, subject, until = contest.contest_id, step.limit.subject, step.limit.until
    if subject == contest_id:
        yield from draft_letters(work, contest_id, until)
    elif found := given_more(work, contest_id).get(subject):
        person_id, entry_id, _ = found
        letter = domain.DraftUnfinished(1, until)
        yield Telling(person_id, "EMAIL", letter, (entry_id,), expires_at=until)


def letters_of(work: Work, contest: Contest, step: Step) -> Iterator[Telling]:
    """Write to all whom a reminder concerns; it is pointless once the limit has passed."""
    until = step.limit.until
    match step.limit.code:
        case "draft_unfinished":
            yield from letters_of_drafts(work, contest, step)
        case "sheets_due":
            round_id = step.limit.subject.removeprefix(f"{contest.contest_id}/")
            name = contest.round(round_id).name
            for judge, left in store.sheets_owed(
                work.session, contest.contest_id, round_id
            ).items():
                owed = domain.SheetsDue(name, left, until)
                yield Telling(judge, "EMAIL", owed, expires_at=until)
        case "unit_silent":
            silent = store.load_contacts(work.session)
            for unit in store.taking_part(work.session, contest.contest_id):
                silent.pop(unit, None)
            for contact in dict.fromkeys(one for each in silent.values() for one in each):
                yield Telling(contact, "EMAIL", domain.UnitSilent(until), expires_at=until)
        case _:
            yield from petition_letters(work, step)


def petition_letters(work: Work, step: Step) -> Iterator[Telling]:
    """Remind the office of a petition that is not answered."""
    petition = store.load_petition(work.session, step.limit.subject)
    entry = store.load_entry(work.session, petition.entry_id)
    letter = domain.PetitionDue(entry.named, petition.kind, step.limit.until)
    for person_id in office(work):
        yield Telling(
            person_id, "EMAIL", letter, (petition.entry_id,), expires_at=step.limit.until
        )
