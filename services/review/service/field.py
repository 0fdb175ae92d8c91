"""The field of a round: which entries are in it, under which codes, and who judges them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from contracts import review
from contracts.rules import Round
from kernel.database import Work
from services.review import store
from services.review.domain import rounds
from services.review.domain.codes import blind_codes, drawn
from services.review.domain.conflicts import Survey
from services.review.domain.entries import Entry, Standing
from services.review.domain.minutes.facts import Dealt, KeptAway
from services.review.service.surveying import desks_of


def draw(work: Work, contest: store.Contest, round_id: str) -> tuple[Entry, ...]:
    """Put the entries a round opens for in drawn order; in the first they get their codes."""
    entries = store.load_entries(work.session, contest.contest_id)
    progress = store.load_progress(work.session, contest.contest_id)
    rounds.check_opening(contest.rules, round_id, progress, entries, work.now)
    field = line_up(work, contest, round_id)
    if rounds.is_first(contest.rules, round_id):
        store.give_codes(work.session, {entry.entry_id: entry.code or "" for entry in field})
    return field


def line_up(work: Work, contest: store.Contest, round_id: str) -> tuple[Entry, ...]:
    """Return the newcomers of a round in drawn order, with the codes that they get or have."""
    entries = store.load_entries(work.session, contest.contest_id)
    progress = store.load_progress(work.session, contest.contest_id)
    field = {
        entry.entry_id: entry
        for entry in rounds.newcomers(contest.rules, round_id, progress, entries)
    }
    order = drawn(contest.secret, round_id, field)
    if rounds.is_first(contest.rules, round_id):
        taken = progress[round_id].entered if round_id in progress else ()
        codes = blind_codes(contest.contest_id, order, len(taken))
        field = {one: replace(entry, code=codes[one]) for one, entry in field.items()}
    return tuple(field[entry_id] for entry_id in order)


def check_nobody_forgotten(work: Work, contest: store.Contest, round_id: str) -> None:
    """Raise while an entry of the contest would miss the round for no decided reason."""
    entries = store.load_entries(work.session, contest.contest_id)
    progress = store.load_progress(work.session, contest.contest_id)
    rounds.check_closing(contest.rules, round_id, progress, entries, work.now)


def begin(  # noqa: PLR0913, PLR0917  # what a round is opened with
    work: Work,
    contest: store.Contest,
    round_id: str,
    entries: Sequence[Entry],
    seal: Callable[[Round], str],
    seed: str,
    due: datetime | None = None,
) -> store.RoundInPlay:
    """Open a round, sealed, under the rules as they are now; an open one goes on under its own."""
    played = store.round_in_play(work.session, contest.contest_id)
    if played is not None:
        return played
    work.announce(
        review.RoundOpened(
            contest_id=contest.contest_id,
            round_id=round_id,
            entry_ids=tuple(entry.entry_id for entry in entries),
            due=due,
            seed=seed,
            desks=desks_of(work, contest.contest_id, round_id),
            apart=tuple(sorted(store.load_apart(work.session, contest.contest_id))),
        )
    )
    rules = rounds.round_of(contest.rules, round_id)
    return store.open_round(work.session, contest, rules, seal(rules), work.now)


def kept_away(found: Survey, codes: Mapping[str, str]) -> tuple[review.NotAssigned, ...]:
    """List who was kept from what and on which ground, by code."""
    return tuple(
        review.NotAssigned(code=codes[entry_id], judge_id=judge_id, reason=ground.value)
        for entry_id in sorted(codes, key=codes.__getitem__)
        for judge_id, ground in found.kept_away[entry_id].items()
    )


def dealt(
    found: Survey,
    codes: Mapping[str, str],
    panels: Mapping[str, Sequence[str]],
    due: datetime | None,
) -> Dealt:
    """Say for the minutes who judges these entries, and who was kept from them, by code."""
    kept = kept_away(found, codes)
    by_code = sorted((code, tuple(sorted(panels[one]))) for one, code in codes.items())
    return Dealt(
        panels=dict(by_code),
        kept_away=tuple(KeptAway(one.code, one.judge_id, one.reason) for one in kept),
        due=due,
    )


def judged(work: Work, played: store.RoundInPlay) -> dict[str, str]:
    """Return the codes of the entries still in a round, by entry and in the order of codes."""
    entered = store.entries_in(work.session, played)
    return store.load_codes(work.session, played.contest_id, entered)


def still_in(work: Work, played: store.RoundInPlay) -> list[Entry]:
    """Return the entries still in a round with all that is known of them, as `judged`."""
    return [entry for entry in assigned(work, played) if entry.standing is not Standing.OUT]


def left(work: Work, played: store.RoundInPlay) -> tuple[review.EntryLeft, ...]:
    """List the entries that left the contest after judging had begun."""
    return tuple(
        review.EntryLeft(code=entry.code or "", reason=entry.out.value)
        for entry in assigned(work, played)
        if entry.out is not None
    )


def assigned(work: Work, played: store.RoundInPlay) -> list[Entry]:
    """Return the entries that judges were assigned to, in the order of their codes."""
    entered = store.entries_in(work.session, played)
    entries = store.load_entries(work.session, played.contest_id, entered)
    return sorted(entries, key=lambda entry: entry.code or "")


def prospects(work: Work, contest: store.Contest, round_id: str) -> review.RoundView:
    """Show a round that has not begun: how many entries would be in it as things stand."""
    entries = store.load_entries(work.session, contest.contest_id)
    progress = store.load_progress(work.session, contest.contest_id)
    return review.RoundView(
        round_id=round_id,
        state="WAITING",
        entries=len(rounds.reached(contest.rules, round_id, progress, entries)),
        sheets_given=0,
        sheets_awaited=0,
        second_looks=0,
    )
