"""Who is told. A person hears of an event once, however many roles they have in it.

Read `tell_of_entry` first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from services.notify.domain.accounts import AccountChanged, PasswordLink
from services.notify.domain.contest import Contest
from services.notify.domain.letters import (
    Assigned,
    Finalist,
    Letter,
    ResultsOut,
    Won,
)
from services.notify.domain.pushes import EntryState, EntryStates, Push, State
from services.notify.domain.quoted import CodedEntry, NamedEntry, WonPrize

Channel = Literal["EMAIL", "WEBHOOK", "ZNS", "SMS", "EDXML", "INBOX"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One message to one recipient: a letter to a person, a push to a client.

    After `expires_at` it is pointless and is not sent. Where its channel is given up, those of
    `fallback` are tried in turn. It is not sent `not_before`, nor while it is `held` for a
    person's look.
    """

    recipient: str
    channel: Channel
    content: Letter | Push | PasswordLink | AccountChanged
    entry_ids: tuple[str, ...] = ()
    expires_at: datetime | None = None
    fallback: tuple[Channel, ...] = ()
    held: bool = False
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What notify remembers of an entry. It is `out` once refused, withdrawn or disqualified."""

    contest_id: str
    entry_id: str
    receipt_code: str
    title: str
    author_ids: tuple[str, ...]
    filed_by: str
    filed_through: Literal["ONLINE", "DESK", "POST", "ONE_STOP"]
    external_code: str | None = None
    version: int = 1
    accepted: bool = False
    out: bool = False
    unit_id: str | None = None

    @property
    def named(self) -> NamedEntry:
        """Name the entry as its authors know it."""
        return NamedEntry(self.receipt_code, self.title)

    @property
    def client(self) -> str | None:
        """Return the program that filed the entry, if one did."""
        return self.filed_by if self.filed_through == "ONE_STOP" else None

    def readers(self, *, papers_due: bool = False) -> tuple[str, ...]:
        """Return the people who hear of the entry, each once.

        A clerk holds the papers of others: they hear of the receipt and of what is missing,
        and no more. Who filed online is an author or acts for them, and hears everything.
        """
        filers = {"ONLINE": True, "DESK": papers_due, "POST": papers_due, "ONE_STOP": False}
        filer = (self.filed_by,) if filers[self.filed_through] else ()
        return tuple(dict.fromkeys((*self.author_ids, *filer)))

    def state(self, state: State, news: "EntryNews | None" = None) -> EntryState:
        """Say where the entry stands, as a client is told."""
        return EntryState(
            contest_id=self.contest_id,
            entry_id=self.entry_id,
            receipt_code=self.receipt_code,
            external_code=self.external_code,
            state=state,
            note=news.note if news else "",
            missing=news.missing if news else (),
            received_at=news.received_at if news else None,
            due_at=news.due_at if news else None,
            prize=None,
        )


@dataclass(frozen=True, slots=True)
class EntryNews:
    """Something that happened to one entry: the letter about it, and what a program is told."""

    letter: Letter
    state: State
    note: str = ""
    missing: tuple[str, ...] = ()
    received_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PrizeWon:
    """An entry's prize, by its code in the rules."""

    entry_id: str
    prize: str


def tell_of_entry(entry: Entry, news: EntryNews) -> tuple[Telling, ...]:
    """Tell the authors, whoever filed the entry, and the client that did."""
    about = (entry.entry_id,)
    papers_due = news.state in {"SUBMITTED", "LATE", "SUPPLEMENT_REQUESTED"}
    people = tuple(
        Telling(person, "EMAIL", news.letter, about)
        for person in entry.readers(papers_due=papers_due)
    )
    if entry.client is None:
        return people
    return (*people, Telling(entry.client, "WEBHOOK", entry.state(news.state, news), about))


def tell_judges(
    contest: Contest, round_id: str, desks: Mapping[str, Iterable[CodedEntry]]
) -> tuple[Telling, ...]:
    """Tell each judge, in one letter, which entries lie on their desk; no title if blind."""
    round_ = contest.round(round_id)
    return tuple(
        Telling(judge, "EMAIL", Assigned(round_.name, shown(entries, blind=round_.blind)))
        for judge, entries in desks.items()
    )


def shown(entries: Iterable[CodedEntry], *, blind: bool) -> tuple[CodedEntry, ...]:
    """Return entries as a judge may see them, by code."""
    ordered = sorted(entries, key=lambda entry: entry.code)
    return tuple(CodedEntry(entry.code, None) if blind else entry for entry in ordered)


def tell_finalists(
    contest: Contest, round_id: str, finalists: Iterable[Entry]
) -> tuple[Telling, ...]:
    """Tell the authors of the entries that go on, and their clients. Nobody else hears it."""
    following = contest.round_after(round_id)
    if following is None:
        return ()
    entries = tuple(finalists)
    letters = tuple(
        Telling(
            person,
            "EMAIL",
            Finalist(
                entries=tuple(entry.named for entry in theirs),
                round_name=contest.round(round_id).name,
                next_round=following.name,
                present_minutes=following.present_minutes,
                question_minutes=following.question_minutes,
            ),
            tuple(entry.entry_id for entry in theirs),
        )
        for person, theirs in by_reader(entries).items()
    )
    states = {entry.entry_id: entry.state("FINALIST") for entry in entries}
    return letters + push_states(contest.contest_id, entries, states)


def tell_results(
    contest: Contest, judged: Iterable[Entry], won: Iterable[PrizeWon]
) -> tuple[Telling, ...]:
    """Congratulate the winners, tell all others that the results are public.

    Somebody with a winning and another entry reads of the prize only.
    """
    prizes = {line.entry_id: line.prize for line in won}
    entries = tuple(judged)
    letters = tuple(
        Telling(
            person,
            "EMAIL",
            results_letter(contest, theirs, prizes),
            tuple(entry.entry_id for entry in theirs),
        )
        for person, theirs in by_reader(entries).items()
    )
    states = {entry.entry_id: final_state(entry, prizes) for entry in entries}
    return letters + push_states(contest.contest_id, entries, states)


def results_letter(
    contest: Contest, entries: tuple[Entry, ...], prizes: Mapping[str, str]
) -> Letter:
    """Write to somebody about all their entries at once."""
    won = tuple(
        WonPrize(entry.named, prize.name, prize.authority)
        for entry in entries
        if entry.entry_id in prizes and (prize := contest.prizes[prizes[entry.entry_id]])
    )
    return Won(won) if won else ResultsOut(tuple(entry.named for entry in entries))


def final_state(entry: Entry, prizes: Mapping[str, str]) -> EntryState:
    """Say how an entry ended."""
    prize = prizes.get(entry.entry_id)
    return replace(entry.state("AWARDED" if prize else "NOT_AWARDED"), prize=prize)


def by_reader(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Gather each person's entries."""
    gathered: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        for person in entry.readers():
            gathered[person] = (*gathered.get(person, ()), entry)
    return gathered


def push_states(
    contest_id: str, entries: Iterable[Entry], states: Mapping[str, EntryState]
) -> tuple[Telling, ...]:
    """Tell each client, in one push, where its entries stand."""
    gathered: dict[str, tuple[EntryState, ...]] = {}
    for entry in entries:
        if entry.client is not None:
            gathered[entry.client] = (*gathered.get(entry.client, ()), states[entry.entry_id])
    return tuple(
        Telling(
            client,
            "WEBHOOK",
            EntryStates(contest_id, theirs),
            tuple(state.entry_id for state in theirs),
        )
        for client, theirs in gathered.items()
    )
