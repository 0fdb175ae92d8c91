"""Rules of notices: what cannot be kept is said where it stands; changes are told in words."""

import pytest
from msgspec import structs

from contracts.rules import Notice, QuietHours
from services.intake.rules import check
from services.intake.rules.changes import changes
from tests.unit.intake.test_rules import SOURCE, mistakes

DIGEST = "- {code: digest, by: [EMAIL, INBOX], expires_hours: 24}"


@pytest.mark.parametrize(
    ("notice", "path", "words"),
    [
        ('{code: won, at: "25:00"}', "won.at", "25:00"),
        ("{code: won, by: []}", "won.by", "ít nhất một kênh"),
        ("{code: won, by: [EMAIL, EMAIL]}", "won.by", "một lần"),
        ("{code: copies_wait, by: [SMS]}", "copies_wait.by", "tin nhắn"),
        ("{code: won, days_before: [3]}", "won.days_before", "nhắc hạn"),
        ("{code: won, expires_hours: 0}", "won.expires_hours", "từ 1"),
        ("{code: accepted}", "accepted.code", "đã được ghi"),
        ("{code: wonn}", "wonn.code", "won"),
        ("{code: won, to: [AUTHORS]}", "won.to.0", "AUTHOR"),
    ],
)
def test_a_notice_that_cannot_be_kept_is_told_where_it_stands(notice, path, words):
    ((found, sentence),) = mistakes(DIGEST, f"{DIGEST}\n    - {notice}")

    assert found.removeprefix("notices.kinds.") == path
    assert words in sentence


def test_a_reminder_says_how_many_days_before():
    old = "{code: unit_silent, to: [UNIT], by: [EMAIL, INBOX], days_before: [10, 3]"

    ((path, _),) = mistakes(old, "{code: unit_silent, to: [UNIT]")
    ((too_long, _),) = mistakes(old, old.replace("10", "99"))

    assert path == too_long == "notices.kinds.unit_silent.days_before"


def test_quiet_hours_begin_and_end():
    quiet = 'digest_at: "07:30"\n  quiet: {begins: "21:00", ends: "21:00"}'

    assert [path for path, _ in mistakes('digest_at: "07:30"', quiet)] == ["notices.quiet.ends"]
    assert [path for path, _ in mistakes('digest_at: "07:30"', 'digest_at: "7:30"')] == [
        "notices.digest_at"
    ]


def test_an_amendment_of_notices_reads_as_an_office_would_say_it():
    old = check(SOURCE).rules
    kinds = tuple(one for one in old.notices.kinds if one.code != "digest")
    changed = (*kinds, Notice(code="won", held=True))
    quiet = QuietHours(begins="22:00", ends="05:00")
    new = structs.replace(old, notices=structs.replace(old.notices, kinds=changed, quiet=quiet))

    told = [one.sentence for one in changes(old, new)]

    assert any("bỏ: “bản tổng hợp cho đầu mối đơn vị”" in one for one in told)
    assert any("thêm: “chúc mừng đoạt giải”" in one for one in told)
    assert any("giờ không gửi thông báo" in one for one in told)
