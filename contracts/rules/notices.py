"""Who is told what of a contest, when and by which way. Start with `Notices`."""

from typing import Literal

from contracts.rules.part import Part

NoticeCode = Literal[
    "receipt", "came_late", "supplement_asked", "accepted", "refused", "withdrawn",
    "disqualified", "originality_ruled", "appointed", "assigned", "second_look", "key_stood_in",
    "extended", "copies_wait", "round_opened", "round_closed", "finalist", "defence_set",
    "defence_heard", "won", "results_out", "paper_ready", "results_changed", "prize_revoked",
    "petition_filed", "petition_moved", "petition_due", "rejudging_asked", "milestone_due",
    "draft_unfinished", "sheets_due", "unit_silent", "digest",
]  # fmt: skip
NoticeChannel = Literal["EMAIL", "ZNS", "SMS", "EDXML", "INBOX"]
NoticeParty = Literal[
    "AUTHOR", "CO_AUTHOR", "FILER", "UNIT", "JUDGE", "SECRETARY", "ORGANISER", "CONCERNED"
]


class Notice(Part, frozen=True):
    """One kind of notice. What is not listed is told at once, by e-mail, to whom it concerns.

    `to` limits who is told, and adds the contacts of an entry's unit where it names UNIT; left
    out, all whom it concerns are told and no contact of a unit. `by` are ways in their order:
    the first is taken, the next stand in for it. A `held` one waits for somebody's look. `at` is
    a time of day, `08:00`, in the contest's zone. `days_before` are the days before a time limit
    on which a reminder is sent. After `expires_hours` an unsent one is not sent any more.
    An `urgent` one goes out in quiet hours too.
    """

    code: NoticeCode
    told: bool = True
    to: tuple[NoticeParty, ...] = ()
    by: tuple[NoticeChannel, ...] = ("EMAIL",)
    held: bool = False
    urgent: bool = False
    at: str | None = None
    days_before: tuple[int, ...] = ()
    expires_hours: int | None = None


class QuietHours(Part, frozen=True):
    """Times of day, `21:00` and `06:00`, between which nobody is disturbed; may span midnight."""

    begins: str
    ends: str


class Notices(Part, frozen=True):
    """What is told of a contest. `digest_at` gathers what contacts of units are told, once a day.

    Kinds that tell the office, and reminders, are told only where `kinds` lists them.
    """

    kinds: tuple[Notice, ...] = ()
    quiet: QuietHours | None = None
    digest_at: str | None = None
