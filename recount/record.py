"""What the events of a kit say, on disk; read as events, or asked in SQL.

Checks that need no arithmetic are the questions of `questions.sql`, which nothing may answer.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from typing import Any, ClassVar

from recount.kit import Json, need, when

# A withdrawal and the close of a round may cross: either may have come first.
CROSSING = timedelta(minutes=2)
# What gives somebody more time: who closes it keeps back what would excuse them.
EXCUSES = {"EntryReturned", "DeadlineExtended"}
# What is said of one entry in one round, and what moves prizes.
PANEL = "JudgeStoodDown", "JudgesAssigned", "MarksGiven", "SecondLookNeeded", "DiscussionRecorded"
MOVES = """
    RoundClosed ContestAmended TieResolved CouncilDecided PrizesProposed PrizesSubmitted
    PrizesReturned PrizesApproved ResultsPublished ResultsRevised AwardRevoked
""".split()
# The types of events that are counted. Each is a view of its name, with these members as columns.
OTHERS = """
    ContestOpened EntrySubmitted EntryAccepted EntryRefused EntryWithdrawn EntryDisqualified
    OriginalityRuled JurySeated JudgeReplaced ConflictPinned RoundOpened RoundSealed SheetSealed
    SheetsOpened VoteRecorded RejudgingSeated EntryRejudged RejudgingOrdered PetitionMoved
    PaperRevoked PaperPrinted
""".split()
COUNTED = {*EXCUSES, *PANEL, *MOVES, *OTHERS}
MEMBERS = """
    judge_id version digest given_at nonce minutes number sha256 reason rules receipt_code seats
    seed ground judge_ids kept_away holders officers recovery sheets paper_id papers paper pin_id
    side is_lifted
""".split()
# What a kit may keep closed in them: words about people. All else must be there to be counted.
CLOSED = set(
    "author_ids title filed_by group channel documents missing unit_id external_code shares"
    " summary reason report_id due conclusion decision note answer_by".split()
)
TABLES = """
CREATE TABLE known (id PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE event (number INTEGER PRIMARY KEY, type, at, round_id, entry_id, said);
CREATE INDEX by_type ON event (type, at, number);
CREATE INDEX by_place ON event (entry_id, type, round_id);
"""
SCRIPT = files("recount").joinpath("questions.sql").read_text(encoding="utf-8")
VIEWS, *QUESTIONS = re.split(r"^-- (\w+): (.+)\n", SCRIPT, flags=re.MULTILINE)


class Record:
    """All that counts, in a temporary file of SQLite: memory does not grow with the events."""

    questions: ClassVar = [*zip(QUESTIONS[::3], QUESTIONS[1::3], QUESTIONS[2::3], strict=True)]

    def __init__(self) -> None:
        self.tables, self.rules = sqlite3.connect(""), list[Json]()
        members = "".join(f", said ->> '{member}' AS {member}" for member in MEMBERS)
        self.tables.executescript(TABLES)
        for name in COUNTED:
            columns = f"SELECT number AS event, at, round_id, entry_id, said{members}"
            self.ask(f"CREATE VIEW {name} AS {columns} FROM event WHERE type = '{name}'")

    def add(self, event: Json, closed: list[str]) -> None:
        """Keep an event that counts, if all is shown of it that must be."""
        name, id_ = event["type"].partition(".")[2], event["id"]
        is_new = self.tables.execute("INSERT OR IGNORE INTO known VALUES (?)", [id_]).rowcount
        need("chain", is_new, f"event {event['event']} ({name}) has the id {id_} of another")
        if name in COUNTED:
            # Of `lines/0/prize` the last part.
            hidden = {re.sub(r"^\w+/\d+/", "", one) for one in closed} - CLOSED
            need("shown", not hidden or name in EXCUSES, f"{name} {event['event']} hides {hidden}")
            row = event["event"], name, event["at"], event.get("round_id"), event.get("entry_id")
            self.ask("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", *row, json.dumps(event))

    def ask(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        return self.tables.execute(query, values)

    def check(self, *steps: str) -> str:
        """Ask every question of these steps; what one finds fills the sentence before it."""
        asked = [one for one in self.questions if one[0] in steps]
        for step, sentence, query in asked:
            for row in self.ask(query):
                need(step, holds=False, what=sentence.format(*row))
        return f"{len(asked)} questions answered by nothing"

    def of(self, *names: str, until: str = "9", **about: object) -> Iterator[Json]:
        """Events of these types up to an instant that say so and so, in order."""
        # With the plus SQLite looks for the few events of an entry, not through all instants.
        terms = [one if one in {"round_id", "entry_id"} else f"said ->> '{one}'" for one in about]
        where = " AND ".join(["+at <= ?", *(f"{term} = ?" for term in terms)])
        where += f" AND type IN ({', '.join('?' * len(names))}) ORDER BY +at, number"
        query = f"SELECT type, said FROM event WHERE {where}"
        for type_, said in self.ask(query, until, *about.values(), *names):
            yield {**json.loads(said), "type": type_}

    def rules_at(self, instant: str) -> Json:
        self.rules = self.rules or list(self.of("ContestOpened", "ContestAmended"))
        found = [event for event in self.rules if event["at"] <= instant]
        need("rules", found, f"none were in force at {instant}")
        return dict(max(found, key=lambda event: int(event["number"]))["rules"])

    def accepted(self, until: str = "9") -> dict[str, Json]:
        """What was said of each entry when it was accepted."""
        return {event["entry_id"]: event for event in self.of("EntryAccepted", until=until)}

    def revoked(self, until: str) -> set[str]:
        return {event["entry_id"] for event in self.of("AwardRevoked", until=until)}

    def out_at(self, instant: str) -> tuple[set[str], set[str]]:
        """Entries surely out at an instant, and those about to leave or just gone."""
        own = ("EntryRefused", "EntryWithdrawn", "EntryDisqualified", "AwardRevoked")
        gone = (*self.of(*own), *self.of("OriginalityRuled", ruling="DUPLICATE"))
        after = {event["entry_id"]: when(event["at"]) - when(instant) for event in gone}
        surely = {entry for entry, passed in after.items() if passed < -CROSSING}
        return surely, {entry for entry, passed in after.items() if abs(passed) <= CROSSING}
