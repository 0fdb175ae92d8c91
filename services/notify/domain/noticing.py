"""Who hears of something by the rules of its contest, by which way and when: start with `arrange`.

A person is told once of an event, in the words for the weightiest of their roles.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from contracts.rules import Notice, NoticeCode, NoticeParty
from services.notify.domain.contest import Contest
from services.notify.domain.hours import after_quiet, next_at
from services.notify.domain.telling import Channel, Entry, Telling

# Told only where the rules list them: what tells the office, and reminders.
LISTED_ONLY = frozenset(
    {
        *("originality_ruled", "round_opened", "round_closed", "paper_ready", "petition_filed"),
        *("petition_due", "draft_unfinished", "sheets_due", "unit_silent"),
    }
)
# What a person may do without; all else they have a right to hear.
OPTIONAL = frozenset({"draft_unfinished", "sheets_due", "unit_silent", "milestone_due", "digest"})
BY_JUDGES = frozenset(
    {"appointed", "assigned", "second_look", "extended", "defence_heard", "rejudging_asked"}
    | {"key_stood_in", "sheets_due"}
)
SERVING: Mapping[str, NoticeParty] = {
    "coordinator": "UNIT",
    "head": "UNIT",
    "secretary": "SECRETARY",
    "organiser": "ORGANISER",
}
ORDER: tuple[NoticeParty, ...] = (
    *("AUTHOR", "CO_AUTHOR", "FILER", "JUDGE", "UNIT", "SECRETARY", "ORGANISER", "CONCERNED"),
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody has asked for: `off` are kinds they do without, `first` the way they like.

    `reach` are the ways there are to them; None while nobody knows.
    """

    off: frozenset[str] = frozenset()
    first: Channel | None = None
    reach: frozenset[Channel] | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around an event: the entries it is about, and who works where."""

    now: datetime
    entries: Mapping[str, Entry] = field(default_factory=dict)
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by person
    units: Mapping[str, str] = field(default_factory=dict)  # by person
    contacts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by unit
    wishes: Mapping[str, Wishes] = field(default_factory=dict)


def rule_for(contest: Contest | None, code: str) -> Notice | None:
    """Return the rule for a kind of notice; None where it is not told at all."""
    kinds = contest.notices.kinds if contest else ()
    known = next((rule for rule in kinds if rule.code == code), None)
    if known is not None:
        return known if known.told else None
    return None if code in LISTED_ONLY else Notice(code=cast("NoticeCode", code))


def arrange(
    contest: Contest | None, tellings: Iterable[Telling], around: Around
) -> tuple[Telling, ...]:
    """Return what is told by the rules; pushes to programs stay as they are.

    A wish never silences what somebody has a right to hear, and nothing that is told is lost: it
    goes out later, waits for a look, or is told by another way.
    """
    pushes: list[Telling] = []
    letters: list[Telling] = []
    for told in tellings:
        (pushes if told.channel == "WEBHOOK" else letters).append(told)
    arranged = []
    for told in once([*letters, *told_to_units(contest, letters, around)], around):
        rule = rule_for(contest, told.content.template)
        wishes = around.wishes.get(told.recipient, Wishes())
        if rule is None or (told.content.template in OPTIONAL & wishes.off):
            continue
        if not rule.to or not parties(told, around).isdisjoint(rule.to):
            arranged.append(timed(contest, by_way(told, rule, wishes), rule, around.now))
    return (*one_document_a_unit(arranged, around), *pushes)


def one_document_a_unit(arranged: Iterable[Telling], around: Around) -> Iterator[Telling]:
    """Leave each unit one document of an event, whichever of its people it is for."""
    written_to: set[str] = set()
    for told in arranged:
        unit = around.units.get(told.recipient)
        if told.channel == "EDXML" and unit is not None:
            if unit in written_to:
                continue
            written_to.add(unit)
        yield told


def told_to_units(
    contest: Contest | None, letters: Iterable[Telling], around: Around
) -> Iterable[Telling]:
    """Tell the contacts of the entries' units as well, where the rules name them."""
    for told in letters:
        rule = rule_for(contest, told.content.template)
        if rule is None or "UNIT" not in rule.to:
            continue
        units = (around.entries[one].unit_id for one in told.entry_ids if one in around.entries)
        for unit in dict.fromkeys(unit for unit in units if unit):
            for contact in around.contacts.get(unit, ()):
                yield replace(told, recipient=contact)


def once(tellings: Iterable[Telling], around: Around) -> tuple[Telling, ...]:
    """Leave each person one letter of an event, for the weightiest of their roles.

    It is about all entries that any of theirs was about, so that the log says so.
    """
    kept: dict[str, Telling] = {}
    for told in tellings:
        other = kept.get(told.recipient)
        if other is None:
            kept[told.recipient] = told
            continue
        about = tuple(dict.fromkeys((*other.entry_ids, *told.entry_ids)))
        weightier = min(other, told, key=lambda one: ORDER.index(party_of(one, around)))
        kept[told.recipient] = replace(weightier, entry_ids=about)
    return tuple(kept.values())


def party_of(told: Telling, around: Around) -> NoticeParty:
    """Say what somebody is in what they are told, by the weightiest of their roles."""
    return min(parties(told, around), key=ORDER.index)


def parties(told: Telling, around: Around) -> set[NoticeParty]:
    """Return everything somebody is in what they are told; at least one whom it concerns."""
    found: set[NoticeParty] = set()
    person = told.recipient
    if told.content.template in BY_JUDGES:
        found.add("JUDGE")
    for entry_id in told.entry_ids:
        entry = around.entries.get(entry_id)
        if entry is None:
            continue
        if person in entry.author_ids:
            found.add("AUTHOR" if entry.author_ids[0] == person else "CO_AUTHOR")
        elif person == entry.filed_by:
            found.add("FILER")
    found |= {SERVING[role] for role in around.roles.get(person, ()) if role in SERVING}
    return found or {"CONCERNED"}


def by_way(told: Telling, rule: Notice, wishes: Wishes) -> Telling:
    """Choose the way: of those in the rules, the one a person likes, then those that reach them.

    If none reaches them the first is tried, so that the log shows it.
    """
    ways: list[Channel] = sorted(rule.by, key=lambda way: way != wishes.first)
    reached = [way for way in ways if wishes.reach is None or way in wishes.reach]
    first, *others = reached or ways
    return replace(told, channel=first, fallback=tuple(others), held=rule.held or told.held)


def timed(contest: Contest | None, told: Telling, rule: Notice, now: datetime) -> Telling:
    """Say when it goes out and when it becomes pointless. The portal's own box disturbs nobody."""
    zone = ZoneInfo(contest.timezone if contest else "UTC")
    # Reminders are made at their time of day; what is late with them goes out at once.
    at = next_at(rule.at, now, zone) if rule.at and not rule.days_before else now
    at = undisturbed(contest, told.content.template, told.channel, at)
    ends = at + timedelta(hours=rule.expires_hours) if rule.expires_hours else None
    limits = [one for one in (told.expires_at, ends) if one is not None]
    return replace(
        told, not_before=at if at > now else None, expires_at=min(limits) if limits else None
    )


def undisturbed(contest: Contest | None, code: str, channel: str, at: datetime) -> datetime:
    """Return when a notice that is due at an instant goes out: after the quiet hours it is in.

    What is urgent goes at once, and so does what wakes nobody: a push, a line in the portal's box.
    """
    rule = rule_for(contest, code)
    if contest is None or rule is None or rule.urgent or channel in {"INBOX", "WEBHOOK"}:
        return at
    return after_quiet(contest.notices.quiet, at, ZoneInfo(contest.timezone))
