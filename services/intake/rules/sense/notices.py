"""Notices: times of day, ways and reminders that can be kept to."""

import re
from collections.abc import Iterator

from contracts.rules import Notice, Notices
from services.intake.rules.tree import Mistake, Path

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
REMINDERS = frozenset({"draft_unfinished", "sheets_due", "unit_silent", "petition_due"})
LONGEST_DAYS, LONGEST_HOURS = 60, 24 * 60
# What SMS and ZNS carry is a code and a link; a list of judges' entries has neither.
NEVER_SHORT = frozenset({"digest", "copies_wait", "key_stood_in"})


def notices_can_be_kept(notices: Notices) -> Iterator[Mistake]:
    """Check that every kind stands once and its times, ways and days make sense."""
    if notices.quiet is not None:
        for key in ("begins", "ends"):
            yield from _clock(getattr(notices.quiet, key), ("notices", "quiet", key))
        if notices.quiet.begins == notices.quiet.ends:
            sentence = "Hai giờ trùng nhau thì không bao giờ gửi được; hãy bỏ mục này."
            yield Mistake(("notices", "quiet", "ends"), sentence)
    if notices.digest_at is not None:
        yield from _clock(notices.digest_at, ("notices", "digest_at"))
    seen: set[str] = set()
    for at, one in enumerate(notices.kinds):
        path: Path = ("notices", "kinds", at)
        if one.code in seen:
            yield Mistake((*path, "code"), f"“{one.code}” đã được ghi ở trên; hãy bỏ một mục.")
        seen.add(one.code)
        yield from _notice(one, path)


def _notice(one: Notice, path: Path) -> Iterator[Mistake]:
    if one.at is not None:
        yield from _clock(one.at, (*path, "at"))
    if one.told and not one.by:
        yield Mistake((*path, "by"), "Ghi ít nhất một kênh gửi, hoặc ghi told: false.")
    if len(set(one.by)) != len(one.by):
        yield Mistake((*path, "by"), "Mỗi kênh chỉ ghi một lần.")
    if one.code in NEVER_SHORT and not {"SMS", "ZNS"}.isdisjoint(one.by):
        sentence = "Thông báo này không có mã hồ sơ nên không gửi được bằng tin nhắn hoặc Zalo."
        yield Mistake((*path, "by"), sentence)
    yield from _days(one, path)
    if one.expires_hours is not None and not 1 <= one.expires_hours <= LONGEST_HOURS:
        sentence = f"Phải từ 1 đến {LONGEST_HOURS} giờ."
        yield Mistake((*path, "expires_hours"), sentence)


def _days(one: Notice, path: Path) -> Iterator[Mistake]:
    if one.days_before and one.code not in REMINDERS:
        sentence = "Chỉ thông báo nhắc hạn mới có days_before; hãy bỏ khóa này."
        yield Mistake((*path, "days_before"), sentence)
    if one.told and one.code in REMINDERS and not one.days_before:
        sentence = "Ghi nhắc trước hạn mấy ngày, ví dụ days_before: [3, 1]; hoặc told: false."
        yield Mistake((*path, "days_before"), sentence)
    if not all(0 <= days <= LONGEST_DAYS for days in one.days_before):
        sentence = f"Mỗi số phải từ 0 đến {LONGEST_DAYS} ngày."
        yield Mistake((*path, "days_before"), sentence)


def _clock(text: str, path: Path) -> Iterator[Mistake]:
    if not CLOCK.fullmatch(text):
        yield Mistake(path, f'“{text}” không phải giờ trong ngày; ghi như "08:00".')


CHECKS = (notices_can_be_kept,)
