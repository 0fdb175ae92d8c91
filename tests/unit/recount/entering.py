"""Entries that come after the closing, and what lets them in; ways to tamper with that.

As `tampering` has them: `LATE` are honest contests by their name, `ENTERED` maps a name to a
function on rows and the step that names what it does.
"""

from copy import deepcopy
from datetime import datetime, timedelta

from tests.unit.recount.tampering import first, honest_rows, insert, of

HOUR = timedelta(hours=1)


def written(instant):
    return instant.isoformat().replace("+00:00", "Z")


def late_rows(**window):
    """Rows in which one entry comes at the very instant that the window closes; its row first."""
    rows = honest_rows()
    late = of(rows, "EntrySubmitted")[3]
    came = max(datetime.fromisoformat(r[3]["received_at"]) for r in of(rows, "EntrySubmitted"))
    came += timedelta(seconds=1)
    late[3]["received_at"] = late[3]["counted_at"] = written(came)
    for row in of(rows, "ContestOpened") + of(rows, "ContestAmended"):
        row[3]["rules"]["intake"] |= {"closes": written(came), **window}
    return late, rows, came


def late_by(excuse, **window):
    """Make the honest contest in which this lets the late entry in."""

    def play():
        late, rows, came = late_rows(**window)
        excuse(late, rows, came)
        return rows

    return play


def returned(late, rows, came):
    said = {"entry_id": late[3]["entry_id"], "due_at": written(came + HOUR), "request": "…"}
    insert(rows, late, "intake.EntryReturned", said)


def extended(late, rows, came):
    said = {"extension_id": "x", "until": written(came + HOUR), "reason": "…", "person_id": None}
    insert(rows, late, "intake.DeadlineExtended", {**said, "entry_id": late[3]["entry_id"]})


def extended_for_a_person(late, rows, came):
    extended(late, rows, came)
    first(rows, "DeadlineExtended")[3].update(entry_id=None, person_id="p-1")


def posted(late, _rows, came):
    late[3].update(channel="POST", counted_at=written(came - HOUR))


LATE = {
    "late-returned": late_by(returned),
    "late-extended": late_by(extended),
    "late-for-a-person": late_by(extended_for_a_person),
    "late-posted": late_by(posted),
    "late-uploading": late_by(lambda *_: None, grace_minutes=1),
}


def an_entry_handed_in_late(_late, _rows, _came):
    """Nobody gave it more time."""


def more_time_for_another_entry(late, rows, came):
    extended(late, rows, came)
    first(rows, "DeadlineExtended")[3]["entry_id"] = "e-0"


def a_supplement_of_another_entry(late, rows, came):
    returned(late, rows, came)
    first(rows, "EntryReturned")[3]["entry_id"] = "e-0"


def more_time_that_was_not_enough(late, rows, came):
    extended(late, rows, came)
    first(rows, "DeadlineExtended")[3]["until"] = written(came)


def more_time_given_afterwards(late, rows, came):
    extended(late, rows, came)
    given = first(rows, "DeadlineExtended")
    given[2] = late[2] + timedelta(microseconds=1)


def a_postmark_on_what_was_uploaded(late, rows, came):
    posted(late, rows, came)
    late[3]["channel"] = "ONLINE"


def a_postmark_where_arrival_counts(late, rows, came):
    posted(late, rows, came)
    for row in of(rows, "ContestOpened") + of(rows, "ContestAmended"):
        row[3]["rules"]["intake"]["post_counts_by"] = "ARRIVAL"


def a_postmark_after_the_closing(late, rows, came):
    posted(late, rows, came)
    late[3]["counted_at"] = written(came)


def an_entry_before_the_opening(late, rows, came):
    extended(late, rows, came)
    handed = of(rows, "EntrySubmitted")[0][3]
    opens = datetime.fromisoformat(handed["received_at"]) + timedelta(microseconds=1)
    for row in of(rows, "ContestOpened") + of(rows, "ContestAmended"):
        row[3]["rules"]["intake"]["opens"] = written(opens)


def forged(tamper):
    """Make rows of a late contest that somebody has tampered with."""

    def make(rows):
        late, own, came = late_rows()
        tamper(late, own, came)
        rows[:] = deepcopy(own)

    return make


ENTERED = {
    one.__name__: (forged(one), "entries")
    for one in (
        an_entry_handed_in_late, more_time_for_another_entry, a_supplement_of_another_entry,
        more_time_that_was_not_enough, more_time_given_afterwards, a_postmark_on_what_was_uploaded,
        a_postmark_where_arrival_counts, a_postmark_after_the_closing, an_entry_before_the_opening,
    )
}  # fmt: skip
