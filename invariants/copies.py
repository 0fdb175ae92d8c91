"""What a service has learnt of another's tables, held against those tables.

Each `Copy` is two questions: what the owner has, what the other keeps. Both give a key (sorted as
Python sorts) and what must be equal, written as text; of names and addresses only a hash.
"""

import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from invariants.finding import Finding
from invariants.places import Places
from upkeep.pairing import side_by_side

MOST = 5  # keys named of each copy that strays
HELD = 1000  # strays kept in mind of each
PAUSE = 5.0  # seconds at most between the two looks


@dataclass(frozen=True, slots=True)
class Copy:
    """What `holder` keeps of `owner`'s `subject`.

    A fact that is NULL at the owner is not compared: there the copy may be, lack, or say what it
    likes. A copy may hold what the owner has no longer where `may_outlive`.
    """

    subject: str
    owner: str
    at_owner: str
    holder: str
    at_holder: str
    may_outlive: bool = False


def question(select: str) -> str:
    """Put the rows in order, as both sides must be."""
    return f'SELECT key, fact FROM ({select}) AS rows ORDER BY key COLLATE "C"'


CONTESTS = "SELECT tenant || '/' || contest_id AS key, number::text AS fact FROM contest"
PERSON = "SELECT tenant || '/' || person_id AS key, {fact} AS fact FROM person"
UNIT = "SELECT DISTINCT tenant || '/' || unit_id AS key, '' AS fact FROM {table}"
PARENT = "SELECT tenant || '/' || unit_id AS key, coalesce(parent_id, '-') AS fact FROM {table}"
ENTRY = "SELECT tenant || '/' || entry_id AS key, {fact} AS fact FROM entry"
PANEL = "tenant || '/' || contest_id || '/' || round_id || '/' || entry_id AS key"
PANELS = (
    f"SELECT {PANEL}, string_agg(judge_id, ' ' ORDER BY judge_id COLLATE \"C\") AS fact"
    " FROM assignment {where} GROUP BY tenant, contest_id, round_id, entry_id"
)
NAME = "md5(full_name)"
ADDRESSES = "md5(concat_ws(chr(31), full_name, email, phone, unit_id))"
PLACE = "coalesce(unit_id, '-')"
HEADS = "SELECT tenant || '/' || contest_id AS key, {size}::text AS fact FROM {table}"
# An entry that was handed in and waits for nothing that only the desk knows of.
IN_PLAY = "CASE WHEN state IN ('SUBMITTED', 'RETURNED', 'ACCEPTED') THEN version::text END"
ACCEPTED = "CASE WHEN state = 'ACCEPTED' THEN {fact} END"
IS_OUT = (
    "CASE WHEN state IN ('SUBMITTED', 'RETURNED', 'ACCEPTED') THEN 'in'"
    " WHEN state IN ('WITHDRAWN', 'REFUSED', 'DISQUALIFIED') AND version > 0 THEN 'out' END"
)
ROUNDS = (
    "SELECT tenant || '/' || contest_id || '/' || round_id AS key,"
    " {count}::text AS fact FROM {table}"
)
REPORTS = (
    "SELECT tenant || '/' || report_id AS key, entry_id || '/' || version AS fact FROM report"
)
SHEETS = f"SELECT DISTINCT {PANEL[:-7]} || '/' || judge_id AS key, '' AS fact FROM sheet {{where}}"
SEATS = (
    "SELECT DISTINCT tenant || '/' || contest_id || '/' || person_id AS key, '' AS fact FROM seat"
)


def of_intake(subject: str, holder: str, at_owner: str, at_holder: str) -> Copy:
    """Make a copy that somebody keeps of intake's."""
    return Copy(subject, "intake", at_owner, holder, at_holder)


