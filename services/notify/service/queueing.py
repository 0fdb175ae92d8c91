"""Putting in the queue what an event gives rise to, as the rules of its contest say."""

from collections.abc import Iterable, Mapping
from typing import cast

from msgspec import to_builtins

from contracts import awards, intake, ledger, originality, review
from contracts.sandbox import is_trial
from kernel.database import Work
from kernel.envelope import name_of
from services.notify import domain, store, writing
from services.notify.domain import Around, Contest, Telling, Wishes, arrange, rule_for
from services.notify.domain.noticing import party_of
from services.notify.domain.telling import Channel
from services.notify.wording import languages_of, words_for

Heard = (
    intake.EntryEvent
    | intake.CopiesMade
    | originality.OriginalityRuled
    | review.JurySeated
    | review.JudgeReplaced
    | review.RoundOpened
    | review.JudgesAssigned
    | review.SecondLookNeeded
    | review.KeyGiven
    | review.RoundExtended
    | review.DefenceRecorded
    | review.RoundClosed
    | awards.ResultsPublished
    | awards.ResultsRevised
    | awards.PaperPrinted
    | awards.PetitionFiled
    | awards.PetitionMoved
    | awards.AwardRevoked
    | review.RejudgingSeated
    | awards.MilestoneReminded
    | ledger.HeadSigned
)


def tell(work: Work, heard: Heard, tellings: Iterable[Telling]) -> None:
    """Queue a delivery for each; a second one of the same event to the same reader is dropped."""
    tell_of(work, (work.message_id, name_of(type(heard))), heard.contest_id, tellings)


def tell_of(
    work: Work, event: tuple[str, str], contest_id: str, tellings: Iterable[Telling]
) -> None:
    """Queue what an event, given as its id and type, gives rise to by the contest's rules.

    Nobody is written to from a sandbox; programs are told, for that is what they try.
    """
    told = list(tellings)
    contest = store.find_contest(work.session, contest_id)
    around = look_around(work, told)
    common = {
        "tenant": work.tenant,
        "event_id": event[0],
        "event_type": event[1],
        "contest_id": contest_id,
        "queued_at": work.now,
        "due_at": work.now,
    }
    queued = []
    for one in arrange(contest, told, around):
        if contest is not None and not is_trial(work.tenant) and gathers(contest, one, around):
            gather(work, common, contest, one)
        elif one.channel == "WEBHOOK" or not is_trial(work.tenant):
            queued.append((work.new_id(), one))
    store.put_in_queue(work.session, common, queued)


def look_around(work: Work, told: Iterable[Telling]) -> Around:
    """Read what deciding who hears of something needs: entries, offices, contacts, wishes."""
    about = {entry_id for one in told for entry_id in one.entry_ids}
    entries = store.find_entries(work.session, about)
    units = {entry.unit_id for entry in entries.values() if entry.unit_id}
    contacts = store.load_contacts(work.session, units) if units else {}
    everybody = {one.recipient for one in told if one.channel != "WEBHOOK"}
    everybody.update(one for each in contacts.values() for one in each)
    people, asked = store.load_readers(work.session, everybody)
    return Around(
        now=work.now,
        entries=entries,
        roles={one.person_id: frozenset(one.roles) for one in people.values()},
        units={one.person_id: one.unit_id for one in people.values() if one.unit_id},
        contacts=contacts,
        wishes=wishes_of(everybody, people, asked),
    )


def wishes_of(
    person_ids: Iterable[str],
    people: Mapping[str, store.PersonRow],
    asked: Mapping[str, store.WishesRow],
) -> dict[str, Wishes]:
    """Return what people wish, and which ways there are to them."""
    found = {}
    for person_id in person_ids:
        person, wishes = people.get(person_id), asked.get(person_id)
        found[person_id] = Wishes(
            off=frozenset(wishes.off if wishes else ()),
            first=cast("Channel | None", wishes.first) if wishes else None,
            reach=reach_of(person) if person else None,
        )
    return found


def reach_of(person: store.PersonRow) -> frozenset[Channel]:
    """Return the ways there are to somebody; the portal's own box always is."""
    ways: set[Channel] = {"INBOX"}
    if person.unit_id:
        ways.add("EDXML")
    if person.email:
        ways.add("EMAIL")
    if person.phone:
        ways |= {"ZNS", "SMS"}
    return frozenset(ways)


def gathers(contest: Contest | None, told: Telling, around: Around) -> bool:
    """Say whether somebody reads of this in a digest: contacts of units do, where there is one."""
    if contest is None or contest.notices.digest_at is None or told.held:
        return False
    if rule_for(contest, domain.Digest.template) is None or not told.entry_ids:
        return False
    rule = rule_for(contest, told.content.template)
    return rule is not None and "UNIT" in rule.to and party_of(told, around) == "UNIT"


def gather(work: Work, common: dict[str, object], contest: Contest, told: Telling) -> None:
    """Keep the subject of a notice for the next digest of who it is for."""
    code, person_id = told.content.template, told.recipient
    words = words_for(
        work, code, languages_of(work, [person_id]).get(person_id, "vi"), contest.contest_id
    )
    content = to_builtins(told.content)
    line, _ = writing.write_text(words, content, writing.Reader("", contest))
    row = {
        "tenant": work.tenant,
        "contest_id": contest.contest_id,
        "person_id": person_id,
        "event_id": common["event_id"],
        "line": line,
        "entry_ids": list(told.entry_ids),
        "heard_at": work.now,
    }
    store.gather(work.session, row)
