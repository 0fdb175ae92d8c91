"""When an entry counts as handed in, by which rule, and whether that is late. Start with `count`.

A late entry is kept and marked, never dropped: the organiser admits it or refuses it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from contracts.rules import Rules, Window
from kernel.errors import Refused
from services.intake.domain import post, windows
from services.intake.domain.windows import MOMENT, Calendar

YEAR = timedelta(days=366)


class Basis(StrEnum):
    """The rule an entry counts by."""

    WINDOW = "WINDOW"
    POSTMARK = "POSTMARK"
    EXTENSION = "EXTENSION"
    GRACE = "GRACE"
    SUPPLEMENT = "SUPPLEMENT"
    LATE = "LATE"


class ExtensionTooShort(Refused):
    """An extension must reach beyond the deadline in force, and beyond what it is to admit."""


class ExtensionTooFar(Refused):
    """An extension ends within a year of the deadline; check the date."""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for one entrant, with the organiser's reason."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """The upload of one document: when it was begun and, if ever, when it was done."""

    begun_at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """How an entry came: at the door, over the desk or by post.

    `at` is the first byte of the submission, or the arrival of a paper dossier as its clerk
    notes it; `posted_on` is the local day of a postmark.
    """

    at: datetime
    by_post: bool = False
    posted_on: date | None = None
    transfers: tuple[Transfer, ...] = ()
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """When an entry was received, the instant it counts by, and the rule in words."""

    received_at: datetime
    at: datetime
    basis: Basis
    rule: str
    posted_on: date | None = None

    @property
    def is_late(self) -> bool:
        """Say whether it came after the deadline that held for it."""
        return self.basis is Basis.LATE


def count(arrival: Arrival, rules: Rules) -> Counted:
    """Decide by which rule an entry counts. Raises `NotOpenYet`, `PostedAfterArrival`."""
    calendar, window = Calendar.of(rules), rules.intake
    windows.check_begun(window, calendar, arrival.at, rules.basis[0].doc)
    post.check_arrival(arrival.posted_on, arrival.at, calendar)
    if arrival.posted_on is not None and window.post_counts_by == "POSTMARK":
        return _by_postmark(arrival, arrival.posted_on, rules)
    return _by_arrival(arrival, rules)


def is_within(arrival: Arrival, window: Window) -> bool:
    """Say whether it came before the window closed, whatever uploads and extensions say."""
    return arrival.posted_on is None and arrival.at < window.closes


def deadline_of(arrival: Arrival, window: Window) -> datetime:
    """Return up to, not including, when this entry is in time, uploads under way aside."""
    return max(window.closes, arrival.extension.until) if arrival.extension else window.closes


def is_in_grace(arrival: Arrival, window: Window) -> bool:
    """Say whether it was held up by an upload that was under way when the window closed.

    Every document must have been begun before; what is only begun in the grace is late.
    """
    done = [(one.begun_at, one.done_at) for one in arrival.transfers if one.done_at]
    return (
        arrival.at < window.closes + timedelta(minutes=window.grace_minutes)
        and all(begun_at < window.closes for begun_at, _ in done)
        and any(done_at >= window.closes for _, done_at in done)
    )


def check_reach(until: datetime, closes: datetime, calendar: Calendar) -> None:
    """Raise `ExtensionTooFar` for an end that can only be a slip of the finger."""
    if abs(until - closes) > YEAR:
        raise ExtensionTooFar(
            "An extension ends within a year of the deadline, {deadline}, Vietnam time;"
            " check the date.",
            deadline=calendar.show_end(closes),
        )


def check_extension(until: datetime, deadline: datetime, calendar: Calendar) -> None:
    """Raise `ExtensionTooShort` unless more time is given than there is."""
    if until <= deadline:
        raise ExtensionTooShort(
            "The deadline is {deadline}, Vietnam time; an extension must reach beyond it.",
            deadline=calendar.show_end(deadline),
        )


def longest(extensions: Iterable[Extension]) -> Extension | None:
    """Return the extension that reaches furthest."""
    return max(extensions, key=lambda one: one.until, default=None)


def _by_arrival(arrival: Arrival, rules: Rules) -> Counted:
    calendar, window, doc = Calendar.of(rules), rules.intake, rules.basis[0].doc
    closes, extension = calendar.show_end(window.closes), arrival.extension
    if arrival.at < window.closes:
        way = "Gửi qua bưu chính, tính theo thời điểm nhận được" if arrival.by_post else "Nhận"
        return _counted(arrival, Basis.WINDOW, f"{way} trước {closes} ({doc}).")
    if extension is not None and arrival.at < extension.until:
        return _counted(arrival, Basis.EXTENSION, _extended(extension, calendar))
    if is_in_grace(arrival, window):
        grace = f"được hoàn tất trong {window.grace_minutes} phút sau đó"
        rule = f"Tệp bắt đầu tải lên trước {closes} ({doc}); {grace}."
        return _counted(arrival, Basis.GRACE, rule)
    deadline = calendar.show_end(deadline_of(arrival, window))
    came = f"{arrival.at.astimezone(calendar.zone):%H:%M:%S %d/%m/%Y}"
    return _counted(arrival, Basis.LATE, f"Hạn nộp là {deadline} ({doc}); hồ sơ đến lúc {came}.")


def _by_postmark(arrival: Arrival, posted_on: date, rules: Rules) -> Counted:
    calendar, window, doc = Calendar.of(rules), rules.intake, rules.basis[0].doc
    sent, extension = post.sent_at(posted_on, arrival.at, calendar), arrival.extension
    stamped = f"dấu bưu điện ngày {posted_on:%d/%m/%Y}"
    if post.is_posted_before(posted_on, window.closes, calendar):
        rule = f"Gửi qua bưu chính, tính theo {stamped} ({doc})."
        return _counted(arrival, Basis.POSTMARK, rule, min(sent, window.closes - MOMENT))
    if extension and post.is_posted_before(posted_on, extension.until, calendar):
        rule = f"{_extended(extension, calendar)} Tính theo {stamped}."
        return _counted(arrival, Basis.EXTENSION, rule, min(sent, extension.until - MOMENT))
    deadline = calendar.show_end(deadline_of(arrival, window))
    rule = f"Hạn nộp là {deadline} ({doc}); hồ sơ gửi qua bưu chính có {stamped}."
    return _counted(arrival, Basis.LATE, rule, sent)


def _extended(extension: Extension, calendar: Calendar) -> str:
    reason = extension.reason.rstrip(".")
    return f"Được gia hạn đến {calendar.show_end(extension.until)}: {reason}."


def _counted(arrival: Arrival, basis: Basis, rule: str, at: datetime | None = None) -> Counted:
    return Counted(arrival.at, at or arrival.at, basis, rule, arrival.posted_on)