COPIES = (
    *(of_intake("contests", each, CONTESTS, CONTESTS)
      for each in ("originality", "review", "awards", "notify")),
    of_intake("people", "review", PERSON.format(fact=PLACE), PERSON.format(fact=PLACE)),
    *(of_intake("names", each, PERSON.format(fact=NAME), PERSON.format(fact=NAME))
      for each in ("originality", "awards")),
    of_intake("addresses", "notify", PERSON.format(fact=ADDRESSES), PERSON.format(fact=ADDRESSES)),
    *(of_intake("units", each, UNIT.format(table="agency"), UNIT.format(table="unit"))
      for each in ("originality", "awards")),
    of_intake("units", "review", PARENT.format(table="agency"), PARENT.format(table="unit")),
    of_intake(
        "entries", "review", ENTRY.format(fact=IN_PLAY), ENTRY.format(fact="submitted::text")
    ),
    *(of_intake("entries", each, ENTRY.format(fact=IN_PLAY), ENTRY.format(fact="version::text"))
      for each in ("originality", "notify")),
    of_intake(
        "accepted entries", "review",
        ENTRY.format(fact=ACCEPTED.format(fact="version::text")),
        ENTRY.format(fact="accepted::text"),
    ),
    of_intake(
        "accepted entries", "notify",
        ENTRY.format(fact=ACCEPTED.format(fact="'true'")), ENTRY.format(fact="accepted::text"),
    ),
    of_intake(
        "accepted entries", "awards",
        ENTRY.format(fact=ACCEPTED.format(fact="md5(title)")), ENTRY.format(fact="md5(title)"),
    ),
    of_intake(
        "exits of entries", "review", ENTRY.format(fact=IS_OUT),
        ENTRY.format(fact="CASE WHEN out IS NULL THEN 'in' ELSE 'out' END"),
    ),
    of_intake(
        "exits of entries", "notify", ENTRY.format(fact=IS_OUT),
        ENTRY.format(fact="CASE WHEN out THEN 'out' ELSE 'in' END"),
    ),
    Copy("panels", "review", PANELS.format(where="WHERE NOT stood_down"), "notify",
         PANELS.format(where=""), may_outlive=True),
    Copy("panels", "review", PANELS.format(where="WHERE NOT stood_down"), "originality",
         PANELS.format(where=""), may_outlive=True),
    Copy("sheets", "review", SHEETS.format(where="WHERE digest <> ''"), "notify",
         SHEETS.format(where="")),
    Copy("juries", "review", SEATS, "intake", SEATS, may_outlive=True),
    Copy("closed rounds", "review",
         ROUNDS.format(count="jsonb_array_length(ranking)", table="round WHERE state = 'CLOSED'"),
         "awards", ROUNDS.format(count="jsonb_array_length(lines)", table="round_table")),
    Copy("originality reports", "originality", REPORTS, "review", REPORTS),
    *(Copy("heads of records", "ledger",
           HEADS.format(size="max(size)", table="tree_head GROUP BY tenant, contest_id"),
           each, HEADS.format(size="size", table="ledger_head"))
      for each in ("intake", "awards")),
)  # fmt: skip


def copies_agree(places: Places) -> Finding:
    """Hold every copy against its source, row by row.

    With time to spare a second look follows: what strays in the one alone was being changed.
    """
    found = Finding("rows of copies")
    for copy in COPIES:
        count, strays = look(places, copy)
        found.looked_at += count
        if strays and (pause := min(places.terms.grace.total_seconds(), PAUSE)):
            time.sleep(pause)
            again = look(places, copy)[1]
            strays = {key: wrong for key, wrong in strays.items() if again.get(key) == wrong}
        if strays:
            shown = ", ".join(f"{key} {wrong}" for key, wrong in list(strays.items())[:MOST])
            said = f"{copy.holder}'s copy of {copy.owner}'s {copy.subject}"
            found.fault(f"{said} strays in {len(strays)} rows: {shown}", len(strays))
    return found


def look(places: Places, copy: Copy) -> tuple[int, dict[str, str]]:
    """Return how many rows there are, and what is wrong with those that stray, by key."""
    strays: dict[str, str] = {}
    count = 0
    ours = places.rows(copy.owner, question(copy.at_owner))
    theirs = places.rows(copy.holder, question(copy.at_holder))
    for source, kept in side_by_side(ours, theirs):
        count += 1
        if len(strays) < HELD and (wrong := mistake(copy, source, kept)):
            strays[(source or kept)[0]] = wrong  # type: ignore[index]  # one of them is there
    return count, strays


def mistake(copy: Copy, source: Row[Any] | None, kept: Row[Any] | None) -> str:
    """Say what is wrong with a row; nothing if it is as it must be."""
    if source is None:
        return "" if copy.may_outlive else f"is not known to {copy.owner}"
    if source.fact is None:
        return ""
    if kept is None:
        return "is missing"
    return "" if kept.fact == source.fact else "differs"
