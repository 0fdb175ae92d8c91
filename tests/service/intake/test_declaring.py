"""Declarations are kept in the words they were made in, and made again when those change."""

from datetime import timedelta

import pytest

from contracts import intake
from kernel.testing import Rejected
from services.intake.domain.declarations import digest
from tests.service.intake.conftest import AN, CONTEST, IN_TIME, ORGANISER, SOURCE

CODES = ("CHINH_TAC_GIA", "CHUA_CONG_BO", "CHUA_DU_THI")
LATER = IN_TIME + timedelta(days=1)
OLD = "Tôi cam kết nội dung dự thi chưa gửi tham dự cuộc thi nào khác."
NEW = "Tôi cam kết nội dung dự thi chưa và sẽ không gửi tham dự cuộc thi nào khác."
AMENDED = SOURCE.replace("{code: CHUA_DU_THI,", "{code: CHUA_DU_THI, version: 2,").replace(
    OLD, NEW
)


def amend(contest) -> None:
    asked = intake.AmendContest(contest_id=CONTEST, source=AMENDED, reason="Nói rõ lời cam kết")
    contest.ask(asked, ORGANISER)


def test_declaration_is_kept_with_version_digest_instant_and_actor(contest):
    entry_id = contest.draft()

    contest.submit(entry_id, declared=("CHUA_DU_THI",))

    assert contest.show(entry_id).declared == (
        intake.MadeDeclaration(
            code="CHUA_DU_THI", version=1, sha256=digest(OLD), made_at=IN_TIME, made_by="p-an"
        ),
    )


def test_commitment_is_made_when_every_declaration_is(contest):
    entry_id = contest.draft()
    contest.upload(entry_id)

    some = contest.submit(entry_id, declared=CODES[:2])
    rest = contest.submit(entry_id, declared=CODES[2:], now=LATER)

    assert (some.missing, rest.missing) == (("BAN_CAM_KET",), ())
    assert [one.code for one in contest.show(entry_id).declared] == list(CODES)


def test_amended_words_are_declared_again_when_the_entry_is_handed_in_anew(contest):
    entry_id = contest.enter()
    amend(contest)
    standing = contest.show(entry_id).missing

    contest.ask(intake.SaveDraft(entry_id=entry_id, revision=1, title="Tên mới"))
    anew = contest.submit(entry_id, declared=(), now=LATER)
    declared = contest.submit(entry_id, declared=("CHUA_DU_THI",), now=LATER)

    assert (standing, anew.missing, declared.missing) == ((), ("BAN_CAM_KET",), ())
    last = contest.show(entry_id, AN).declared[-1]
    assert (last.code, last.version, last.sha256) == ("CHUA_DU_THI", 2, digest(NEW))


def test_strange_declaration_is_refused(contest):
    with pytest.raises(Rejected, match="UnknownDeclaration"):
        contest.submit(contest.draft(), declared=("THE_DANH_DU",))
