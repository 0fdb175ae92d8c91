"""What awards has heard: rules, round tables, entries, names of people and units.

Every `keep_…` may be called late, twice and in any order; the newest fact wins.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction

from msgspec import convert, to_builtins
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from contracts.intake import Agency, EntryAccepted, EntryEvent
from contracts.review import Average, RoundLine
from contracts.rules import Rules
from kernel.errors import Conflict, NotFound
from services.awards.domain.ranking import Result
from services.awards.store.tables import ContestRow, EntryRow, PersonRow, RoundRow, UnitRow, upsert

# Units without a first day have been there all along.
SINCE_EVER = date(1900, 1, 1)


class UnknownContest(NotFound):
    """There is no such contest."""


class EntryNotHeardOf(Conflict):
    """An entry or the name of an author has not arrived yet; try again in a moment."""


def keep_rules(session: Session, contest_id: str, number: int, rules: Rules) -> bool:
    """Keep the rules unless newer ones are known; say whether they replaced older ones."""
    known = session.scalar(contest_row(contest_id).with_for_update())
    if known is None:
        row = ContestRow(contest_id=contest_id, number=number, rules=to_builtins(rules))
        session.add(row)
        return False
    if known.number >= number:
        return False
    known.number, known.rules = number, to_builtins(rules)
    return True


def load_rules(session: Session, contest_id: str) -> Rules:
    """Read the rules in force."""
    return read_rules(session, contest_row(contest_id))


def lock_rules(session: Session, contest_id: str) -> Rules:
    """Read the rules in force and keep others from deciding on the contest meanwhile."""
    return read_rules(session, contest_row(contest_id).with_for_update())


def lock_contest(session: Session, contest_id: str) -> None:
    """Keep others from deciding on a contest meanwhile, if it is known here already."""
    session.scalar(contest_row(contest_id).with_for_update())


def contest_row(contest_id: str) -> Select[ContestRow]:
    """Look for a contest."""
    return select(ContestRow).where(ContestRow.contest_id == contest_id)


def read_rules(session: Session, query: Select[ContestRow]) -> Rules:
    """Read what the query finds; raise `UnknownContest` if it finds nothing."""
    row = session.scalar(query)
    if row is None:
        raise UnknownContest
    return convert(row.rules, Rules, strict=False)


def keep_round(
    session: Session, contest_id: str, round_id: str, lines: tuple[RoundLine, ...]
) -> None:
    """Keep the table of a closed round."""
    key = {"contest_id": contest_id, "round_id": round_id}
    upsert(session, RoundRow, key, {"lines": to_builtins(lines)})


def load_results(session: Session, contest_id: str) -> dict[str, dict[str, Result]]:
    """Read the results of the closed rounds: by round id, then by entry id."""
    query = select(RoundRow).where(RoundRow.contest_id == contest_id)
    return {
        row.round_id: {
            line.entry_id: result_of(line)
            for line in convert(row.lines, tuple[RoundLine, ...], strict=False)
        }
        for row in session.scalars(query)
    }


def load_codes(session: Session, contest_id: str) -> dict[str, str]:
    """Read the codes that entries were judged by, by the entry's id."""
    query = select(RoundRow).where(RoundRow.contest_id == contest_id)
    return {
        line.entry_id: line.code
        for row in session.scalars(query)
        for line in convert(row.lines, tuple[RoundLine, ...], strict=False)
    }


def result_of(line: RoundLine) -> Result:
    """Read the exact means off a line of a round's table."""
    means = {code: exact(mean) for code, mean in line.criteria.items()}
    links = {
        name: Fraction(value)
        for name, value in (("highest", line.highest), ("firsts", line.firsts))
        if value is not None
    }
    return Result(exact(line.average), means, links)


def exact(average: Average) -> Fraction:
    """Divide a sum of marks by the number of judges."""
    return Fraction(average.total) / average.count


def keep_entry(session: Session, heard: EntryAccepted) -> None:
    """Keep an accepted entry; if it is known to be out of the contest, it stays out."""
    shares = {share.person_id: str(share.percent) for share in heard.shares}
    known = entry_columns(heard) | {
        "shares": shares,
        "unit_id": heard.unit_id,
        "kind": heard.kind,
    }
    upsert(session, EntryRow, {"entry_id": heard.entry_id}, known)


def drop_entry(session: Session, heard: EntryEvent) -> None:
    """Note that an entry is out of the contest, whether or not it was known."""
    known = entry_columns(heard) | {"is_out": True}
    upsert(session, EntryRow, {"entry_id": heard.entry_id}, known)


def take_out(session: Session, entry_id: str) -> None:
    """Rank an entry no more, as its prize was taken back."""
    row = session.scalars(select(EntryRow).where(EntryRow.entry_id == entry_id)).one()
    row.is_out = True
    session.flush()


def entry_columns(heard: EntryEvent) -> dict[str, object]:
    """Take what every event about an entry tells."""
    return {
        "contest_id": heard.contest_id,
        "title": heard.title,
        "author_ids": list(heard.author_ids),
    }


def load_entries(session: Session, contest_id: str) -> dict[str, EntryRow]:
    """Read a contest's entries by id, those out of it too."""
    query = select(EntryRow).where(EntryRow.contest_id == contest_id)
    return {row.entry_id: row for row in session.scalars(query)}


def keep_person(session: Session, person_id: str, full_name: str, as_of: datetime) -> None:
    """Keep a person's name unless a newer one is known."""
    known = {"full_name": full_name, "as_of": as_of}
    upsert(session, PersonRow, {"person_id": person_id}, known, PersonRow.as_of <= as_of)


def keep_units(session: Session, agencies: Iterable[Agency], as_of: datetime) -> None:
    """Keep the units' names, each from its first day on."""
    for agency in sorted(agencies, key=lambda agency: agency.unit_id):
        key = {"unit_id": agency.unit_id, "valid_from": agency.valid_from or SINCE_EVER}
        known = {"name": agency.name, "as_of": as_of}
        upsert(session, UnitRow, key, known, UnitRow.as_of <= as_of)


def full_names(session: Session, person_ids: Iterable[str]) -> dict[str, str]:
    """Read people's names; raise `EntryNotHeardOf` if one is missing."""
    wanted = set(person_ids)
    rows = session.scalars(select(PersonRow).where(PersonRow.person_id.in_(wanted)))
    names = {row.person_id: row.full_name for row in rows}
    require_known(wanted, names)
    return names


def unit_names(session: Session, day: date) -> dict[str, str]:
    """Read every unit's name as it is on a day."""
    query = select(UnitRow).where(UnitRow.valid_from <= day).order_by(UnitRow.valid_from)
    return {row.unit_id: row.name for row in session.scalars(query)}


def require_known(wanted: Iterable[str], known: Mapping[str, object]) -> None:
    """Raise `EntryNotHeardOf` unless everything wanted is known."""
    if missing := sorted(set(wanted).difference(known)):
        raise EntryNotHeardOf(
            "Nothing has arrived yet about {missing}; try again in a moment.",
            missing=", ".join(missing),
        )
